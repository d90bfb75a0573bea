# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading no more of a set than is needed. PRIVATE to the collection.

Secrets are never selected, and navigation properties, which cost the PBX a join each, only when they are wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from ..._catalog.catalog import EntitySet
from ..._xapi.errors import NotFound, Refused
from ..._xapi.odata import key, member_filters
from ..literals import typed
from ..model import Body, Item
from ..port import Port
from .identities import Identities, lookup
from .names import AT_ONCE
from .shapes import Part, Shape, Shapes


class Expanding:
    """Navigation properties in a query, with what belongs to them in turn."""

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes

    def text(self, owner: Shape, parts: Iterable[Part]) -> str | None:
        return ",".join(self._expanded(owner, part) for part in parts if part.navigation) or None

    def _expanded(self, owner: Shape, part: Part) -> str:
        inner = self._shapes.inner(owner.type, part)
        if inner is None:
            return part.prop
        if inner.type != part.type:
            return f"{part.prop}($select=Id,Number)"
        nested = self.text(inner, inner.own)
        return f"{part.prop}($expand={nested})" if nested else part.prop


class Reading:
    """parts: what of each entity is read. pages: how many pages a listing usually has."""

    def __init__(self, shapes: Shapes, shape: Shape, entity_set: EntitySet, parts: Sequence[Part], pages: int) -> None:
        self._shapes = shapes
        self._shape = shape
        self._set = entity_set
        self._pages = pages
        self.parts = tuple(part for part in parts if not part.secret)

    @property
    def select(self) -> tuple[str, ...]:
        names = [part.prop for part in self.parts if not part.navigation]
        return tuple(dict.fromkeys([str(self._set.key), *names]))

    @property
    def expansions(self) -> list[str]:
        """One text for each navigation property."""
        expanding = Expanding(self._shapes)
        return [text for part in self.parts if (text := expanding.text(self._shape, [part])) is not None]

    def all(self, port: Port) -> list[Body]:
        return self._rows(port, None)

    def some(self, port: Port, identities: Identities, items: Sequence[Item]) -> list[Body]:
        """At least the entities that these items may mean; by name where that takes fewer requests than a listing."""
        if "list" not in self._set.verbs:
            return self._by_key(port, items)
        filters = self._filters(identities, items)
        if filters is None or len(filters) > self._pages:
            return self.all(port)
        found: dict[Any, Body] = {}
        for text in filters:
            found.update({row[str(self._set.key)]: row for row in self._rows(port, text)})
        return list(found.values())

    def _rows(self, port: Port, text: str | None) -> list[Body]:
        expansions = self.expansions
        try:
            return self._expanded_rows(port, text, self.select, expansions)
        except Refused:
            if len(expansions) < 2:
                raise
            return self._stepwise(port, text, expansions)

    def _stepwise(self, port: Port, text: str | None, expansions: Sequence[str]) -> list[Body]:
        """Some builds refuse what they expand one by one (REALITY.md section 3)."""
        name = str(self._set.key)
        rows = {row[name]: row for row in self._expanded_rows(port, text, self.select, ())}
        for one in expansions:
            for row in self._expanded_rows(port, text, (name,), [one]):
                rows.get(row[name], {}).update(row)
        return list(rows.values())

    def _expanded_rows(
        self, port: Port, text: str | None, select: Sequence[str], expansions: Sequence[str]
    ) -> list[Body]:
        expand = ",".join(expansions) or None
        return port.rows(self._set.name, select=select, filter=text, expand=expand, orderby=str(self._set.key))

    def _filters(self, identities: Identities, items: Sequence[Item]) -> list[str] | None:
        """None where an item can only be found among all."""
        asked: dict[str, list[Any]] = defaultdict(list)
        for item in items:
            identity = identities.of(item)
            prop, value = _findable(identities, item) if identity is not None else ("", None)
            if identity is not None and not prop:
                return None
            if prop:
                asked[prop].append(value)
            if item.get("id") is not None:
                asked[str(self._set.key)].append(typed(item["id"], str(self._set.key_type)))
        return [text for prop, values in asked.items() for text in member_filters(prop, values, AT_ONCE)]

    def _by_key(self, port: Port, items: Iterable[Item]) -> list[Body]:
        """For a set that cannot be listed; it is known by its key."""
        part = self._shape.by_prop[str(self._set.key)]
        found = []
        for item in items:
            try:
                found.append(port.get(key(self._set.name, item[part.option]), {"$select": list(self.select)}))
            except NotFound:
                continue
        return found


def _findable(identities: Identities, item: Item) -> tuple[str, Any]:
    """A property and the value by which a filter finds the item; ("", None) if there is none."""
    identity = identities.of(item)
    for path in identity.fields if identity is not None else ():
        _shape, part = identities.part(path)
        value = lookup(item, path)
        plain = "." not in path and part.meaning is None and part.reference is None and not part.navigation
        if plain and isinstance(value, (str, int)) and value != "" and part.type in ("string", "int32"):
            return part.prop, value
    return "", None
