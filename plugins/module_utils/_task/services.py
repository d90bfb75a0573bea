# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_service: check, read, plan, carry out, report. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .._engine.problems import InvalidInput
from .._engine.wanting import given
from .._resources.model import Item, Problem
from .._resources.services import Services, services_of
from .._resources.services_plan import (
    Act,
    Verb,
    Wish,
    check_wishes,
    diff_of,
    find_wishes,
    forbidden,
    plan,
    predicted,
    stopped_along,
)
from .._resources.services_run import Outcome, ServiceRun, failures
from .options import OptionError
from .task import Task

# Result key for each verb. Not "started": async_status takes a result with it for a job that still runs.
DONE: dict[Verb, str] = {
    "start": "started_services",
    "stop": "stopped_services",
    "restart": "restarted_services",
    "enable": "enabled_services",
    "disable": "disabled_services",
}


def manage_services(task: Task) -> dict[str, Any]:
    option, items = asked_for(task.params)
    always = task.params["update_enabled"] == "always"
    _refuse(option, check_wishes(items, always=always))
    services = services_of(task.client)
    wishes, problems = find_wishes(items, services)
    acts = plan(wishes, services, always=always)
    _refuse(option, [*problems, *forbidden(acts, services)])
    if task.check_mode or not _to_do(task, wishes, acts, services):
        return _foretold(wishes, acts, services)
    return _carried_out(task, option, wishes, acts, services)


def asked_for(params: dict[str, Any]) -> tuple[str, list[Item]]:
    """The option that was used, and its items in the one shape. Raises OptionError for names without a wish."""
    if params["name"] is None:
        return "services", given(params["services"])
    wish = given({"state": params["state"], "enabled": params["enabled"]})
    if not wish:
        raise OptionError("name: say what is to be done with these services: give state, or enabled, or both")
    return "name", [{"name": name, **wish} for name in params["name"]]


def _refuse(option: str, problems: Iterable[Problem]) -> None:
    found = list(problems)
    if found:
        raise InvalidInput(option, found)


def _to_do(task: Task, wishes: Sequence[Wish], acts: Sequence[Act], services: Services) -> bool:
    """A service that is on its way where it should go needs no call, but is waited for."""
    moving = any(wish.state and services[wish.name].pending for wish in wishes)
    return bool(acts) or (moving and bool(task.params["wait"]))


def _foretold(wishes: Sequence[Wish], acts: Sequence[Act], services: Services) -> dict[str, Any]:
    return {
        "changed": bool(acts),
        "services": predicted(wishes, acts, services),
        **{key: [act.name for act in acts if act.verb == verb] for verb, key in DONE.items()},
        "diff": diff_of(acts, services),
    }


def _carried_out(
    task: Task, option: str, wishes: Sequence[Wish], acts: Sequence[Act], services: Services
) -> dict[str, Any]:
    run = ServiceRun(
        task.client,
        services,
        wait=task.params["wait"],
        timeout=task.params["wait_timeout"],
        sleep=task.clock.sleep,
        clock=task.clock.monotonic,
    )
    outcomes = run.perform(wishes, acts)
    _warn(task, stopped_along(services, run.services, [wish.name for wish in wishes]))
    sent = {(outcome.act.name, outcome.act.verb) for outcome in outcomes if outcome.sent}
    result: dict[str, Any] = {
        "changed": bool(sent),
        "services": [run.services[wish.name].item for wish in wishes],
        **{key: _done(outcomes, verb) for verb, key in DONE.items()},
        "diff": diff_of([act for act in acts if (act.name, act.verb) in sent], services),
    }
    if failures(outcomes):
        told = [outcome.as_dict() for outcome in outcomes]
        result |= {"failed": True, "msg": _summary(option, outcomes), "outcomes": told}
    return result


def _done(outcomes: Iterable[Outcome], verb: str) -> list[str]:
    return [outcome.act.name for outcome in outcomes if outcome.act.verb == verb and outcome.status == "done"]


def _warn(task: Task, stopped: Sequence[Any]) -> None:
    if stopped:
        names = ", ".join(service.name for service in stopped)
        task.warn(
            f"Services that this task does not list were running before and are not running now: {names}. "
            "If they should run, start them with state: started."
        )


def _summary(option: str, outcomes: Sequence[Outcome]) -> str:
    bad = failures(outcomes)
    parts = [f"{len(outcomes) - len(bad)} of {len(outcomes)} calls for services succeeded"]
    parts += [f"{option}[{one.act.index}] ({one.act.name}) {one.act.verb} {one.status}: {one.message}" for one in bad]
    return "; ".join(parts)
