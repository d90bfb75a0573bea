# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone book: who is who, and how many go at once."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run


def contact(id_: int, **more: Any) -> dict[str, Any]:
    return {"Id": id_, "PhoneNumber": f"+49{id_}", "FirstName": "Ada", "LastName": "Lovelace", **more}


@pytest.mark.parametrize(
    ("version", "action"),
    [("20.0.8.1", "Contacts/Pbx.BatchContactsDelete"), ("20.0.9.1", "Contacts/Pbx.DeleteContactsById")],
)
def test_many_go_by_the_call_of_the_version(version: str, action: str):
    pbx = Pbx(version, Contacts=[contact(1), contact(2), contact(3)])

    def delete(body: dict[str, Any]) -> None:
        pbx.sets["Contacts"] = [one for one in pbx.sets["Contacts"] if one["Id"] not in body["ids"]]

    pbx.actions[action] = delete
    run(pbx, "Contacts", {"phone_number": "+492", "first_name": "Ada", "last_name": "Lovelace"}, purge=True)
    assert pbx.calls == [("POST", action, {"ids": [1, 3]})]


@pytest.mark.parametrize("source", ["CRM", "Google", "M365"])
def test_a_purge_spares_what_would_come_back(source: str):
    pbx = Pbx(Contacts=[contact(1, ContactType=source), contact(2, ContactType="3CX")])
    done = run(pbx, "Contacts", purge=True)
    assert done.labels("delete") == ["+492 Ada Lovelace"]


def test_a_contact_without_its_company_is_another_one():
    pbx = Pbx(Contacts=[contact(1, CompanyName="Example")])
    done = run(pbx, "Contacts", {"phone_number": "+491", "first_name": "Ada", "last_name": "Lovelace"})
    assert done.labels("create") == ["+491 Ada Lovelace"]


def test_a_contact_can_be_known_by_less():
    pbx = Pbx(Contacts=[contact(1, CompanyName="Example")])
    run(pbx, "Contacts", {"phone_number": "+491", "email": "ada@example.com"}, identity=["phone_number"])
    assert pbx.calls == [("PATCH", "Contacts(1)", {"Email": "ada@example.com"})]
