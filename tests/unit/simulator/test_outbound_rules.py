# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules: slots, ranks, purge, references."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api

EMPTY = {"TrunkId": -1, "StripDigits": 0, "Prepend": "", "Append": "", "CallerID": ""}


def order(api: Api) -> list[str]:
    rows = api.rows("OutboundRules?$orderby=Priority")
    assert [row["Priority"] for row in rows] == list(range(len(rows)))
    return [row["Name"] for row in rows]


def make(api: Api, **body: Any) -> Any:
    answer = api.post("OutboundRules", {"Name": "New", **body})
    assert answer.status == 201, answer.body
    return answer.json


def test_routes_always_come_in_five_slots(api: Api) -> None:
    trunk = api.id_of("Trunks", "Provider B")
    rule = make(api, Routes=[{"TrunkId": trunk, "StripDigits": 1}, {"TrunkId": -1}, {"TrunkId": 0}, {}])
    assert rule["Routes"][0] == {**EMPTY, "TrunkId": trunk, "StripDigits": 1, "TrunkName": "Provider B"}
    assert rule["Routes"][1:] == [EMPTY] * 4


@pytest.mark.parametrize(
    ("switch", "slot"),
    [("-1", EMPTY), ("0", {**EMPTY, "TrunkId": 0, "TrunkName": ""})],
)
def test_how_an_unused_slot_looks_is_a_switch(switch: str, slot: dict[str, Any]) -> None:
    assert make(Api(outbound_empty_slot=switch))["Routes"] == [slot] * 5


def test_an_unused_slot_may_lack_its_trunk() -> None:
    rule = make(Api(outbound_empty_slot="absent"))
    assert all("TrunkId" not in route for route in rule["Routes"])


def test_short_arrays_are_padded_or_refused() -> None:
    assert len(make(Api(), Routes=[])["Routes"]) == 5
    strict = Api(outbound_short_routes="refuse")
    assert strict.post("OutboundRules", {"Name": "x", "Routes": [{"TrunkId": -1}]}).code == "Routes XAPI.REQUIRED"
    assert make(strict, Routes=[{"TrunkId": -1}] * 5)["Routes"] == [EMPTY] * 5


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"Name": ""}, "Name XAPI.REQUIRED"),
        ({"Routes": [{"TrunkId": 9999}]}, "TrunkId XAPI.NOT_FOUND"),
        ({"Routes": [{"TrunkId": -1}] * 6}, "Routes XAPI.TOO_MANY_ITEMS_IN_LIST"),
        ({"GroupIds": [9999]}, "GroupIds XAPI.NOT_FOUND"),
        ({"NumberLengthRanges": "9 to 11"}, "NumberLengthRanges INVALID"),
        ({"Prefix": "abc"}, "Prefix INVALID"),
        ({"DNRanges": [{"To": "199"}]}, "DNRanges XAPI.REQUIRED"),
    ],
)
def test_bad_rules_are_refused_and_nothing_changes(api: Api, body: dict[str, Any], code: str) -> None:
    before = api.rows("OutboundRules")
    assert api.post("OutboundRules", {"Name": "x", **body}).code == code
    assert api.patch("OutboundRules(2)", body).code == code
    assert api.rows("OutboundRules") == before


def test_new_rules_go_last_and_deletion_closes_the_gap(api: Api) -> None:
    start = order(api)
    make(api)
    assert order(api) == [*start, "New"]
    assert api.delete("OutboundRules(2)").status == 204
    assert order(api) == [start[0], *start[2:], "New"]


def test_move_up_down_swaps_neighbours_and_stops_at_the_ends(api: Api) -> None:
    first, second, *rest = order(api)
    assert api.post("OutboundRules/Pbx.MoveUpDown", {"id": 2, "up": True}).status == 204
    assert order(api) == [second, first, *rest]
    assert api.post("OutboundRules/Pbx.MoveUpDown", {"id": 2, "up": True}).status == 204
    assert order(api) == [second, first, *rest]
    assert api.post("OutboundRules/Pbx.MoveUpDown", {"id": 2}).status == 204
    assert order(api) == [first, second, *rest]
    assert api.post("OutboundRules/Pbx.MoveUpDown", {"id": 999, "up": True}).status == 404


