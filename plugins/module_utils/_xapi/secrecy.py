# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeping secrets out of texts that people read. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

HIDDEN = "********"
_SECRET_NAME = re.compile(r"password|secret|pin$|token|licen[cs]ekey|scriptcode", re.IGNORECASE)
_USERINFO = re.compile(r"//[^/@\s]+@")
_SHORTEST = 4


def scrub(text: str, secrets: Iterable[str | None]) -> str:
    """`text` with every secret replaced, and without user information in URLs (a proxy's password)."""
    for secret in sorted({s for s in secrets if s and len(s) >= _SHORTEST}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _USERINFO.sub("//" + HIDDEN + "@", text)


def secrets_in(body: Any, inside: bool = False) -> Iterator[str]:
    """The texts under secret-looking names of a request body: a PBX may quote them when it refuses."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from secrets_in(value, inside or bool(_SECRET_NAME.search(str(name))))
    elif isinstance(body, (list, tuple)):
        for value in body:
            yield from secrets_in(value, inside)
    elif inside and isinstance(body, str):
        yield body
