# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a person calls an entity to its key. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._catalog.catalog import Catalog, EntitySet
from .._xapi import odata
from .calls_values import Trouble, Values
from .literals import typed
from .port import Port
from .querying_filter import filter_text

# Stands in a route for a key.
NO_KEY = "(#)"


def addressed(path: str, key: Any) -> str:
    """Users(#)/Pbx.Regenerate -> Users(29)/Pbx.Regenerate, ready to be sent."""
    owner, _mark, rest = path.partition(NO_KEY)
    return odata.key(owner, key) + rest


class Keys:
    """A key, or a mapping of fields such as {number: "100"}, checked when made and found on the PBX by `find`."""

    def __init__(self, catalog: Catalog, owner: EntitySet, given: Any) -> None:
        """Raises ValueError with a sentence if the set has no keys."""
        if owner.key is None or owner.key_type is None:
            raise ValueError(f"the entities of {owner.name} have no key")
        self.name = owner.key
        self._owner = owner
        self._given = given
        self._key: Any = None
        values = Values(catalog)
        kind = catalog.type(owner.type)
        if isinstance(given, Mapping):
            self._filter = filter_text(values, given, kind, "key")
            if not given:
                values.say("key", "is an empty dictionary")
        else:
            self._key = typed(values.single(given, kind.properties[owner.key], "key"), owner.key_type)
        self.troubles: list[Trouble] = values.troubles

    def find(self, port: Port) -> Any:
        """Costs one GET for a mapping. Raises LookupError with a sentence unless exactly one entity matches."""
        if self._key is not None:
            return self._key
        rows = port.rows(self._owner.name, select=(self.name,), filter=self._filter, orderby=self.name, limit=2)
        if len(rows) == 1:
            return rows[0][self.name]
        shown = ", ".join(f"{name} {value}" for name, value in self._given.items())
        if not rows:
            raise LookupError(f"there is nothing in {self._owner.name} with {shown}")
        raise LookupError(f"more than one entity in {self._owner.name} has {shown}; name one of them")
