# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which existing thing is meant by a wanted item. PRIVATE to the collection.

By natural key, never by numeric id alone: an id disambiguates or renames, and an id from
another day may by now belong to something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from .._resources.model import Item, Problem, Record, Wanted
from .._resources.resource import Resource


class Ambiguous(Exception):
    """The item cannot be told from others. problem: what to say of it."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Matcher:
    """Finds records by natural key and id in constant time."""

    def __init__(self, resource: Resource, records: Sequence[Record]) -> None:
        self._resource = resource
        self._by_id = {record.id: record for record in records}
        self._by_key: dict[Hashable, list[Record]] = defaultdict(list)
        for record in records:
            for natural in dict.fromkeys(resource.keys_of(record.item)):
                self._by_key[natural].append(record)

    def find(self, wanted: Wanted) -> list[Record]:
        """None, the one, or several where the resource says that all of them are meant."""
        natural = self._resource.key_of(wanted.item)
        named = [] if natural is None else self._by_key.get(natural, [])
        if wanted.item.get("id") is None:
            return self._only(wanted, named)
        return self._with_id(wanted, natural, named)

    def _only(self, wanted: Wanted, named: list[Record]) -> list[Record]:
        if len(named) > 1 and not self._resource.absent_takes_all:
            raise Ambiguous(self._problem(wanted, f"{self._candidates(named)} match; give the id of the one you mean"))
        return named

    def _with_id(self, wanted: Wanted, natural: Hashable | None, named: list[Record]) -> list[Record]:
        wanted_id = wanted.item["id"]
        exact = [record for record in named if record.id == wanted_id]
        if exact:
            return exact
        other = self._by_id.get(wanted_id)
        if other is not None and named:
            message = (
                f"id {wanted_id} is {self._name(other)}, but {self._candidates(named)} has this name; "
                "drop the id or the name"
            )
            raise Ambiguous(self._problem(wanted, message))
        if other is not None:
            return [other]
        return self._only(wanted, named)

    def _problem(self, wanted: Wanted, message: str) -> Problem:
        return Problem(wanted.index, self._resource.label(wanted.item), "id", message)

    def _candidates(self, records: Sequence[Record]) -> str:
        return ", ".join(f"{self._name(record)} (id {record.id})" for record in records)

    def _name(self, record: Record) -> str:
        return f'"{self._label(record.item)}"'

    def _label(self, item: Item) -> str:
        return self._resource.label(item)
