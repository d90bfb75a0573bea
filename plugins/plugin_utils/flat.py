# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists and dictionaries in the flat texts that surveys and command lines give. PRIVATE to the collection.

Everything here raises ValueError, which names the line or the number of the item.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

REMEDY = "write quotation marks around a whole item, and twice within it"


def list_of(value: Any) -> list[Any]:
    """A list, a JSON list, or a text with one item per line or commas between them. Null is an empty list."""
    if value is None:
        return []
    if isinstance(value, str):
        return _without_gaps(_json(value, "list")) if value.lstrip().startswith("[") else list(_items(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # What a survey or a command line makes of a list with one number in it.
        return [str(value)]
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return _without_gaps(value)
    raise ValueError(f"expected a list, or a text with one item per line or commas between them, not {_kind(value)}")


def dict_of(value: Any) -> dict[str, Any]:
    """A dictionary, a JSON object, or a text of items such as name=value. Null is an empty dictionary."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return dict(value)
    if not isinstance(value, str):
        raise ValueError(f"expected a dictionary, or a text of items such as name=value, not {_kind(value)}")
    if value.lstrip().startswith("{"):
        return dict(_json(value, "object"))
    pairs: dict[str, Any] = {}
    for item in _items(value):
        name, equals, text = item.partition("=")
        if not equals or not name.strip():
            raise ValueError(f'"{item}" is not of the form name=value')
        if name.strip() in pairs:
            raise ValueError(f"{name.strip()} is given twice")
        pairs[name.strip()] = text.strip()
    return pairs


def _json(text: str, what: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as exc:
        raise ValueError(f"line {exc.lineno}, column {exc.colno}: this JSON {what} is broken: {exc.msg}") from exc


def _items(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            row = next(csv.reader([line], skipinitialspace=True, strict=True), [])
        except csv.Error as exc:
            raise ValueError(f"line {number}: {exc}; {REMEDY}") from exc
        yield from (item.strip() for item in row if item.strip())


def _without_gaps(items: Sequence[Any]) -> list[Any]:
    """The same items. One that is nothing was forgotten, not meant."""
    for number, item in enumerate(items, start=1):
        if item is None or (isinstance(item, str) and not item.strip()):
            raise ValueError(f"item {number} is empty")
    return list(items)


def _kind(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a dictionary"
    return "a list" if isinstance(value, (list, tuple)) else f"{type(value).__name__} {value}"
