# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inbound rules, and SetRoutes/GetRoutes which work on those of DIDs (REALITY.md section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import destinations
from tests.simulator.areas.base import EntitySet
from tests.simulator.areas.dn import ROUTABLE
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

TARGETS = ("OfficeHoursDestination", "OutOfOfficeHoursDestination", "HolidaysDestination")
BY_DID = "BasedOnDID"


class InboundRules(EntitySet):
    """Rules that lead calls from a trunk to a destination. ``_trunk`` holds the trunk's id."""

    modelled = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.last_id = 100
        self.by_identity: dict[tuple[Any, ...], Entity] = {}

    def defaults(self) -> Entity:
        return {
            "RuleName": "",
            "Data": "",
            "CustomData": "",
            "Condition": BY_DID,
            "CallType": "AllCalls",
            "AlterDestinationDuringOutOfOfficeHours": False,
            "AlterDestinationDuringHolidays": False,
            "Hours": {"Type": "OfficeHours", "IgnoreHolidays": False, "Periods": []},
            **{name: destinations.nowhere() for name in TARGETS},
        }

    def accept(self, draft: Entity, before: Entity | None) -> None:
        self._accept_trunk(draft)
        for name in TARGETS:
            draft[name] = self._written(draft.get(name))
        if draft["Condition"] == BY_DID and draft["Data"] not in self._dids(draft["_trunk"]):
            raise refused("Data", "XAPI.NOT_FOUND")
        twin = self.by_identity.get(_identity(draft))
        if twin is not None and twin["Id"] != draft.get("Id"):
            raise refused("Data", "XAPI.ALREADY_IN_USE")

    def changed(self, entity: Entity, before: Entity | None) -> None:
        if before is not None:
            del self.by_identity[_identity(before)]
        self.by_identity[_identity(entity)] = entity

    def released(self, entity: Entity) -> None:
        del self.by_identity[_identity(entity)]

    def _accept_trunk(self, draft: Entity) -> None:
        given = draft.pop("TrunkDN", None)
        if given is not None:
            number = given.get("Number")
            trunks = self.pbx.sets["Trunks"]
            trunk = trunks.find(given.get("Id")) or (trunks.find_by("Number", number) if number else None)
            if trunk is None:
                raise refused("TrunkDN", "XAPI.NOT_FOUND")
            draft["_trunk"] = trunk["Id"]
        if "_trunk" not in draft:
            raise refused("TrunkDN", "XAPI.REQUIRED")

    def _written(self, destination: Entity | None) -> Entity:
        target = {**destinations.nowhere(), **(destination or {})}
        if target["To"] in destinations.TO_PEER and target.get("Number") not in self.pbx.numbers:
            raise refused("Number", "XAPI.NOT_FOUND")
        return {name: target.get(name) for name in ("To", "Number", "External")}

    def _dids(self, trunk_id: int) -> list[str]:
        trunk = self.pbx.sets["Trunks"].find(trunk_id)
        return list(trunk["DidNumbers"]) if trunk else []

    def merged(self, entity: Entity, body: Entity) -> Entity:
        draft = super().merged(entity, body)
        # A destination is one value: its fields do not survive from the former one.
        draft.update({name: body[name] for name in TARGETS if name in body})
        return draft

    # DIDs

    def rule_of(self, trunk_id: int, did: str) -> Entity | None:
        """The rule of a DID on a trunk."""
        return self.by_identity.get((trunk_id, BY_DID, did))

    def rules_to(self, number: str, peer_type: str) -> list[Entity]:
        """The DID rules that ring a peer during office hours."""
        aim = (destinations.TO_PEER[peer_type], number)
        return [
            row
            for row in self.rows.values()
            if row["Condition"] == BY_DID
            and (row["OfficeHoursDestination"]["To"], row["OfficeHoursDestination"]["Number"]) == aim
        ]

    def drop_did(self, trunk_id: int, did: str) -> None:
        """A DID that left its trunk has no rule any more."""
        rule = self.rule_of(trunk_id, did)
        if rule is not None:
            self.delete(rule)

    def drop_trunk(self, trunk_id: int) -> None:
        """The rules of a trunk that is gone go with it."""
        for rule in [row for row in self.rows.values() if row["_trunk"] == trunk_id]:
            self.delete(rule)

    def lead(self, trunk_id: int, did: str, name: str | None, aim: Entity) -> None:
        """Creates the rule of a DID or turns it to another peer; special destinations at other hours survive."""
        rule = self.rule_of(trunk_id, did)
        if rule is None:
            rule = {**self.defaults(), "Id": self.next_id(), "_trunk": trunk_id, "Data": did, "RuleName": did}
            self.rows[rule["Id"]] = rule
            self.changed(rule, None)
        former = rule["OfficeHoursDestination"]
        for target in TARGETS:
            if rule[target] in (former, destinations.nowhere()):
                rule[target] = dict(aim)
        if name is not None:
            rule["RuleName"] = name


