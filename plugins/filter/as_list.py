# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.as_list."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ansible.errors import AnsibleFilterError


def as_list(value: Any, name: str = "") -> list[Any]:
    """See as_list.yml."""
    try:
        return _listed(value)
    except ValueError as exc:
        raise AnsibleFilterError(f"{name or 'as_list'}: {exc}") from exc


def _listed(value: Any) -> list[Any]:
    """Raises ValueError, which names the line or the number of the item."""
    if value is None:
        return []
    if isinstance(value, str):
        return _from_json(value) if value.lstrip().startswith("[") else list(_from_text(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # What a survey or a command line makes of a list with one number in it.
        return [str(value)]
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return _without_gaps(value)
    what = "a dictionary" if isinstance(value, Mapping) else f"{type(value).__name__} {value}"
    raise ValueError(f"expected a list, or a text with one item per line or commas between them, not {what}")


def _from_json(text: str) -> list[Any]:
    try:
        return _without_gaps(json.loads(text))
    except json.JSONDecodeError as exc:
        raise ValueError(f"line {exc.lineno}, column {exc.colno}: this JSON list is broken: {exc.msg}") from exc


def _from_text(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            row = next(csv.reader([line], skipinitialspace=True, strict=True), [])
        except csv.Error as exc:
            raise ValueError(
                f"line {number}: {exc}; write quotation marks around a whole item, and twice within it"
            ) from exc
        yield from (item.strip() for item in row if item.strip())


def _without_gaps(items: Sequence[Any]) -> list[Any]:
    """The same items. One that is nothing was forgotten, not meant."""
    for number, item in enumerate(items, start=1):
        if item is None or (isinstance(item, str) and not item.strip()):
            raise ValueError(f"item {number} is empty")
    return list(items)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"as_list": as_list}
