# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts of call flow apps, which often hold keys of a CRM (REALITY.md section 8). PRIVATE to the collection.

Outside this file and the request body a script is only known by its hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256

from .model import Item

BLANK = "[script]"
LITERAL = re.compile(r'"([^"\n]{3,})"')
# Shorter pieces are braces and keywords, and would blank out the compiler's own words.
TELLING = 6


def script_hash(text: str | None) -> str:
    """SHA-256 of the script with newlines as LF, without byte order mark and trailing newlines; "" without a script."""
    plain = (text or "").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    return sha256(plain.encode()).hexdigest() if plain else ""


class Scripts:
    """The texts to write, by hash."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def keep(self, text: str) -> str:
        digest = script_hash(text)
        self._texts[digest] = text
        return digest

    def text(self, digest: str) -> str:
        return self._texts[digest]

    def taken_from(self, items: Iterable[Item]) -> list[Item]:
        """The items with the hash in place of the script. A hash without a script, as in a result, says nothing."""
        return [self._without_script(item) for item in items]

    def _without_script(self, item: Item) -> Item:
        kept = {name: value for name, value in item.items() if name not in ("script_code", "script_hash")}
        text = item.get("script_code")
        return kept if text is None else {**kept, "script_hash": self.keep(text)}


def blanked(words: str | None, script: str) -> str:
    """What a compiler or a PBX said, on one line, without any line or text literal of the script."""
    kept = words or ""
    for piece in sorted(_pieces(script), key=len, reverse=True):
        kept = kept.replace(piece, BLANK)
    return " ".join(kept.split())


def _pieces(script: str) -> set[str]:
    lines = (line.strip() for line in script.splitlines())
    return {line for line in lines if len(line) >= TELLING} | set(LITERAL.findall(script))
