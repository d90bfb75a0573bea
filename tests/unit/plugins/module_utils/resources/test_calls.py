# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions and functions: found by name, their parameters checked, their requests and answers."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, Catalog, Property, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls import Request, checked_arguments, request_of
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_facts import (
    MAKING,
    NARROWING,
    READING,
    SECRET_ANSWERS,
    acts,
    answers_with_a_secret,
    unbounded,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_keys import addressed
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_names import find_call
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_outcome import content, failures, summary
from ansible_collections.tcx.pbx.plugins.module_utils._resources.naming import available

NEWEST = catalog_for("20.0.10")
OLDEST = catalog_for("20.0.4")


@pytest.mark.parametrize(
    "name",
    ["Backups/Pbx.Backup", "Backups/Backup", "backups/backup", "/Backups/Pbx.Backup/", "BACKUPS/pbx.backup()"],
)
def test_names_are_understood_in_every_spelling(name: str) -> None:
    assert find_call(NEWEST, name).route == "Backups/Pbx.Backup"


@pytest.mark.parametrize("name", ["Users(#)/Pbx.Regenerate", "users/regenerate", "Users({Id})/Regenerate"])
def test_names_of_calls_on_one_entity(name: str) -> None:
    assert find_call(NEWEST, name).route == "Users(#)/Pbx.Regenerate"


@pytest.mark.parametrize("version", VERSIONS)
def test_every_call_is_found_by_its_short_name(version: str) -> None:
    catalog = catalog_for(version)
    for route in catalog.calls:
        assert find_call(catalog, route.replace("(#)", "").replace("Pbx.", "").lower()).route == route


@pytest.mark.parametrize(
    ("version", "name", "words"),
    [
        ("20.0.10", "Users/GetByNumber", "Users/Pbx.GetByNumber exists up to 20.0.7; this PBX is 20.0.10"),
        ("20.0.9", "GetUpdateDetails", "GetUpdateDetails exists from 20.0.10 on; this PBX is 20.0.9"),
        ("20.0.10", "Backup", "is no action or function of the XAPI; did you mean Backups/Backup?"),
        ("20.0.10", "Backups/Bakup", "did you mean Backups/Backup"),
        ("20.0.10", "qqqqqq", '"qqqqqq" is no action or function of the XAPI'),
    ],
)
def test_what_is_not_there_is_explained(version: str, name: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(").replace("?", r"\?")):
        find_call(catalog_for(version), name)


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        (VERSIONS, "from 20.0.4 on"),
        (VERSIONS[4:], "from 20.0.8 on"),
        (VERSIONS[:4], "up to 20.0.7"),
        (VERSIONS[2:4], "in 20.0.6 and 20.0.7 only"),
        ((VERSIONS[0], VERSIONS[-1]), "in 20.0.4 and 20.0.10 only"),
        (VERSIONS[3:4], "in 20.0.7 only"),
    ],
)
def test_versions_in_words(versions: tuple[str, ...], words: str) -> None:
    assert available(versions) == words


def arguments(name: str, **given: Any) -> tuple[dict[str, Any], dict[str, str]]:
    found, troubles = checked_arguments(NEWEST, find_call(NEWEST, name), given)
    return found, dict(troubles)


def test_parameters_take_both_spellings_at_every_depth() -> None:
    given = {"name": "a.zip", "Contents": {"FQDN": "yes", "voice_mails": False, "prompts": None}}
    found, troubles = arguments("Backups/Backup", description=given)
    assert not troubles
    assert found == {"description": {"Name": "a.zip", "Contents": {"FQDN": True, "VoiceMails": False}}}


def test_a_concealed_password_may_be_plain_text() -> None:
    plain = {"contents": {"encrypt_backup_password": "open-sesame"}}
    whole = {"contents": {"encrypt_backup_password": {"value": "open-sesame"}}}
    wanted = {"description": {"Contents": {"EncryptBackupPassword": {"Value": "open-sesame"}}}}
    assert arguments("Backups/Backup", description=plain) == (wanted, {})
    assert arguments("Backups/Backup", description=whole) == (wanted, {})


def test_parameters_stand_in_the_order_of_the_contract() -> None:
    found, troubles = arguments(
        "ActivityLog/GetLogs", end_date="2026-02-01T00:00:00+01:00", severity="x", startDate="2026-01-01T00:00:00Z"
    )
    assert not troubles
    assert request_of(find_call(NEWEST, "ActivityLog/GetLogs"), found) == Request(
        "GET",
        "ActivityLog/Pbx.GetLogs(startDate=2026-01-01T00:00:00Z,endDate=2026-01-31T23:00:00Z"
        ",extension='',call='',severity='x')",
        None,
    )


def sample(catalog: Catalog, one: Property) -> Any:
    """A value that the type allows, as a person would write it."""
    plain = {"datetime": "2026-01-01T00:00:00Z", "uuid": "a2f43bd6-3f0c-4b1c-8d0a-0c2f0d4a7a11", "boolean": True}
    if one.type in catalog.types:
        value: Any = {}
    else:
        members = catalog.enum(one.type)
        value = members[0] if members else plain.get(one.type, 1 if one.type.startswith("int") else "x")
    return [value] if one.collection else value


@pytest.mark.parametrize("version", VERSIONS)
def test_every_call_of_every_version_can_be_made(version: str) -> None:
    catalog = catalog_for(version)
    assert len(catalog.calls) > 250
    for call in catalog.calls.values():
        given = {one.option: sample(catalog, one) for one in call.parameters.values()}
        found, troubles = checked_arguments(catalog, call, given)
        assert not troubles, (call.route, troubles)
        assert list(found) == list(call.parameters)
        request = request_of(call, found)
        assert request.method == ("POST" if call.kind == "action" else "GET")
        if call.kind == "function":
            inside = request.path.removeprefix(f"{call.route}(").removesuffix(")")
            assert [part.partition("=")[0] for part in inside.split(",") if part] == list(call.parameters)
        if call.bound == "entity":
            assert addressed(request.path, 5).startswith(f"{call.owner}(5)/{call.name}")


def test_a_quote_in_a_parameter_is_doubled_and_signs_are_encoded() -> None:
    call = find_call(NEWEST, "Parameters/GetParameterByName")
    assert request_of(call, {"name": "it's 50%/+"}).path == (
        "Parameters/Pbx.GetParameterByName(name='it''s%2050%25%2F%2B')"
    )


def test_a_call_without_parameters_has_no_body_and_a_function_has_parentheses() -> None:
    assert request_of(find_call(NEWEST, "Services/RestartOperatingSystem"), {}).body is None
    assert request_of(find_call(NEWEST, "GetUpdates"), {}).path == "GetUpdates()"


def test_the_key_comes_into_the_path() -> None:
    request = request_of(find_call(NEWEST, "Backups/Restore"), {"footprint": 1, "password": ""})
    assert addressed(request.path, "it's.zip") == "Backups('it''s.zip')/Pbx.Restore"
    assert addressed("Users(#)/Pbx.GetPhoneSecret()", 29) == "Users(29)/Pbx.GetPhoneSecret()"


@pytest.mark.parametrize(
    ("name", "given", "place", "words"),
    [
        ("Backups/Backup", {}, "parameters.description", "is needed by Backups/Pbx.Backup"),
        ("Backups/Backup", {"descripton": {}}, "parameters.descripton", "no such parameter; did you mean description"),
        ("Backups/Backup", {"description": {"nam": "x"}}, "parameters.description.nam", "field; did you mean name"),
        ("Backups/Backup", {"description": "x"}, "parameters.description", "has to be a dictionary of"),
        ("Users/BatchDelete", {"ids": 5}, "parameters.ids", "has to be a list"),
        ("Users/BatchDelete", {"ids": [5, "x"]}, "parameters.ids[1]", '"x" is not a whole number'),
        ("Users/BatchDelete", {"ids": [1], "Ids": [2]}, "parameters.Ids", "is given twice"),
        ("Contacts/DeleteContactsByType", {"contact_source": "Lotus"}, "parameters.contact_source", "has to be one of"),
        ("ActivityLog/GetLogs", {"start_date": "yesterday"}, "parameters.start_date", "not a point in time"),
        ("ActivityLog/GetLogs", {"start_date": "2026-01-01T00:00:00"}, "parameters.start_date", "no time zone"),
        ("GetUpdates", {"all": True}, "parameters.all", "no such parameter; it takes none"),
        ("Users/BatchDelete", {"ids": None}, "parameters.ids", "is needed by"),
    ],
)
def test_wrong_parameters_are_told(name: str, given: dict[str, Any], place: str, words: str) -> None:
    _found, troubles = arguments(name, **given)
    assert words in troubles[place]


def test_a_value_of_a_secret_is_not_repeated_in_a_message() -> None:
    _found, troubles = arguments("LicenseStatus/ReplaceLicenseKey", license_key=["TOP", "SECRET"])
    assert "this value is not text" in troubles["parameters.license_key"]
    assert "TOP" not in str(troubles)


def test_enums_are_taken_in_any_case() -> None:
    found, troubles = arguments("Contacts/DeleteContactsByType", contact_source="google")
    assert (found["contactSource"], troubles) == ("Google", {})


def test_a_field_that_this_version_lacks_is_told_with_the_versions_that_have_it() -> None:
    older = catalog_for("20.0.4")
    newer = [name for name in NEWEST.type("User").properties if name not in older.type("User").properties]
    assert newer, "no field of User is new since 20.0.4"
    call = find_call(older, "Users/BulkUpdate")
    _found, troubles = checked_arguments(older, call, {"ids": [1], "user": {newer[0]: None}})
    ((place, words),) = troubles
    assert place == f"parameters.user.{newer[0]}"
    assert words.startswith("exists from 20.0.")
    assert words.endswith("; this PBX is 20.0.4")


def test_what_only_reads_is_no_change_and_what_makes_something_is() -> None:
    assert not acts(find_call(NEWEST, "Defs/GetRoutes"))
    assert not acts(find_call(NEWEST, "GetUpdates"))
    assert acts(find_call(NEWEST, "Backups/Backup"))
    assert acts(find_call(NEWEST, "MailSettings/TestEmail")), "it sends a mail"
    assert acts(find_call(NEWEST, "ConferenceSettings/GenerateApiKey")), "it makes a key"


def test_each_fact_is_about_a_call_that_some_version_has() -> None:
    known = {route: call for version in VERSIONS for route, call in catalog_for(version).calls.items()}
    assert {*READING, *MAKING, *SECRET_ANSWERS, *NARROWING} <= set(known)
    assert {known[route].kind for route in READING} == {"action"}
    assert {known[route].kind for route in MAKING} == {"function"}
    for route, ways in NARROWING.items():
        assert {way[0] for way in ways} <= set(known[route].parameters), route


@pytest.mark.parametrize(
    ("name", "body", "missing"),
    [
        ("OutboundRules/Purge", {}, "purge_object.ids"),
        ("OutboundRules/Purge", {"purgeObject": {"Ids": []}}, "purge_object.ids"),
        ("OutboundRules/Purge", {"purgeObject": {"Ids": [3]}}, ""),
        ("Blocklist/BulkIpsDelete", {"ids": []}, "ids"),
        ("Users/RegeneratePasswords", {"Ids": []}, "ids"),
        ("Users/MultiUserUpdate", {"ids": [], "user": {}}, "ids"),
        ("Users/BatchDelete", {"ids": [0]}, ""),
        ("PurgeCalls", {"period": {}}, "period.start or period.stop or period.all"),
        ("PurgeCalls", {"period": {"All": True}}, ""),
        ("PurgeCalls", {"period": {"All": False}}, "period.start or period.stop or period.all"),
        ("Services/Stop", {"options": {"ServiceNames": []}}, "options.service_names"),
        ("Defs/GetRoutes", {"ids": []}, ""),
        ("Backups/PurgeLocalBackups", {}, ""),
    ],
)
def test_what_could_mean_everything(name: str, body: dict[str, Any], missing: str) -> None:
    assert unbounded(find_call(NEWEST, name), body) == missing


def test_every_action_on_many_by_ids_is_guarded() -> None:
    for call in NEWEST.calls.values():
        if call.kind == "action" and call.route not in READING and {"ids", "Ids"} & set(call.parameters):
            assert unbounded(call, {}), call.route


def test_answers_that_are_a_secret() -> None:
    assert answers_with_a_secret(find_call(NEWEST, "ServicePrincipals/GenerateAppToken"))
    assert answers_with_a_secret(find_call(NEWEST, "Users/GetPhoneSecret"))
    assert not answers_with_a_secret(find_call(NEWEST, "GetUpdateDetails"))


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (None, None),
        ({"@odata.context": "x", "value": [1]}, [1]),
        ({"@odata.context": "x", "value": "text"}, "text"),
        ({"@odata.context": "x", "Number": "100"}, {"Number": "100"}),
        ({"value": 1, "Other": 2}, {"value": 1, "Other": 2}),
    ],
)
def test_the_envelope_is_taken_off(answer: Any, value: Any) -> None:
    assert content(answer) == value


