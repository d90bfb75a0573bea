# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users, departments, queues, ring groups, IVRs, apps and peers: one space of numbers, and what refers to them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api

DN_SETS = ("Users", "Queues", "RingGroups", "Receptionists", "CallFlowApps", "Fax", "Parkings", "Trunks")
PEER_TYPES = {
    "100": "Extension",
    "800": "Queue",
    "810": "RingGroup",
    "820": "IVR",
    "830": "RoutePoint",
    "888": "Fax",
    "SP0": "Parking",
    "10000": "ExternalLine",
    "GRP0001": "Group",
}


def test_peers_show_everything_that_has_a_number(api: Api) -> None:
    peers = {row["Number"]: row for row in api.rows("Peers")}
    assert {number: peers[number]["Type"] for number in PEER_TYPES} == PEER_TYPES
    for set_name in DN_SETS:
        for row in api.rows(f"{set_name}?$select=Id,Number"):
            assert peers[row["Number"]]["Id"] == row["Id"]


def test_ids_are_unique_over_all_dns_and_departments(api: Api) -> None:
    keys = [row["Id"] for row in api.rows("Peers")]
    assert len(keys) == len(set(keys))
    made = api.post("Queues", {"Name": "New"}).json
    assert made["Id"] not in keys


def test_peers_are_found_by_number_and_in_bulk(api: Api) -> None:
    assert api.get("Peers(Number='800')").json["Name"] == "Sales"
    body = {"peersRequest": {"DnNumbers": ["800", "nobody", "100"]}}
    assert [row["Number"] for row in api.post("Peers/Pbx.RetreivePeersByNumbers", body).value] == ["800", "100"]


@pytest.mark.parametrize("set_name", [name for name in DN_SETS if name != "Trunks"])
def test_a_number_in_use_is_refused_by_every_set(api: Api, set_name: str) -> None:
    for taken in ("100", "800", "830"):
        assert api.post(set_name, {"Number": taken, **named(set_name)}).code == "Number XAPI.ALREADY_IN_USE"


def named(set_name: str) -> dict[str, Any]:
    return {"Name": "New"} if set_name in ("Queues", "RingGroups", "Receptionists", "CallFlowApps") else {}


def test_a_number_cannot_be_changed(api: Api) -> None:
    user = api.id_of("Users", "101")
    assert api.patch(f"Users({user})", {"Number": "199"}).code == "Number XAPI.FORBIDDEN_CHANGE"
    assert api.patch(f"Users({user})", {"Number": "101", "FirstName": "Al"}).status == 204
    assert api.get(f"Users({user})").json["DisplayName"] == "Al Ash"


def test_the_server_picks_free_numbers(api: Api) -> None:
    free = api.get("Users/Pbx.GetFirstAvailableExtensionNumber()").json["Number"]
    assert free == "114"
    assert api.post("Users", {}).json["Number"] == free
    assert api.get("Queues/Pbx.GetFirstAvailableQueueNumber()").json["Number"] == "802"
    assert api.post("Parkings", {}).json["Number"] == "SP2"


def test_a_new_user_belongs_to_the_default_department(api: Api) -> None:
    user = api.post("Users", {"FirstName": "New"}).json
    rows = api.rows(f"Users({user['Id']})/Groups?$expand=Rights")
    assert [(row["Name"], row["Rights"]["RoleName"]) for row in rows] == [("DEFAULT", "users")]
    assert api.post("Users", {"Groups": [{"GroupId": 9999}]}).code == "Groups XAPI.NOT_FOUND"


def test_membership_is_seen_from_both_sides(api: Api) -> None:
    group = api.id_of("Groups", "Warehouse")
    members = [row["Number"] for row in api.rows(f"Groups({group})/Members")]
    assert members == ["109", "110", "111", "811"]
    assert api.patch(f"Groups({group})", {"Members": [{"Number": "100"}]}).status == 204
    assert [row["Number"] for row in api.rows(f"Groups({group})/Members")] == ["100"]
    user = api.id_of("Users", "100")
    assert [row["Name"] for row in api.rows(f"Users({user})/Groups")] == ["DEFAULT", "Warehouse"]
    peer = api.rows("Peers?$filter=Number eq '100'&$expand=MemberOf")[0]
    assert [(row["Name"], row["IsPrimary"]) for row in peer["MemberOf"]] == [("DEFAULT", True), ("Warehouse", False)]


def test_department_names_are_unique_and_the_default_one_stays(api: Api) -> None:
    assert api.post("Groups", {"Name": "Sales"}).code == "Name XAPI.DUPLICATE"
    assert api.post("Groups", {}).code == "Name XAPI.REQUIRED"
    default, sales = api.id_of("Groups", "DEFAULT"), api.id_of("Groups", "Sales")
    assert api.delete(f"Groups({default})").code == "Id GROUP_CANNOT_BE_DELETED"
    assert api.delete(f"Groups({sales})").code == "Id GROUP_WITH_MEMBERS_CANNOT_BE_DELETED"


