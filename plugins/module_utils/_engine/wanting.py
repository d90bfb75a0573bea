# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a task's list to checked, wanted items. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from .._resources.model import Item, Place, Problem, Wanted
from .._resources.resource import Resource
from .problems import InvalidInput


def given(value: Any) -> Any:
    """Without what was left out: an omitted or null field is left alone, at every depth."""
    if isinstance(value, dict):
        return {name: given(inner) for name, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [given(inner) for inner in value]
    return value


def wanted_items(items: Iterable[Item] | Mapping[str, Item]) -> list[Wanted]:
    """The items with their places; `if_match` is not a field of the item."""
    wanted = []
    placed: Iterable[tuple[Place, Item]] = items.items() if isinstance(items, Mapping) else enumerate(items)
    for index, item in placed:
        kept = given(item)
        etag = kept.pop("if_match", None)
        wanted.append(Wanted(index, kept, etag))
    return wanted


def check_items(resource: Resource, wanted: Sequence[Wanted], state: str) -> None:
    """All that can be known to be wrong without asking the PBX."""
    problems = [problem for one in wanted for problem in _own_problems(resource, one, state)]
    problems += _repeated(resource, wanted)
    if problems:
        raise InvalidInput(resource.option, problems)


def check_references(resource: Resource, wanted: Sequence[Wanted], state: str) -> None:
    problems = [
        Problem(one.index, resource.label(one.item), field, message)
        for one in wanted
        for field, message in resource.resolve(one.item, state)
    ]
    if problems:
        raise InvalidInput(resource.option, problems)


def _own_problems(resource: Resource, one: Wanted, state: str) -> Iterator[Problem]:
    for field, message in resource.check(one.item, state):
        yield Problem(one.index, resource.label(one.item), field, message)


def _repeated(resource: Resource, wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """The same thing asked for twice: which of the two is meant?"""
    seen: dict[Any, Place] = {}
    for one in wanted:
        try:
            natural = resource.key_of(one.item)
        except ValueError:
            continue  # already reported by check()
        if natural is None:
            continue
        if natural in seen:
            message = f"is also {resource.option}[{seen[natural]}]; keep one of the two"
            yield Problem(one.index, resource.label(one.item), "", message)
        else:
            seen[natural] = one.index
