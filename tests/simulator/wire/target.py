# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a request path means: its route in the contract, keys, arguments, and the entity it names."""

from __future__ import annotations

from typing import Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found
from tests.simulator.odata.path import Segment, key_of, named_arguments, segments
from tests.simulator.odata.types import Entity
from tests.simulator.pbx import Pbx


class Target:
    """A resolved path: its route, the key or arguments given, and what the contract offers there."""

    def __init__(self, pbx: Pbx, path: str) -> None:
        self.pbx = pbx
        self.parts = segments(path)
        self.set_name = self.parts[0].name
        self.keys: dict[str, Any] = {}
        self.arguments: dict[str, Any] = {}
        self.route = "/".join(self._normal(part, first=place == 0) for place, part in enumerate(self.parts))
        self.operations = pbx.catalog.operations.get(self.route, {})

    def _normal(self, part: Segment, *, first: bool) -> str:
        if part.arguments is None:
            return part.name
        imported = first and part.name in self.pbx.catalog.imports
        if not first or imported or part.name.startswith("Pbx."):
            self.arguments = named_arguments(part.arguments)
            return f"{part.name}()"
        return self._key(part.name, part.arguments)

    def _key(self, name: str, arguments: str) -> str:
        entity_set = self.pbx.sets.get(name)
        if entity_set is None:
            raise not_found()
        if "=" in arguments and not arguments.strip().startswith("'"):
            self.keys = named_arguments(arguments)
            if len(self.keys) != 1:
                raise not_found()
            only = next(iter(self.keys))
            if only != entity_set.key:
                return f"{name}({only}=)"
            arguments = arguments.partition("=")[2]
        if entity_set.key is None or entity_set.key_kind is None:
            raise not_found()
        self.keys = {entity_set.key: key_of(arguments, entity_set.key_kind)}
        return f"{name}(#)"

    def entity_set(self) -> EntitySet:
        """The set at the start of the path."""
        return self.pbx.sets[self.set_name]

    def entity(self) -> Entity:
        """The entity that the key names; 404 when there is none."""
        name, value = next(iter(self.keys.items()))
        entity_set = self.entity_set()
        found = entity_set.find(value) if name == entity_set.key else entity_set.find_by(name, value)
        if found is None:
            raise not_found()
        return found