def test_a_deleted_department_leaves_the_rules(api: Api) -> None:
    made = api.post("Groups", {"Name": "Temp"}).json
    assert made["Number"] == "GRP0004"
    rule = api.post("OutboundRules", {"Name": "x", "GroupIds": [made["Id"]]}).json
    assert api.post("Groups/Pbx.DeleteCompanyById", {"id": made["Id"]}).status == 204
    assert api.get(f"OutboundRules({rule['Id']})").json["GroupIds"] == []
    assert api.post("Groups/Pbx.DeleteCompanyByNumber", {"number": "GRP0099"}).status == 404


@pytest.mark.parametrize(
    ("set_name", "field"), [("Queues", "Agents"), ("Queues", "Managers"), ("RingGroups", "Members")]
)
def test_members_are_extensions_and_replaced_as_a_whole(api: Api, set_name: str, field: str) -> None:
    number = "800" if set_name == "Queues" else "810"
    key = api.id_of(set_name, number)
    assert api.patch(f"{set_name}({key})", {field: [{"Number": "109"}, {"Number": "100"}]}).status == 204
    rows = api.rows(f"{set_name}({key})/{field}")
    assert [(row["Number"], row["Name"]) for row in rows] == [("109", "Indigo Ivy"), ("100", "Robin Sample")]
    for bad in ("999", "801"):
        assert api.patch(f"{set_name}({key})", {field: [{"Number": bad}]}).code == f"{field} XAPI.NOT_FOUND"


def test_ivr_keys_are_replaced_as_a_whole_and_tell_the_peer_type(api: Api) -> None:
    menu = api.id_of("Receptionists", "820")
    rows = api.rows(f"Receptionists({menu})/Forwards")
    assert [(row["Input"], row["ForwardDN"], row["PeerType"]) for row in rows] == [
        ("1", "800", "Queue"),
        ("2", "801", "Queue"),
        ("3", "811", "RingGroup"),
        ("9", "830", "RoutePoint"),
    ]
    body = {"Forwards": [{"Input": "5", "ForwardDN": "100", "ForwardType": "Extension"}]}
    assert api.patch(f"Receptionists({menu})", body).status == 204
    assert [row["Input"] for row in api.rows(f"Receptionists({menu})/Forwards")] == ["5"]


def test_a_deleted_user_is_gone_everywhere(api: Api) -> None:
    user = api.id_of("Users", "101")
    assert api.delete(f"Users({user})").status == 204
    queue = api.rows("Queues?$filter=Number eq '800'&$expand=Agents,Managers")[0]
    assert "101" not in [row["Number"] for row in queue["Agents"] + queue["Managers"]]
    rule = api.rows("InboundRules?$filter=RuleName eq 'Alex'")[0]
    assert rule["OfficeHoursDestination"] == {"To": "None", "Number": "", "External": ""}
    assert api.rows("Peers?$filter=Number eq '101'") == []
    assert api.post("Users", {"Number": "101"}).status == 201


def test_destinations_of_a_deleted_user_may_dangle_or_forbid_it() -> None:
    dangling, refusing = Api(dn_delete_in_use="dangle"), Api(dn_delete_in_use="refuse")
    assert dangling.delete(f"Users({dangling.id_of('Users', '101')})").status == 204
    rule = dangling.rows("InboundRules?$filter=RuleName eq 'Alex'")[0]
    assert rule["OfficeHoursDestination"] == {"To": "Extension", "Number": "101", "External": ""}
    assert refusing.delete(f"Users({refusing.id_of('Users', '101')})").code == "Number XAPI.ALREADY_IN_USE"
    assert refusing.delete(f"Users({refusing.id_of('Users', '103')})").status == 204


def test_many_users_go_in_one_call_that_reports_each_failure() -> None:
    api = Api(dn_delete_in_use="refuse")
    keys = [api.id_of("Users", number) for number in ("101", "103")]
    failed = api.post("Users/Pbx.BatchDelete", {"ids": keys}).value
    assert [row["ExtensionNumber"] for row in failed] == ["101"]
    assert "ALREADY_IN_USE" in failed[0]["Error"]
    assert api.rows("Users?$filter=Number eq '103'") == []


@pytest.mark.parametrize("status", [400, 403])
def test_a_licence_limit_is_a_switch(status: int) -> None:
    answer = Api(limit_users=14, limit_status=str(status)).post("Users", {})
    assert (answer.status, answer.code) == (status, "Number LIMIT_REACHED")


def test_a_script_comes_only_when_asked_for(api: Api) -> None:
    app = api.id_of("CallFlowApps", "830")
    assert "ScriptCode" not in api.get(f"CallFlowApps({app})").json
    assert "ApiKey" in api.get(f"CallFlowApps({app})?$select=ScriptCode").json["ScriptCode"]
    assert "ScriptCode" in Api(script_code="always").get(f"CallFlowApps({app})").json
    assert api.get(f"CallFlowApps({app})/ScriptCode/$value").status == 404


