# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items as bodies of the XAPI: property names, ids for names, whole values. PRIVATE to the collection.

A list replaces the list that was there, and a structured value may replace the former one as a whole (REALITY.md
section 9). So what is sent has what the user gave, and keeps what else was there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..model import Body, Item
from .comparing import Comparing
from .names import Names
from .shapes import Part, Shape, Shapes
from .showing import Showing


class Writing:
    def __init__(self, shapes: Shapes, names: Names) -> None:
        self._shapes = shapes
        self._names = names
        self._comparing = Comparing(shapes)
        self._showing = Showing(shapes, names)

    def body(self, shape: Shape, item: Item, existing: Body | None = None) -> Body:
        """The properties that write these option values. existing: the entity as it was read."""
        there = existing or {}
        return {
            part.prop: self.value(shape, part, item[part.option], there.get(part.prop))
            for part in shape.own
            if part.option in item
        }

    def value(self, shape: Shape, part: Part, value: Any, existing: Any) -> Any:
        if part.collection:
            return self._list(shape, part, value or [], existing or [])
        return self._one(shape, part, value, existing)

    def _one(self, shape: Shape, part: Part, value: Any, existing: Any) -> Any:
        if part.wrapped:
            return {part.wrapped: value}
        inner = self._shapes.inner(shape.type, part)
        if inner is not None and isinstance(value, dict):
            return self._structured(inner, value, existing)
        if value == "" and part.type != "string":
            return None
        return value if part.reference is None else self._names.sent(part.reference, value)

    def _structured(self, inner: Shape, value: Item, existing: Any) -> Body:
        changes = self.body(inner, value, existing if isinstance(existing, dict) else None)
        return {**self._naming(inner, value), **self._kept(inner, changes, existing), **changes}

    def _naming(self, inner: Shape, value: Item) -> Body:
        if inner.refers is None or inner.key is None:
            return {}
        row = self._names.named(inner.refers, value)
        named = {inner.key.prop: row["Id"]}
        # A peer goes by its number where its id is not known to the one who reads (REALITY.md section 6).
        return {**named, "Number": row.get("Number")} if inner.type == "Peer" else named

    def _kept(self, inner: Shape, changes: Body, existing: Any) -> Body:
        """What was there and goes on to mean the same."""
        if not isinstance(existing, dict):
            return {}
        decides = inner.facts.turns
        if decides and decides in changes and changes[decides] != existing.get(decides):
            return {prop: blank for prop, blank in inner.facts.blank.items() if prop in inner.by_prop}
        return {
            part.prop: stripped(self._shapes, inner, part, existing[part.prop])
            for part in inner.own
            if existing.get(part.prop) is not None
        }

    def _list(self, shape: Shape, part: Part, wanted: Sequence[Any], existing: Sequence[Any]) -> list[Any]:
        inner = self._shapes.inner(shape.type, part)
        if inner is None:
            return [self._one(shape, part, one, None) for one in wanted]
        written = self._elements(shape, part, inner, wanted, existing)
        slots = inner.facts.slots
        return (
            written if slots is None else written + [dict(slots.unused) for _one in range(slots.count - len(written))]
        )

    def _elements(
        self, shape: Shape, part: Part, inner: Shape, wanted: Sequence[Item], existing: Sequence[Body]
    ) -> list[Body]:
        """Each wanted element with what else the one had that it stands for, wherever that was in the list."""
        bodies = list(existing)
        items = [self._showing.one(shape, part, body) for body in bodies]
        if part.standing:
            return self._standing(inner, wanted, items, bodies)
        written = []
        for one in wanted:
            place = self._comparing.partner(inner, one, items)
            there = None if place is None else bodies.pop(place)
            if place is not None:
                items.pop(place)
            written.append(self._structured(inner, one, there))
        return written

    def _standing(
        self, inner: Shape, wanted: Sequence[Item], items: Sequence[Item], bodies: Sequence[Body]
    ) -> list[Body]:
        """All that are there, in their order, with what is wanted of some."""
        written = [self._structured(inner, {}, body) for body in bodies]
        for one in wanted:
            place = self._comparing.partner(inner, one, items)
            if place is None:
                written.append(self._structured(inner, one, None))
            else:
                written[place] = self._structured(inner, one, bodies[place])
        return written


def stripped(shapes: Shapes, shape: Shape, part: Part, value: Any) -> Any:
    """A value as it was read, without what the PBX adds by itself and without nulls."""
    if isinstance(value, list):
        return [stripped(shapes, shape, part, one) for one in value]
    inner = shapes.inner(shape.type, part)
    if inner is None or not isinstance(value, dict):
        return value
    kept = {one.prop: one for one in inner.own if value.get(one.prop) is not None}
    named = {inner.key.prop: value[inner.key.prop]} if inner.refers and inner.key and inner.key.prop in value else {}
    return {**named, **{prop: stripped(shapes, inner, one, value[prop]) for prop, one in kept.items()}}
