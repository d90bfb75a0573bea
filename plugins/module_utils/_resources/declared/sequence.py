# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is created after what: no number is a destination before it is there. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..model import Change, Item

# The numbers that the values of an option lead to.
Leads = Callable[[Mapping[str, Any]], set[str]]


@dataclass(frozen=True)
class Sequence:
    """In this order. circle: new items that lead to each other, or to themselves, or to such items."""

    free_updates: tuple[Change, ...]
    creations: tuple[Change, ...]
    circle: tuple[Change, ...]
    waiting_updates: tuple[Change, ...]


def in_sequence(updates: list[Change], creations: list[Change], leads: Leads) -> Sequence:
    new = _numbers(creations)
    if not new:
        return Sequence(tuple(updates), tuple(creations), (), ())
    bound = [bool(leads(change.values) & new) for change in updates]
    needs = [leads(change.values) & new for change in creations]
    ordered: list[Change] = []
    waiting = list(range(len(creations)))
    while True:
        missing = _numbers(creations[place] for place in waiting)
        blocked = [place for place in waiting if needs[place] & missing]
        free = set(waiting).difference(blocked)
        ordered += [creations[place] for place in waiting if place in free]
        if not free or not blocked:
            break
        waiting = blocked
    return Sequence(
        tuple(change for change, waits in zip(updates, bound, strict=True) if not waits),
        tuple(ordered),
        tuple(creations[place] for place in blocked),
        tuple(change for change, waits in zip(updates, bound, strict=True) if waits),
    )


def postponed(change: Change, missing: set[str], leads: Leads) -> tuple[Change, Item]:
    """The creation of what is possible now, and the values that have to wait for the missing numbers."""
    later = {option: value for option, value in change.values.items() if leads({option: value}) & missing}
    now = {option: value for option, value in change.values.items() if option not in later}
    return replace(change, values=now), later


def _numbers(changes: Iterable[Change]) -> set[str]:
    return {str(change.values["number"]) for change in changes if change.values.get("number")}
