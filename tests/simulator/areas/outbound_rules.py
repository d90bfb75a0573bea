# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules: five route slots, ranks made by the server, Purge and MoveUpDown (REALITY.md section 5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

SLOTS = 5
EMPTY = -1
_LENGTHS = re.compile(r"\d+(-\d+)?(,\d+(-\d+)?)*")
_PREFIX = re.compile(r"[0-9*#+]+(-[0-9*#+]+)?(,[0-9*#+]+(-[0-9*#+]+)?)*")


def _checked_text(draft: Entity, name: str, pattern: re.Pattern[str]) -> None:
    text = (draft.get(name) or "").replace(" ", "")
    if text and not pattern.fullmatch(text):
        raise refused(name, "INVALID")


class OutboundRules(EntitySet):
    """Rules in their order of evaluation; rank 0 comes first."""

    modelled = True
    read_only = frozenset(("GroupNames",))

    def defaults(self) -> Entity:
        return {
            "Name": "",
            "Prefix": "",
            "NumberLengthRanges": "",
            "EmergencyRule": False,
            "DNRanges": [],
            "GroupIds": [],
            "Routes": [],
        }

    def ranked(self) -> list[Entity]:
        """All rules in their order of evaluation."""
        return sorted(self.rows.values(), key=lambda rule: rule["Priority"])

    def entities(self) -> list[Entity]:
        every = super().entities()
        if self.pbx.switches.word("outbound_emergency_listed") == "yes":
            return every
        return [rule for rule in every if not rule.get("EmergencyRule")]

    def accept(self, draft: Entity, before: Entity | None) -> None:
        self._accept_name(draft, before)
        limit = self.pbx.switches.number("outbound_limit")
        if before is None and limit and len(self.rows) >= limit:
            raise refused("Name", "XAPI.OUTBOUND_RULES_LIMIT_REACHED")
        _checked_text(draft, "NumberLengthRanges", _LENGTHS)
        _checked_text(draft, "Prefix", _PREFIX)
        if any(not part.get("From") for part in draft.get("DNRanges") or []):
            raise refused("DNRanges", "XAPI.REQUIRED")
        if any(self.pbx.sets["Groups"].find(key) is None for key in draft.get("GroupIds") or []):
            raise refused("GroupIds", "XAPI.NOT_FOUND")
        draft["Routes"] = self._routes(draft.get("Routes") or [], before)
        self._accept_priority(draft, before)

    def _accept_name(self, draft: Entity, before: Entity | None) -> None:
        if not draft.get("Name"):
            raise refused("Name", "XAPI.REQUIRED")
        twins = [r for r in self.rows.values() if r["Name"] == draft["Name"] and r["Id"] != draft.get("Id")]
        renamed = before is None or before["Name"] != draft["Name"]
        if twins and renamed and self.pbx.switches.word("outbound_duplicates") == "refuse":
            raise refused("Name", "XAPI.DUPLICATE")

    def _routes(self, given: list[Entity], before: Entity | None) -> list[Entity]:
        written = before is None or given != before["Routes"]
        if len(given) > SLOTS:
            raise refused("Routes", "XAPI.TOO_MANY_ITEMS_IN_LIST")
        if written and len(given) < SLOTS and self.pbx.switches.word("outbound_short_routes") == "refuse":
            raise refused("Routes", "XAPI.REQUIRED")
        slots = [self._slot(route) for route in given]
        return slots + [_empty_slot() for _turn in range(SLOTS - len(slots))]

    def _slot(self, route: Entity) -> Entity:
        trunk_id = route.get("TrunkId")
        if trunk_id in (None, 0, EMPTY):
            return _empty_slot()
        if self.pbx.sets["Trunks"].find(trunk_id) is None:
            raise refused("TrunkId", "XAPI.NOT_FOUND")
        return {
            "TrunkId": trunk_id,
            "StripDigits": route.get("StripDigits") or 0,
            "Prepend": route.get("Prepend") or "",
            "Append": route.get("Append") or "",
            "CallerID": route.get("CallerID") or "",
        }

    def _accept_priority(self, draft: Entity, before: Entity | None) -> None:
        present = before["Priority"] if before else len(self.rows)
        wanted = draft.get("Priority")
        mode = self.pbx.switches.word("outbound_priority")
        if wanted is not None and wanted != present and mode == "refuse":
            raise refused("Priority", "XAPI.FORBIDDEN_CHANGE")
        if mode != "stick" or wanted is None:
            draft["Priority"] = present

    def changed(self, entity: Entity, before: Entity | None) -> None:
        # The changed rule goes before others of the same rank when it moved up, behind them when it moved down.
        up = before is None or entity["Priority"] <= before["Priority"]
        key = entity["Id"]
        order = sorted(
            self.rows.values(),
            key=lambda rule: (rule["Priority"], (0 if up else 2) if rule["Id"] == key else 1),
        )
        self.renumber(order)

    def renumber(self, order: list[Entity]) -> None:
        """Makes ranks dense: 0, 1, 2, ..."""
        for rank, rule in enumerate(order):
            rule["Priority"] = rank

    def released(self, entity: Entity) -> None:
        self.renumber(self.ranked())

    def move(self, rule: Entity, *, up: bool) -> None:
        """Swaps a rule with its neighbour; nothing happens at the ends."""
        order = self.ranked()
        place = order.index(rule)
        other = place - 1 if up else place + 1
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            self.renumber(order)

    def drop_trunk(self, trunk_id: int) -> None:
        """Blanks the route slots of a trunk that is gone."""
        for rule in self.rows.values():
            rule["Routes"] = [_empty_slot() if r["TrunkId"] == trunk_id else r for r in rule["Routes"]]

    def view(self, entity: Entity) -> Entity:
        """The rule with the names of its departments."""
        groups = (self.pbx.sets["Groups"].find(key) for key in entity["GroupIds"])
        return {**entity, "GroupNames": [group["Name"] for group in groups if group]}


