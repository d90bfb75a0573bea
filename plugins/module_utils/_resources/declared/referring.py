# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding references to other things in items. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model import Item
from .facts import Reference
from .leading import is_meant, problems
from .names import Names
from .shapes import Part, Shape, Shapes


@dataclass(frozen=True)
class Found:
    """One reference in an item. value: a name, a number, an id, or an item such as {name: Sales}."""

    path: str
    reference: Reference
    value: Any

    @property
    def texts(self) -> Iterator[str]:
        """Names and numbers that have to be looked up."""
        if isinstance(self.value, dict):
            yield from (str(self.value[name]) for name in ("name", "number") if self.value.get(name))
        elif isinstance(self.value, str) and self.value:
            yield self.value

    def problem(self, names: Names) -> str:
        """Why nothing is meant by it; "" if all is well."""
        try:
            if isinstance(self.value, dict):
                names.named(self.reference, self.value)
            else:
                names.written(self.reference, self.value)
        except ValueError as exc:
            return str(exc)
        return ""


def references_in(shapes: Shapes, shape: Shape, item: Item, path: str = "") -> Iterator[Found]:
    for option, value in item.items():
        part = shape.parts.get(option)
        if part is not None and is_meant(shape, item, part.prop):
            where = f"{path}.{option}" if path else option
            yield from _in_part(shapes, shape, part, value, where)


def _in_part(shapes: Shapes, shape: Shape, part: Part, value: Any, where: str) -> Iterator[Found]:
    inner = shapes.inner(shape.type, part)
    if inner is None and part.reference is None:
        return
    for index, one in enumerate(value if isinstance(value, list) else [value]):
        place = f"{where}[{index}]" if isinstance(value, list) else where
        if part.reference is not None:
            yield Found(place, part.reference, one)
        elif inner is not None and isinstance(one, dict):
            if inner.refers is not None:
                yield Found(place, inner.refers, one)
            yield from references_in(shapes, inner, one, place)


def unfit(shapes: Shapes, shape: Shape, item: Item, names: Names, path: str = "") -> Iterator[tuple[str, str]]:
    """(path, message) for places whose kind and number do not go together, at every depth. The names must be known."""
    for option, message in problems(shape, item, names):
        yield f"{path}{option}", message
    for option, value in item.items():
        part = shape.parts.get(option)
        inner = None if part is None else shapes.inner(shape.type, part)
        if inner is None:
            continue
        for index, one in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(one, dict):
                place = f"[{index}]" if isinstance(value, list) else ""
                yield from unfit(shapes, inner, one, names, f"{path}{option}{place}.")


def kinds_in(shapes: Shapes, shape: Shape, parts: Iterable[Part]) -> set[str]:
    """What must be known to show these parts by name."""
    found: set[str] = set()
    for part in parts:
        inner = shapes.inner(shape.type, part)
        if part.reference is not None:
            found.add(part.reference.to)
        if inner is not None:
            found |= {inner.refers.to} if inner.refers is not None else kinds_in(shapes, inner, inner.own)
    return found
