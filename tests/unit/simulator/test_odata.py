# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists, keys, selection, expansion and bodies, as section 3 of the notes on the real API describes them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.unit.simulator.api import Api

INVALID_QUERY = "The query specified in the URI is not valid."
DELTA = "The input was not valid.\n\ndelta:\nThe delta field is required."


def message(api: Api, path: str) -> str:
    answer = api.get(path)
    assert answer.status == 400
    text: str = answer.json["error"]["message"]
    return text


def test_the_cheap_call_proves_access_and_shows_the_version(api: Api) -> None:
    answer = api.get("Defs?$select=Id")
    assert answer.json == {"@odata.context": "https://pbx.example.com/xapi/v1/$metadata#Defs(Id)", "Id": 0}
    assert answer.headers["x-3cx-version"] == "20.0.10.1107"


def test_a_page_is_cut_out_of_the_whole_list(api: Api) -> None:
    every = [row["Id"] for row in api.rows("Blocklist?$orderby=Id")]
    assert [row["Id"] for row in api.rows("Blocklist?$orderby=Id&$skip=3&$top=4")] == every[3:7]
    assert [row["Id"] for row in api.rows("Blocklist?$orderby=Id desc&$top=2")] == every[:-3:-1]


def test_count_counts_all_that_match_and_only_when_asked(api: Api) -> None:
    answer = api.get("Blocklist?$count=true&$top=1&$filter=BlockType eq 'Allow'")
    assert (answer.json["@odata.count"], len(answer.value)) == (2, 1)
    assert "@odata.count" not in api.get("Blocklist").json


def test_no_page_holds_more_than_the_page_size(api: Api) -> None:
    for number in range(118):  # the demo has two
        assert api.post("Contacts", {"FirstName": f"C{number}"}).status == 201
    assert len(api.rows("Contacts")) == 100
    assert len(api.rows("Contacts?$top=100&$skip=100")) == 20
    assert "limit of '100' for Top query has been exceeded" in message(api, "Contacts?$top=101")
    assert "'101'" in message(api, "Contacts?$top=101")


def test_next_link_leads_to_the_rest_when_switched_on() -> None:
    api = Api(next_link="on", page_size=5)
    seen: list[int] = []
    path: str | None = "Blocklist?$orderby=Id"
    while path:
        answer = api.get(path)
        seen += [row["Id"] for row in answer.value]
        link = answer.json.get("@odata.nextLink")
        path = link.removeprefix("https://pbx.example.com/xapi/v1/") if link else None
    assert seen == sorted(seen)
    assert len(seen) == 13
    assert "@odata.nextLink" not in Api(page_size=5).get("Blocklist").json


def test_select_keeps_only_what_is_named(api: Api) -> None:
    assert all(set(row) == {"Id", "Name"} for row in api.rows("OutboundRules?$select=Id,Name"))
    trunk = api.rows("Trunks?$select=Gateway/Name&$top=1")[0]
    assert trunk == {"Gateway": {"Name": "Provider A"}}


def test_navigation_properties_come_only_when_expanded(api: Api) -> None:
    user = api.rows("Users?$filter=Number eq '101'&$expand=Groups($select=Name;$expand=Rights)")[0]
    assert user["Groups"] == [{"Name": "Sales", "Rights": {"RoleName": "managers"}}]
    assert "Groups" not in api.rows("Users?$top=1")[0]
    assert [row["Name"] for row in api.rows(f"Users({user['Id']})/Groups")] == ["Sales"]


def test_expanded_collections_take_options(api: Api) -> None:
    queue = api.rows("Queues?$filter=Number eq '800'&$expand=Agents($filter=Number gt '102';$top=1;$count=true)")[0]
    assert [agent["Number"] for agent in queue["Agents"]] == ["103"]
    assert queue["Agents@odata.count"] == 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("Users?$select=Nope", "'Nope' on type 'Pbx.User'"),
        ("Users?$expand=Number", "not a navigation property"),
        ("Users?$expand=Nope", "'Nope'"),
        ("Users?$orderby=Nope", "'Nope'"),
        ("Users?$orderby=Id sideways", "Syntax error"),
        ("Users?$top=-1", "$top"),
        ("Users?$skip=x", "$skip"),
        ("Users?$count=maybe", "$count"),
        ("Users?$bogus=1", "'$bogus' is not supported"),
        ("Users(32)?$filter=Id eq 1", "'$filter' is not supported"),
        ("DidNumbers?$orderby=Id", "'Id' on type 'Pbx.DidNumber'"),
    ],
)
def test_a_wrong_query_option_is_a_400(api: Api, path: str, reason: str) -> None:
    text = message(api, path)
    assert text.startswith(INVALID_QUERY)
    assert reason in text


def test_a_plus_sign_must_be_encoded(api: Api) -> None:
    assert api.rows("InboundRules?$filter=Data eq '+498955500011'") == []
    assert len(api.rows("InboundRules?$filter=Data eq '%2B498955500011'")) == 1


