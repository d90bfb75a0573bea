# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed reading of entities: computed properties, navigation, checks of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.simulator.errors import bad_query
from tests.simulator.facts.catalog import Catalog
from tests.simulator.facts.grammar import Kind

Entity = dict[str, Any]
View = Callable[[Entity], Entity]
Navigation = Callable[[Entity], Any]


class Types:
    """The entity and complex types of one version, with what the models compute for them."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.views: dict[str, View] = {}
        self.navigations: dict[tuple[str, str], Navigation] = {}

    def properties(self, type_name: str) -> dict[str, Kind]:
        """All properties of a type, in the order in which they are served."""
        return self.catalog.types.get(type_name, {})

    def property(self, type_name: str, name: str) -> Kind:
        """The kind of a property that a query option names; unknown -> 400."""
        kind = self.properties(type_name).get(name)
        if kind is None:
            raise bad_query(f"Could not find a property named '{name}' on type 'Pbx.{type_name}'.")
        return kind

    def is_structured(self, name: str) -> bool:
        """True for entity and complex types, false for scalars and enums."""
        return name in self.catalog.types

    def view(self, type_name: str, entity: Entity) -> Entity:
        """The entity with its computed properties."""
        compute = self.views.get(type_name)
        return compute(entity) if compute else entity

    def navigate(self, type_name: str, entity: Entity, name: str) -> Any:
        """What a navigation property leads to: an entity, a list of them, or None."""
        follow = self.navigations.get((type_name, name))
        return follow(entity) if follow else entity.get(name)
