# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order outbound rules are evaluated. PRIVATE to the collection.

The PBX offers one call for it, which exchanges a rule with its neighbour (contract: OutboundRules/Pbx.MoveUpDown);
that a PATCH of Priority would stick is not known (REALITY.md section 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from .model import Change, Place, Record, Wanted
from .ordering import Move, movers, moves, target

# How a change says that it is one of the order; its value is the whole order, unlisted rules included.
ORDER = "order"
LABEL = "evaluation order"
# A rule by its id, or one that is yet to be created by its name.
Ref: TypeAlias = "int | str"


@dataclass(frozen=True)
class Sequences:
    """Rules as the PBX goes through them. apart: emergency rules that the PBX keeps out of its normal list and gives
    ranks of their own, seen by ranks that occur twice; then each sequence is put in order for itself."""

    apart: tuple[Record, ...] = ()
    normal: tuple[Record, ...] = ()

    @property
    def all(self) -> list[Record]:
        return [*self.apart, *self.normal]


def order_change(
    standing: Sequences,
    wanted: Sequence[Wanted],
    matches: Mapping[Place, Sequence[Record]],
    changes: Sequence[Change],
) -> Change | None:
    """What has to move once these changes are made; None if nothing has to."""
    after = _after(standing, changes)
    listed = _listed(wanted, matches, changes)
    new = [ref for ref in listed if isinstance(ref, str)]
    moving: list[Ref] = []
    result: list[Ref] = []
    for sequence in after:
        asked = [ref for ref in listed if ref in sequence]
        order = target(sequence, asked, new)
        moving += movers(sequence, order, asked, new)
        result += order
    if not moving:
        return None
    old, now = _names(standing, ()), _names(standing, changes)
    return Change(
        "update",
        LABEL,
        {"rules": [old[record.id] for record in standing.all]},
        {"rules": [now.get(ref, str(ref)) for ref in result]},
        values={ORDER: tuple(result)},
        concerns=tuple(old[ref] for ref in moving if isinstance(ref, int)),
    )


def _after(standing: Sequences, changes: Sequence[Change]) -> tuple[list[Ref], list[Ref]]:
    """Both sequences without what goes; what is new is appended (REALITY.md section 5)."""
    gone = {change.record.id for change in changes if change.kind == "delete" and change.record is not None}
    apart: list[Ref] = [int(record.id) for record in standing.apart if record.id not in gone]
    normal: list[Ref] = [int(record.id) for record in standing.normal if record.id not in gone]
    for change in changes:
        if change.kind == "create":
            kept_apart = standing.apart and change.values.get("emergency_rule")
            (apart if kept_apart else normal).append(change.values["name"])
    return apart, normal


def _listed(
    wanted: Sequence[Wanted], matches: Mapping[Place, Sequence[Record]], changes: Sequence[Change]
) -> list[Ref]:
    created = {change.index: change.values["name"] for change in changes if change.kind == "create"}
    listed: list[Ref] = []
    for one in wanted:
        listed += (int(record.id) for record in matches[one.index])
        if one.index in created:
            listed.append(created[one.index])
    return listed


def _names(standing: Sequences, changes: Sequence[Change]) -> dict[Ref, str]:
    names: dict[Ref, str] = {int(record.id): record.item["name"] for record in standing.all}
    for change in changes:
        if change.kind == "update" and change.record is not None and "name" in change.values:
            names[int(change.record.id)] = change.values["name"]
    return names


def found(standing: Sequences, order: Sequence[Ref]) -> tuple[list[int], list[str]]:
    """The ids of the rules that are there by now, and the names of new ones that are not."""
    ids = {record.id for record in standing.all}
    named = {record.item["name"]: int(record.id) for record in standing.all}
    there: list[int] = []
    missing: list[str] = []
    for ref in order:
        if isinstance(ref, int):
            there += [ref] if ref in ids else []
        elif ref in named:
            there.append(named[ref])
        else:
            missing.append(ref)
    return there, missing


def moves_to(standing: Sequences, wanted: Sequence[int]) -> Iterator[Move[int]]:
    """The exchanges that lead to an order. Rules that came up meanwhile are in nobody's way."""
    for records in (standing.apart, standing.normal):
        current = [int(record.id) for record in records]
        asked = [id_ for id_ in wanted if id_ in current]
        order = target(current, asked)
        yield from moves(current, order, movers(current, order, asked))
