# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether two values mean the same. PRIVATE to the collection.

Wanted values may be partial: within a structured value only the keys that were given count. Both sides are items, with
references spelled alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from ..model import Item
from .scalars import scalar
from .shapes import Part, Shape, Shapes

MISSING = (None, "")


class Comparing:
    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes

    def differing(self, shape: Shape, wanted: Item, existing: Item) -> Item:
        """The wanted values that mean something else than what is there. Secrets cannot be compared."""
        return {
            part.option: wanted[part.option]
            for part in shape.own
            if part.option in wanted
            and not part.secret
            and not self.same(shape, part, wanted[part.option], existing.get(part.option))
        }

    def same(self, shape: Shape, part: Part, wanted: Any, existing: Any) -> bool:
        if part.meaning is not None:
            return bool(part.meaning(wanted or _blank(part)) == part.meaning(existing or _blank(part)))
        if part.collection:
            return self._same_list(shape, part, wanted or [], existing or [])
        return self._same_one(shape, part, wanted, existing)

    def _same_one(self, shape: Shape, part: Part, wanted: Any, existing: Any) -> bool:
        inner = self._shapes.inner(shape.type, part)
        if inner is None:
            return bool(self.meaning(part, wanted) == self.meaning(part, existing))
        if not isinstance(wanted, dict) or not isinstance(existing, dict):
            return wanted in MISSING and existing in MISSING
        return self._same_item(inner, wanted, existing)

    def _same_item(self, shape: Shape, wanted: Item, existing: Item) -> bool:
        if shape.refers is not None and _name(shape, wanted) != _name(shape, existing):
            return False
        return not self.differing(shape, wanted, existing)

    def meaning(self, part: Part, value: Any) -> Hashable:
        """Of one single value."""
        if value in MISSING:
            return None
        if self._shapes.catalog.is_flags(part.type) and isinstance(value, str):
            return frozenset(one.strip() for one in value.split(","))
        if part.reference is not None or self._shapes.members(part.type) is not None:
            known: Hashable = value
            return known
        return scalar(part.type).mean(value)

    def _same_list(self, shape: Shape, part: Part, wanted: Sequence[Any], existing: Sequence[Any]) -> bool:
        inner = self._shapes.inner(shape.type, part)
        if inner is None:
            return self._same_singles(part, wanted, existing)
        if part.standing:
            return all(self._stands(inner, one, existing) for one in wanted)
        return len(wanted) == len(existing) and self._same_elements(inner, part, wanted, existing)

    def _stands(self, inner: Shape, one: Any, existing: Sequence[Any]) -> bool:
        place = self.partner(inner, one, existing)
        return place is not None and self._same_item(inner, one, existing[place])

    def _same_singles(self, part: Part, wanted: Sequence[Any], existing: Sequence[Any]) -> bool:
        ours = [self.meaning(part, one) for one in wanted]
        theirs = [self.meaning(part, one) for one in existing]
        return ours == theirs if part.ordered else set(ours) == set(theirs)

    def partner(self, shape: Shape, wanted: Any, existing: Sequence[Any]) -> int | None:
        """The place of the element that a wanted one stands for: by its key, or where it has none by its content."""
        known_by = self._known_by(shape, wanted)
        for place, one in enumerate(existing):
            if known_by is None:
                found = isinstance(wanted, dict) and isinstance(one, dict) and self._same_item(shape, wanted, one)
            else:
                found = self._known_by(shape, one) == known_by
            if found:
                return place
        return None

    def _known_by(self, shape: Shape, item: Any) -> Hashable:
        if not isinstance(item, dict):
            return None
        if shape.refers is not None:
            return _name(shape, item)
        if shape.key is None or item.get(shape.key.option) in MISSING:
            return None
        return self.meaning(shape.key, item[shape.key.option])

    def _same_elements(self, inner: Shape, part: Part, wanted: Sequence[Any], existing: Sequence[Any]) -> bool:
        """Of lists of one length. In an ordered list each has to be in its place."""
        free = list(existing)
        for one in wanted:
            place = self.partner(inner, one, free[:1] if part.ordered else free)
            if place is None or not self._same_item(inner, one, free.pop(place)):
                return False
        return True


def _name(shape: Shape, item: Item) -> Hashable:
    return next(((option, item[option]) for option in shape.facts.names if item.get(option) is not None), None)


def _blank(part: Part) -> Any:
    return [] if part.collection else ""
