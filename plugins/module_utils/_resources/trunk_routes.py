# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which DID on which trunk rings where (contract: Trunks/Pbx.SetRoutes, Pbx.SetRoute, Pbx.InboundRule;
REALITY.md section 6). PRIVATE to the collection.

Read from the inbound rules, which GET can do, and written through SetRoutes. That a route's DisplayName is the
rule's RuleName is inferred.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from . import trunk_routes_checks as checks
from .model import Change, Field, Item, Problem, Record, Wanted
from .port import Port
from .resource import Resource
from .steps import Step
from .trunk_routes_new_dids import NewDids
from .trunk_routes_peers import Peers
from .trunk_routes_picture import Picture, key_of, rings
from .trunk_routes_plan import Batch, Wish
from .trunk_routes_rules import Key
from .trunk_routes_standing import Standing
from .trunk_routes_steps import TOGETHER, Writer

# What a diff tells of other hours: they stay as they are.
OTHER_HOURS = ("out_of_office_hours_destination", "holidays_destination")


def part_of_key(_value: Any) -> None:
    """Two that were matched are the same in this, however it is spelled."""
    return


class TrunkRoutes(Resource):
    """DIDs and where they ring, known by trunk and DID."""

    noun, plural, option = "DID route", "DID routes", "routes"
    entity_set = "InboundRules"
    fields = (
        Field("did", "DID", same=part_of_key, in_diff=False),
        Field("trunk", "TrunkId", same=part_of_key, in_diff=False),
        Field("destination", "Id"),
        Field("display_name", "DisplayName", empty=""),
        Field("office_hours_destination", "OfficeHoursDestination", writable=False),
        Field("out_of_office_hours_destination", "OutOfOfficeHoursDestination", writable=False),
        Field("holidays_destination", "HolidaysDestination", writable=False),
    )
    # The PBX should have one rule for a DID; if it has two, both are brought to where the DID is wanted.
    absent_takes_all = True
    # That a new destination takes a DID from the old one is inferred; if it did not, the old one is written too.
    second_round = True

    def __init__(
        self, *, add_missing_dids: bool = False, purge: bool = False, purge_trunks: Sequence[str] = ()
    ) -> None:
        """purge_trunks: where unlisted routes are removed, besides the trunks that the list names."""
        self._add_missing = add_missing_dids
        self._purge = purge
        self._purge_trunks = tuple(purge_trunks)
        self._picture = Picture()
        self._peers = Peers()
        self._fresh = False
        self._named: frozenset[int] = frozenset()
        self._wanted: frozenset[Hashable] = frozenset()
        self._changed: set[Key] = set()
        self._notices: list[str] = []

    # --- who is who

    def label(self, item: Item) -> str:
        trunk_id = self._picture.trunks.id_or_none(item["trunk"])
        return f"{item['did']} on {item['trunk']}" if trunk_id is None else self._picture.label((trunk_id, item["did"]))

    def key_of(self, item: Item) -> Hashable | None:
        """Before `load` a trunk is only known as it is written."""
        trunk_id = self._picture.trunks.id_or_none(item["trunk"])
        return (item["trunk"].strip() if trunk_id is None else trunk_id, item["did"])

    def identity_names(self) -> tuple[str, ...]:
        return OTHER_HOURS

    # --- checking input

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        return checks.empty_fields(item, state)

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        """Everything is read here, so that all that is wrong with an item is told at once."""
        self._picture.load(port)
        self._fresh = True
        texts = [*self._purge_trunks, *(one.item["trunk"] for one in wanted)]
        found = (self._picture.trunks.id_or_none(text) for text in texts)
        self._named = frozenset(trunk_id for trunk_id in found if trunk_id is not None)
        self._wanted = frozenset(self.key_of(one.item) for one in wanted)
        if state == "present":
            self._load_peers(port, [destination(one.item) for one in wanted if "destination" in one.item])

    def _load_peers(self, port: Port, numbers: Sequence[str]) -> None:
        """All of them only for a good message about one that is not there."""
        self._peers.ask(port, numbers)
        if any(self._peers.get(number) is None for number in numbers):
            self._peers.ask_all(port)

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        try:
            self._picture.trunks.resolve(item["trunk"])
        except ValueError as exc:
            yield "trunk", str(exc)
        else:
            yield from checks.did_problems(self._picture, item, state, may_add=self._add_missing)
        if state == "present" and "destination" in item:
            yield from checks.destination_problems(self._peers, destination(item))

    def spelled(self, item: Item) -> Item:
        """The trunk by its usual name; without what only the PBX decides."""
        given = {known.name: item[known.name] for known in self.fields if known.writable and known.name in item}
        trunks = self._picture.trunks
        given["trunk"] = trunks.name_of(trunks.resolve(item["trunk"]))
        return {**given, "destination": destination(item)} if "destination" in item else given

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        self._notices += checks.losses(self._picture, changes)
        if self._purge:
            self._notices += checks.left_by_purge(self._picture, records, self._named, self._wanted)
            yield from checks.purge_problems(self._picture, self._purge_trunks)
        yield from checks.same_new_did(self._picture, changes)
        yield from checks.unclear(self._picture, changes)

    def purgeable(self, record: Record) -> bool:
        """A rule that rings no number is not one that a list of routes could name: it stays."""
        return rings(record) and key_of(record)[0] in self._named

    def notices(self) -> list[str]:
        """What a person should know besides the result."""
        return [*self._notices, *checks.side_effects(self._picture, self._changed)]

    # --- the PBX's side

    def read(self, port: Port) -> list[Record]:
        """What `load` has read counts once; then the PBX is asked again."""
        if not self._fresh:
            self._picture.refresh(port)
        self._fresh = False
        return self._picture.records()

    # --- writing

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        picture = self._picture
        wishes = [self._wish(change) for change in changes]
        self._changed.update(wish.key for wish in wishes)
        batch = Batch(wishes)
        new = NewDids(wish.key for wish in wishes if wish.change.kind == "create" and picture.is_new(wish.key))
        standing = Standing(self._peers, batch.together(TOGETHER), picture.rules, picture.fresh_rules)
        return Writer(batch, standing, self._peers, new).steps()

    def _wish(self, change: Change) -> Wish:
        key = self._picture.key_of(change)
        target = change.values.get("destination")
        if target is None and change.kind == "update" and change.record is not None:
            target = change.record.item["destination"]
        again, rename = key in self._changed, change.values.get("display_name")
        return Wish(change, key, target, rename, self._picture.rules_of(key), again)

    # --- comparing

    def differing(self, wanted: Item, existing: Item) -> Item:
        """A destination that a number replaces goes."""
        values = super().differing(wanted, existing)
        if "destination" in values and existing["office_hours_destination"] is not None:
            values["office_hours_destination"] = None
        return values

    def shown(self, item: Item, names: Iterable[str]) -> Item:
        """Of what is there, only what it has; of what is to be, also whether the DID is new to its trunk."""
        shown = super().shown(item, names)
        if "id" in item:
            return {name: value for name, value in shown.items() if value is not None}
        if "did" in item and self._picture.is_new((self._picture.trunks.resolve(item["trunk"]), item["did"])):
            shown["new_did"] = True
        return shown


def destination(item: Item) -> str:
    return str(item["destination"]).strip()
