# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the XAPI offers, version by version. PRIVATE to the collection.

The facts are generated from 3CX's contract; names of sets, types and properties are those of the XAPI.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from .facts.known_calls import CALLS
from .facts.known_enums import ENUMS
from .facts.known_sets import SETS
from .facts.known_singletons import SINGLETONS
from .facts.known_types import TYPES
from .facts.versions import VERSIONS
from .parsing import parse_call, parse_set, parse_singleton, parse_type
from .shapes import Call, EntitySet, EntityType, Property, Singleton
from .table import Table

__all__ = [
    "VERSIONS",
    "Call",
    "Catalog",
    "EntitySet",
    "EntityType",
    "Property",
    "Singleton",
    "catalog_for",
    "since",
]

VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:\.\d+)*")
FLAGS = "*"
SET_VERBS = (("list", "GET"), ("create", "POST"))
ENTITY_VERBS = (("get", "GET"), ("update", "PATCH"), ("delete", "DELETE"))
SINGLETON_VERBS = (("get", "GET"), ("update", "PATCH"))


class Catalog:
    """What one version offers. Everything is parsed when it is first asked for."""

    def __init__(self, version: str) -> None:
        """version: one of VERSIONS."""
        number = int(version.rpartition(".")[2])
        self.version = version
        self.sets: Mapping[str, EntitySet] = Table(SETS, number, parse_set)
        self.singletons: Mapping[str, Singleton] = Table(SINGLETONS, number, parse_singleton)
        self.calls: Mapping[str, Call] = Table(CALLS, number, self._call)
        self.types: Mapping[str, EntityType] = Table(TYPES, number, parse_type)
        self._enums: Mapping[str, list[str]] = Table(ENUMS, number, lambda _name, members: members)

    def type(self, name: str) -> EntityType:
        """A structured type by its name without Pbx., such as User. KeyError if this version lacks it."""
        return self.types[name]

    def enum(self, name: str) -> tuple[str, ...] | None:
        """The members of an enumeration; None if there is none of this name."""
        if name not in self._enums:
            return None
        return tuple(member for member in self._enums[name] if member != FLAGS)

    def is_flags(self, name: str) -> bool:
        """Whether a value may be several members at once."""
        return name in self._enums and FLAGS in self._enums[name]

    def operations(self) -> tuple[str, ...]:
        """Every operation as "VERB /path", the path as the contract writes it, in alphabetical order."""
        return tuple(sorted([*self._set_operations(), *self._singleton_operations(), *self._call_operations()]))

    def _call(self, route: str, facts: list[str]) -> Call:
        owner, _slash, _name = route.rpartition("/")
        if owner.endswith("(#)"):
            return parse_call(route, facts, "entity")
        if owner in self.singletons:
            return parse_call(route, facts, "singleton")
        return parse_call(route, facts, "set" if owner else "")

    def _entity(self, name: str) -> str:
        return f"/{name}({{{self.sets[name].key}}})"

    def _set_operations(self) -> Iterator[str]:
        for name, one in self.sets.items():
            yield from (f"{method} /{name}" for verb, method in SET_VERBS if verb in one.verbs)
            yield from (f"{method} {self._entity(name)}" for verb, method in ENTITY_VERBS if verb in one.verbs)
            yield from (f"GET {self._entity(name)}/{navigation}" for navigation in one.navigations)
            if one.alternate_key:
                yield f"GET /{name}({one.alternate_key}={{{one.alternate_key}}})"

    def _singleton_operations(self) -> Iterator[str]:
        for name, one in self.singletons.items():
            yield from (f"{method} /{name}" for verb, method in SINGLETON_VERBS if verb in one.verbs)
            yield from (f"GET /{name}/{navigation}" for navigation in one.navigations)

    def _call_operations(self) -> Iterator[str]:
        for call in self.calls.values():
            owner = self._entity(call.owner) if call.bound == "entity" else f"/{call.owner}" if call.owner else ""
            if call.kind == "action":
                yield f"POST {owner}/{call.name}"
            else:
                parameters = ",".join(f"{name}={{{name}}}" for name in call.parameters)
                yield f"GET {owner}/{call.name}({parameters})"


def catalog_for(version: str) -> Catalog:
    """The catalog of a PBX by its version, such as 20.0.9 or 20.0.10.1234.

    A PBX that is newer than all that is known gets the newest catalog. ValueError for an older one than 20.0.4 and for
    what is no version.
    """
    match = VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"{version!r} is no version of a PBX, which looks like {VERSIONS[-1]}.1234")
    wanted = _numbers(".".join(match.groups()))
    if wanted < _numbers(VERSIONS[0]):
        raise ValueError(f"version {version} of the PBX is older than {VERSIONS[0]}, the oldest that is supported")
    return _catalog(max((known for known in VERSIONS if _numbers(known) <= wanted), key=_numbers))


@cache
def _catalog(version: str) -> Catalog:
    return Catalog(version)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def since(kind: str, name: str, member: str | None = None) -> tuple[str, ...]:
    """The versions that have something, () if none has.

    kind: "set", "singleton", "call", "type" or "enum". member: a verb of a set or singleton, a parameter of a call, a
    property of a type, a member of an enumeration.
    """
    found = {version: _members(_catalog(version), kind, name) for version in VERSIONS}
    return tuple(
        version for version, members in found.items() if members is not None and (member is None or member in members)
    )


def _members(catalog: Catalog, kind: str, name: str) -> Collection[str] | None:
    """What has the name has these; None if nothing has it."""
    if kind == "enum":
        return catalog.enum(name)
    if kind == "type":
        return catalog.types[name].properties if name in catalog.types else None
    if kind == "call":
        return catalog.calls[name].parameters if name in catalog.calls else None
    if kind == "set":
        return catalog.sets[name].verbs if name in catalog.sets else None
    if kind == "singleton":
        return catalog.singletons[name].verbs if name in catalog.singletons else None
    raise ValueError(f"the catalog has no {kind}")
