# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a number is used: destinations of rules and routes, IVR keys, queue and ring group members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.destinations import TO_PEER
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

MEMBER_LISTS = (("Queues", "Agents"), ("Queues", "Managers"), ("RingGroups", "Members"))
IVR_TARGETS = ("TimeoutForwardDN", "InvalidKeyForwardDN")


def _destinations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "To" in value:
            yield value
        for item in value.values():
            yield from _destinations(item)
    elif isinstance(value, list):
        for item in value:
            yield from _destinations(item)


def refuse_unknown(pbx: Pbx, draft: Entity, before: Entity | None) -> None:
    """Refuses a new destination of a draft that leads to no number; one that dangles already may stay."""
    if pbx.switches.word("destination_unknown") == "accept":
        return
    former = {(target["To"], target.get("Number")) for target in _destinations(before)}
    for target in _destinations(draft):
        number = target.get("Number")
        fresh = (target["To"], number) not in former
        if fresh and target["To"] in TO_PEER and number not in pbx.numbers and number != draft.get("Number"):
            raise refused("Number", "XAPI.NOT_FOUND")
    _refuse_unknown_keys(pbx, draft, before or {})


def _refuse_unknown_keys(pbx: Pbx, draft: Entity, before: Entity) -> None:
    """The same for the keys of an IVR."""
    former = _led_to(before)
    for forward in draft.get("Forwards") or []:
        number = forward.get("ForwardDN")
        rings = forward.get("ForwardType") in TO_PEER and number not in former
        if rings and number not in pbx.numbers and number != draft.get("Number"):
            raise refused("ForwardDN", "XAPI.NOT_FOUND")


def _led_to(menu: Entity) -> set[Any]:
    return {forward.get("ForwardDN") for forward in menu.get("Forwards") or []}


def users_of(pbx: Pbx, number: str) -> list[tuple[str, Entity]]:
    """The (set, entity) pairs that lead calls to a number."""
    found = []
    for entity_set in pbx.sets.values():
        for row in entity_set.rows.values():
            leads = any(target.get("Number") == number for target in _destinations(row))
            if leads or number in _ivr_targets(row):
                found.append((entity_set.name, row))
    return found


def _ivr_targets(row: Entity) -> list[Any]:
    return [row.get(name) for name in IVR_TARGETS] + [forward.get("ForwardDN") for forward in row.get("Forwards") or []]


def clear(pbx: Pbx, number: str) -> None:
    """Destinations that led to a number lead nowhere now."""
    for entity_set in pbx.sets.values():
        for row in entity_set.rows.values():
            for target in _destinations(row):
                if target.get("Number") == number:
                    target.update({"To": "None", "Number": ""})
            for name in IVR_TARGETS:
                if row.get(name) == number:
                    row[name] = ""
            if "Forwards" in row:
                row["Forwards"] = [f for f in row["Forwards"] if f.get("ForwardDN") != number]


def drop_memberships(pbx: Pbx, number: str) -> None:
    """A DN that is gone is no agent, manager or member any more."""
    for set_name, property_name in MEMBER_LISTS:
        for row in pbx.sets[set_name].rows.values():
            row[property_name] = [m for m in row.get(property_name) or [] if m["Number"] != number]
