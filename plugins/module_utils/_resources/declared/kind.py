# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One type of the contract, and everything that is done with items of it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..model import Body, Item, Wanted
from ..naming import meant
from ..port import Port
from .comparing import Comparing
from .names import Names
from .referring import Found, kinds_in, references_in, unfit
from .secrecy import Secrecy
from .shapes import Part, Shape, Shapes
from .showing import Showing
from .taking import Taking
from .writing import Writing


class Kind:
    """concealed: see Secrecy."""

    def __init__(
        self, shapes: Shapes, shape: Shape, names: Names, concealed: Mapping[str, bool] = MappingProxyType({})
    ) -> None:
        self.shapes = shapes
        self.shape = shape
        self.names = names
        self.secrecy = Secrecy(shapes, concealed)
        self.showing = Showing(shapes, names)
        self.comparing = Comparing(shapes)
        self.writing = Writing(shapes, names)

    # --- input

    def taken(self, item: Item) -> Item:
        return Taking(self.shapes).item(self.shape, item)

    def problems(self, item: Item) -> list[tuple[str, str]]:
        taking = Taking(self.shapes)
        taking.item(self.shape, item)
        return taking.problems

    def references(self, item: Item) -> Iterable[Found]:
        return references_in(self.shapes, self.shape, item)

    def load_names(self, port: Port, wanted: Sequence[Wanted], parts: Iterable[Part]) -> None:
        """What is needed to understand these items, and to show these parts by name."""
        found = [one for each in wanted for one in self.references(each.item)]
        for kind in kinds_in(self.shapes, self.shape, parts):
            self.names.load(port, kind, [text for one in found if one.reference.to == kind for text in one.texts])

    def unresolved(self, item: Item) -> Iterable[tuple[str, str]]:
        problems = [(found.path, text) for found in self.references(item) if (text := found.problem(self.names))]
        return problems or unfit(self.shapes, self.shape, item, self.names)

    # --- comparing

    def differing(self, wanted: Item, existing: Item, *, secrets: bool) -> Item:
        """The values to write. secrets: whether those that cannot be compared are among them."""
        comparable = self.secrecy.comparable(self.shape, wanted)
        values = self.comparing.differing(self.shape, comparable, existing)
        if not secrets:
            return values
        return {**values, **{name: value for name, value in wanted.items() if self._only_written(name, value)}}

    def _only_written(self, name: str, value: Any) -> bool:
        return any(True for _one in self.secrecy.only_written(self.shape, {name: value}))

    # --- showing

    def shown(self, item: Item, names: Iterable[str]) -> Item:
        """These fields, as far as they are written, without secrets."""
        written = {part.option for part in self.shape.own}.intersection(names)
        return self.secrecy.shown(self.shape, {name: value for name, value in item.items() if name in written})

    def foreseen(self, item: Item, body: Body, values: Item) -> Item:
        """What an item becomes when these values are written to it. body: as it was read."""
        parts = [part for part in self.shape.own if part.option in values and not part.secret]
        after = {**body, **self.writing.body(self.shape, values, body)}
        return self.secrecy.shown(self.shape, {**item, **self.showing.item(self.shape, after, parts)})

    def compared(self, before: Item, after: Item, values: Item) -> tuple[Item, Item]:
        """Before and after of the values that change; of structured ones only the keys that do."""
        # Whether a value may be shown can depend on the name beside it, so the whole item is looked at.
        there, then = self.secrecy.shown(self.shape, before), self.secrecy.shown(self.shape, after)
        names = [name for name in self.shown(values, values) if name in there or name in then]
        pairs = {name: self._pair(name, there.get(name), then.get(name)) for name in names}
        return {name: pair[0] for name, pair in pairs.items()}, {name: pair[1] for name, pair in pairs.items()}

    def _pair(self, name: str, before: Any, after: Any) -> tuple[Any, Any]:
        part = self.shape.parts[name]
        inner = self.shapes.inner(self.shape.type, part)
        if part.standing and inner is not None and inner.key is not None:
            return _narrowed_elements(inner.key.option, before or [], after or [])
        return _narrowed(before, after)

    def strange(self, values: Item, existing: Item) -> Iterator[tuple[str, str]]:
        """(path, message) for elements of standing lists that are not there."""
        for part in self.shape.own:
            inner = self.shapes.inner(self.shape.type, part)
            if not part.standing or inner is None or inner.key is None or part.option not in values:
                continue
            known = existing.get(part.option) or []
            for index, one in enumerate(values[part.option]):
                if self.comparing.partner(inner, one, known) is None:
                    yield f"{part.option}[{index}]", _no_element(inner.key.option, one, known)


def _no_element(key: str, one: Item, known: Sequence[Item]) -> str:
    there = [str(each[key]) for each in known if each.get(key)]
    if one.get(key) in (None, ""):
        return f"give its {key}, one of {', '.join(there)}"
    others = meant(str(one[key]), there) or f"; there are {', '.join(there)}"
    return f'there is no {key} "{one[key]}"{others}'


def _narrowed_elements(key: str, before: Sequence[Item], after: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Of elements known by this key those that change, with the key."""
    former = {one.get(key): one for one in before}
    changing = [(former[one.get(key)], one) for one in after if one.get(key) in former]
    pairs = [(old[key], *_narrowed(old, new)) for old, new in changing if old != new]
    added = [one for one in after if one.get(key) not in former]
    return [{key: pair[0], **pair[1]} for pair in pairs], [*({key: pair[0], **pair[2]} for pair in pairs), *added]


def _narrowed(before: Any, after: Any) -> tuple[Any, Any]:
    if not isinstance(before, dict) or not isinstance(after, dict):
        return before, after
    pairs = {
        name: _narrowed(before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    }
    return (
        {name: pair[0] for name, pair in pairs.items() if name in before},
        {name: pair[1] for name, pair in pairs.items() if name in after},
    )
