# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Groups: the departments of the PBX."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import holidays, memberships, references
from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

DEFAULT = "DEFAULT"
ROLES = ("system_owners", "system_admins", "group_owners", "managers", "group_admins", "receptionists", "users")


class Groups(EntitySet):
    """Departments, with server-made numbers GRP0000 and up."""

    modelled = True
    read_only = frozenset(("Number", "IsDefault", "HasMembers", "LastLoginTime"))

    def next_id(self) -> int:
        return self.pbx.next_dn_id()

    def defaults(self) -> Entity:
        taken = {row["Number"] for row in self.rows.values()}
        count = next(n for n in range(10_000) if f"GRP{n:04d}" not in taken)
        return {
            "Number": f"GRP{count:04d}",
            "IsDefault": False,
            "Language": "EN",
            "PromptSet": "",
            "TimeZoneId": "51",
            "CurrentGroupHours": "Default",
            "Rights": [{"RoleName": role} for role in ROLES],
        }

    def accept(self, draft: Entity, before: Entity | None) -> None:
        name = draft.get("Name")
        if not name:
            raise refused("Name", "XAPI.REQUIRED")
        if before is not None and before.get("IsDefault") and name != before["Name"]:
            raise refused("Name", "XAPI.FORBIDDEN_CHANGE")
        if any(row["Name"] == name and row["Id"] != draft.get("Id") for row in self.rows.values()):
            raise refused("Name", "XAPI.DUPLICATE")
        references.refuse_unknown(self.pbx, draft, before)
        draft["_members"] = draft.pop("Members", None)
        if holidays.holidays(self.pbx) is not None:
            draft["_holidays"] = draft.pop("OfficeHolidays", None)

    def changed(self, entity: Entity, before: Entity | None) -> None:
        members = entity.pop("_members")
        wanted = entity.pop("_holidays", None)
        found = holidays.holidays(self.pbx)
        if found is not None and wanted is not None:
            found.replace(entity["Number"], wanted)
        if members is not None:
            memberships.replace_members(self.pbx, entity, members)

    def view(self, entity: Entity) -> Entity:
        """The department with whether anybody belongs to it."""
        return {**entity, "HasMembers": bool(memberships.members_of(self.pbx, entity))}

    def releasing(self, entity: Entity) -> None:
        if entity["IsDefault"]:
            raise refused("Id", "GROUP_CANNOT_BE_DELETED")
        if memberships.members_of(self.pbx, entity):
            raise refused("Id", "GROUP_WITH_MEMBERS_CANNOT_BE_DELETED")

    def released(self, entity: Entity) -> None:
        for rule in self.pbx.sets["OutboundRules"].rows.values():
            rule["GroupIds"] = [key for key in rule["GroupIds"] if key != entity["Id"]]
        found = holidays.holidays(self.pbx)
        if found is not None:
            found.replace(entity["Number"], [])


class ReportGroups(EntitySet):
    """ReportGroup, of 20.0.4 only: the departments as reports know them."""

    modelled = True

    def entities(self) -> list[Entity]:
        return [{"GroupID": row["Id"], "GroupName": row["Name"]} for row in self.pbx.sets["Groups"].rows.values()]


def _delete(pbx: Pbx, name: str, value: Any) -> None:
    group = pbx.sets["Groups"].find_by(name, value)
    if group is None:
        raise not_found()
    pbx.sets["Groups"].delete(group)


def delete_by_id(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Groups/Pbx.DeleteCompanyById."""
    _delete(pbx, "Id", arguments.get("id"))


def delete_by_number(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Groups/Pbx.DeleteCompanyByNumber."""
    _delete(pbx, "Number", arguments.get("number"))


CALLS = {
    "Groups/Pbx.DeleteCompanyById": delete_by_id,
    "Groups/Pbx.DeleteCompanyByNumber": delete_by_number,
}
