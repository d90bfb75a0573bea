# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: several at once, credentials, greetings, the operator, and who the caller is."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


def user(api: Api, number: str, expand: str = "") -> dict[str, object]:
    answer: dict[str, object] = api.get(f"Users({api.id_of('Users', number)}){expand}").json
    return answer


def test_one_change_for_several_users(api: Api) -> None:
    ids = [api.id_of("Users", number) for number in ("101", "102")]
    body = {"ids": ids, "user": {"Mobile": "+491555010000", "Number": None}}
    assert api.post("Users/Pbx.BulkUpdate", body).status == 204
    assert [user(api, number)["Mobile"] for number in ("101", "102")] == ["+491555010000"] * 2
    assert user(api, "103")["Mobile"] == ""


def test_profiles_are_merged_by_name(api: Api) -> None:
    away = [{"Id": 0, "Name": "Away", "NoAnswerTimeout": 12}]
    body = {"ids": [api.id_of("Users", "101")], "user": {"ForwardingProfiles": away}}
    assert api.post("Users/Pbx.MultiUserUpdate", body).status == 204
    profiles = user(api, "101", "?$expand=ForwardingProfiles")["ForwardingProfiles"]
    assert isinstance(profiles, list)
    assert [(row["Id"], row.get("NoAnswerTimeout")) for row in profiles if row["Name"] == "Away"] == [(2, 12)]
    assert len(profiles) == 5


def test_a_destination_must_be_there(api: Api) -> None:
    path = f"Queues({api.id_of('Queues', '800')})"
    nowhere = {"ForwardNoAnswer": {"To": "Extension", "Number": "9999"}}
    assert api.patch(path, nowhere).code == "Number XAPI.NOT_FOUND"
    assert api.patch(path, {"ForwardNoAnswer": {"To": "Extension", "Number": "101"}}).status == 204
    api.pbx.switches.set({"destination_unknown": "accept"})
    assert api.patch(path, nowhere).status == 204
    api.pbx.switches.set({"destination_unknown": "refuse"})
    assert api.patch(path, {"Name": "Still"}).status == 204


@pytest.mark.parametrize(
    ("option", "name"),
    [("SipAuth", "AuthPassword"), ("DeskphonePassword", "DeskphonePassword"), ("VoicemailPIN", "VMPIN")],
)
def test_credentials_can_be_made_anew(api: Api, option: str, name: str) -> None:
    options = {key: key == option for key in api.pbx.catalog.types["RegenerateOptions"]}
    before = user(api, "101")
    assert api.post(f"Users({before['Id']})/Pbx.Regenerate", {"opts": options}).status == 204
    after = user(api, "101")
    assert {key for key in after if after[key] != before[key]} == {name}
    assert api.post("Users/Pbx.RegeneratePasswords", {"Ids": [before["Id"]], "opts": options}).status == 204
    assert user(api, "101")[name] != after[name]


def test_the_operator_cannot_go(api: Api) -> None:
    key = api.id_of("Users", "112")
    assert api.delete(f"Users({key})").code == "Number OPERATOR_CANNOT_BE_DELETED"
    (failed,) = api.post("Users/Pbx.BatchDelete", {"ids": [key, api.id_of("Users", "113")]}).value
    assert failed["ExtensionNumber"] == "112"
    assert "OPERATOR" in failed["Error"]
    assert [row["Number"] for row in api.rows("Users")][-1] == "112"
    assert api.patch("GeneralSettingsForPbx", {"OperatorExtension": "9999"}).code.endswith("NOT_FOUND")
    assert api.patch("GeneralSettingsForPbx", {"OperatorExtension": "100"}).status == 204
    assert api.delete(f"Users({key})").status == 204


def test_mail_addresses_that_several_have(api: Api) -> None:
    key = api.id_of("Users", "102")
    assert api.get(f"Users({key})/Pbx.HasDuplicatedEmail()").json["value"] is False
    api.patch(f"Users({key})", {"EmailAddress": "alex@example.com"})
    assert api.get(f"Users({key})/Pbx.HasDuplicatedEmail()").json["value"] is True
    asked = {"emails": ["alex@example.com", "nobody@example.com"]}
    assert api.post("Users/Pbx.GetDuplicatedEmails", asked).value == ["alex@example.com"]


def test_a_greeting_is_recorded_downloaded_and_deleted(api: Api) -> None:
    key = api.id_of("Users", "101")
    body = {"dn": "101", "filename": "hello.wav"}
    assert api.post(f"Users({key})/Pbx.MakeCallUserRecordGreeting", body).status == 204
    assert api.post("Users/Pbx.GetMultiEditGreetings", {"ids": [key]}).value[0]["Filename"] == "hello.wav"
    path = f"Users/Pbx.DownloadGreeting(userId={key},fileName='hello.wav')"
    assert api.get(path).body.startswith(b"RIFF")
    assert api.post("Users/Pbx.MultiDeleteGreeting", {"ids": [key], "filename": "hello.wav"}).status == 204
    assert api.get(path).status == 404


def test_a_call_that_is_made_is_in_progress(api: Api) -> None:
    answer = api.post("Users/Pbx.MakeCall", {"dn": "101", "destination": "+491555012345"})
    assert answer.json["FinalStatus"] == "Success"
    assert [row["Callee"] for row in api.rows("ActiveCalls")][-1] == "+491555012345"
    assert api.post("Users/Pbx.MakeCall", {"dn": "9999", "destination": "1"}).code == "dn XAPI.NOT_FOUND"
    api.pbx.clock.advance(31)
    assert api.rows("ActiveCalls") == []


def test_monitoring_ends_by_the_clock() -> None:
    api = Api("20.0.8")
    key = api.id_of("Users", "101")
    assert api.post(f"Users({key})/Pbx.SetMonitorStatus", {"days": 1}).status == 204
    assert [row["DN"] for row in api.get("Users/Pbx.GetMonitorStatus()").value] == ["101"]
    api.pbx.clock.advance(86_401)
    api.token = api.new_token()
    assert api.get("Users/Pbx.GetMonitorStatus()").value == []


def test_the_caller_is_the_first_owner_or_nobody(api: Api) -> None:
    assert api.get("MyUser").json["Number"] == "100"
    assert api.get("MyGroup").json["Name"] == "DEFAULT"
    assert api.patch("MyUser", {"Mobile": "1"}).status == 204
    assert user(api, "100")["Mobile"] == "1"
    assert [row["Username"] for row in api.rows("MyTokens")] == ["100"]
    api.pbx.switches.set({"personal": "nobody"})
    assert [api.get(name).status for name in ("MyUser", "MyGroup", "MyUser/Groups")] == [404, 404, 404]
    assert api.patch("MyUser", {"Mobile": "2"}).status == 404
    assert api.rows("MyTokens") == []
