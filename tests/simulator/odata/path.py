# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request paths: segments, entity keys and function parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.simulator.errors import not_found

_INTEGER = re.compile(r"-?\d+")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Segment:
    """``Users(29)`` -> name Users, arguments "29"; no parentheses: arguments None."""

    name: str
    arguments: str | None


def split_outside_quotes(text: str, separator: str) -> list[str]:
    """Like str.split, but a separator within '...' or (...) does not count."""
    parts, depth, quoted, start = [], 0, False, 0
    for position, char in enumerate(text):
        if char == "'":
            quoted = not quoted
        elif quoted:
            continue
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == separator and depth == 0:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return parts


def segments(path: str) -> list[Segment]:
    """The segments below /xapi/v1 of a decoded path; an unbalanced one is a 404."""
    found = []
    for part in split_outside_quotes(path.strip("/"), "/"):
        name, bracket, rest = part.partition("(")
        if not name or (bracket and not rest.endswith(")")):
            raise not_found()
        found.append(Segment(name, rest[:-1] if bracket else None))
    return found


def literal(text: str) -> Any:
    """A key or parameter literal: quoted string, integer, boolean, null, else the bare text (dates, GUIDs)."""
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if _INTEGER.fullmatch(text):
        return int(text)
    return {"true": True, "false": False, "null": None}.get(text, text)


def key_of(text: str, kind: str) -> Any:
    """The value of a key predicate; a literal of another type finds nothing."""
    value = literal(text)
    quoted = text.strip().startswith("'")
    fits = {
        "int32": isinstance(value, int) and not isinstance(value, bool),
        "string": quoted,
        "uuid": bool(_UUID.fullmatch(text.strip())),
    }[kind]
    if not fits:
        raise not_found()
    return value


def named_arguments(text: str) -> dict[str, Any]:
    """``a=1,b='x'`` -> {"a": 1, "b": "x"} in the order given."""
    found: dict[str, Any] = {}
    if text.strip():
        for part in split_outside_quotes(text, ","):
            name, mark, value = part.partition("=")
            if not mark:
                raise not_found()
            found[name.strip()] = literal(value)
    return found
