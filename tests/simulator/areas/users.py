# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users (extensions)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up, settings
from tests.simulator.areas.dn import DnSet
from tests.simulator.errors import ApiError, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


# Every user has these, in this order.
PROFILES = ("Available", "Away", "Out of office", "Custom 1", "Custom 2")


class Users(DnSet):
    """Extensions. Passwords come back in clear in a plain listing, as recorded (REALITY.md section 9)."""

    peer_type = "Extension"
    first_number = 100
    read_only = frozenset(("IsRegistered", "DisplayName", "SIPID", "Tags"))

    def display_name(self, entity: Entity) -> str:
        return f"{entity.get('FirstName') or ''} {entity.get('LastName') or ''}".strip() or str(entity["Number"])

    def defaults(self) -> Entity:
        return {
            **super().defaults(),
            "FirstName": "",
            "LastName": "",
            "EmailAddress": "",
            "Mobile": "",
            "OutboundCallerID": "",
            "Enabled": True,
            "Internal": False,
            "IsRegistered": False,
            "VMEnabled": True,
            "QueueStatus": "LoggedIn",
            "CurrentProfileName": "Available",
            "Language": "EN",
            "Tags": [],
            "ForwardingProfiles": [{"Id": place, "Name": name} for place, name in enumerate(PROFILES, start=1)],
        }

    def accept(self, draft: Entity, before: Entity | None) -> None:
        limit = self.pbx.switches.number("limit_users")
        if before is None and limit and len(self.rows) >= limit:
            raise refused("Number", "LIMIT_REACHED", int(self.pbx.switches.word("limit_status")))
        super().accept(draft, before)
        if before is None:
            number = draft["Number"]
            draft["Groups"] = draft["Groups"] or [
                {"GroupId": self.pbx.default_group()["Id"], "Rights": {"RoleName": "users"}}
            ]
            for name in ("AuthID", "AuthPassword", "DeskphonePassword", "SIPID"):
                draft[name] = draft.get(name) or made_up.secret(name, number)
            draft["VMPIN"] = draft.get("VMPIN") or made_up.digits("pin", number)
        draft["PrimaryGroupId"] = draft["Groups"][0]["GroupId"] if draft["Groups"] else None

    def releasing(self, entity: Entity) -> None:
        if entity["Number"] == settings.operator(self.pbx):
            raise refused("Number", "OPERATOR_CANNOT_BE_DELETED")
        super().releasing(entity)

    def view(self, entity: Entity) -> Entity:
        """The user with the name that is made of first and last name."""
        return {**entity, "DisplayName": self.display_name(entity)}


def first_available(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """Users/Pbx.GetFirstAvailableExtensionNumber()."""
    users = pbx.sets["Users"]
    return {"Number": users.free_number()} if isinstance(users, DnSet) else None


def batch_delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
    """Users/Pbx.BatchDelete: what could not be deleted is listed inside a 200."""
    users = pbx.sets["Users"]
    failed = []
    for key in arguments.get("ids", []):
        entity = users.find(key)
        try:
            if entity is not None:
                users.delete(entity)
        except ApiError as problem:
            error = problem.body["error"]["message"] if isinstance(problem.body, dict) else str(problem)
            failed.append({"ExtensionNumber": entity["Number"] if entity else None, "Error": error})
    return failed


CALLS = {
    "Users/Pbx.GetFirstAvailableExtensionNumber()": first_available,
    "Users/Pbx.BatchDelete": batch_delete,
}
