# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose token a call carries, and what happens when the PBX rejects it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from .connection import Connection
from .retry import Patience
from .token import Token, claims_of
from .token_memory import TokenMemory, tag_of
from .token_request import TokenRequest

_MOST_TOKENS = 3


class Access(Protocol):
    """made: how many tokens were asked of the PBX; useless: a new token that was rejected all the same;
    advice: what to do when the PBX accepts none."""

    made: int
    useless: str | None
    advice: str

    def token(self, patience: Patience, rejected: str | None = None) -> Token | None:
        """A token that should be good and is not the rejected one; None when there is no other."""


class GivenToken:
    """A token that the user brought along: never renewed."""

    made = 0
    advice = (
        "The PBX refused the access_token: it has expired, or a newer token of the same API client replaced it. Get a"
        " new one, or give client_id and client_secret instead."
    )

    def __init__(self, value: str) -> None:
        self.useless: str | None = None
        role = claims_of(value).get("MaxRole")
        self._token = Token(value, float("inf"), role if isinstance(role, str) else None)

    def token(self, patience: Patience, rejected: str | None = None) -> Token | None:
        return None if rejected == self._token.value else self._token


class SharedToken:
    """The one token of an API client, shared through a TokenMemory."""

    advice = (
        "The PBX refused even a new token. Either the role of the API client is too low for this call (some calls then"
        " answer 401), or another program uses the same API client and replaces its token: give each its own client."
    )

    def __init__(
        self, connection: Connection, request: TokenRequest, memory: TokenMemory, clock: Callable[[], float]
    ) -> None:
        self.made = 0
        self.useless: str | None = None
        self._tag = tag_of(connection.url, connection.client_id or "", connection.client_secret or "")
        self._request = request
        self._memory = memory
        self._clock = clock

    def token(self, patience: Patience, rejected: str | None = None) -> Token | None:
        return self._memory.fetch(self._tag, self._fresh, lambda: self._new(patience), rejected)

    def _fresh(self, token: Token) -> bool:
        return token.fresh(self._clock())

    def _new(self, patience: Patience) -> Token:
        self.made += 1
        return self._request.new(patience)


class Pass:
    """The token of one call, renewed at most once by us; a newer one that somebody else got is taken first."""

    def __init__(self, access: Access, patience: Patience) -> None:
        self._access = access
        self._patience = patience
        self._ours = False
        self._taken = 1
        self.token = access.token(patience)

    def renew(self) -> bool:
        """Take another token after a 401; False when no other would help.

        A 401 may also mean that the role is too low (REALITY.md section 1). A client that has seen a new token
        rejected does not renew it again: many tokens in a row bring the flood limit near.
        """
        rejected = self.token.value if self.token else None
        if self._ours or self._taken >= _MOST_TOKENS or rejected == self._access.useless:
            self._access.useless = rejected
            return False
        before = self._access.made
        self.token = self._access.token(self._patience, rejected)
        self._taken += 1
        self._ours = self._access.made > before
        return self.token is not None
