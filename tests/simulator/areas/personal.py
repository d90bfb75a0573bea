# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MyUser and MyGroup: whose they are when an API client asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up
from tests.simulator.areas.base import Singleton
from tests.simulator.errors import not_found

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

OWNERS = "system_owners"


def owner(pbx: Pbx) -> Entity | None:
    """The user that stands for the API client: the first system owner, unless a client is nobody."""
    if pbx.switches.word("personal") == "nobody":
        return None
    for user in pbx.sets["Users"].rows.values():
        if any((member.get("Rights") or {}).get("RoleName") == OWNERS for member in user["Groups"]):
            return user
    return None


class Personal(Singleton):
    """A singleton that is an entity of a set."""

    modelled = True
    set_name = ""

    def found(self) -> Entity:
        """The entity itself; 404 where there is none."""
        raise not_found()

    def entity(self) -> Entity:
        return self.found()

    def update(self, body: Entity) -> None:
        self.pbx.sets[self.set_name].update(self.found(), body)


class MyUser(Personal):
    set_name = "Users"

    def found(self) -> Entity:
        user = owner(self.pbx)
        if user is None:
            raise not_found()
        return user


class MyGroup(Personal):
    """The first department of that user."""

    set_name = "Groups"

    def found(self) -> Entity:
        user = owner(self.pbx)
        group = self.pbx.sets["Groups"].find(user["PrimaryGroupId"]) if user else None
        if group is None:
            raise not_found()
        return group


def my_group(pbx: Pbx) -> Entity:
    """The department that MyGroup is; 404 where there is none."""
    group = pbx.singletons["MyGroup"]
    return group.entity()


def provisioning_link(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> str:
    """MyUser/Pbx.GenerateProvLink()."""
    return f"https://{pbx.fqdn}/provisioning/{made_up.secret('link', pbx.singletons['MyUser'].entity()['Number'])}"


def ticket(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """MyUser/Pbx.IssueDownloadTicket."""
    return {"Ticket": made_up.secret("ticket", pbx.clock.stamp()), "ExpiresInSeconds": 60}


CALLS = {"MyUser/Pbx.GenerateProvLink()": provisioning_link, "MyUser/Pbx.IssueDownloadTicket": ticket}
