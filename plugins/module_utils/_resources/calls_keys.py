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
from .naming import plain
from .port import Port
from .querying_filter import filter_text

# Stands in a route for a key.
NO_KEY = "(#)"


def addressed(path: str, key: Any) -> str:
    """Users(#)/Pbx.Regenerate -> Users(29)/Pbx.Regenerate, ready to be sent."""
    owner, _mark, rest = path.partition(NO_KEY)
    return odata.key(owner, key) + rest


def is_alternate(owner: EntitySet, given: Any) -> bool:
    """Whether {number: "100"} is what the PBX itself takes instead of a key, as in Users(Number='100')."""
    if owner.alternate_key is None or not isinstance(given, Mapping) or len(given) != 1:
        return False
    ((name, value),) = given.items()
    return plain(str(name)) == plain(owner.alternate_key) and isinstance(value, (str, int))


class Keys:
    """A key, or a mapping of fields such as {number: "100"}, checked when made and found on the PBX by `find`.

    alternate: the alternate key, if that is what was given. It is good for reading the entity itself and nothing else.
    condition: the same as a filter.
    """

    def __init__(self, catalog: Catalog, owner: EntitySet, given: Any) -> None:
        """Raises ValueError with a sentence if the set has no keys."""
        self.alternate: dict[str, Any] | None = None
        if owner.key is None and not is_alternate(owner, given):
            raise ValueError(f"{owner.name} has no keys; use a filter")
        self._owner = owner
        self._given = given
        self._key: Any = None
        values = Values(catalog)
        kind = catalog.type(owner.type)
        if isinstance(given, Mapping):
            self.condition = filter_text(values, given, kind, "key")
            if not given:
                values.say("key", "is an empty dictionary")
            if is_alternate(owner, given):
                name = str(owner.alternate_key)
                self.alternate = {name: values.single(next(iter(given.values())), kind.properties[name], "key")}
        else:
            name = str(owner.key)
            self._key = typed(values.single(given, kind.properties[name], "key"), owner.key_type or "string")
            self.condition = odata.equals(name, self._key)
        self.troubles: list[Trouble] = values.troubles

    def find(self, port: Port) -> Any:
        """Costs one GET for a mapping. Raises LookupError with a sentence unless exactly one entity matches."""
        if self._key is not None:
            return self._key
        name = str(self._owner.key)
        rows = port.rows(self._owner.name, select=(name,), filter=self.condition, orderby=name, limit=2)
        if len(rows) == 1:
            return rows[0][name]
        if not rows:
            raise self.nothing()
        raise LookupError(f"more than one entity in {self._owner.name} has {self._shown()}; name one of them")

    def nothing(self) -> LookupError:
        """What to raise when no entity matches the mapping."""
        return LookupError(f"there is nothing in {self._owner.name} with {self._shown()}")

    def _shown(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self._given.items())
