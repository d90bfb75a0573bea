# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired state and what the PBX has, to the changes between them. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from .._resources.model import Change, Place, Problem, Record, Wanted
from .._resources.resource import Resource
from .matching import Ambiguous, Matcher
from .problems import InvalidInput


@dataclass(frozen=True)
class Goal:
    """What a task asks for. max_deletions: refuse a plan that removes more."""

    wanted: tuple[Wanted, ...]
    state: str = "present"
    purge: bool = False
    max_deletions: int | None = None


@dataclass(frozen=True)
class Plan:
    """The changes, and for each wanted item the records that it means (none for a new one)."""

    changes: tuple[Change, ...]
    matches: dict[Place, tuple[Record, ...]]


def make_plan(resource: Resource, goal: Goal, records: Sequence[Record]) -> Plan:
    """Raises InvalidInput where an item cannot be told from others."""
    matches = _match(resource, goal.wanted, records)
    if goal.state == "absent":
        changes = _removals(resource, goal.wanted, matches)
    else:
        changes = _writes(resource, goal.wanted, matches)
    if goal.purge:
        changes += _purges(resource, matches, records)
    changes = list(_once(changes))
    if goal.state == "present":
        changes = list(resource.arranged(goal.wanted, matches, records, changes))
    return Plan(tuple(changes), matches)


def guard(resource: Resource, goal: Goal, records: Sequence[Record], plan: Plan) -> None:
    """Refuses a plan that does harm. Raises InvalidInput."""
    problems = list(resource.refuse(records, plan.changes))
    deletions = sum(change.kind == "delete" for change in plan.changes)
    if goal.max_deletions is not None and deletions > goal.max_deletions:
        message = f"this would delete {deletions} {resource.plural}, more than max_deletions={goal.max_deletions}"
        problems.append(Problem(None, "", "", message))
    if problems:
        raise InvalidInput(resource.option, problems)


def _match(resource: Resource, wanted: Iterable[Wanted], records: Sequence[Record]) -> dict[Place, tuple[Record, ...]]:
    matcher, problems, matches = Matcher(resource, records), [], {}
    for one in wanted:
        try:
            matches[one.index] = tuple(matcher.find(one))
        except Ambiguous as exc:
            problems.append(exc.problem)
    problems += _claimed_twice(resource, wanted, matches)
    if problems:
        raise InvalidInput(resource.option, problems)
    return matches


def _claimed_twice(
    resource: Resource, wanted: Iterable[Wanted], matches: dict[Place, tuple[Record, ...]]
) -> Iterable[Problem]:
    """Two items, told apart by their words, that mean one thing on this PBX (a name and a number, say)."""
    owner: dict[Any, Place] = {}
    for one in wanted:
        for record in matches.get(one.index, ()):
            first = owner.setdefault(record.id, one.index)
            if first != one.index:
                message = f"means the same {resource.noun} as {resource.option}[{first}]; keep one of the two"
                yield Problem(one.index, resource.label(one.item), "", message)


def _writes(resource: Resource, wanted: Iterable[Wanted], matches: dict[Place, tuple[Record, ...]]) -> list[Change]:
    changes: list[Change] = []
    for one in wanted:
        if not resource.wants(one.item):
            continue
        found = matches[one.index]
        if not found:
            changes.append(_create(resource, one))
        changes += (change for record in found if (change := _update(resource, one, record)))
    return changes


def _create(resource: Resource, one: Wanted) -> Change:
    given = {name: value for name, value in one.item.items() if name != "id"}
    values = {**resource.defaults, **given}
    return Change("create", resource.label(one.item), None, resource.shown(values, values), values=values, wanted=one)


def _update(resource: Resource, one: Wanted, record: Record) -> Change | None:
    values = resource.differing(one.item, record.item)
    if not values:
        return None
    before, after = resource.compared(record, values)
    return Change("update", resource.label(record.item), before, after, values=values, record=record, wanted=one)


def _removals(resource: Resource, wanted: Iterable[Wanted], matches: dict[Place, tuple[Record, ...]]) -> list[Change]:
    return [_delete(resource, record, one) for one in wanted for record in matches[one.index]]


def _purges(resource: Resource, matches: dict[Place, tuple[Record, ...]], records: Sequence[Record]) -> list[Change]:
    kept = {record.id for found in matches.values() for record in found}
    return [
        _delete(resource, record, None) for record in records if record.id not in kept and resource.purgeable(record)
    ]


def _delete(resource: Resource, record: Record, one: Wanted | None) -> Change:
    before = resource.shown(record.item, record.item)
    return Change("delete", resource.label(record.item), before, None, record=record, wanted=one)


def _once(changes: Iterable[Change]) -> Iterable[Change]:
    """A record that two items of an absent list mean is removed once."""
    seen: set[Any] = set()
    for change in changes:
        if change.kind == "delete" and change.record is not None:
            if change.record.id in seen:
                continue
            seen.add(change.record.id)
        yield change