@pytest.mark.parametrize(
    ("value", "failed"),
    [
        ([], []),
        ([{"ExtensionNumber": "104", "Error": ""}], []),
        ([{"ExtensionNumber": "104", "Error": "In use"}], [{"item": "104", "msg": "In use"}]),
        (
            [{"Error": "gone", "FileName": "a.txt", "Status": "x"}, {"FileName": "b.txt", "Error": None}],
            [{"item": "a.txt", "msg": "gone"}],
        ),
        ({"Success": True, "Error": None}, []),
        ({"Success": False, "Error": "no route"}, [{"item": "", "msg": "no route"}]),
        ({"IsError": True, "Message": "no login"}, [{"item": "", "msg": "no login"}]),
        ({"Success": False}, [{"item": "", "msg": "no reason given"}]),
        ({"Error": "a setting of this name"}, []),
        (["text"], []),
    ],
)
def test_failures_inside_a_success(value: Any, failed: list[dict[str, str]]) -> None:
    assert failures(value) == failed


def test_a_code_in_a_failure_comes_with_its_remedy() -> None:
    (one,) = failures([{"ExtensionNumber": "100", "Error": "WARNINGS.XAPI.OPERATOR_CANNOT_BE_DELETED"}])
    assert "Make another extension the operator first." in one["msg"]


def test_summary_names_the_items() -> None:
    failed = [{"item": str(number), "msg": "in use"} for number in range(22)]
    text = summary("Users/Pbx.BatchDelete", failed)
    assert text.startswith("Users/Pbx.BatchDelete failed for 22 items: 0: in use; 1: in use")
    assert text.endswith("and 2 more, see failures")
    verdict = summary("MailSettings/Pbx.TestEmail", [{"item": "", "msg": "no route"}])
    assert verdict == "MailSettings/Pbx.TestEmail: the PBX reports a failure: no route"
