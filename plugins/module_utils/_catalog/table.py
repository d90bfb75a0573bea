# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated facts, read entry by entry when they are asked for. PRIVATE to the collection.

The facts are text, because Python compiles one long text hundreds of times faster than the thousands of objects that
it stands for, and a module process compiles all it imports. The notation is that of tools/catalog.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

# A line begins with a name, and goes on in those that begin with a blank.
HEAD = re.compile(r"^([^\s@]+)(?:@(\S+))?(?=\s)", re.MULTILINE)


@lru_cache(maxsize=256)
def holds(versions: str, number: int) -> bool:
    """Whether "4-7,9" holds for 20.0.number. Without versions it holds for all."""
    if not versions:
        return True
    runs = (run.partition("-") for run in versions.split(","))
    return any(int(first) <= number <= int(last or first) for first, _dash, last in runs)


class Table(Mapping[str, T], Generic[T]):
    """The entries that one version has in a text of facts, by name and in its order."""

    def __init__(self, facts: str, number: int, parse: Callable[[str, list[str]], T]) -> None:
        """number: the N of 20.0.N. parse: a name and the facts that this version has -> what stands in the table."""
        self._facts = facts
        self._number = number
        self._parse = parse
        self._places: dict[str, tuple[int, int]] | None = None
        self._parsed: dict[str, T] = {}

    def _index(self) -> dict[str, tuple[int, int]]:
        if self._places is None:
            heads = list(HEAD.finditer(self._facts))
            ends = [head.start() for head in heads[1:]] + [len(self._facts)]
            self._places = {
                head[1]: (head.end(), end)
                for head, end in zip(heads, ends, strict=True)
                if holds(head[2] or "", self._number)
            }
        return self._places

    def __getitem__(self, name: str) -> T:
        if name not in self._parsed:
            start, end = self._index()[name]
            pairs = (fact.partition("@") for fact in self._facts[start:end].split())
            facts = [fact for fact, _at, versions in pairs if holds(versions, self._number)]
            self._parsed[name] = self._parse(name, facts)
        return self._parsed[name]

    def __contains__(self, name: object) -> bool:
        return name in self._index()

    def __iter__(self) -> Iterator[str]:
        return iter(self._index())

    def __len__(self) -> int:
        return len(self._index())
