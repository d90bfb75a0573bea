# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a query reads: a set, one entity, a navigation, a singleton or a function. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._catalog.catalog import VERSIONS, Call, Catalog, EntitySet, EntityType, Singleton, catalog_for, since
from .calls_keys import NO_KEY, Keys, is_alternate
from .calls_names import PARENTHESES
from .naming import available, meant, plain

ID = "Id"


@dataclass(frozen=True)
class Source:
    """path: relative to /xapi/v1. type_name: a structured type, or that of plain values. many: whether it is a list.
    unique: the property that tells its rows apart, "" for none. queryable: whether it takes filters and the like.
    selectable: whether it takes a choice and an order of fields. plain: whether its values are texts or numbers."""

    path: str
    type_name: str
    many: bool = True
    unique: str = ""
    queryable: bool = True
    selectable: bool = True
    plain: bool = False

    def kind(self, catalog: Catalog) -> EntityType | None:
        return catalog.types.get(self.type_name)


@dataclass(frozen=True)
class Place:
    """A set or singleton as it was named, and the navigation after it."""

    owner: EntitySet | Singleton
    navigation: str = ""

    @property
    def title(self) -> str:
        return self.owner.name + (f"/{self.navigation}" if self.navigation else "")


def find_place(catalog: Catalog, text: str) -> Place:
    """Users, users, Users/Groups, Users(#)/Groups, anti_hacking_settings. Raises ValueError with a sentence."""
    head, _slash, navigation = PARENTHESES.sub("", text).strip().strip("/").partition("/")
    owner = _owner(catalog, head)
    if not navigation:
        return Place(owner)
    offered = {plain(one): one for one in owner.navigations}
    if plain(navigation) not in offered:
        words = f"; there are {', '.join(owner.navigations)}" if owner.navigations else ""
        raise ValueError(f"{owner.name} has nothing called {navigation} to go on to{words}")
    return Place(owner, offered[plain(navigation)])


def _owner(catalog: Catalog, name: str) -> EntitySet | Singleton:
    known = _named(catalog)
    if plain(name) in known:
        return known[plain(name)]
    for version in reversed(VERSIONS):
        other = _named(catalog_for(version)).get(plain(name))
        if other is not None:
            kind = "set" if isinstance(other, EntitySet) else "singleton"
            raise ValueError(f"{other.name} exists {available(since(kind, other.name))}; this PBX is {catalog.version}")
    remedy = _functions(catalog, name) or meant(name, [*catalog.sets, *catalog.singletons])
    raise ValueError(f'"{name}" is no set or singleton of the XAPI{remedy}')


def _named(catalog: Catalog) -> dict[str, EntitySet | Singleton]:
    every: dict[str, EntitySet | Singleton] = {**catalog.sets, **catalog.singletons}
    return {plain(name): one for name, one in every.items()}


def source_of(catalog: Catalog, place: Place, key: Any) -> Source:
    """key: as it was given, None for none. It is still missing in the path; where a set cannot be read by key, the path
    has no place for it. Raises ValueError with a sentence."""
    owner = place.owner
    if isinstance(owner, EntitySet):
        if place.navigation and key is None:
            raise ValueError(f"{place.title} needs a key: whose {place.navigation} are meant?")
        by_key = key is not None and ("get" in owner.verbs or is_alternate(owner, key))
        if not place.navigation and not by_key:
            return _whole_set(catalog, owner)
    path = owner.name if isinstance(owner, Singleton) else f"{owner.name}{NO_KEY}"
    if not place.navigation:
        return Source(path, owner.type, many=False)
    found = catalog.type(owner.type).properties[place.navigation]
    return Source(f"{path}/{place.navigation}", found.type, found.collection, _id_of(catalog, found.type))


def keys_of(catalog: Catalog, place: Place, key: Any) -> Keys | None:
    """None without a key. Raises ValueError with a sentence where none can be used."""
    if key is None:
        return None
    if isinstance(place.owner, Singleton):
        raise ValueError(f"{place.owner.name} is one thing and has no key")
    return Keys(catalog, place.owner, key)


def _whole_set(catalog: Catalog, owner: EntitySet) -> Source:
    if "list" not in owner.verbs:
        raise ValueError(f"{owner.name} cannot be listed{_functions(catalog, owner.name)}")
    return Source(owner.name, owner.type, unique=owner.key or _id_of(catalog, owner.type))


def _functions(catalog: Catalog, owner: str) -> str:
    """What else there is to ask: reports, for one, are functions only."""
    calls = [call for call in catalog.calls.values() if plain(call.owner) == plain(owner) and call.kind == "function"]
    return f"; use function with {' or '.join(call.route for call in calls)}" if calls else ""


def source_of_call(catalog: Catalog, call: Call, path: str) -> Source:
    """Rows of reports have nothing that is unique for certain: two calls may look alike."""
    if call.result is None:
        raise ValueError(f"{call.route} answers with nothing")
    one = call.result
    plain_values = one.type not in catalog.types
    return Source(path, one.type, one.collection, "", call.queryable, call.selectable, plain_values)


def _id_of(catalog: Catalog, type_name: str) -> str:
    properties: Mapping[str, Any] = catalog.type(type_name).properties if type_name in catalog.types else {}
    return ID if ID in properties else ""