def test_search_looks_into_every_text(api: Api) -> None:
    assert [row["Name"] for row in api.rows("Parameters?$search=queue")] == ["MAXCALLQUEUE"]


def test_keys_of_all_kinds(api: Api) -> None:
    user = api.id_of("Users", "101")
    assert api.get(f"Users({user})").json["Number"] == "101"
    assert api.get(f"Users(Id={user})").json["Number"] == "101"
    assert api.get("Users(Number='101')").json["Id"] == user
    assert api.get("Backups('weekly-2026-11-08.zip')").status == 405  # the contract offers DELETE only
    assert api.delete("Backups('weekly-2026-11-08.zip')").status == 204


@pytest.mark.parametrize(
    "path",
    ["Users(9999)", "Users('32')", "Users()", "Users(Number='999')", "Nope", "Users(32", "Users(32)/Nope", "Peers(32)"],
)
def test_what_is_not_there_is_an_empty_404(api: Api, path: str) -> None:
    answer = api.get(path)
    assert (answer.status, answer.body) == (404, b"")


def test_quotes_in_a_key_are_doubled(api: Api) -> None:
    assert api.post("TenantProperties", {"Name": "it's", "Value": "1"}).status == 201
    assert api.get("TenantProperties('it''s')").json["Value"] == "1"


def test_verbs_that_are_not_offered(api: Api) -> None:
    user = api.id_of("Users", "101")
    assert api.call("PUT", f"Users({user})", {}).status == 405
    assert api.post("DidNumbers", {}).status == 405
    assert api.call("PATCH", "Users", {}).status == 405
    assert api.post(f"Users({user})/Groups", {}).status == 404
    assert api.call("PUT", f"Users({user})/Groups", {}).status == 405


def test_create_answers_with_location_and_entity_patch_and_delete_with_nothing(api: Api) -> None:
    made = api.post("Contacts", {"FirstName": "Robin", "PhoneNumber": "100"})
    assert made.status == 201
    place = made.headers["location"]
    assert place == f"https://pbx.example.com/xapi/v1/Contacts({made.json['Id']})"
    path = place.removeprefix("https://pbx.example.com/xapi/v1/")
    changed = api.patch(path, {"FirstName": "Alex"})
    assert (changed.status, changed.body) == (204, b"")
    assert api.get(path).json["FirstName"] == "Alex"
    assert api.get(path).json["PhoneNumber"] == "100"
    assert (api.delete(path).status, api.delete(path).status) == (204, 404)


@pytest.mark.parametrize(
    "body",
    [
        {"Nope": 1},
        {"entity": {"Description": "x"}},
        {"Description": 1},
        {"BlockType": "Perhaps"},
        {"BlockType": 0},
        {"ExpiresAt": "tomorrow"},
        {"Id": None},
        [],
        "text",
    ],
)
def test_a_body_that_cannot_be_bound_is_a_400_without_details(api: Api, body: Any) -> None:
    for answer in (api.post("Blocklist", body), api.patch("Blocklist(1)", body)):
        assert answer.status == 400
        assert answer.json == {"error": {"code": "", "message": DELTA}}


@pytest.mark.parametrize(
    ("set_name", "body"),
    [
        ("OutboundRules", {"Name": "x", "Routes": [{"Nope": 1}]}),
        ("OutboundRules", {"Name": "x", "Routes": None}),
        ("OutboundRules", {"Name": "x", "Routes": {"TrunkId": 1}}),
        ("OutboundRules", {"Name": "x", "Routes": [{"StripDigits": 256}]}),
        ("OutboundRules", {"Name": "x", "GroupIds": ["28"]}),
        ("Trunks", {"Gateway": {"Name": "x", "Type": "Carrier"}}),
        ("Groups", {"Name": "x", "OverrideExpiresAt": "2030-01-01"}),
        ("Holidays", {"Name": "x", "TimeOfStartDate": "8 o'clock"}),
    ],
)
def test_nested_values_are_checked_too(api: Api, set_name: str, body: Any) -> None:
    assert api.post(set_name, body).json["error"]["message"] == DELTA


def test_annotations_in_a_body_are_ignored(api: Api) -> None:
    made = api.post("Contacts", {"@odata.type": "#Pbx.Contact", "FirstName": "Robin"})
    assert made.status == 201


def test_keys_without_a_value_are_left_out(api: Api) -> None:
    assert "ExpiresAt" not in api.get("Blocklist(1)").json
    assert Api(null_keys="keep").get("Blocklist(1)").json["ExpiresAt"] is None


def test_singletons_are_patched_in_place(api: Api) -> None:
    assert api.patch("MailSettings", {"MailServer": "mail.example.com"}).status == 204
    assert api.get("MailSettings").json["MailServer"] == "mail.example.com"
    assert api.patch("MailSettings", {"Nope": 1}).status == 400
    assert api.patch("SystemStatus", {"FQDN": "x"}).status == 405


