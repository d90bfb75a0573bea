# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalog tells of sets, types and calls. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .names import snake


@dataclass(frozen=True)
class Property:
    """A property of a structured type, a parameter of a call, or what a call answers with (then without a name).

    type: string, int32, int64, decimal, double, float, boolean, datetime, date, time, duration, uuid, binary, object,
    or the name of an enumeration or structured type. read_only: the PBX decides the value. The Id of a type that can
    be managed is read-only in an item of its own; in a navigation, such as CallFlowApp.Trunk, it tells which one is
    meant.
    """

    name: str
    type: str = "string"
    collection: bool = False
    nullable: bool = False
    navigation: bool = False
    read_only: bool = False

    @property
    def option(self) -> str:
        return snake(self.name)


@dataclass(frozen=True)
class EntityType:
    """A structured type with all its properties by XAPI name, inherited ones first, in the contract's order."""

    name: str
    properties: Mapping[str, Property]

    @cached_property
    def _by_option(self) -> dict[str, Property]:
        return {prop.option: prop for prop in self.properties.values()}

    def by_option(self, option: str) -> Property | None:
        """The property that an option stands for. Mapping names is one to one within a type."""
        return self._by_option.get(option)


@dataclass(frozen=True)
class EntitySet:
    """key: None if no entity can be addressed. verbs: of list, get, create, update and delete.

    alternate_key: a property that also addresses an entity, in GET only. navigations: what can be read as
    Set(key)/Name.
    """

    name: str
    type: str
    key: str | None
    key_type: str | None
    verbs: frozenset[str]
    alternate_key: str | None
    navigations: tuple[str, ...]


@dataclass(frozen=True)
class Singleton:
    """verbs: of get and update. navigations: what can be read as Singleton/Name."""

    name: str
    type: str
    verbs: frozenset[str]
    navigations: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """An action (POST) or a function (GET).

    route: "Backups/Pbx.Backup", "Users(#)/Pbx.Regenerate", "GetUpdates". bound: to "set", "entity" or "singleton", ""
    for one that stands by itself. owner: the set or singleton, "" if there is none. What has no operations besides its
    calls, such as ActivityLog, counts as a set, though it is not among the catalog's sets. parameters: in the
    contract's order, on which functions insist (REALITY.md, section 3). result: None if there is no content.
    queryable: takes $top, $filter and so on. selectable: takes $select, $orderby and $expand, too.
    media: of an answer that is not JSON. The contract knows none; that Download functions answer with a file is said by
    their name only.
    """

    route: str
    kind: str
    bound: str
    owner: str
    name: str
    parameters: Mapping[str, Property] = field(default_factory=dict)
    result: Property | None = None
    queryable: bool = False
    selectable: bool = False
    media: str = ""
