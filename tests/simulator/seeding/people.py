# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments and users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.groups import DEFAULT
from tests.simulator.seeding.making import make, membership, only

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx


def department(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "name", "properties")
    if item["name"] == DEFAULT:
        group = pbx.default_group()
        pbx.sets["Groups"].update(group, item.get("properties") or {})
    else:
        make(pbx, "Groups", {"Name": item["name"]}, item)


def user(pbx: Pbx, item: dict[str, Any]) -> None:
    only(
        item,
        "number",
        "first_name",
        "last_name",
        "email",
        "mobile",
        "department",
        "departments",
        "role",
        "registered",
        "properties",
    )
    entity = make(
        pbx,
        "Users",
        {
            "Number": str(item["number"]),
            "FirstName": item.get("first_name"),
            "LastName": item.get("last_name"),
            "EmailAddress": item.get("email"),
            "Mobile": item.get("mobile"),
            "Groups": membership(pbx, item),
        },
        item,
    )
    entity["IsRegistered"] = bool(item.get("registered", True))
