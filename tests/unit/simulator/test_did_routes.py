# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DIDs, SetRoutes, GetRoutes and the inbound rules behind them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api

A = "Provider A"


def peer_id(api: Api, number: str) -> int:
    found: int = api.rows(f"Peers?$filter=Number eq '{number}'&$select=Type,Id,Number")[0]["Id"]
    return found


def routes(api: Api, number: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = api.post("Defs/Pbx.GetRoutes", {"ids": [peer_id(api, number)]}).value[0]["Routes"]
    return found


def set_routes(api: Api, number: str, *dids: str, trunk: str = A) -> Any:
    key = api.id_of("Trunks", trunk)
    wanted = [{"DID": did, "TrunkId": key, "DisplayName": f"To {number}"} for did in dids]
    return api.post("Trunks/Pbx.SetRoutes", {"routes": {"Id": peer_id(api, number), "Routes": wanted}})


def dids(api: Api, number: str) -> list[str]:
    return [route["DID"] for route in routes(api, number)]


def rule(api: Api, did: str) -> dict[str, Any]:
    found = api.rows(f"InboundRules?$filter=Data eq '{did.replace('+', '%2B')}'&$expand=TrunkDN")
    assert len(found) == 1
    entity: dict[str, Any] = found[0]
    return entity


def test_get_routes_lists_the_dids_of_each_peer(api: Api) -> None:
    trunk = api.id_of("Trunks", A)
    assert routes(api, "800") == [
        {"DID": "+498955500011", "DisplayName": "Sales", "TrunkId": trunk},
        {"DID": "+498955500013", "DisplayName": "Sales campaign", "TrunkId": trunk},
    ]
    assert routes(api, "821") == []
    assert api.post("Defs/Pbx.GetRoutes", {"ids": [9999]}).value == []


def test_set_routes_replaces_all_dids_of_one_peer_and_of_no_other(api: Api) -> None:
    assert set_routes(api, "800", "+498955500011", "+498955500016").status == 204
    assert dids(api, "800") == ["+498955500011", "+498955500016"]
    assert dids(api, "801") == ["+498955500012"]
    assert api.rows("InboundRules?$filter=Data eq '%2B498955500013'") == []


def test_set_routes_makes_an_inbound_rule(api: Api) -> None:
    set_routes(api, "832", "+498955500016")
    made = rule(api, "+498955500016")
    assert (made["Condition"], made["RuleName"], made["CallType"]) == ("BasedOnDID", "To 832", "AllCalls")
    assert made["OfficeHoursDestination"] == {
        "To": "RoutePoint",
        "Number": "832",
        "External": "",
        "Name": "Order status",
        "Type": "RoutePoint",
        "Tags": [],
    }
    assert made["TrunkDN"]["Name"] == A


def test_a_did_moves_from_one_peer_to_another(api: Api) -> None:
    former = rule(api, "+498955500012")["Id"]
    assert set_routes(api, "821", "+498955500012").status == 204
    assert dids(api, "801") == []
    assert rule(api, "+498955500012")["Id"] == former
    assert rule(api, "+498955500012")["OfficeHoursDestination"]["Number"] == "821"


def test_a_special_destination_at_other_hours_survives(api: Api) -> None:
    set_routes(api, "821", "+498955500010")
    moved = rule(api, "+498955500010")
    assert moved["OfficeHoursDestination"]["Number"] == "821"
    assert moved["OutOfOfficeHoursDestination"]["Number"] == "821"
    assert moved["HolidaysDestination"]["Number"] == "821"
    set_routes(api, "800", "+498955500010")
    api.patch(f"InboundRules({moved['Id']})", {"OutOfOfficeHoursDestination": {"To": "VoiceMail", "Number": "112"}})
    set_routes(api, "801", "+498955500010", "+498955500012")
    assert rule(api, "+498955500010")["OutOfOfficeHoursDestination"]["To"] == "VoiceMail"


def test_no_routes_clear_or_do_nothing() -> None:
    clearing, ignoring = Api(), Api(setroutes_empty="ignore")
    assert set_routes(clearing, "800").status == 204
    assert set_routes(ignoring, "800").status == 204
    assert (len(dids(clearing, "800")), len(dids(ignoring, "800"))) == (0, 2)


def test_taking_over_is_a_switch() -> None:
    strict = Api(did_take_over="refuse")
    assert set_routes(strict, "821", "+498955500012").code == "DID XAPI.ALREADY_IN_USE"
    assert dids(strict, "801") == ["+498955500012"]
    assert set_routes(strict, "801", "+498955500012").status == 204


def test_a_did_that_the_trunk_lacks_is_refused_or_added(api: Api) -> None:
    unknown = "+498955500099"
    assert set_routes(api, "800", unknown).code == "DID XAPI.NOT_FOUND"
    assert len(dids(api, "800")) == 2
    liberal = Api(did_unknown="accept")
    assert set_routes(liberal, "800", unknown).status == 204
    assert unknown in [row["Number"] for row in liberal.rows("DidNumbers")]


@pytest.mark.parametrize(
    ("number", "trunk_id", "did", "code"),
    [
        ("800", 9999, "+498955500011", "TrunkId XAPI.NOT_FOUND"),
        ("800", None, "+498955500011", "TrunkId XAPI.NOT_FOUND"),
        ("10000", 0, "+498955500011", "Id XAPI.NOT_FOUND"),
        ("GRP0001", 0, "+498955500011", "Id XAPI.NOT_FOUND"),
    ],
)
def test_bad_routes_are_refused(api: Api, number: str, trunk_id: int | None, did: str, code: str) -> None:
    route: dict[str, Any] = {"DID": did, "DisplayName": "x"}
    if trunk_id is not None:
        route["TrunkId"] = trunk_id
    answer = api.post("Trunks/Pbx.SetRoutes", {"routes": {"Id": peer_id(api, number), "Routes": [route]}})
    assert answer.code == code


def test_the_same_did_twice_is_refused(api: Api) -> None:
    assert set_routes(api, "800", "+498955500011", "+498955500011").code == "DID XAPI.DUPLICATE"


def test_dids_are_a_view_on_trunks(api: Api) -> None:
    trunk = api.id_of("Trunks", A)
    listed = api.rows(f"DidNumbers?$select=Number,TrunkId&$expand=RoutingRule&$filter=TrunkId eq {trunk}")
    assert [row["Number"] for row in listed] == api.get(f"Trunks({trunk})").json["DidNumbers"]
    by_number = {row["Number"]: row.get("RoutingRule") for row in listed}
    assert by_number["+498955500011"]["RuleName"] == "Sales"
    assert by_number["+498955500017"] is None


def test_removing_a_did_from_its_trunk_removes_its_rule(api: Api) -> None:
    trunk = api.id_of("Trunks", A)
    kept = [did for did in api.get(f"Trunks({trunk})").json["DidNumbers"] if did != "+498955500011"]
    assert api.patch(f"Trunks({trunk})", {"DidNumbers": [*kept, "+498955500020", "+498955500020"]}).status == 204
    assert dids(api, "800") == ["+498955500013"]
    assert api.get(f"Trunks({trunk})").json["DidNumbers"] == [*kept, "+498955500020"]


def test_inbound_rules_are_unique_by_trunk_condition_and_data(api: Api) -> None:
    trunk = {"TrunkDN": {"Id": api.id_of("Trunks", A)}, "Condition": "BasedOnDID"}
    assert api.post("InboundRules", {**trunk, "Data": "+498955500011"}).code == "Data XAPI.ALREADY_IN_USE"
    assert api.post("InboundRules", {**trunk, "Data": "+498955500099"}).code == "Data XAPI.NOT_FOUND"
    assert api.post("InboundRules", {"Data": "+498955500016"}).code == "TrunkDN XAPI.REQUIRED"
    aim = {"OfficeHoursDestination": {"To": "Extension", "Number": "999"}}
    assert api.post("InboundRules", {**trunk, "Data": "+498955500016", **aim}).code == "Number XAPI.NOT_FOUND"
    assert api.post("InboundRules", {**trunk, "Data": "+498955500016"}).status == 201


def test_many_rules_go_in_one_call(api: Api) -> None:
    keys = [row["Id"] for row in api.rows("InboundRules?$top=2&$orderby=Id")]
    assert api.post("InboundRules/Pbx.BulkInboundRulesDelete", {"ids": keys}).status == 204
    assert len(api.rows("InboundRules")) == 6
