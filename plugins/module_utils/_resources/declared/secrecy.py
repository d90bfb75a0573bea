# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in items: they are written, and appear nowhere else. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..model import Item
from .shapes import Part, Shape, Shapes


def without_secrets(shapes: Shapes, shape: Shape, item: Item) -> Item:
    """The same item without its secrets, at every depth."""
    shown: Item = {}
    for option, value in item.items():
        part = shape.parts.get(option)
        if part is None or not part.secret:
            shown[option] = value if part is None else _shown(shapes, shape, part, value)
    return shown


def _shown(shapes: Shapes, shape: Shape, part: Part, value: Any) -> Any:
    inner = shapes.inner(shape.type, part)
    if inner is None:
        return value
    if isinstance(value, list):
        return [without_secrets(shapes, inner, one) if isinstance(one, dict) else one for one in value]
    return without_secrets(shapes, inner, value) if isinstance(value, dict) else value


def secrets_of(shapes: Shapes, shape: Shape, item: Item) -> Iterator[Any]:
    """The secret values themselves."""
    for option, value in item.items():
        part = shape.parts.get(option)
        if part is None:
            continue
        if part.secret:
            yield value
            continue
        inner = shapes.inner(shape.type, part)
        if inner is not None:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    yield from secrets_of(shapes, inner, one)