def test_priority_on_write_is_a_switch() -> None:
    api = Api()
    start = order(api)
    assert api.patch("OutboundRules(4)", {"Priority": 0}).status == 204
    assert order(api) == start
    sticking = Api(outbound_priority="stick")
    assert sticking.patch("OutboundRules(4)", {"Priority": 0}).status == 204
    assert order(sticking) == [start[3], *start[:3], start[4]]
    assert sticking.patch("OutboundRules(4)", {"Priority": 2}).status == 204
    assert order(sticking) == [start[0], start[1], start[3], start[2], start[4]]
    assert Api(outbound_priority="refuse").patch("OutboundRules(4)", {"Priority": 0}).code.startswith("Priority")


def test_purge_removes_by_ids_only(api: Api) -> None:
    assert api.post("OutboundRules/Pbx.Purge", {"purgeObject": {"Ids": [2, 999]}}).status == 204
    assert [row["Id"] for row in api.rows("OutboundRules")] == [1, 3, 4, 5]


@pytest.mark.parametrize("body", [None, {}, {"purgeObject": None}, {"purgeObject": {"Ids": []}}])
def test_purge_without_ids_is_refused_or_removes_all(body: Any) -> None:
    careful, wild = Api(), Api(outbound_purge_empty="all")
    assert careful.post("OutboundRules/Pbx.Purge", body).code == "purgeObject XAPI.REQUIRED"
    assert len(careful.rows("OutboundRules")) == 5
    assert wild.post("OutboundRules/Pbx.Purge", body).status == 204
    assert wild.rows("OutboundRules") == []


def test_names_of_departments_are_echoed_and_not_taken(api: Api) -> None:
    group = api.id_of("Groups", "Sales")
    rule = make(api, GroupIds=[group], GroupNames=["Nonsense"])
    assert rule["GroupNames"] == ["Sales"]
    api.patch(f"Groups({group})", {"Name": "Selling"})
    assert api.get(f"OutboundRules({rule['Id']})").json["GroupNames"] == ["Selling"]


def test_twin_names_are_a_switch() -> None:
    assert make(Api(), Name="National")["Name"] == "National"
    assert Api(outbound_duplicates="refuse").post("OutboundRules", {"Name": "National"}).code == "Name XAPI.DUPLICATE"


def test_a_limit_on_rules_is_a_switch() -> None:
    code = Api(outbound_limit=5).post("OutboundRules", {"Name": "x"}).code
    assert code == "Name XAPI.OUTBOUND_RULES_LIMIT_REACHED"


def test_emergency_rules_have_their_own_listing(api: Api) -> None:
    assert [row["Name"] for row in api.rows("OutboundRules/Pbx.GetEmergencyOutboundRules()")] == ["Emergency"]
    assert "Emergency" not in [r["Name"] for r in Api(outbound_emergency_listed="no").rows("OutboundRules")]


def test_a_deleted_trunk_leaves_blank_slots(api: Api) -> None:
    trunk = api.id_of("Trunks", "Provider B")
    assert api.delete(f"Trunks({trunk})").status == 204
    assert api.rows("OutboundRules?$filter=Name eq 'Emergency'")[0]["Routes"][1:] == [EMPTY] * 4
    assert api.rows("InboundRules?$expand=TrunkDN&$filter=TrunkDN/Number eq '10001'") == []


def test_the_last_trunk_of_an_emergency_rule_stays(api: Api) -> None:
    assert api.delete(f"Trunks({api.id_of('Trunks', 'Provider B')})").status == 204
    last = api.id_of("Trunks", "Provider A")
    assert api.delete(f"Trunks({last})").code == "Id CANNOT_DELETE_TRUNKS_BINDED_ERMERGENCY_NUMBER"
    api.pbx.switches.set({"trunk_delete_emergency": "blank"})
    assert api.delete(f"Trunks({last})").status == 204
