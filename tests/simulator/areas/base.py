# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entity sets and singletons: storage, keys and the life of an entity. Areas override what they model."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from tests.simulator.errors import refused
from tests.simulator.facts.catalog import SetFacts
from tests.simulator.odata import concealed

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


ROW = "_row"


def merged(pbx: Pbx, type_name: str, entity: Entity, body: Entity) -> Entity:
    """An entity as a partial body would make it; collections are replaced as a whole."""
    draft = copy.deepcopy(entity)
    for name, value in body.items():
        both = isinstance(value, dict) and isinstance(draft.get(name), dict)
        if both and pbx.switches.word("patch_complex") == "merge":
            draft[name] = {**draft[name], **value}
        else:
            draft[name] = value
    return concealed.kept(pbx.types, type_name, draft, entity)


class EntitySet:
    """A set with the plain OData behaviour: what is posted is stored, what is patched is merged."""

    modelled = False
    read_only: frozenset[str] = frozenset()  # silently kept at the server's value, as an echo

    def __init__(self, pbx: Pbx, facts: SetFacts) -> None:
        self.pbx = pbx
        self.name = facts.name
        self.type = facts.type
        self.key = facts.key
        self.key_kind = facts.key_kind or self._kind_of_id()
        self.rows: dict[Any, Entity] = {}
        self.last_id = 0

    # Reading

    def entities(self) -> list[Entity]:
        """All entities, in the order of their making."""
        return list(self.rows.values())

    def find(self, key: Any) -> Entity | None:
        """The entity with this key."""
        return self.rows.get(key)

    def find_by(self, name: str, value: Any) -> Entity | None:
        """The first entity with this value of a property."""
        return next((row for row in self.entities() if row.get(name) == value), None)

    def view(self, entity: Entity) -> Entity:
        """The entity with what the server computes."""
        return entity

    # Writing

    def create(self, body: Entity) -> Entity:
        """Makes an entity out of a bound body; ApiError refuses it, and nothing has changed then."""
        draft = concealed.kept(self.pbx.types, self.type, {**self.defaults(), **self._strip(body)}, None)
        self.accept(draft, None)
        self._assign_key(draft)
        self.rows[draft[self.key_name()]] = draft
        self.changed(draft, None)
        return draft

    def put(self, row: Entity) -> Entity:
        """Places an entity as it is, without any rule: for what the PBX itself writes."""
        self._assign_key(row)
        self.rows[row[self.key_name()]] = row
        return row

    def update(self, entity: Entity, body: Entity) -> None:
        """Changes an entity in place by a partial body; ApiError refuses it, and nothing has changed then."""
        draft = self.merged(entity, self._strip(body))
        if draft.get(self.key_name()) != entity[self.key_name()]:
            raise refused(self.key_name(), "XAPI.FORBIDDEN_CHANGE")
        self.accept(draft, entity)
        before = copy.deepcopy(entity)
        entity.clear()
        entity.update(draft)
        self.changed(entity, before)

    def delete(self, entity: Entity) -> None:
        """Removes an entity; ApiError refuses it."""
        self.releasing(entity)
        del self.rows[entity[self.key_name()]]
        self.released(entity)

    def merged(self, entity: Entity, body: Entity) -> Entity:
        """The entity as the body would make it; collections are replaced as a whole."""
        return merged(self.pbx, self.type, entity, body)

    # What a model fills in

    def defaults(self) -> Entity:
        """What the server sets when a client leaves it out."""
        return {}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        """Checks and normalises a draft (``before`` is None for a new one) before anything is stored."""

    def changed(self, entity: Entity, before: Entity | None) -> None:
        """Effects of a stored creation or change on other entities."""

    def releasing(self, entity: Entity) -> None:
        """Refuses a deletion by raising."""

    def released(self, entity: Entity) -> None:
        """Effects of a deletion on other entities."""

    # Keys

    def key_name(self) -> str:
        """The property under which entities are stored; sets without one count their rows."""
        return self.key or ("Id" if self.key_kind else ROW)

    def _kind_of_id(self) -> str | None:
        own = self.pbx.types.properties(self.type).get("Id")
        return own.name if own else None

    def next_id(self) -> int:
        """A fresh integer key."""
        self.last_id += 1
        return self.last_id

    def _assign_key(self, draft: Entity) -> None:
        name = self.key_name()
        if self.key_kind in (None, "int32"):
            draft[name] = self.next_id()
        elif name == "Id" and not draft.get(name):
            draft[name] = self._text_id()
        elif not draft.get(name):
            raise refused(name, "XAPI.REQUIRED")
        elif draft[name] in self.rows:
            raise refused(name, "XAPI.ALREADY_IN_USE")

    def _text_id(self) -> str:
        number = self.next_id()
        return f"00000000-0000-0000-0000-{number:012d}" if self.key_kind == "uuid" else str(number)

    def _strip(self, body: Entity) -> Entity:
        kept = {name: value for name, value in body.items() if name not in self.read_only}
        if self.key_kind == "int32":
            kept.pop(self.key_name(), None)
        return kept


class Singleton:
    """A singleton that stores what is patched."""

    modelled = False
    read_only: frozenset[str] = frozenset(("Id",))

    def __init__(self, pbx: Pbx, name: str, type_name: str) -> None:
        self.pbx = pbx
        self.name = name
        self.type = type_name
        self.values: Entity = {}

    def entity(self) -> Entity:
        """The present values."""
        key = self.pbx.types.properties(self.type).get("Id")
        if key is None:
            return self.values
        return {"Id": 0 if key.name == "int32" else "0", **self.values}

    def update(self, body: Entity) -> None:
        """Merges a partial body; ApiError refuses it, and nothing has changed then."""
        kept = {name: value for name, value in body.items() if name not in self.read_only}
        draft = merged(self.pbx, self.type, self.values, kept)
        self.accept(draft)
        self.values.clear()
        self.values.update(draft)
        self.changed()

    def accept(self, draft: Entity) -> None:
        """Checks and normalises the values as they would be."""

    def changed(self) -> None:
        """Effects of a stored change."""
