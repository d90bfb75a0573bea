# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out a plan: each step once, then look, then once more what got lost. PRIVATE to the collection.

A lost answer (REALITY.md section 7, ARCHITECTURE.md "lost answers") is never repeated blindly: the second
round works on what a fresh reading still lacks. The same reading is the proof that the PBX took every value.
"""

from __future__ import annotations

from collections.abc import Sequence

from .._resources.model import Change, Record
from .._resources.port import Port
from .._resources.resource import Resource
from .._resources.steps import PartlyDone, Step
from .._xapi.errors import AuthFailed, Conflict, LostAnswer, TlsUntrusted, Unreachable, XapiError
from .outcomes import Outcome
from .planning import Goal, Plan, make_plan
from .problems import InvalidInput

# After one of these no other call can do better.
HOPELESS = (AuthFailed, TlsUntrusted, Unreachable)


def carry_out(resource: Resource, port: Port, goal: Goal, plan: Plan) -> tuple[list[Outcome], list[Record] | None]:
    """The outcome of each change, and what the PBX has afterwards (None if it could not be read)."""
    outcomes = _perform(resource, port, plan.changes)
    records, left = _look(resource, port, goal, outcomes)
    if left is None:
        return outcomes, None
    again = _again(resource, outcomes, left)
    if again:
        outcomes = [outcome for outcome in outcomes if not outcome.lost] + _once_more(resource, port, again, outcomes)
        records, left = _look(resource, port, goal, outcomes)
    if left is not None and records is not None:
        _prove(resource, outcomes, left, records)
        _object(resource, outcomes, records)
    return outcomes, records


def _perform(resource: Resource, port: Port, changes: Sequence[Change]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    hopeless = ""
    for step in resource.steps(changes):
        if hopeless:
            outcomes += (Outcome(change, "skipped", f"not tried after: {hopeless}") for change in step.changes)
            continue
        error, partly = _run(step, port)
        outcomes += (_outcome(change, error, partly) for change in step.changes)
        if isinstance(error, HOPELESS):
            hopeless = str(error)
    return outcomes


def _once_more(resource: Resource, port: Port, again: Sequence[Change], earlier: Sequence[Outcome]) -> list[Outcome]:
    """What took effect in part the first time stays so, however the second time ends."""
    taken = {outcome.change.identity for outcome in earlier if outcome.lost and outcome.taken}
    outcomes = _perform(resource, port, again)
    for outcome in outcomes:
        outcome.taken = outcome.taken or outcome.change.identity in taken
    return outcomes


def _run(step: Step, port: Port) -> tuple[XapiError | None, bool]:
    """What went wrong, and whether something had taken effect before."""
    try:
        step.run(port)
    except PartlyDone as exc:
        return exc.error, True
    except XapiError as exc:
        return exc, False
    return None, False


def _outcome(change: Change, error: XapiError | None, partly: bool) -> Outcome:
    if error is None:
        return Outcome(change, "done")
    if isinstance(error, LostAnswer):
        return Outcome(change, "unknown", str(error), lost=True, taken=partly)
    return Outcome(change, "failed", str(error), lost=isinstance(error, Conflict), taken=partly)


def _look(
    resource: Resource, port: Port, goal: Goal, outcomes: Sequence[Outcome]
) -> tuple[list[Record] | None, Sequence[Change] | None]:
    """A fresh reading and what it still lacks; (None, None) if the PBX cannot be read any more."""
    try:
        records = resource.read(port)
        return records, make_plan(resource, goal, records).changes
    except (XapiError, InvalidInput) as exc:
        for outcome in outcomes:
            if outcome.status == "done":
                outcome.status, outcome.message = "unknown", f"written, but reading it back failed: {exc}"
        return None, None


def _again(resource: Resource, outcomes: Sequence[Outcome], left: Sequence[Change]) -> list[Change]:
    """What got lost and is really not there. What got lost on the way back only is done."""
    missing = {change.identity: change for change in left}
    again = []
    for outcome in outcomes:
        if resource.second_round and outcome.status == "done" and outcome.change.identity in missing:
            outcome.lost = outcome.taken = True
        if not outcome.lost:
            continue
        change = missing.get(outcome.change.identity)
        if change is None:
            outcome.status, outcome.message, outcome.lost = "done", "", False
        else:
            again.append(change)
    return again


def _prove(resource: Resource, outcomes: Sequence[Outcome], left: Sequence[Change], records: Sequence[Record]) -> None:
    """What still differs after a call that succeeded was not taken; what got lost and is there is done."""
    missing = {change.identity: change for change in left}
    for outcome in outcomes:
        change = missing.get(outcome.change.identity)
        if change is None and outcome.lost:
            outcome.status, outcome.message, outcome.lost = "done", "", False
        elif change is not None and outcome.status == "done":
            outcome.status = "failed"
            outcome.message = resource.objection(outcome.change, records) or _not_taken(resource, change)


def _object(resource: Resource, outcomes: Sequence[Outcome], records: Sequence[Record]) -> None:
    """What was taken and is of no use all the same."""
    for outcome in outcomes:
        message = resource.objection(outcome.change, records) if outcome.status == "done" else ""
        if message:
            outcome.status, outcome.message, outcome.taken = "failed", message, True


def _not_taken(resource: Resource, change: Change) -> str:
    if change.kind == "update":
        names = ", ".join(sorted(change.values))
        return f"the PBX accepted the call but did not take: {names}"
    missing = "is still there" if change.kind == "delete" else "is not there"
    return f"the PBX accepted the call but the {resource.noun} {missing}"
