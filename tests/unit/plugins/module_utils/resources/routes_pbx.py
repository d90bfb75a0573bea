# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX of dicts with trunks, DIDs and SetRoutes in the ways that REALITY.md section 6 leaves open."""

from __future__ import annotations

from typing import Any, Literal

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

A, B, BRIDGE, INTERNAL = 12, 13, 14, 15
PEERS = {"100": (51, "Extension", "Ann"), "101": (52, "Extension", "Bob"), "800": (61, "Queue", "Sales")}
PEERS |= {"801": (62, "Queue", "Support"), "820": (63, "IVR", "Main menu"), "SP1": (64, "Parking", "")}

TakeOver = Literal["take", "both", "refuse"]


def trunk(number: int, name: str, *dids: str, **gateway: Any) -> dict[str, Any]:
    shown = {"Name": name, "Type": "Provider", "Internal": False, **gateway}
    return {"Id": number, "Number": str(number + 10000), "Gateway": shown, "DidNumbers": list(dids)}


def rings(to: str = "None", number: str = "", external: str = "") -> dict[str, Any]:
    return {"To": to, "Number": number, "External": external}


class RoutesPbx(FakePort):
    """take_over: what SetRoutes does with a DID of another destination. empty_clears: whether [] clears one."""

    def __init__(self, take_over: TakeOver = "take", *, empty_clears: bool = True) -> None:
        super().__init__(
            Trunks=[
                trunk(A, "Provider A", *(f"+4989555000{n:02}" for n in range(20))),
                trunk(B, "Provider B", "+43120001", "+43120002"),
                trunk(BRIDGE, "Branch", Type="BridgeMaster"),
                trunk(INTERNAL, "Loop", Internal=True),
            ],
            Peers=[{"Id": i, "Number": n, "Type": t, "Name": name} for n, (i, t, name) in PEERS.items()],
            InboundRules=[],
        )
        self.take_over, self.empty_clears = take_over, empty_clears
        self.forgotten: set[str] = set()
        self.actions["Trunks/Pbx.SetRoutes"] = self._set_routes
        self.actions["Defs/Pbx.GetRoutes"] = self._get_routes
        self.actions["InboundRules/Pbx.BulkInboundRulesDelete"] = self._bulk_delete

    # --- what tests say and see

    def rule(self, did: str, number: str, trunk_id: int = A, **props: Any) -> int:
        """A rule as the PBX shows it; number may be of no peer."""
        self.next_id += 1
        to = PEERS[number][1] if number in PEERS else "Extension"
        self.sets["InboundRules"].append(
            {
                "Id": self.next_id,
                "RuleName": f"Name of {did}",
                "Condition": "BasedOnDID",
                "Data": did,
                "TrunkDN": {"Id": trunk_id, "Number": str(trunk_id + 10000)},
                "OfficeHoursDestination": rings(to, number),
                **props,
            }
        )
        return self.next_id

    def where(self, did: str, trunk_id: int = A) -> list[str]:
        """The numbers at which a DID rings, or what it does instead."""
        found = (row["OfficeHoursDestination"] for row in self._rules_of(trunk_id, did))
        return [str(place["Number"] or place["External"] or place["To"]) for place in found]

    def name_of(self, did: str, trunk_id: int = A) -> str:
        return str(self._rules_of(trunk_id, did)[0]["RuleName"])

    def sent(self, action: str = "Trunks/Pbx.SetRoutes") -> list[Any]:
        return [body for _verb, path, body in self.calls if path == action]

    def written(self) -> list[tuple[int, list[str]]]:
        """(peer, its DIDs) of every SetRoutes."""
        requests = [body["routes"] for body in self.sent()]
        return [(request["Id"], [route["DID"] for route in request["Routes"]]) for request in requests]

    def _rules_of(self, trunk_id: int, did: str) -> list[dict[str, Any]]:
        return [row for row in self.sets["InboundRules"] if row["TrunkDN"]["Id"] == trunk_id and row["Data"] == did]

    # --- what the PBX does

    def _of_peer(self, number: str) -> list[dict[str, Any]]:
        kind = PEERS[number][1]
        return [
            row
            for row in self.sets["InboundRules"]
            if row["OfficeHoursDestination"]["To"] == kind and row["OfficeHoursDestination"]["Number"] == number
        ]

    def _get_routes(self, body: dict[str, Any]) -> dict[str, Any]:
        by_id = {known[0]: number for number, known in PEERS.items()}
        return {
            "value": [
                {"Id": peer, "Routes": [_route(row) for row in self._of_peer(by_id[peer])]}
                for peer in body["ids"]
                if by_id[peer] not in self.forgotten
            ]
        }

    def _set_routes(self, body: dict[str, Any]) -> None:
        request = body["routes"]
        number, (_id, kind, _name) = next(known for known in PEERS.items() if known[1][0] == request["Id"])
        wanted = {(route["TrunkId"], route["DID"]): route for route in request["Routes"]}
        if not wanted and not self.empty_clears:
            return
        self._check(number, wanted)
        for row in self._of_peer(number):
            if (row["TrunkDN"]["Id"], row["Data"]) not in wanted:
                self.sets["InboundRules"].remove(row)
        for key, route in wanted.items():
            self._lead(key, route, rings(kind, number))

    def _check(self, number: str, wanted: dict[tuple[int, str], Any]) -> None:
        for trunk_id, did in wanted:
            if did not in self._row(f"Trunks({trunk_id})")["DidNumbers"]:
                raise Refused(f"no DID {did}", status=400, codes=("NOT_FOUND",))
            if self.take_over == "refuse" and self.where(did, trunk_id) not in ([], [number]):
                raise Refused(f"{did} is in use", status=400, codes=("ALREADY_IN_USE",))

    def _lead(self, key: tuple[int, str], route: dict[str, Any], aim: dict[str, Any]) -> None:
        rules = self._rules_of(*key)
        mine = [row for row in rules if row["OfficeHoursDestination"] == aim]
        if not mine and (not rules or self.take_over == "both"):
            self.rule(key[1], aim["Number"], key[0], RuleName=key[1])
            mine = [self.sets["InboundRules"][-1]]
        row = (mine or rules)[0]
        row["OfficeHoursDestination"] = aim
        if "DisplayName" in route:
            row["RuleName"] = route["DisplayName"]

    def _bulk_delete(self, body: dict[str, Any]) -> None:
        rows = self.sets["InboundRules"]
        self.sets["InboundRules"] = [row for row in rows if row["Id"] not in body["ids"]]


def _route(row: dict[str, Any]) -> dict[str, Any]:
    return {"DID": row["Data"], "TrunkId": row["TrunkDN"]["Id"], "DisplayName": row["RuleName"]}
