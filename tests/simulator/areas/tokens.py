# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refresh tokens of people and the OAuth clients that they belong to; none of them opens the XAPI here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.areas.personal import owner
from tests.simulator.areas.ruled import RuledSet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class SecurityTokens(RuledSet):
    """All tokens. A revoked one stays, marked, unless the switch takes it away."""

    def defaults(self) -> Entity:
        return {**super().defaults(), "LoginType": self._login()}

    def _login(self) -> str | None:
        """How somebody signs in with a password, in the words of this version."""
        kind = self.pbx.types.properties(self.type).get("LoginType")
        words = self.pbx.catalog.enums.get(kind.name, frozenset()) if kind else frozenset()
        return next((word for word in ("Password", "Local") if word in words), None)


class MyTokens(EntitySet):
    """The tokens of the user that stands for the API client: a view."""

    modelled = True

    def entities(self) -> list[Entity]:
        user = owner(self.pbx)
        every = self.pbx.sets["SecurityTokens"].entities()
        return [row for row in every if user is not None and row["Username"] == user["Number"]]

    def find(self, key: Any) -> Entity | None:
        return next((row for row in self.entities() if row["Id"] == key), None)


class OAuthClients(RuledSet):
    """Programs that people signed in with; a deleted one takes its tokens along."""

    def released(self, entity: Entity) -> None:
        for token in tokens_of(self.pbx, entity):
            self.pbx.sets["SecurityTokens"].delete(token)


def tokens_of(pbx: Pbx, client: Entity) -> list[Entity]:
    """OAuthClient.RefreshTokens."""
    return [row for row in pbx.sets["SecurityTokens"].entities() if row.get("ClientId") == client["Id"]]


def client_of(pbx: Pbx, token: Entity) -> Entity | None:
    """RefreshToken.Client."""
    clients = pbx.sets.get("OAuthClients")
    return clients.find(token.get("ClientId")) if clients else None


def revoke(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> None:
    """SecurityTokens(id)/Pbx.RevokeToken and that of MyTokens."""
    if target is None:
        return
    if pbx.switches.word("revoked_tokens") == "vanish":
        pbx.sets["SecurityTokens"].delete(target)
        return
    target["Revoked"] = pbx.clock.stamp()
    target["ReasonRevoked"] = "Manual"
    target["RevokedByIp"] = "192.0.2.1"


def refresh_metadata(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """OAuthClients(id)/Pbx.RefreshClientMetadata."""
    if target is not None:
        target["UsedAt"] = pbx.clock.stamp()
    return True


CALLS = {
    "SecurityTokens(#)/Pbx.RevokeToken": revoke,
    "MyTokens(#)/Pbx.RevokeToken": revoke,
    "OAuthClients(#)/Pbx.RefreshClientMetadata": refresh_metadata,
}
