# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks and the DIDs that live on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas.base import EntitySet
from tests.simulator.areas.dn import DnSet
from tests.simulator.areas.inbound_rules import InboundRules
from tests.simulator.areas.outbound_rules import EMPTY, OutboundRules
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Trunks(DnSet):
    """Trunks; their name is Gateway.Name, their number a virtual DN."""

    peer_type = "ExternalLine"
    first_number = 10000
    read_only = frozenset(("IsOnline", "Tags"))

    def display_name(self, entity: Entity) -> str:
        return str(entity["Gateway"]["Name"])

    def defaults(self) -> Entity:
        return {
            **super().defaults(),
            "IsOnline": False,
            "Direction": "Both",
            "EnableInboundCalls": True,
            "EnableOutboundCalls": True,
            "SimultaneousCalls": 10,
            "ExternalNumber": "",
            "OutboundCallerID": "",
            "DidNumbers": [],
            "Tags": [],
        }

    def accept(self, draft: Entity, before: Entity | None) -> None:
        limit = self.pbx.switches.number("limit_trunks")
        if before is None and limit and len(self.rows) >= limit:
            raise refused("Number", "XAPI.TOO_MANY_TRUNKS", int(self.pbx.switches.word("limit_status")))
        gateway = {"Type": "Provider", "Port": 5060, "Internal": False, **(draft.get("Gateway") or {})}
        if not gateway.get("Name"):
            raise refused("Gateway.Name", "XAPI.REQUIRED")
        draft["Gateway"] = gateway
        super().accept(draft, before)
        dids = draft.get("DidNumbers") or []
        if any(not did.strip() for did in dids):
            raise refused("DidNumbers", "XAPI.CAN_NOT_BE_EMPTY_STRING")
        draft["DidNumbers"] = list(dict.fromkeys(dids))

    def _inbound(self) -> InboundRules:
        rules = self.pbx.sets["InboundRules"]
        if not isinstance(rules, InboundRules):
            raise TypeError("InboundRules is not modelled")
        return rules

    def changed(self, entity: Entity, before: Entity | None) -> None:
        super().changed(entity, before)
        if before is None:
            entity["Gateway"]["Id"] = entity["Id"]
        for did in set(before["DidNumbers"] if before else ()) - set(entity["DidNumbers"]):
            self._inbound().drop_did(entity["Id"], did)

    def releasing(self, entity: Entity) -> None:
        if self.pbx.switches.word("trunk_delete_emergency") == "blank":
            return
        for rule in self.pbx.sets["OutboundRules"].rows.values():
            used = {route["TrunkId"] for route in rule["Routes"]} - {EMPTY}
            if rule.get("EmergencyRule") and used == {entity["Id"]}:
                raise refused("Id", "CANNOT_DELETE_TRUNKS_BINDED_ERMERGENCY_NUMBER")

    def released(self, entity: Entity) -> None:
        super().released(entity)
        rules = self.pbx.sets["OutboundRules"]
        if isinstance(rules, OutboundRules):
            rules.drop_trunk(entity["Id"])
        self._inbound().drop_trunk(entity["Id"])
        for app in self.pbx.sets["CallFlowApps"].rows.values():
            if app.get("_trunk") == entity["Id"]:
                del app["_trunk"]


class DidNumbers(EntitySet):
    """A read-only view of all Trunk.DidNumbers."""

    modelled = True

    def entities(self) -> list[Entity]:
        return [
            {"Number": did, "TrunkId": trunk["Id"], "TemplateFileName": trunk["Gateway"].get("TemplateFilename")}
            for trunk in self.pbx.sets["Trunks"].rows.values()
            for did in trunk["DidNumbers"]
        ]


def routing_rule(pbx: Pbx, did: Entity) -> Entity | None:
    """DidNumber.RoutingRule: the inbound rule of a DID."""
    rules = pbx.sets["InboundRules"]
    return rules.rule_of(did["TrunkId"], did["Number"]) if isinstance(rules, InboundRules) else None
