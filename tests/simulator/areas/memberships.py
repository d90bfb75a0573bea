# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who belongs to which department. Stored on the DN as Groups; Group.Members is the other view of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def accept(pbx: Pbx, draft: Entity) -> None:
    """Reduces the Groups of a draft to group ids and rights; an unknown department is refused."""
    groups = pbx.sets["Groups"]
    kept = []
    for given in draft.get("Groups") or []:
        group_id = given.get("GroupId")
        if groups.find(group_id) is None:
            raise refused("Groups", "XAPI.NOT_FOUND")
        kept.append({"GroupId": group_id, "Rights": given.get("Rights") or {"RoleName": "users"}})
    draft["Groups"] = kept


def groups_of(pbx: Pbx, entity: Entity) -> list[Entity]:
    """User.Groups and the like: one UserGroup for each department."""
    owner = pbx.numbers.get(entity.get("Number", ""))
    rows = []
    for member in entity.get("Groups") or []:
        group = pbx.sets["Groups"].find(member["GroupId"])
        if group is not None:
            rows.append(
                {
                    "Id": group["Id"],
                    "GroupId": group["Id"],
                    "Name": group["Name"],
                    "Number": group["Number"],
                    "MemberName": owner[0].display_name(entity) if owner else None,
                    "Type": owner[0].peer_type if owner else None,
                    "Rights": member["Rights"],
                    "GroupRights": member["Rights"],
                }
            )
    return rows


def members_of(pbx: Pbx, group: Entity) -> list[Entity]:
    """Group.Members: one UserGroup for each DN in the department."""
    return [
        {
            "Id": entity["Id"],
            "GroupId": group["Id"],
            "Name": dn_set.display_name(entity),
            "MemberName": dn_set.display_name(entity),
            "Number": entity["Number"],
            "Type": dn_set.peer_type,
            "Rights": member["Rights"],
            "GroupRights": member["Rights"],
        }
        for dn_set, entity in pbx.numbers.values()
        for member in entity.get("Groups") or []
        if member["GroupId"] == group["Id"]
    ]


def replace_members(pbx: Pbx, group: Entity, members: list[dict[str, Any]]) -> None:
    """Writes Group.Members as a whole."""
    wanted = {}
    for member in members:
        number = member.get("Number")
        if number not in pbx.numbers:
            raise refused("Members", "XAPI.NOT_FOUND")
        wanted[number] = member.get("Rights") or {"RoleName": "users"}
    for number, (_dn_set, entity) in pbx.numbers.items():
        others = [m for m in entity.get("Groups") or [] if m["GroupId"] != group["Id"]]
        if number in wanted:
            others.append({"GroupId": group["Id"], "Rights": wanted[number]})
        entity["Groups"] = others
