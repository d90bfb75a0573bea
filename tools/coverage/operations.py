# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the XAPI offers, operation by operation, with the versions that have it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, Catalog, catalog_for

ENTITY_VERBS = {"GET": "get", "PATCH": "update", "DELETE": "delete"}
SET_VERBS = {"GET": "list", "POST": "create"}


@dataclass(frozen=True)
class Operation:
    """text: "GET /Users({Id})", as the catalog writes it. versions: those that have it, oldest first.

    verb: list, get, create, update, delete, alternate (get by an alternate key), navigation, function or action.
    owner: the set or singleton; for a call that stands by itself, its name. place: "Users", "Users/Groups" for a
    navigation, the route of a call.
    """

    text: str
    versions: tuple[str, ...]
    verb: str
    owner: str
    place: str

    @property
    def method(self) -> str:
        return self.text.partition(" ")[0]

    @property
    def path(self) -> str:
        return self.text.partition(" /")[2]

    @property
    def catalog(self) -> Catalog:
        """That of the newest version that has the operation."""
        return catalog_for(self.versions[-1])


def every_operation() -> list[Operation]:
    """All operations that some version has, in alphabetical order of their owners and paths."""
    having: dict[str, list[str]] = defaultdict(list)
    for version in VERSIONS:
        for text in catalog_for(version).operations():
            having[text].append(version)
    found = [_parsed(text, tuple(versions)) for text, versions in having.items()]
    return sorted(found, key=lambda one: (one.owner, one.path, one.method))


def _parsed(text: str, versions: tuple[str, ...]) -> Operation:
    method, _blank, path = text.partition(" /")
    first, _slash, second = path.partition("/")
    owner, bracket, inside = first.partition("(")
    catalog = catalog_for(versions[-1])
    route = f"{owner}{'(#)' if bracket else ''}/{second.partition('(')[0]}" if second else owner
    if route in catalog.calls:
        return Operation(text, versions, catalog.calls[route].kind, owner, route)
    if second:
        return Operation(text, versions, "navigation", owner, f"{owner}/{second}")
    if "=" in inside:
        return Operation(text, versions, "alternate", owner, owner)
    one_thing = bracket or owner in catalog.singletons
    return Operation(text, versions, (ENTITY_VERBS if one_thing else SET_VERBS)[method], owner, owner)
