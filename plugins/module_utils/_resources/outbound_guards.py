# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not happen to outbound rules as a side effect. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .directory import Directory
from .model import Change, Item, Problem, Record

# What makes a rule of a name. Without any of it an item speaks of a rule that is there.
CONTENT = ("prefix", "number_length_ranges", "dn_ranges", "group_names", "routes")
NEW_RULE = "For a new rule give at least a prefix, number lengths, extensions, departments or routes"
NO_EMERGENCY = (
    "this would leave the PBX without an outbound rule for emergency calls; "
    "keep one that has emergency_rule: true and a route, or set force: true"
)


def is_nameless(change: Change) -> bool:
    return change.kind == "create" and not change.values.get("name")


def hollow(records: Sequence[Record], changes: Sequence[Change]) -> Iterator[Problem]:
    """A misspelt name in a list that is only about order would become a new rule, for all calls and leading nowhere."""
    known = Directory("outbound rule", ((int(record.id), (record.item["name"],)) for record in records))
    for change in changes:
        if is_nameless(change):
            yield Problem(change.index, change.label, "id", "no rule has this id; give the name of the rule")
        elif change.kind == "create" and not any(change.values[name] for name in CONTENT):
            yield Problem(change.index, change.label, "name", _unknown(known, change.values["name"]))


def _unknown(known: Directory, name: str) -> str:
    try:
        known.resolve(name)
    except ValueError as exc:
        told = str(exc)
        return f"{told}{'' if told.endswith('?') else '.'} {NEW_RULE}"
    return NEW_RULE


def serves(item: Item) -> bool:
    """Whether emergency calls can go out by this rule."""
    return bool(item.get("emergency_rule") and item.get("routes"))


def no_emergency_left(records: Sequence[Record], changes: Sequence[Change]) -> Iterator[Problem]:
    """A PBX that could place emergency calls must be able to do so afterwards."""
    losses = _losses(changes)
    if losses and not _keeps(records, losses) and not any(serves(_after(change)) for change in changes):
        yield Problem(losses[0].index, losses[0].label, "", NO_EMERGENCY)


def replacing(records: Sequence[Record], changes: Sequence[Change]) -> list[Change]:
    """The changes that take the last emergency rules away, so that only what else is changed makes up for them."""
    losses = _losses(changes)
    return [] if _keeps(records, losses) else losses


def others_serve(records: Iterable[Record], changes: Sequence[Change]) -> bool:
    """Whether emergency calls can go out by a rule that these changes are not about."""
    return _keeps(records, changes)


def _losses(changes: Sequence[Change]) -> list[Change]:
    return [
        change
        for change in changes
        if change.record is not None and serves(change.record.item) and not serves(_after(change))
    ]


def _keeps(records: Iterable[Record], losses: Sequence[Change]) -> bool:
    lost = {change.record.id for change in losses if change.record is not None}
    return any(serves(record.item) and record.id not in lost for record in records)


def _after(change: Change) -> Item:
    if change.kind == "delete":
        return {}
    return {**({} if change.record is None else change.record.item), **change.values}