def test_a_concealed_password_never_comes_back(api: Api) -> None:
    trunk = api.id_of("Trunks", "Provider A")
    assert api.patch(f"Trunks({trunk})", {"AuthPassword": {"Value": "hunter2"}}).status == 204
    shown = api.get(f"Trunks({trunk})")
    assert shown.json["AuthPassword"] == {"Concealed": True}
    assert b"hunter2" not in shown.body


def test_user_passwords_come_back_in_a_plain_listing_only() -> None:
    assert "AuthPassword" in Api().rows("Users?$top=1")[0]
    assert "VMPIN" not in Api().rows("Users?$top=1&$select=Id,Number")[0]
    assert "AuthPassword" not in Api(user_secrets="hidden").rows("Users?$top=1")[0]


def test_function_parameters_keep_the_order_of_the_contract(api: Api) -> None:
    dates = "startDate=2026-01-01T00:00:00Z,endDate=2026-02-01T00:00:00Z"
    assert api.get(f"ActivityLog/Pbx.GetLogs({dates},extension='',call='',severity='')").status == 200
    assert api.get(f"ActivityLog/Pbx.GetLogs(extension='',{dates},call='',severity='')").status == 404
    missing = api.get(f"ActivityLog/Pbx.GetLogs({dates},extension='',call='')")
    assert (missing.status, missing.json["error"]["message"]) == (400, "The severity field is required")


def test_action_parameters_bind_in_any_case_unless_switched() -> None:
    body = {"Ids": [1]}
    assert Api().post("Blocklist/Pbx.BulkIpsDelete", body).status == 204
    assert Api(action_case="exact").post("Blocklist/Pbx.BulkIpsDelete", body).status == 400


def test_actions_refuse_bad_bodies_and_the_prefer_header(api: Api) -> None:
    path = "Blocklist/Pbx.BulkIpsDelete"
    assert api.post(path, {"ids": ["1"]}).status == 400
    assert api.post(path, {"nope": [1]}).status == 400
    assert api.post(path).status == 400
    refused = api.call("POST", path, {"ids": [1]}, prefer="return=minimal")
    assert (refused.status, refused.body) == (500, b"")
    assert api.get("Blocklist(1)").status == 200


def test_etags_are_checked_when_switched_on() -> None:
    api = Api(etag="on")
    stale = api.get("Blocklist(1)").json["@odata.etag"]
    assert api.rows("Blocklist?$filter=Id eq 1")[0]["@odata.etag"] == stale
    assert api.call("PATCH", "Blocklist(1)", {"Description": "new"}, if_match=stale).status == 204
    assert api.call("DELETE", "Blocklist(1)", if_match=stale).status == 412
    assert api.get("Blocklist(1)").json["@odata.etag"] != stale
    assert api.call("DELETE", "Blocklist(1)", if_match="*").status == 204


def test_etags_are_neither_sent_nor_checked_by_default(api: Api) -> None:
    assert "@odata.etag" not in api.get("Blocklist(1)").json
    assert api.call("DELETE", "Blocklist(1)", if_match='W/"whatever"').status == 204


def test_the_service_document_and_the_metadata_list_the_sets(api: Api) -> None:
    names = {row["name"]: row["kind"] for row in api.rows("")}
    assert (names["Blocklist"], names["SystemStatus"]) == ("EntitySet", "Singleton")
    listed = set(re.findall(r'<EntitySet Name="(\w+)"', api.get("$metadata").body.decode()))
    assert listed == {name for name, kind in names.items() if kind == "EntitySet"}


@pytest.mark.parametrize(
    ("version", "path", "status"),
    [
        ("20.0.4", "CallFlowApps({app})/Pbx.GetAudioFiles()", 200),
        ("20.0.4", "CallFlowApps({app})/Pbx.GetFiles()", 404),
        ("20.0.5", "CallFlowApps({app})/Pbx.GetFiles()", 200),
        ("20.0.5", "CallFlowApps({app})/Pbx.GetAudioFiles()", 404),
        ("20.0.5", "Holidays", 404),
        ("20.0.6", "Holidays", 200),
        ("20.0.7", "Users(Number='100')", 404),
        ("20.0.8", "Users(Number='100')", 200),
        ("20.0.7", "Users/Pbx.GetByNumber(number='100')", 200),
        ("20.0.8", "Users/Pbx.GetByNumber(number='100')", 404),
    ],
)
def test_each_version_offers_its_own(version: str, path: str, status: int) -> None:
    api = Api(version)
    assert api.get(path.format(app=api.id_of("CallFlowApps", "830"))).status == status


def test_a_property_of_a_later_version_fails_the_whole_patch() -> None:
    old, new = Api("20.0.7"), Api("20.0.8")
    for api, status in ((old, 400), (new, 204)):
        trunk = api.id_of("Trunks", "Provider A")
        assert api.patch(f"Trunks({trunk})", {"CertificateExpirationDate": "2030"}).status == status
