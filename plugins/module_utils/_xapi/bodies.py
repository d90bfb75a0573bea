# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PBX says when it declines, out of every body shape seen. PRIVATE to the collection.

Shapes: REALITY.md section 2. The useful code stands in `details[].message`; `error` may be a string;
bodies may be empty, plain text, or the HTML of a proxy.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CODE = re.compile(r"\bWARNINGS(?:\.\w+)*?\.([A-Z][A-Z0-9_]*)\b(?!\.\w)")
_PAIR = re.compile(r"^\s*([A-Za-z_][\w.\[\]/]*):\s*\n", re.MULTILINE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_LONGEST = 500


@dataclass(frozen=True)
class Said:
    """codes without prefix, targets, and the words on one line."""

    codes: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    detail: str = ""


def said(body: bytes) -> Said:
    """Read the body of an error answer; never raises."""
    text = body.decode("utf-8", "replace").strip().lstrip("\ufeff")
    if not text:
        return Said()
    if text[:1] in '{["':
        data = decoded(body)
        if data is not None:
            return _from_json(data)
    if text[:1] == "<":
        return Said(detail=_page(text))
    return _from_words(text)


def decoded(body: bytes) -> Any:
    """The JSON value of a body, None when it is not JSON."""
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None


def one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."


def _page(text: str) -> str:
    title = _TITLE.search(text)
    return "an HTML page" + (f" titled '{one_line(title.group(1))}'" if title else "")


def _from_json(data: Any) -> Said:
    if isinstance(data, str):
        return _from_words(data)
    if not isinstance(data, dict):
        return Said()
    error = data.get("error")
    if isinstance(error, dict):
        return _from_odata(error)
    if isinstance(error, str):
        return _from_oauth(error, data.get("error_description"))
    return _from_problem(data)


def _from_odata(error: dict[str, Any]) -> Said:
    message = _text(error.get("message"))
    details = [d for d in error.get("details") or () if isinstance(d, dict)] if _is_list(error.get("details")) else []
    texts = [message, *(_text(d.get("message")) for d in details)]
    targets = [_text(error.get("target")), *(_text(d.get("target")) for d in details)]
    own = [_text(error.get("code")), *(_text(d.get("code")) for d in details)]
    codes = [*_codes(*texts, *own), *(c for c in own if _is_name(c))]
    words = _from_words(message or "; ".join(t for t in texts if t))
    return Said(_unique(codes), _unique(t for t in targets if t) or words.targets, words.detail)


def _from_oauth(error: str, description: Any) -> Said:
    words = _from_words(error)
    named = (error,) if re.fullmatch(r"[a-z_]+", error) else words.codes
    more = f"{error}: {description}" if isinstance(description, str) and description else error
    return Said(named, words.targets, one_line(more))


def _from_problem(data: dict[str, Any]) -> Said:
    """ASP.NET's own shape, sent when a request fails before OData sees it (inferred, not recorded)."""
    errors = data.get("errors")
    fields = errors if isinstance(errors, dict) else {}
    texts = [_text(data.get("title")), _text(data.get("detail")), _text(data.get("message"))]
    for name, value in fields.items():
        texts.append(f"{name}: {' '.join(_text(v) for v in value) if _is_list(value) else _text(value)}")
    words = "; ".join(t for t in texts if t)
    return Said(_unique(_codes(words)), _unique(str(name) for name in fields if name), one_line(words))


def _from_words(text: str) -> Said:
    return Said(_unique(_codes(text)), _unique(_PAIR.findall(text)), one_line(text))


def _codes(*texts: str) -> Iterator[str]:
    for text in texts:
        yield from _CODE.findall(text)


def _is_name(code: str) -> bool:
    return bool(code) and not code.isdigit() and "WARNINGS." not in code


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _unique(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
