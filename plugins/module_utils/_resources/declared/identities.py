# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What items are known by. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from ..model import Item
from .comparing import MISSING, Comparing
from .declaration import Identity
from .names import Names
from .shapes import Part, Shape, Shapes


class Identities:
    """Of one entity set. called: the identity by which people call an item, if not by the first that it has."""

    def __init__(
        self, shapes: Shapes, shape: Shape, names: Names, known: Sequence[Identity], called: Identity | None = None
    ) -> None:
        self._shapes = shapes
        self._shape = shape
        self._names = names
        self._comparing = Comparing(shapes)
        self.known = tuple(known)
        self._calling = self.known if called is None else (called, *self.known)

    def of(self, item: Item) -> Identity | None:
        """The first identity whose fields the item has."""
        return next((identity for identity in self.known if _has(item, identity)), None)

    def key_of(self, item: Item) -> Hashable | None:
        identity = self.of(item)
        return None if identity is None else self._key(identity, item)

    def keys_of(self, item: Item) -> Iterator[Hashable]:
        return (self._key(identity, item) for identity in self.known if _has(item, identity))

    def _key(self, identity: Identity, item: Item) -> Hashable:
        return (identity.fields, tuple(self._meaning(path, lookup(item, path)) for path in identity.fields))

    def _meaning(self, path: str, value: Any) -> Hashable:
        shape, part = self.part(path)
        inner = self._shapes.inner(shape.type, part)
        if inner is not None and inner.refers is not None and isinstance(value, dict):
            return self._referred(lambda: self._names.named(inner.refers, value)["Id"], str(value))
        if part.reference is not None and isinstance(value, str) and value:
            reference = part.reference
            return self._referred(lambda: self._names.written(reference, value), value)
        if part.meaning is not None and value not in MISSING:
            return part.meaning(value)
        return self._comparing.meaning(part, value)

    def _referred(self, look: Any, otherwise: Hashable) -> Hashable:
        """By what it refers to, once that is known; until then by its words."""
        try:
            found: Hashable = look()
        except (KeyError, ValueError):
            return otherwise
        return found

    def part(self, path: str) -> tuple[Shape, Part]:
        """The part that a field of an identity stands for, and the shape that has it. KeyError if there is none."""
        shape = self._shape
        *outer, last = path.split(".")
        for option in outer:
            inner = self._shapes.inner(shape.type, shape.parts[option])
            if inner is None:
                raise KeyError(path)
            shape = inner
        return shape, shape.parts[last]

    def label(self, item: Item) -> str:
        """How people call the item."""
        identity = next((one for one in self._calling if _has(item, one)), None)
        if identity is not None:
            values = [lookup(item, path) for path in identity.fields]
            return " ".join(_words(value) for value in values if value not in MISSING)
        return f"id {item['id']}" if item.get("id") is not None else "new"

    @property
    def telling(self) -> set[str]:
        """The options that a reader has to see to know an item."""
        return self.options([self.known[0], self._calling[0]])

    def options(self, identities: Iterable[Identity]) -> set[str]:
        """The options that hold these identities."""
        return {path.partition(".")[0] for identity in identities for path in identity.fields}


def _has(item: Item, identity: Identity) -> bool:
    there = {path: lookup(item, path) not in MISSING for path in identity.fields}
    if identity.blanks:
        return any(there.values())
    return all(found for path, found in there.items() if path not in identity.optional)


def lookup(item: Item, path: str) -> Any:
    value: Any = item
    for option in path.split("."):
        value = value.get(option) if isinstance(value, dict) else None
    return value


def _words(value: Any) -> str:
    """A reference by whatever it is given by."""
    return str(next(iter(value.values()), "")) if isinstance(value, dict) else str(value)