def _identity(row: Entity) -> tuple[Any, ...]:
    return (row["_trunk"], row["Condition"], row["Data"])


def trunk_of(pbx: Pbx, rule: Entity) -> Entity | None:
    """InboundRule.TrunkDN: the trunk as a peer."""
    trunk = pbx.sets["Trunks"].find(rule["_trunk"])
    return pbx.peer(trunk["Number"]) if trunk else None


def _inbound(pbx: Pbx) -> InboundRules:
    rules = pbx.sets["InboundRules"]
    if not isinstance(rules, InboundRules):
        raise TypeError("InboundRules is not modelled")
    return rules


def set_routes(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Trunks/Pbx.SetRoutes: these, and only these, DIDs ring a peer from now on."""
    request = arguments.get("routes") or {}
    peer = next((p for p in pbx.peers() if p["Id"] == request.get("Id") and p["Type"] in ROUTABLE), None)
    if peer is None:
        raise refused("Id", "XAPI.NOT_FOUND")
    routes = request.get("Routes") or []
    if not routes and pbx.switches.word("setroutes_empty") == "ignore":
        return
    rules = _inbound(pbx)
    for route in routes:
        _check_route(pbx, rules, peer, route)
    wanted = {(route["TrunkId"], route["DID"]) for route in routes}
    if len(wanted) != len(routes):
        raise refused("DID", "XAPI.DUPLICATE")
    for rule in rules.rules_to(peer["Number"], peer["Type"]):
        if (rule["_trunk"], rule["Data"]) not in wanted:
            rules.delete(rule)
    for route in routes:
        _add_did(pbx, route)
        rules.lead(
            route["TrunkId"],
            route["DID"],
            route.get("DisplayName"),
            destinations.to_peer(peer["Number"], peer["Type"]),
        )


def _check_route(pbx: Pbx, rules: InboundRules, peer: Entity, route: Entity) -> None:
    trunk = pbx.sets["Trunks"].find(route.get("TrunkId"))
    if trunk is None:
        raise refused("TrunkId", "XAPI.NOT_FOUND")
    did = route.get("DID")
    if not did:
        raise refused("DID", "XAPI.REQUIRED")
    if did not in trunk["DidNumbers"] and pbx.switches.word("did_unknown") == "refuse":
        raise refused("DID", "XAPI.NOT_FOUND")
    rule = rules.rule_of(trunk["Id"], did)
    if rule is None or pbx.switches.word("did_take_over") == "take":
        return
    holder = rule["OfficeHoursDestination"]
    if holder["To"] != "None" and holder["Number"] != peer["Number"]:
        raise refused("DID", "XAPI.ALREADY_IN_USE")


def _add_did(pbx: Pbx, route: Entity) -> None:
    trunk = pbx.sets["Trunks"].rows[route["TrunkId"]]
    if route["DID"] not in trunk["DidNumbers"]:
        trunk["DidNumbers"].append(route["DID"])


def get_routes(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
    """Defs/Pbx.GetRoutes: the DIDs of each peer asked for; unknown ids are left out."""
    rules = _inbound(pbx)
    wanted = arguments.get("ids", [])
    by_id = {peer["Id"]: peer for peer in pbx.peers() if peer["Type"] in ROUTABLE}
    answer = []
    for key in wanted:
        peer = by_id.get(key)
        if peer is not None:
            routes = [
                {"DID": rule["Data"], "TrunkId": rule["_trunk"], "DisplayName": rule["RuleName"]}
                for rule in rules.rules_to(peer["Number"], peer["Type"])
            ]
            answer.append({"Id": key, "Routes": routes})
    return answer


def bulk_delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """InboundRules/Pbx.BulkInboundRulesDelete."""
    rules = _inbound(pbx)
    for key in arguments.get("ids", []):
        rule = rules.find(key)
        if rule is not None:
            rules.delete(rule)


CALLS = {
    "Trunks/Pbx.SetRoutes": set_routes,
    "Defs/Pbx.GetRoutes": get_routes,
    "InboundRules/Pbx.BulkInboundRulesDelete": bulk_delete,
}
