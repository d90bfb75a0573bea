# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of an item: what the contract says of a type, and what it does not. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ..._catalog.catalog import Catalog, Property
from .facts import CONCEALED, PLACES, TYPES, Facts, Reference, facts_of


@dataclass(frozen=True)
class Part:
    """One property. type: a scalar type, an enum or a structured type of the contract.

    secret: written, never read or shown. decided: only the PBX decides it. elsewhere: why it is not written here.
    standing: see Facts.
    wrapped: the property that holds the text of a concealed password, "" for everything else.
    meaning: where the type does not tell when two values are the same.
    words: the only texts that it may be, empty where any will do.
    """

    option: str
    prop: str
    type: str
    collection: bool
    nullable: bool
    navigation: bool
    secret: bool = False
    decided: bool = False
    ordered: bool = False
    standing: bool = False
    elsewhere: str = ""
    reference: Reference | None = None
    wrapped: str = ""
    meaning: Callable[[Any], Hashable] | None = None
    words: tuple[str, ...] = ()

    @property
    def written(self) -> bool:
        return not self.decided and not self.elsewhere


class Shape:
    """A structured type. parts: by option name, in the order of the contract.

    refers: set where a value of this shape only names something; it is then known by one of `facts.names`.
    """

    def __init__(self, type_name: str, facts: Facts, parts: Mapping[str, Part]) -> None:
        self.type = type_name
        self.facts = facts
        self.parts = parts

    @property
    def refers(self) -> Reference | None:
        return self.facts.refers

    @cached_property
    def by_prop(self) -> dict[str, Part]:
        return {part.prop: part for part in self.parts.values()}

    @cached_property
    def key(self) -> Part | None:
        """What elements of a list are known by; None where it is their content."""
        return self.by_prop.get(self.facts.key)

    @cached_property
    def own(self) -> tuple[Part, ...]:
        """The parts that are written; what only names the thing referred to is none of them."""
        naming = self.facts.names if self.refers else ()
        return tuple(part for part in self.parts.values() if part.written and part.option not in naming)


class Shapes:
    """The shapes of one version, made when they are asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._made: dict[str, Shape] = {}
        self._members: dict[str, tuple[str, ...] | None] = {}
        self._structured: dict[str, bool] = {}

    def members(self, type_name: str) -> tuple[str, ...] | None:
        """Of an enumeration; None for every other type."""
        if type_name not in self._members:
            self._members[type_name] = self.catalog.enum(type_name)
        return self._members[type_name]

    def of(self, type_name: str) -> Shape:
        made = self._made.get(type_name)
        if made is None:
            facts = facts_of(type_name)
            properties = self.catalog.type(type_name).properties.values()
            made = Shape(type_name, facts, {one.option: _part(facts, one) for one in properties})
            self._made[type_name] = made
        return made

    def inner(self, owner: str, part: Part) -> Shape | None:
        """The shape of a structured value; None for a single value, an enum and a concealed password."""
        if part.wrapped or not self.structured(part.type):
            return None
        place = PLACES.get((owner, part.prop))
        return self.of(part.type) if place is None else self._named(place)

    def _named(self, place: Reference) -> Shape:
        """A reference and nothing else, whatever the contract's type could hold."""
        peer = self.of("Peer")
        facts = replace(TYPES["Peer"], refers=place)
        return Shape("Peer", facts, {name: peer.parts[name] for name in facts.names if name in peer.parts})

    def structured(self, type_name: str) -> bool:
        known = self._structured.get(type_name)
        if known is None:
            known = self._structured[type_name] = self.members(type_name) is None and type_name in self.catalog.types
        return known


def _part(facts: Facts, one: Property) -> Part:
    wrapped = CONCEALED.get(one.type, "")
    return Part(
        one.option,
        one.name,
        one.type,
        one.collection,
        one.nullable,
        one.navigation,
        secret=bool(wrapped) or one.name in facts.secrets,
        decided=one.read_only or one.name in facts.decided,
        ordered=one.name in facts.ordered,
        standing=one.name in facts.standing,
        elsewhere=facts.elsewhere.get(one.name, ""),
        reference=facts.references.get(one.name),
        wrapped=wrapped,
        meaning=facts.meanings.get(one.name),
        words=facts.words.get(one.name, ()),
    )
