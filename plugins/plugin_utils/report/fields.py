# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after, field by field. PRIVATE to the collection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...module_utils._xapi.secrecy import HIDDEN

NOTHING = "\N{EN DASH}"
EMPTY = "(empty)"
WHOLE = "value"


@dataclass(frozen=True)
class Field:
    """name: a path such as routes[0].trunk_name. before, after: texts; None where the item did not exist."""

    name: str
    before: str | None
    after: str | None


def fields_of(change: dict[str, Any]) -> list[Field]:
    """What differs; of a thing that is new or gone what it has or had. [] if neither side is told."""
    before, after = (dict(_flat(change[side])) if side in change else None for side in ("before", "after"))
    names = dict.fromkeys([*(before or {}), *(after or {})])
    rows = [Field(name, _side(before, name), _side(after, name)) for name in names]
    if before is None or after is None:
        return [row for row in rows if not {row.before, row.after} & {EMPTY, NOTHING}]
    # Two hidden values look the same and may not be.
    return [row for row in rows if row.before != row.after or row.after == HIDDEN]


def shown(value: Any) -> str:
    """One value for people."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in ("", [], {}):
        return EMPTY
    if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        return ", ".join(shown(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _side(values: dict[str, Any] | None, name: str) -> str | None:
    if values is None:
        return None
    return shown(values[name]) if name in values else NOTHING


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """(path, value) of everything that has no parts of its own; a list of plain values is one value."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}[{number}]")
    else:
        yield path or WHOLE, value
