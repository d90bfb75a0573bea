# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task: check, read, plan, carry out, look, report. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .._resources.model import Change, Item, Problem, Record, Wanted
from .._resources.port import Port
from .._resources.resource import Resource
from .carrying_out import carry_out
from .diffing import diff_of
from .outcomes import Outcome, failures, summary, wrote
from .planning import Goal, Plan, guard, make_plan
from .problems import InvalidInput
from .wanting import check_items, check_references, wanted_items


@dataclass(frozen=True)
class Converged:
    """What a task did, or in check mode would do.

    items: the wanted items as they stand afterwards, in the shape of the option.
    outcomes: one for each change; empty in check mode.
    """

    option: str
    changes: tuple[Change, ...]
    outcomes: tuple[Outcome, ...]
    items: tuple[Item, ...]
    diff: dict[str, Any] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return bool(self.changes) if not self.outcomes else wrote(self.outcomes)

    @property
    def failed(self) -> bool:
        return bool(failures(self.outcomes))

    @property
    def message(self) -> str:
        return summary(self.option, self.outcomes)

    def labels(self, kind: str) -> list[str]:
        """Identities of what was, or would be, created, updated or deleted."""
        done = self.changes
        if self.outcomes:
            done = tuple(outcome.change for outcome in self.outcomes if outcome.status == "done")
        return _labels([change for change in done if change.kind == kind])


def converge(
    resource: Resource,
    port: Port,
    items: Iterable[Item] | Mapping[str, Item],
    *,
    state: str = "present",
    purge: bool = False,
    max_deletions: int | None = None,
    check_mode: bool = False,
) -> Converged:
    """Brings the PBX to the desired state. Raises InvalidInput (nothing written) or XapiError (reading failed)."""
    wanted = tuple(wanted_items(items))
    _meet(resource, port, wanted, state)
    wanted = tuple(replace(one, item=resource.taken(one.item)) for one in wanted)
    check_items(resource, wanted, state)
    resource.load(port, wanted, state)
    check_references(resource, wanted, state)
    if state == "present":
        wanted = tuple(replace(one, item=resource.spelled(one.item)) for one in wanted)
    goal = Goal(wanted, state, purge, max_deletions)
    records = resource.read(port)
    plan = make_plan(resource, goal, records)
    resource.inspect(port, plan.changes)
    guard(resource, goal, records, plan)
    if check_mode or not plan.changes:
        return Converged(resource.option, plan.changes, (), _predicted(resource, goal, plan), diff_of(plan.changes))
    outcomes, after = carry_out(resource, port, goal, plan)
    position = {change.identity: number for number, change in enumerate(plan.changes)}
    outcomes.sort(key=lambda outcome: position.get(outcome.change.identity, len(position)))
    items_after = _predicted(resource, goal, plan) if after is None else _standing(resource, goal, after)
    return Converged(resource.option, plan.changes, tuple(outcomes), items_after, diff_of(_made(outcomes)))


def _meet(resource: Resource, port: Port, wanted: Sequence[Wanted], state: str) -> None:
    try:
        resource.meet(port, wanted, state)
    except ValueError as exc:
        raise InvalidInput(resource.option, [Problem(None, "", "", str(exc))]) from exc


def _labels(changes: Sequence[Change]) -> list[str]:
    """One label for each item that changed, and once what changes of several items concern."""
    labels = [change.label for change in changes if change.concerns is None]
    more = [label for change in changes for label in change.concerns or () if label not in labels]
    return [*labels, *dict.fromkeys(more)]


def _made(outcomes: Iterable[Outcome]) -> list[Change]:
    return [outcome.change for outcome in outcomes if outcome.written]


def _standing(resource: Resource, goal: Goal, records: Sequence[Record]) -> tuple[Item, ...]:
    matches = make_plan(resource, goal, records).matches
    return tuple(resource.foreseen(record, {}) for one in goal.wanted for record in matches[one.index])


def _predicted(resource: Resource, goal: Goal, plan: Plan) -> tuple[Item, ...]:
    """The items as they will stand: what is there, with the changes; nothing of what is removed."""
    if goal.state == "absent":
        return ()
    updates = {(change.index, change.record.id): change.values for change in plan.changes if change.record is not None}
    items: list[Item] = []
    for one in goal.wanted:
        found = plan.matches[one.index]
        if not found and resource.wants(one.item):
            items.append(resource.foretold(one.item))
        items += (resource.foreseen(record, updates.get((one.index, record.id), {})) for record in found)
    return tuple(items)
