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
    if before is None or after is None:
        only = before or after or {}
        names = [name for name, value in only.items() if not _is_empty(value)]
    else:
        names = [name for name in dict.fromkeys([*before, *after]) if _differs(before.get(name), after.get(name))]
    return [Field(name, _side(before, name), _side(after, name)) for name in names]


def shown(value: Any) -> str:
    """One value for people."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_empty(value):
        return EMPTY
    if isinstance(value, list) and not any(isinstance(one, (dict, list)) for one in value):
        return ", ".join(shown(one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _differs(before: Any, after: Any) -> bool:
    """For people. What is there may look like the sign for what is not; hidden values may differ and look the same."""
    return shown(before) != shown(after) or _is_empty(before) != _is_empty(after) or after == HIDDEN


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
