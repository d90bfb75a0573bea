# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.as_table."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError

GAP = "  "
CUT = "…"
SMALLEST = 4


def as_table(
    items: Iterable[Mapping[str, Any]], columns: Sequence[str] | Mapping[str, str] | None = None, max_width: int = 40
) -> str:
    """See as_table.yml."""
    rows = _rows(items)
    if isinstance(max_width, bool) or not isinstance(max_width, int) or max_width < SMALLEST:
        raise AnsibleFilterError(f"as_table: max_width has to be a number from {SMALLEST} on")
    titles = _titles(rows, columns)
    if not titles:
        return ""
    cells = [[_text(_at(row, path)) for path in titles] for row in rows]
    lines = [[_cut(cell, max_width) for cell in line] for line in [list(titles.values()), *cells]]
    widths = [max(_width(line[place]) for line in lines) for place in range(len(titles))]
    right = [_numbers(_at(row, path) for row in rows) for path in titles]
    rule = ["-" * width for width in widths]
    return "\n".join(_line(line, widths, right) for line in [lines[0], rule, *lines[1:]])


def _rows(items: Any) -> list[Mapping[str, Any]]:
    if isinstance(items, (str, bytes, Mapping)) or not isinstance(items, Iterable):
        raise AnsibleFilterError(f"as_table takes a list of dictionaries, not {type(items).__name__}")
    rows = list(items)
    for row in rows:
        if not isinstance(row, Mapping):
            raise AnsibleFilterError(f"as_table takes a list of dictionaries, and this one holds {type(row).__name__}")
    return rows


def _titles(rows: list[Mapping[str, Any]], columns: Any) -> dict[str, str]:
    """Path of each column to its title: what was asked for, else each key that any row has, in the order met."""
    if columns is None:
        return {name: name for row in rows for name in row}
    if isinstance(columns, Mapping):
        return {str(path): str(title) for path, title in columns.items()}
    if isinstance(columns, str) or not isinstance(columns, Iterable):
        raise AnsibleFilterError("as_table: columns has to be a list of keys, or a dictionary of keys and titles")
    return {str(path): str(path) for path in columns}


def _at(row: Any, path: str) -> Any:
    """gateway.name is the name within gateway; None where there is none."""
    if path in row:
        return row[path]
    for name in path.split("."):
        row = row.get(name) if isinstance(row, Mapping) else None
    return row


def _text(value: Any) -> str:
    """One line, whatever the value is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return " ".join(f"{name}={_text(inner)}" for name, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(inner) for inner in value)
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in str(value)).split())


def _numbers(values: Iterable[Any]) -> bool:
    given = [value for value in values if value is not None]
    return bool(given) and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in given)


def _width(text: str) -> int:
    """Columns on a screen: East Asian wide signs take two, combining and invisible ones none."""
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1


def _cut(text: str, most: int) -> str:
    if _width(text) <= most:
        return text
    kept, width = "", 0
    for sign in text:
        if width + _sign_width(sign) > most - 1:
            break
        kept += sign
        width += _sign_width(sign)
    return kept.rstrip() + CUT


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for cell, width, at_right in zip(cells, widths, right, strict=True):
        space = " " * (width - _width(cell))
        padded.append(space + cell if at_right else cell + space)
    return GAP.join(padded).rstrip()


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"as_table": as_table}
