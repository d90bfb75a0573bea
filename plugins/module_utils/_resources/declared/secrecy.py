# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in items: they are written, and appear nowhere else. PRIVATE to the collection.

Two kinds: what the PBX conceals or what is never read (passwords), and what can be read and compared like anything else
but must not be shown (the value of a parameter called SMTP_PASSWORD).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..._xapi.secrecy import secret_name
from ..model import Item
from .shapes import Part, Shape, Shapes


class Secrecy:
    """concealed: whether the value of an item of this name is shown, for names that do not tell it themselves."""

    def __init__(self, shapes: Shapes, concealed: Mapping[str, bool]) -> None:
        self._shapes = shapes
        self._concealed = concealed

    def shown(self, shape: Shape, item: Item) -> Item:
        """The item without secrets of either kind, at every depth."""
        return self._without(shape, item, unshown=True)

    def comparable(self, shape: Shape, item: Item) -> Item:
        """The item without what is only ever written."""
        return self._without(shape, item, unshown=False)

    def in_item(self, shape: Shape, item: Item) -> Iterator[Any]:
        """The secret values themselves, of both kinds."""
        return self._values(shape, item, unshown=True)

    def only_written(self, shape: Shape, item: Item) -> Iterator[Any]:
        """The values that nobody can compare."""
        return self._values(shape, item, unshown=False)

    def _without(self, shape: Shape, item: Item, *, unshown: bool) -> Item:
        secret = self._secret_options(shape, item, unshown=unshown)
        return {
            option: self._inside(shape, shape.parts.get(option), value, unshown=unshown)
            for option, value in item.items()
            if option not in secret
        }

    def _secret_options(self, shape: Shape, item: Item, *, unshown: bool) -> set[str]:
        options = {option for option in item if option in shape.parts and shape.parts[option].secret}
        speaks = unshown and shape.facts.speaking and self._speaks(str(item.get("name") or ""))
        return options | {shape.by_prop[shape.facts.speaking].option} if speaks else options

    def _speaks(self, name: str) -> bool:
        return self._concealed.get(name, secret_name(name))

    def _inside(self, shape: Shape, part: Part | None, value: Any, *, unshown: bool) -> Any:
        inner = None if part is None else self._shapes.inner(shape.type, part)
        if inner is None:
            return value
        if isinstance(value, list):
            return [self._without(inner, one, unshown=unshown) if isinstance(one, dict) else one for one in value]
        return self._without(inner, value, unshown=unshown) if isinstance(value, dict) else value

    def _values(self, shape: Shape, item: Item, *, unshown: bool) -> Iterator[Any]:
        secret = self._secret_options(shape, item, unshown=unshown)
        for option, value in item.items():
            part = shape.parts.get(option)
            inner = None if part is None else self._shapes.inner(shape.type, part)
            if option in secret:
                yield value
            elif inner is not None:
                for one in value if isinstance(value, list) else [value]:
                    if isinstance(one, dict):
                        yield from self._values(inner, one, unshown=unshown)
