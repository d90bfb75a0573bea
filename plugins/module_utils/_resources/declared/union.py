# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a type over all versions, for those who cannot ask a PBX: argument specs. PRIVATE to the collection."""

from __future__ import annotations

from ..._catalog.catalog import VERSIONS, catalog_for
from .shapes import Part, Shape, Shapes


class Union:
    """What at least one version has. The newest version that has a field decides its type."""

    def __init__(self) -> None:
        self._versions = [Shapes(catalog_for(version)) for version in reversed(VERSIONS)]

    def type_of(self, entity_set: str) -> str:
        return next(one.catalog.sets[entity_set].type for one in self._versions if entity_set in one.catalog.sets)

    def shape(self, type_name: str) -> Shape:
        shapes = [one.of(type_name) for one in self._versions if type_name in one.catalog.types]
        parts: dict[str, Part] = {}
        for shape in shapes:
            parts = {**shape.parts, **parts}
        return Shape(type_name, shapes[0].facts, parts)

    def inner(self, owner: str, part: Part) -> Shape | None:
        """Of a structured value, see Shapes.inner."""
        for one in self._versions:
            inner = one.inner(owner, part) if owner in one.catalog.types else None
            if inner is not None:
                return self.shape(part.type) if inner.type == part.type else inner
        return None

    def members(self, enum: str) -> tuple[str, ...] | None:
        """All members that some version has, those of the newest first; None for what is no enumeration."""
        found: dict[str, None] = {}
        for one in self._versions:
            found |= dict.fromkeys(one.catalog.enum(enum) or ())
        return tuple(found) or None

    def is_flags(self, enum: str) -> bool:
        return any(one.catalog.is_flags(enum) for one in self._versions)

    def has_text_key(self, entity_set: str) -> bool:
        return any(
            one.catalog.sets[entity_set].key_type == "string"
            for one in self._versions
            if entity_set in one.catalog.sets
        )
