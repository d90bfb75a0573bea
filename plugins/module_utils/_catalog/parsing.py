# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From facts in the notation of tools/catalog to what the catalog tells. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .shapes import Call, EntitySet, EntityType, Property, Singleton

PROPERTY = re.compile(r"(\w*)(?::(\[)?(\w+)\]?)?([?!^]*)")
ANY_MEDIA = "*/*"


def parse_property(fact: str) -> Property:
    """``Name``, ``Name:int32?``, ``Name:[UserGroup]!^``."""
    match = PROPERTY.fullmatch(fact)
    if match is None:
        raise ValueError(f"no property: {fact}")
    name, bracket, type_name, marks = match.groups()
    return Property(
        name,
        type_name or "string",
        collection=bracket is not None,
        nullable="?" in marks or type_name is None,
        navigation="!" in marks,
        read_only="^" in marks,
    )


def _properties(facts: Iterable[str]) -> dict[str, Property]:
    return {prop.name: prop for prop in map(parse_property, facts)}


def parse_type(name: str, facts: list[str]) -> EntityType:
    return EntityType(name, _properties(facts))


def parse_set(name: str, facts: list[str]) -> EntitySet:
    key = next((parse_property(fact[1:]) for fact in facts if fact[0] == "#"), None)
    alternate = next((parse_property(fact[1:]) for fact in facts if fact[0] == "="), None)
    return EntitySet(
        name,
        _type_name(facts),
        key.name if key else None,
        key.type if key else None,
        _verbs(facts),
        alternate.name if alternate else None,
        _navigations(facts),
    )


def parse_singleton(name: str, facts: list[str]) -> Singleton:
    return Singleton(name, _type_name(facts), _verbs(facts), _navigations(facts))


def _type_name(facts: list[str]) -> str:
    return next(fact[1:] for fact in facts if fact[0] == ":")


def _verbs(facts: list[str]) -> frozenset[str]:
    return frozenset(fact for fact in facts if fact[0] not in ":#=/")


def _navigations(facts: list[str]) -> tuple[str, ...]:
    return tuple(fact[1:] for fact in facts if fact[0] == "/")


def parse_call(route: str, facts: list[str], bound: str) -> Call:
    """bound: as in Call; it cannot be told from the facts of one call."""
    owner, _slash, name = route.rpartition("/")
    result = next((parse_property(":" + fact[1:]) for fact in facts if fact[0] == ">"), None)
    return Call(
        route,
        kind=facts[0],
        bound=bound,
        owner=owner.removesuffix("(#)"),
        name=name,
        parameters=_properties(fact for fact in facts[1:] if fact[0] not in ">$~"),
        result=result,
        queryable="$" in facts or "$-" in facts,
        selectable="$" in facts,
        media=ANY_MEDIA if "~" in facts else "",
    )
