# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wishes for services, to the calls that they need. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .model import Item, Problem
from .services import RUNNING, STOPPED, Service, ServiceNames, Services

Verb = Literal["disable", "enable", "stop", "start", "restart"]
SWITCHES: tuple[Verb, ...] = ("disable", "enable")

WRITE_ONLY = (
    "the PBX does not show whether a service is enabled, so without a state there is no telling whether anything "
    "would change; give a state, or set update_enabled: always to send it every time"
)


@dataclass(frozen=True)
class Wish:
    """What is asked of one service, by the name that the PBX has for it. index: its place in the option."""

    index: int
    name: str
    state: str | None = None
    enabled: bool | None = None


@dataclass(frozen=True)
class Act:
    """One verb for one service."""

    index: int
    name: str
    verb: Verb


def check_wishes(items: Sequence[Item], *, always: bool) -> Iterator[Problem]:
    """What can be known to be wrong without the PBX."""
    for index, item in enumerate(items):
        if item.get("enabled") is not None and item.get("state") is None and not always:
            yield Problem(index, item["name"], "enabled", WRITE_ONLY)


def find_wishes(items: Sequence[Item], services: Services) -> tuple[list[Wish], list[Problem]]:
    names, wishes, problems = ServiceNames(services), [], []
    seen: dict[str, int] = {}
    for index, item in enumerate(items):
        try:
            name = names.find(item["name"])
        except ValueError as exc:
            problems.append(Problem(index, item["name"], "", str(exc)))
            continue
        if name in seen:
            problems.append(Problem(index, item["name"], "", f"is the same service as number {seen[name]} of the list"))
            continue
        seen[name] = index
        wishes.append(Wish(index, name, item.get("state"), item.get("enabled")))
    return wishes, problems


def state_verb(wish: Wish, service: Service) -> Verb | None:
    """A pending service counts as what it will be."""
    if wish.state == "restarted":
        return "restart"
    if wish.state == "started" and service.heading != RUNNING:
        return "start"
    if wish.state == "stopped" and service.heading != STOPPED:
        return "stop"
    return None


def plan(wishes: Iterable[Wish], services: Services, *, always: bool) -> list[Act]:
    """Enabling and disabling come first: after a killed run the state is still to be changed, and both are done."""
    acts = []
    for wish in wishes:
        verb = state_verb(wish, services[wish.name])
        if wish.enabled is not None and (verb or always):
            acts.append(Act(wish.index, wish.name, "enable" if wish.enabled else "disable"))
        if verb:
            acts.append(Act(wish.index, wish.name, verb))
    return acts


def forbidden(acts: Iterable[Act], services: Services) -> Iterator[Problem]:
    """What the PBX protects, and what would leave nobody to ask for the way back."""
    for act in acts:
        message = _obstacle(act, services[act.name])
        if message:
            yield Problem(act.index, act.name, "enabled" if act.verb in SWITCHES else "state", message)


def _obstacle(act: Act, service: Service) -> str:
    restartable = "; it can be restarted" if service.restart_enabled is not False else ""
    if act.verb == "restart":
        return "the PBX does not allow a restart of this service" if service.restart_enabled is False else ""
    if service.start_stop_enabled is False:
        return f"the PBX protects this service: it cannot be started, stopped, enabled or disabled{restartable}"
    if service.serves_api and act.verb in ("stop", "disable"):
        return f"this service serves the API, and without it nobody could start it again{restartable}"
    return ""


def diff_of(acts: Iterable[Act], services: Services) -> dict[str, dict[str, Any]]:
    """{"before": {name: ..}, "after": {name: ..}}. Nobody knows whether a service was enabled before."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for act in acts:
        state = services[act.name].state or services[act.name].status
        before.setdefault(act.name, {"state": state})
        after.setdefault(act.name, {"state": state}).update(_effect(act.verb))
    return {"before": before, "after": after}


def _effect(verb: Verb) -> dict[str, Any]:
    if verb in SWITCHES:
        return {"enabled": verb == "enable"}
    return {"state": {"start": "started", "stop": "stopped", "restart": "restarted"}[verb]}


def predicted(wishes: Iterable[Wish], acts: Iterable[Act], services: Services) -> list[Item]:
    final = {act.name: STOPPED if act.verb == "stop" else RUNNING for act in acts if act.verb not in SWITCHES}
    items = []
    for wish in wishes:
        service = services[wish.name]
        items.append(Service(**{**vars(service), "status": final.get(wish.name, service.status)}).item)
    return items


def stopped_along(before: Services, after: Services, listed: Iterable[str]) -> list[Service]:
    """Services that ran before, that nobody asked to stop, and that do not run now (REALITY.md section 7)."""
    asked = set(listed)
    return [
        service
        for name, service in after.items()
        if name not in asked and name in before and before[name].heading == RUNNING and service.heading != RUNNING
    ]
