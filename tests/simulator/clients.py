# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API clients of the PBX: those it was started with, and those that its service principals made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# By the name that the control interface uses: the highest role, and the roles of the token.
ROLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "owner": (
        "system_owners",
        (
            "MyUser",
            "Local",
            "SingleCompany",
            "Reports",
            "PhoneSystemAdmin",
            "Groups.Create",
            "Users",
            "Trunks",
            "GlobalAdmin",
            "Admin",
            "Apps.ReadWrite",
            "MachineAdmin",
            "Paid",
            "Enterprise",
        ),
    ),
    "admin": (
        "system_admins",
        ("MyUser", "Local", "SingleCompany", "PhoneSystemAdmin", "Users", "Trunks", "Admin", "Paid", "Enterprise"),
    ),
    "user": ("users", ("MyUser", "Local", "Paid", "Enterprise")),
}


@dataclass(slots=True)
class Client:
    """An API client of the PBX. ``tokens`` maps each live token to its end and role."""

    client_id: str
    secret: str
    role: str = "owner"
    tokens: dict[str, tuple[float, str]] = field(default_factory=dict)


class Clients:
    """All API clients by id. Those given from outside survive a reset, those made over the API do not."""

    def __init__(self) -> None:
        self.known: dict[str, Client] = {}
        self._given: dict[str, Client] = {}

    def give(self, client_id: str, secret: str, role: str = "owner") -> Client:
        """A client from outside; ValueError for an id or role that the PBX would not take."""
        if not re.fullmatch(r"[a-z0-9]+", client_id):
            raise ValueError(f"client id {client_id!r} must consist of lower-case letters and digits")
        if role not in ROLES:
            raise ValueError(f"role {role!r} is not one of {', '.join(ROLES)}")
        self._given[client_id] = self.make(client_id, secret, role)
        return self._given[client_id]

    def make(self, client_id: str, secret: str, role: str) -> Client:
        """A client with a new secret; the tokens of a former one of that id are dead."""
        self.known[client_id] = Client(client_id, secret, role)
        return self.known[client_id]

    def remove(self, client_id: str) -> None:
        """The client is gone, and its tokens with it."""
        self.known.pop(client_id, None)

    def given(self) -> list[Client]:
        """The clients from outside."""
        return list(self._given.values())

    def revoke_all(self) -> None:
        """Kills every token."""
        for client in self.known.values():
            client.tokens.clear()

    def reset(self) -> None:
        """Only the clients from outside remain, with their tokens; deleted ones among them come back."""
        self.known = dict(self._given)
