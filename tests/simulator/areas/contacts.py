# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The phone book: contacts of the company, of departments and of extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk, files
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

CRM, GOOGLE, MICROSOFT = "CRM", "Google", "M365"
COMPANY = "3CX"


class Contacts(RuledSet):
    """Contacts. ``_owner`` is the number of the extension or department that a contact belongs to, if any."""

    made = {"ContactType": COMPANY}


def _of(pbx: Pbx, source: str | None, owners: str = "any", number: str | None = None) -> list[Entity]:
    """The contacts from a source; owners: any, department or extension."""
    groups = {group["Number"] for group in pbx.sets["Groups"].rows.values()}
    found = []
    for row in pbx.sets["Contacts"].rows.values():
        owner = row.get("_owner")
        fits = owners == "any" or (owner is not None and (owner in groups) == (owners == "department"))
        if fits and source in (None, row.get("ContactType")) and number in (None, owner):
            found.append(row)
    return found


def _delete(pbx: Pbx, rows: list[Entity]) -> None:
    for row in rows:
        pbx.sets["Contacts"].delete(row)


class SourceDeleter:
    """One of the bulk deletions of the versions before 20.0.9: all contacts from a source."""

    def __init__(self, source: str | None) -> None:
        self.source = source

    def __call__(self, pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
        _delete(pbx, _of(pbx, self.source))


def create_by_number(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Contacts/Pbx.CreateContactByNumber: a contact of an extension or department."""
    number = arguments.get("number")
    if pbx.peer(str(number or "")) is None:
        raise refused("number", "XAPI.NOT_FOUND")
    contact = pbx.sets["Contacts"].create(arguments.get("contact") or {})
    contact["_owner"] = number
    return contact


def by_number(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """Contacts/Pbx.GetContactsByNumber(number='...')."""
    return _of(pbx, None, number=str(arguments["number"]))


def delete_by_type(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Contacts/Pbx.DeleteContactsByType: with a number only those of that extension or department."""
    _delete(pbx, _of(pbx, arguments.get("contactSource"), number=arguments.get("number") or None))


def delete_department_contacts(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Contacts/Pbx.DeleteDepartmentContactsByType."""
    _delete(pbx, _of(pbx, arguments.get("contactSource"), "department"))


def delete_personal_contacts(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Contacts/Pbx.DeletePersonalContactsByType."""
    _delete(pbx, _of(pbx, arguments.get("contactSource"), "extension"))


def export(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> files.FileBody:
    """Contacts/Pbx.ExportContacts(): the phone book as a table."""
    contacts = pbx.sets["Contacts"]
    return files.as_csv("contacts", list(pbx.types.properties(contacts.type)), contacts.entities())


CALLS: dict[str, Call] = {
    "Contacts/Pbx.CreateContactByNumber": create_by_number,
    "Contacts/Pbx.GetContactsByNumber()": by_number,
    "Contacts/Pbx.DeleteContactsById": bulk.Deleter("Contacts"),
    "Contacts/Pbx.BatchContactsDelete": bulk.Deleter("Contacts"),
    "Contacts/Pbx.DeleteContactsByType": delete_by_type,
    "Contacts/Pbx.DeleteDepartmentContactsByType": delete_department_contacts,
    "Contacts/Pbx.DeletePersonalContactsByType": delete_personal_contacts,
    "Contacts/Pbx.AllContactsBulkDelete": SourceDeleter(None),
    "Contacts/Pbx.CRMContactsBulkDelete": SourceDeleter(CRM),
    "Contacts/Pbx.GooglePersonalContactsBulkDelete": SourceDeleter(GOOGLE),
    "Contacts/Pbx.Office365ContactsBulkDelete": SourceDeleter(MICROSOFT),
    "Contacts/Pbx.Office365PersonalContactsBulkDelete": SourceDeleter(MICROSOFT),
    "Contacts/Pbx.ExportContacts()": export,
    "CrmIntegration/Pbx.DeleteCrmContacts": SourceDeleter(CRM),
}
