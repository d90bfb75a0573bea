# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks of request bodies against the contract's types."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from tests.simulator.errors import unbindable
from tests.simulator.facts.catalog import Catalog
from tests.simulator.facts.grammar import Kind
from tests.simulator.odata.values import instant, span

INTEGERS = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1), "uint8": (0, 255)}
_FLOATS = ("NaN", "INF", "-INF")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def parse_object(body: bytes, parameter: str = "delta") -> dict[str, Any]:
    """The JSON object of a body; anything else cannot be bound."""
    try:
        content = json.loads(body)
    except ValueError:
        raise unbindable(parameter) from None
    if not isinstance(content, dict):
        raise unbindable(parameter)
    return content


class Binder:
    """Binds JSON to the types of one version."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def entity(self, type_name: str, content: dict[str, Any], parameter: str = "delta") -> dict[str, Any]:
        """The content without annotations; ApiError 400 for an unknown property or a value of the wrong type."""
        if not self._structured(type_name, content):
            raise unbindable(parameter)
        bound: dict[str, Any] = _without_annotations(content)
        return bound

    def misfits(self, type_name: str, content: dict[str, Any]) -> list[str]:
        """The properties that this version would not bind; a client is never told, a seed is."""
        properties = self.catalog.types[type_name]
        return [
            name for name, value in content.items() if name not in properties or not self._fits(properties[name], value)
        ]

    def arguments(self, kinds: dict[str, Kind], content: dict[str, Any], *, fold_case: bool) -> dict[str, Any]:
        """Action parameters under the names of the contract; those left out or null are absent."""
        names = {(name.lower() if fold_case else name): name for name in kinds}
        bound = {}
        for given, value in content.items():
            name = names.get(given.lower() if fold_case else given)
            if name is None:
                raise unbindable(next(iter(kinds), "delta"))
            if value is not None:
                if not self._fits(kinds[name], value):
                    raise unbindable(name)
                bound[name] = _without_annotations(value)
        return bound

    def _structured(self, type_name: str, content: Any) -> bool:
        if not isinstance(content, dict):
            return False
        properties = self.catalog.types[type_name]
        if not properties:  # the contract leaves the type open
            return True
        return all(
            "@odata." in name or (name in properties and self._fits(properties[name], value))
            for name, value in content.items()
        )

    def _fits(self, kind: Kind, value: Any) -> bool:
        if kind.collection:
            single = Kind(kind.name)
            return isinstance(value, list) and all(self._fits(single, item) for item in value)
        if value is None:
            return kind.nullable
        if kind.name in self.catalog.types:
            return self._structured(kind.name, value)
        if kind.name in self.catalog.enums:
            return isinstance(value, str) and self._members(kind.name, value)
        return _scalar(kind.name, value)

    def _members(self, enum: str, value: str) -> bool:
        given = [part.strip() for part in value.split(",")] if enum in self.catalog.flags else [value]
        return set(given) <= self.catalog.enums[enum]


def _without_annotations(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_annotations(item) for name, item in value.items() if "@odata." not in name}
    if isinstance(value, list):
        return [_without_annotations(item) for item in value]
    return value


def _scalar(kind: str, value: Any) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in INTEGERS:
        low, high = INTEGERS[kind]
        return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    if kind in ("float", "double", "decimal"):
        return (isinstance(value, (int, float)) and not isinstance(value, bool)) or value in _FLOATS
    if kind == "object":
        return True
    return isinstance(value, str) and _text(kind, value)


def _text(kind: str, value: str) -> bool:
    parse = {"datetime": instant, "duration": span, "date": dt.date.fromisoformat, "time": dt.time.fromisoformat}
    if kind == "uuid":
        return bool(_UUID.fullmatch(value))
    if kind in parse:
        try:
            parse[kind](value)
        except ValueError:
            return False
    return True
