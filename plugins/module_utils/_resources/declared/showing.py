# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies of the XAPI as items: option names, names for ids, nothing secret. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..model import Body, Item
from .leading import with_kind
from .names import Names
from .shapes import Part, Shape, Shapes


class Showing:
    def __init__(self, shapes: Shapes, names: Names) -> None:
        self._shapes = shapes
        self._names = names

    def item(self, shape: Shape, body: Body, parts: Iterable[Part]) -> Item:
        """All of the parts: what the PBX left out is shown as empty."""
        return {part.option: self.value(shape, part, body.get(part.prop)) for part in parts if not part.secret}

    def value(self, shape: Shape, part: Part, value: Any) -> Any:
        if value is None:
            return empty(self._shapes, part)
        if part.collection:
            return [self.one(shape, part, one) for one in self._used(part, value)]
        return self.one(shape, part, value)

    def _used(self, part: Part, elements: list[Any]) -> list[Any]:
        slots = self._shapes.of(part.type).facts.slots if self._shapes.structured(part.type) else None
        return elements if slots is None else [one for one in elements if slots.used(one)]

    def one(self, shape: Shape, part: Part, value: Any) -> Any:
        """A single value, or one element of a list."""
        inner = self._shapes.inner(shape.type, part)
        if inner is not None and isinstance(value, dict):
            return self._structured(inner, value)
        return value if part.reference is None else self._names.shown(part.reference, value)

    def _structured(self, inner: Shape, body: Body) -> Item:
        """Only what the PBX sent; nothing that it decides by itself."""
        naming = self._naming(inner, body) if inner.refers is not None else {}
        return {
            **naming,
            **{
                part.option: self.value(inner, part, body[part.prop])
                for part in inner.own
                if body.get(part.prop) is not None and not part.secret
            },
        }

    def _naming(self, inner: Shape, body: Body) -> Item:
        """By the name that everybody uses, else by what the PBX told along with it."""
        if inner.refers is not None and inner.key is not None:
            try:
                row = self._names.named(inner.refers, {inner.key.option: body.get(inner.key.prop)})
                return self._names.label(inner.refers, row)
            except ValueError:
                pass
        for option in inner.facts.names:
            value = body.get(inner.parts[option].prop) if option in inner.parts else None
            if value is not None:
                return {option: value}
        return {}

    def spelled(self, shape: Shape, item: Item) -> Item:
        """A wanted item as the PBX would show it: references by their usual names, and what follows from them.
        After they were resolved."""
        spelled = {option: self._spelled(shape, shape.parts.get(option), value) for option, value in item.items()}
        return with_kind(shape, spelled, self._names)

    def _spelled(self, shape: Shape, part: Part | None, value: Any) -> Any:
        if part is None:
            return value
        if isinstance(value, list):
            return [self._spelled(shape, part, one) for one in value]
        inner = self._shapes.inner(shape.type, part)
        if inner is None:
            return self._usual(part, value)
        if not isinstance(value, dict):
            return value
        spelled = self.spelled(inner, value)
        if inner.refers is None:
            return spelled
        label = self._names.label(inner.refers, self._names.named(inner.refers, value))
        own = {one.option for one in inner.own}
        return {**label, **{option: one for option, one in spelled.items() if option in own}}

    def _usual(self, part: Part, value: Any) -> Any:
        if part.reference is None or value in (None, ""):
            return value
        return self._names.shown(part.reference, self._names.sent(part.reference, value))


def empty(shapes: Shapes, part: Part) -> Any:
    """What stands in an item for a property that the PBX left out: null keys are dropped (REALITY.md section 3).

    None for what cannot be cleared, so that an item that was shown can be given again.
    """
    if part.collection:
        return []
    if part.wrapped or part.reference is not None:
        return None
    texts = ("datetime", "date", "time", "duration", "uuid", "binary")
    clearable = part.nullable and (part.type in texts or shapes.members(part.type) is not None)
    return "" if part.type == "string" or clearable else None
