# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version of a PBX, remembered for a whole run and shared by all forks. PRIVATE to the collection.

Every answer of a PBX tells its version (REALITY.md section 3), also the one that brings a token. What was heard once
need not be asked for again, and what is heard later, such as after an update, goes first.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from .token_slots import Slots

HEADER = "X-3CX-Version"


class VersionMemory:
    """Versions by management address. Where nothing can be shared, each process keeps its own."""

    def __init__(self, slots: Slots | None) -> None:
        """slots: those of the tokens, among which each PBX takes one of its own."""
        self._slots = slots
        self._own: dict[str, str] = {}

    def recall(self, url: str) -> str | None:
        """What was heard last by anybody."""
        try:
            return self._shared(url) or self._own.get(url)
        except OSError:
            return self._own.get(url)

    def remember(self, url: str, version: str) -> None:
        """Writes only if something else was remembered, so that answers that agree cost a look and no lock."""
        try:
            kept = self._shared(url) == version or self._share(url, version)
        except OSError:
            kept = False
        if not kept:
            self._own[url] = version

    def _shared(self, url: str) -> str | None:
        slot = self._find(url)
        return None if self._slots is None or slot is None else self._slots.read(slot).decode() or None

    def _share(self, url: str, version: str) -> bool:
        slot = self._find(url)
        if self._slots is None or slot is None:
            return False
        with self._slots.locked(slot):
            return self._slots.write(slot, version.encode())

    def _find(self, url: str) -> int | None:
        return None if self._slots is None else self._slots.find(version_tag(url))


def version_tag(url: str) -> bytes:
    """The tag of the slot; never that of a token, which has more parts."""
    return hashlib.sha256(json.dumps([url]).encode()).digest()


class PbxVersion:
    """The version of one PBX. heard: in the last answer to this client that told it, e.g. "20.0.10.1234"."""

    def __init__(self, url: str, memory: VersionMemory) -> None:
        self.heard: str | None = None
        self._url = url
        self._memory = memory

    def hear(self, headers: Mapping[str, str]) -> None:
        """Take note of an answer. Those of a proxy in front of the PBX tell nothing."""
        told = headers.get(HEADER)
        if told and told != self.heard:
            self.heard = told
            self._memory.remember(self._url, told)

    def known(self) -> str | None:
        """What this client, else anybody, heard last."""
        return self.heard or self._memory.recall(self._url)
