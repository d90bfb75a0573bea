# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data as JSON can hold it, with nothing in it that a person must not read. PRIVATE to the collection.

Modules leave secrets out already. This is the last line of defence: a report travels by mail.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ...module_utils._xapi.secrecy import HIDDEN, masked, scrub, secret_name

_ASSIGNED = re.compile(r"(?i)\b([\w-]*(?:password|passwd|secret|token|apikey|api_key|access_key)[\w-]*=)[^\s&,;]+")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{8,}")
_JSON_WEB_TOKEN = re.compile(r"\beyJ[\w-]{6,}\.[\w-]{6,}\.[\w-]*")
_KEPT_CONTROLS = "\n\t"


def plain(value: Any) -> Any:
    """Dictionaries, lists, texts, numbers, booleans and None of Python itself, at every depth.

    Texts are made harmless for any file: no half surrogates, no control characters but line breaks and tabs.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {clean(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return [plain(inner) for inner in value]
    return clean(value)


def clean(value: Any) -> str:
    """A text of Python itself: a subclass could claim to be HTML already."""
    text = str.__str__(value) if isinstance(value, str) else str(value)
    text = text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(_control(sign) for sign in text)


def _control(sign: str) -> str:
    return "\ufffd" if unicodedata.category(sign) == "Cc" and sign not in _KEPT_CONTROLS else sign


def redacted(value: Any) -> Any:
    """Plain data without what stands under secret-sounding names, and texts without what looks like a credential."""
    return _scrubbed(masked(value))


def redacted_value(name: str, value: Any) -> Any:
    """What a thing of this name is or was. If it sounds like a secret, its value is one."""
    if isinstance(value, dict):
        hidden = redacted({"name": name, **value})
        return {place: hidden[place] for place in value}
    return HIDDEN if secret_name(name) and value not in (None, "") and not isinstance(value, bool) else redacted(value)


def _scrubbed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _scrubbed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrubbed(inner) for inner in value]
    return redacted_text(value) if isinstance(value, str) else value


def redacted_text(text: str) -> str:
    text = _ASSIGNED.sub(rf"\g<1>{HIDDEN}", text)
    text = _BEARER.sub(rf"\g<1>{HIDDEN}", text)
    return scrub(_JSON_WEB_TOKEN.sub(HIDDEN, text), [])
