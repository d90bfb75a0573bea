# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which unlisted items may go. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Item, Wanted
from ..port import Port
from .kind import Kind
from .taking import option_of


class PurgeFilter:
    """given: fields and the value, or the list of values, that an item must have. All fields have to fit.

    Raises ValueError for a field or a value that items cannot have.
    """

    def __init__(self, kind: Kind, given: Mapping[str, Any]) -> None:
        self._kind = kind
        shape = kind.shape
        named = {option_of(shape, str(name)): value for name, value in given.items()}
        strange = [name for name in named if name not in shape.parts]
        if strange:
            raise ValueError(f"purge_filter: {shape.type} has no field {', '.join(strange)}")
        self._choices = {name: [self._taken(name, one) for one in self._several(name, named[name])] for name in named}

    @property
    def options(self) -> set[str]:
        return set(self._choices)

    def _several(self, name: str, value: Any) -> list[Any]:
        """A list is a choice of values, except where the value itself is one."""
        return value if isinstance(value, list) and not self._kind.shape.parts[name].collection else [value]

    def _taken(self, name: str, value: Any) -> Any:
        if value is None:
            return None
        problems = self._kind.problems({name: value})
        if problems:
            raise ValueError("; ".join(f"purge_filter: {path} {message}" for path, message in problems))
        return self._kind.taken({name: value})[name]

    def resolve(self, port: Port) -> None:
        """References by their usual names, so that they compare with what is read."""
        items = [{name: one} for name, choices in self._choices.items() for one in choices if one is not None]
        parts = [self._kind.shape.parts[name] for name in self._choices]
        if items:
            self._kind.load_names(port, [Wanted(place, item) for place, item in enumerate(items)], parts)
        problems = [problem for item in items for problem in self._kind.unresolved(item)]
        if problems:
            raise ValueError("; ".join(f"purge_filter: {path}: {message}" for path, message in problems))
        self._choices = {name: [self._spelled(name, one) for one in them] for name, them in self._choices.items()}

    def _spelled(self, name: str, value: Any) -> Any:
        return None if value is None else self._kind.showing.spelled(self._kind.shape, {name: value})[name]

    def takes(self, item: Item) -> bool:
        return all(any(self._same(name, one, item) for one in choices) for name, choices in self._choices.items())

    def _same(self, name: str, wanted: Any, item: Item) -> bool:
        shape = self._kind.shape
        return self._kind.comparing.same(shape, shape.parts[name], wanted, item.get(name))
