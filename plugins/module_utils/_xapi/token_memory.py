# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One token per API client for a whole run, shared by all forks. PRIVATE to the collection.

A PBX keeps one live token per API client: a second token kills the first (REALITY.md section 1). So whoever needs a
token takes the one in memory; whoever must renew it does so under a lock, and the others take what he got: also his
failure, because asking again for a refused token is what makes a PBX stop issuing any.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from typing import Any

from .errors import ABOUT_CREDENTIALS, from_record
from .token import Token
from .token_slots import SLOTS, Slots
from .version_memory import VersionMemory


def tag_of(url: str, client_id: str, client_secret: str) -> bytes:
    """What tells one API client from another; the secret cannot be had back from it."""
    return hashlib.sha256(json.dumps([url, client_id, client_secret]).encode()).digest()


class TokenMemory:
    """Shared by every process forked after its making. Where nothing can be shared, each process keeps its own.

    versions: what the PBXs call themselves, beside the tokens and untouched by their renewal.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._own: dict[bytes, Token] = {}
        try:
            self._slots: Slots | None = Slots(slots)
        except OSError:
            self._slots = None
        self.versions = VersionMemory(self._slots)

    def fetch(
        self,
        tag: bytes,
        still_good: Callable[[Token], bool],
        make: Callable[[], Token],
        rejected: str | None = None,
    ) -> Token:
        """The shared token, or a new one from `make` if it is not good or is the `rejected` one.

        Among all processes and threads `make` runs once at a time per tag; its exceptions pass through, and those
        about the credentials are also raised in whoever was waiting meanwhile.
        """

        def usable(content: bytes) -> Token | None:
            token = _token(content) or self._own.get(tag)
            return token if token is not None and token.value != rejected and still_good(token) else None

        slots, slot = self._slots, self._find(tag)
        if slots is None or slot is None:
            return usable(b"") or self._keep(tag, make())
        before = slots.read(slot)
        found = usable(before)
        if found is not None:
            return found
        with slots.locked(slot):
            content = slots.read(slot)
            found = usable(content)
            if found is not None:
                return found
            if content != before:
                _raise_failure(content)
            token, shared = _made(slots, slot, make)
            return token if shared else self._keep(tag, token)

    def _find(self, tag: bytes) -> int | None:
        try:
            return None if self._slots is None else self._slots.find(tag)
        except OSError:
            return None

    def _keep(self, tag: bytes, token: Token) -> Token:
        self._own[tag] = token
        return token


def _made(slots: Slots, slot: int, make: Callable[[], Token]) -> tuple[Token, bool]:
    """A new token, and whether it could be stored for the others."""
    try:
        token = make()
    except ABOUT_CREDENTIALS as exc:
        # The number tells this failure from an equal one before.
        slots.write(slot, _json({"failure": exc.as_record(), "number": time.monotonic_ns()}))
        raise
    return token, slots.write(slot, _json({"value": token.value, "renew_at": token.renew_at, "role": token.role}))


def _json(record: dict[str, Any]) -> bytes:
    return json.dumps(record).encode()


def _token(content: bytes) -> Token | None:
    record = json.loads(content) if content else {}
    return Token(record["value"], record["renew_at"], record["role"]) if "value" in record else None


def _raise_failure(content: bytes) -> None:
    record = json.loads(content) if content else {}
    if "failure" in record:
        raise from_record(record["failure"])


# Made while this file is imported, that is in the parent: so all of its forks share it.
SHARED = TokenMemory()
