# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with wanted DID routes, and what a person should know of them. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence

from .model import Change, Item, Place, Problem, Record
from .trunk_routes_bystanders import bystanders, described
from .trunk_routes_dids import misspelled, misspelled_did, unknown_did
from .trunk_routes_peers import Peers
from .trunk_routes_picture import Picture, all_plain, key_of, rings
from .trunk_routes_rules import Key

# More lines of one kind than this help nobody.
SHOWN = 10


def empty_fields(item: Item, state: str) -> Iterable[tuple[str, str]]:
    if not item["did"].strip():
        yield "did", "is empty; give the number"
    if not item["trunk"].strip():
        yield "trunk", "is empty; give its name or number"
    if state == "present" and "destination" in item and not item["destination"].strip():
        yield "destination", "is empty; give the number that is to ring, or use state: absent to unroute the DID"


def did_problems(picture: Picture, item: Item, state: str, *, may_add: bool) -> Iterable[tuple[str, str]]:
    """A DID that its trunk does not have is an error also for a removal when another spelling is surely meant:
    nothing would be removed, and nobody would notice."""
    trunk_id, did = picture.trunks.resolve(item["trunk"]), item["did"]
    trunk, known = str(picture.trunks.name_of(trunk_id)), picture.trunks.dids(trunk_id)
    if picture.is_new((trunk_id, did)):
        meant = misspelled(did, known)
        if meant:
            yield "did", misspelled_did(did, trunk, meant)
        elif state == "present" and not may_add:
            yield "did", unknown_did(did, trunk, known)
        elif state == "present" and any(sign.isspace() for sign in did):
            yield "did", "has spaces, and DIDs compare exactly as text; write it as the provider sends it"
    if state == "present" and "destination" not in item and not picture.rules_of((trunk_id, did)):
        yield "destination", "is required, since the DID has no route yet; give the number that is to ring"


def destination_problems(peers: Peers, number: str) -> Iterable[tuple[str, str]]:
    if peers.get(number) is None:
        yield "destination", peers.problem(number)


def purge_problems(picture: Picture, trunks: Sequence[str]) -> Iterable[Problem]:
    for text in trunks:
        try:
            picture.trunks.resolve(text)
        except ValueError as exc:
            yield Problem(None, "", "purge_trunks", str(exc))


def same_new_did(picture: Picture, changes: Sequence[Change]) -> Iterable[Problem]:
    """One DID listed twice with its trunk named in two ways; for a DID that has a route the plan finds it."""
    first: dict[Key, Place | None] = {}
    for change in changes:
        if change.kind == "create":
            other = first.setdefault(picture.key_of(change), change.index)
            if other != change.index:
                yield Problem(change.index, change.label, "", f"is also routes[{other}]; keep one of the two")


def unclear(picture: Picture, changes: Sequence[Change]) -> Iterable[Problem]:
    """Two rules for one DID, made by hand: which of them is meant, only a person can say."""
    for change in changes:
        rules = picture.rules_of(picture.key_of(change)) if change.kind == "update" else ()
        if len(rules) > 1 and not all_plain(rules):
            ids = " and ".join(str(rule.id) for rule in rules)
            message = f"has the inbound rules {ids} ({described(rules)}); remove all but one of them on the PBX"
            yield Problem(change.index, change.label, "did", message)


def losses(picture: Picture, changes: Sequence[Change]) -> list[str]:
    """Rules that go and said more than a route can say."""
    found = [
        f"{change.label}: its inbound rule says more than a DID route can, and goes with it: {described(rules)}"
        for change in changes
        if change.kind == "delete" and not all_plain(rules := picture.rules_of(picture.key_of(change)))
    ]
    return few(found)


def left_by_purge(
    picture: Picture, records: Sequence[Record], trunks: Collection[int], wanted: Collection[Hashable]
) -> list[str]:
    """A purge that leaves something says so."""
    return few(
        [
            f"{picture.label(key)} is not listed and purge leaves it: {described(picture.rules_of(key))} is not a"
            " number of the PBX; use state: absent to remove the rule"
            for record in records
            if not rings(record) and (key := key_of(record))[0] in trunks and key not in wanted
        ]
    )


def side_effects(picture: Picture, changed: Collection[Key]) -> list[str]:
    touched = bystanders(picture.first or (), picture.rules, changed)
    return few([f"{picture.label(key)} {what}, though this task was not to change it" for key, what in touched])


def few(lines: list[str]) -> list[str]:
    return lines if len(lines) <= SHOWN else [*lines[:SHOWN], f"and {len(lines) - SHOWN} more like the last"]