def test_a_script_is_compiled_on_write(api: Api) -> None:
    good = api.post("CallFlowApps", {"Name": "New", "ScriptCode": "class A {}"}).json
    assert (good["Number"], good["CompilationSucceeded"], good["InvalidScript"]) == ("833", True, False)
    assert api.patch(f"CallFlowApps({good['Id']})", {"ScriptCode": "#error broken"}).status == 204
    bad = api.get(f"CallFlowApps({good['Id']})").json
    assert (bad["CompilationSucceeded"], bad["CompilationResult"]) == (False, "CS1029: #error broken")
    assert bad["CompilationLastSuccess"] == good["CompilationLastSuccess"]


def test_files_of_an_app(api: Api) -> None:
    app = api.id_of("CallFlowApps", "830")
    assert api.rows(f"CallFlowApps({app})/Pbx.GetFiles()") == ["welcome.wav", "thanks.wav"]
    assert api.post(f"CallFlowApps({app})/Pbx.DeleteFile", {"filename": "welcome.wav"}).status == 204
    assert api.post(f"CallFlowApps({app})/Pbx.DeleteFile", {"filename": "welcome.wav"}).status == 404


def test_deleting_an_app_leaves_dangling_destinations_unless_switched() -> None:
    api, careful = Api(), Api(app_delete_in_use="refuse")
    app = api.id_of("CallFlowApps", "830")
    assert api.delete(f"CallFlowApps({app})").status == 204
    rule = api.rows("InboundRules?$filter=RuleName eq 'Survey'")[0]
    assert rule["OfficeHoursDestination"] == {"To": "RoutePoint", "Number": "830", "External": ""}
    assert careful.delete(f"CallFlowApps({app})").code == "Number XAPI.ALREADY_IN_USE"
    unused = careful.id_of("CallFlowApps", "831")
    assert careful.delete(f"CallFlowApps({unused})").status == 204


def test_complex_values_are_merged_or_replaced() -> None:
    merging, replacing = Api(), Api(patch_complex="replace")
    for api, host in ((merging, "sip.provider-a.example"), (replacing, None)):
        trunk = api.id_of("Trunks", "Provider A")
        assert api.patch(f"Trunks({trunk})", {"Gateway": {"Name": "Renamed"}}).status == 204
        gateway = api.get(f"Trunks({trunk})").json["Gateway"]
        assert (gateway["Name"], gateway.get("Host")) == ("Renamed", host)


def test_a_trunk_is_made_from_a_template(api: Api) -> None:
    form = api.get("Trunks/Pbx.InitTrunk(template='x.pv.xml')").json
    assert form["Gateway"]["TemplateFilename"] == "x.pv.xml"
    assert api.post("Trunks", {"Gateway": {"Host": "x"}}).code == "Gateway.Name XAPI.REQUIRED"
    made = api.post("Trunks", {"Gateway": {"Name": "Provider C"}, "DidNumbers": ["+49"]}).json
    assert made["Number"] == "10003"
    assert api.rows(f"DidNumbers?$filter=TrunkId eq {made['Id']}")[0]["Number"] == "+49"


def test_parameters_are_found_by_name(api: Api) -> None:
    assert api.get("Parameters/Pbx.GetParameterByName(name='LOCALE')").json["Value"] == "de-DE"
    assert api.get("Parameters/Pbx.GetParameterByName(name='NOPE')").status == 404
    assert api.post("Parameters", {"Name": "LOCALE"}).code == "Name XAPI.ALREADY_IN_USE"


def test_a_menu_leads_to_numbers_that_are_there_and_may_keep_one_that_is_not() -> None:
    api = Api(dn_delete_in_use="dangle")
    key = {"Input": "1", "ForwardType": "Queue", "ForwardDN": "899"}
    assert api.post("Receptionists", {"Name": "Menu", "Forwards": [key]}).code == "ForwardDN XAPI.NOT_FOUND"
    ends = {"Name": "Menu", "Number": "877", "Forwards": [{**key, "ForwardType": "EndCall"}]}
    assert api.post("Receptionists", ends).status == 201
    itself = {**key, "ForwardType": "IVR", "ForwardDN": "877"}
    menu = f"Receptionists({api.id_of('Receptionists', '877')})"
    assert api.patch(menu, {"Forwards": [itself]}).status == 204
    api.delete(f"Queues({api.id_of('Queues', '801')})")
    main = api.id_of("Receptionists", "820")
    there = api.rows(f"Receptionists({main})/Forwards")
    assert "801" in [forward["ForwardDN"] for forward in there]
    assert api.patch(f"Receptionists({main})", {"Forwards": there}).status == 204


def test_prompts_have_to_be_there_if_the_switch_says_so() -> None:
    relaxed, strict = Api(), Api(prompt_missing="refuse")
    for name in ("820.wav", "none.wav"):
        assert relaxed.post("Queues", {"IntroFile": name}).status == 201
    assert strict.post("Queues", {"IntroFile": "820.wav"}).status == 201
    assert strict.post("Queues", {"IntroFile": "none.wav"}).code == "IntroFile XAPI.FILE_NOT_FOUND"
    route = {"OutOfOfficeRoute": {"Prompt": "none.wav", "IsPromptEnabled": True}}
    assert strict.post("RingGroups", {"Name": "Hall", **route}).code == "Prompt XAPI.FILE_NOT_FOUND"
