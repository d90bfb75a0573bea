# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeping secrets out of texts that people read. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

HIDDEN = "********"
_SECRET_NAME = re.compile(
    r"password|secret|pin$|pinnumber$|token|licen[cs]ekey|scriptcode|(api|private|access)key|keygrok$|verifier$"
    r"|prov(ision(ing)?)?link|downloadlink|^sipid$"
)
# Names that only sound so: where tokens are had, and what pages of an outside directory are continued with.
_HARMLESS = {"nextpagetoken", "tokenendpoint", "tokenendpointauthmethod"}
_USERINFO = re.compile(r"//[^/@\s]+@")
_SHORTEST = 4


def secret_name(name: str) -> bool:
    """Whether a property, option or parameter of this name holds what must not be shown, by the names of the XAPI."""
    plain = name.replace("_", "").lower()
    return plain not in _HARMLESS and bool(_SECRET_NAME.search(plain))


def masked(value: Any, inside: bool = False) -> Any:
    """The same value with what stands under secret names hidden, at every depth.

    A setting that is called like a secret holds one in its value: {"Name": "SMTP_PASSWORD", "Value": "..."}.
    """
    if isinstance(value, dict):
        named = any(secret_name(str(called)) for place, called in value.items() if str(place).lower() == "name")
        return {
            place: masked(inner, inside or secret_name(str(place)) or (named and str(place).lower() == "value"))
            for place, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [masked(inner, inside) for inner in value]
    if inside and value not in (None, "") and not isinstance(value, bool):
        return HIDDEN
    return value


def shown_link(link: str) -> str:
    """What may be told of a link that the PBX gave: the end of its path. Whoever has the whole of it is let in."""
    return f".../{urlsplit(link).path.rpartition('/')[2]}"


def scrub(text: str, secrets: Iterable[str | None]) -> str:
    """`text` with every secret replaced, and without user information in URLs (a proxy's password)."""
    for secret in sorted({s for s in secrets if s and len(s) >= _SHORTEST}, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return _USERINFO.sub("//" + HIDDEN + "@", text)


def secrets_in(body: Any, inside: bool = False) -> Iterator[str]:
    """The texts under secret-looking names of a request body: a PBX may quote them when it refuses."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from secrets_in(value, inside or secret_name(str(name)))
    elif isinstance(body, (list, tuple)):
        for value in body:
            yield from secrets_in(value, inside)
    elif inside and isinstance(body, str):
        yield body
