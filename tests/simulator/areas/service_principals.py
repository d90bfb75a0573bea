# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API clients as the console shows them. One with a secret gets tokens; a deleted one does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up, memberships
from tests.simulator.areas.calling import there
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.clients import ROLES, Client
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# The role of a client by the role that its principal has in its first department.
ROLE_OF = {role_name: role for role, (role_name, _roles) in ROLES.items()}


class ServicePrincipals(RuledSet):
    """Clients, whose Number is the client id. They are no peers: they cannot be called."""

    required = ("Number",)
    unique = {"Number": "XAPI.ALREADY_IN_USE"}
    fixed = ("Number",)
    read_only = frozenset(("LastUsed", "IsSystem"))
    made = {"CallControlEnabled": False, "MyPhoneEnabled": False, "XAPIEnabled": True, "IsSystem": False}

    def next_id(self) -> int:
        return self.pbx.next_dn_id()

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        if before is None and draft["Number"] in self.pbx.numbers:
            raise refused("Number", "XAPI.ALREADY_IN_USE")
        memberships.accept(self.pbx, draft)

    def changed(self, entity: Entity, before: Entity | None) -> None:
        client = self.pbx.clients.known.get(entity["Number"])
        if before is not None and client is not None and before["Groups"] != entity["Groups"]:
            client.role = role_of(entity)

    def released(self, entity: Entity) -> None:
        self.pbx.clients.remove(entity["Number"])


def role_of(principal: Entity) -> str:
    """owner, admin or user."""
    rights = [member.get("Rights") or {} for member in principal.get("Groups") or []]
    return ROLE_OF.get(str(rights[0].get("RoleName")) if rights else "users", "user")


def enlist(pbx: Pbx, client: Client) -> None:
    """Shows a client that was given from outside among the principals."""
    principals = pbx.sets["ServicePrincipals"]
    if principals.find_by("Number", client.client_id) is None:
        rights = {"RoleName": ROLES[client.role][0]}
        groups = [{"GroupId": pbx.default_group()["Id"], "Rights": rights}]
        principals.create({"Number": client.client_id, "Groups": groups})


def generate(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> str:
    """ServicePrincipals(id)/Pbx.GenerateAppToken: a new secret, shown this once; the former one is dead."""
    number = there(target)["Number"]
    former = pbx.clients.known.get(number)
    secret = made_up.secret("client", number, former.secret if former else "")
    pbx.clients.make(number, secret, role_of(there(target)))
    return secret


CALLS = {"ServicePrincipals(#)/Pbx.GenerateAppToken": generate}
