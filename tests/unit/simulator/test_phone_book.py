# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Contacts by version, blocked caller ids, and settings that no set shows."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


def names(api: Api) -> list[str]:
    return [row["FirstName"] for row in api.rows("Contacts?$orderby=Id")]


def test_contacts_of_an_extension_are_found_by_its_number(api: Api) -> None:
    body = {"contact": {"FirstName": "Dylan", "ContactType": "Google"}, "number": "101"}
    made = api.post("Contacts/Pbx.CreateContactByNumber", body)
    assert made.json["FirstName"] == "Dylan"
    found = api.get("Contacts/Pbx.GetContactsByNumber(number='101')").value
    assert [row["Id"] for row in found] == [made.json["Id"]]
    assert api.post("Contacts/Pbx.CreateContactByNumber", {**body, "number": "9999"}).code == "number XAPI.NOT_FOUND"


@pytest.mark.parametrize(
    ("action", "body", "left"),
    [
        ("DeleteContactsByType", {"contactSource": "Google"}, ["Avery", "Bailey", "Sales book"]),
        (
            "DeleteContactsByType",
            {"contactSource": "Google", "number": "102"},
            ["Avery", "Bailey", "Own", "Sales book"],
        ),
        ("DeletePersonalContactsByType", {"contactSource": "Google"}, ["Avery", "Bailey", "Sales book"]),
        ("DeleteDepartmentContactsByType", {"contactSource": "3CX"}, ["Avery", "Bailey", "Own"]),
        ("DeleteContactsById", {"ids": [1, 77]}, ["Bailey", "Own", "Sales book"]),
    ],
)
def test_bulk_deletions_since_20_0_9(api: Api, action: str, body: dict[str, object], left: list[str]) -> None:
    own = {"FirstName": "Own", "ContactType": "Google"}
    api.post("Contacts/Pbx.CreateContactByNumber", {"contact": own, "number": "101"})
    api.post("Contacts/Pbx.CreateContactByNumber", {"contact": {"FirstName": "Sales book"}, "number": "GRP0001"})
    assert api.post(f"Contacts/Pbx.{action}", body).status == 204
    assert names(api) == left


def test_bulk_deletions_up_to_20_0_8() -> None:
    api = Api("20.0.8")
    for source in ("CRM", "Google", "M365"):
        api.post("Contacts", {"FirstName": source, "ContactType": source})
    assert api.post("Contacts/Pbx.CRMContactsBulkDelete").status == 204
    assert names(api) == ["Avery", "Bailey", "Google", "M365"]
    assert api.post("Contacts/Pbx.BatchContactsDelete", {"ids": [1]}).status == 204
    assert api.post("Contacts/Pbx.GooglePersonalContactsBulkDelete").status == 204
    assert names(api) == ["Bailey", "M365"]
    assert api.post("Contacts/Pbx.AllContactsBulkDelete").status == 204
    assert names(api) == []
    assert Api("20.0.9").post("Contacts/Pbx.AllContactsBulkDelete").status == 404


def test_bulk_actions_pass_over_unknown_ids_unless_switched() -> None:
    body = {"ids": [1, 999]}
    assert Api().post("Contacts/Pbx.DeleteContactsById", body).status == 204
    strict = Api(bulk_unknown_ids="404")
    assert strict.post("Contacts/Pbx.DeleteContactsById", body).status == 404
    assert len(strict.rows("Contacts")) == 2


def test_blocked_caller_ids_have_ids_of_text(api: Api) -> None:
    made = api.post("BlackListNumbers", {"CallerId": "+491555099997"})
    assert made.json["Id"] == "3"
    assert made.headers["location"].endswith("BlackListNumbers('3')")
    assert api.post("BlackListNumbers", {"CallerId": "+491555099997"}).code == "CallerId XAPI.ALREADY_IN_USE"
    assert api.patch("BlackListNumbers('1')", {"CallerId": "+491555099997"}).code == "CallerId XAPI.ALREADY_IN_USE"
    assert api.patch("BlackListNumbers('1')", {"CallerId": "+491555099996"}).status == 204
    assert api.post("BlackListNumbers/Pbx.BulkNumbersDelete", {"ids": ["1", "3"]}).status == 204
    assert [row["Id"] for row in api.rows("BlackListNumbers")] == ["2"]
    assert api.post("BlackListNumbers", {"CallerId": "+491555099997"}).status == 201
    assert api.post("BlackListNumbers/Pbx.BulkNumbersDelete", {"ids": [2]}).status == 400
    assert api.post("BlackListNumbers", {}).code == "CallerId XAPI.REQUIRED"


def test_the_list_of_blocked_caller_ids_can_be_full() -> None:
    api = Api(caller_block_limit=2)
    assert api.post("BlackListNumbers", {"CallerId": "1"}).code == "CallerId BLACKLIST_NUMBER_LIMIT_EXCEEDED"
    lax = Api(caller_block_duplicates="tolerate")
    assert lax.post("BlackListNumbers", {"CallerId": "+493055500999"}).status == 201


def test_directory_search_comes_in_a_pair(api: Api) -> None:
    settings = {"ExchangeUser": "pbx", "ExchangePassword": {"Value": "hidden-4711"}}
    assert api.post("Contacts/Pbx.SetDirSearchSettings", {"dirSearchSettings": settings}).status == 204
    answer = api.get("Contacts/Pbx.GetDirSearchSettings()")
    assert answer.json["ExchangeUser"] == "pbx"
    assert b"hidden-4711" not in answer.body