def _empty_slot() -> Entity:
    return {"TrunkId": EMPTY, "StripDigits": 0, "Prepend": "", "Append": "", "CallerID": ""}


def route_view(pbx: Pbx, route: Entity) -> Entity:
    """A route slot with the name of its trunk; how an unused one looks is a switch."""
    if route["TrunkId"] == EMPTY:
        shown = pbx.switches.word("outbound_empty_slot")
        if shown == "absent":
            return {**route, "TrunkId": None}
        return route if shown == "-1" else {**route, "TrunkId": 0, "TrunkName": ""}
    trunk = pbx.sets["Trunks"].find(route["TrunkId"])
    return {**route, "TrunkName": trunk["Gateway"]["Name"] if trunk else ""}


def _rules(pbx: Pbx) -> OutboundRules:
    rules = pbx.sets["OutboundRules"]
    if not isinstance(rules, OutboundRules):
        raise TypeError("OutboundRules is not modelled")
    return rules


def purge(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """OutboundRules/Pbx.Purge: removes rules by ids; without ids it is a switch."""
    rules = _rules(pbx)
    ids = (arguments.get("purgeObject") or {}).get("Ids") or []
    if not ids:
        if pbx.switches.word("outbound_purge_empty") == "refuse":
            raise refused("purgeObject", "XAPI.REQUIRED")
        ids = list(rules.rows)
    for key in ids:
        rule = rules.find(key)
        if rule is not None:
            rules.delete(rule)


def move_up_down(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """OutboundRules/Pbx.MoveUpDown: one place up or down."""
    rules = _rules(pbx)
    rule = rules.find(arguments.get("id"))
    if rule is None:
        raise not_found()
    rules.move(rule, up=bool(arguments.get("up", False)))


def emergency_rules(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """OutboundRules/Pbx.GetEmergencyOutboundRules()."""
    return [rule for rule in _rules(pbx).rows.values() if rule.get("EmergencyRule")]


CALLS = {
    "OutboundRules/Pbx.Purge": purge,
    "OutboundRules/Pbx.MoveUpDown": move_up_down,
    "OutboundRules/Pbx.GetEmergencyOutboundRules()": emergency_rules,
}
