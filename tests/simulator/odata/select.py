# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filter, search, order and page a list of entities."""

from __future__ import annotations

from typing import Any

from tests.simulator.odata.query import Query
from tests.simulator.odata.types import Entity, Types


def listing(
    types: Types, type_name: str, rows: list[Entity], query: Query, *, page: int | None
) -> tuple[list[Entity], int | None]:
    """The rows of one page, and the number of all that match when $count=true. ``page``: most rows without $top."""
    found = rows
    if query.where is not None:
        where = query.where
        found = [row for row in found if where(row)]
    if query.search:
        needle = query.search.lower()
        found = [row for row in found if _mentions(types, type_name, row, needle)]
    for key, descending in reversed(query.orderby):
        found = sorted(found, key=key, reverse=descending)
    count = len(found) if query.count else None
    top = query.top if query.top is not None else page
    end = None if top is None else query.skip + top
    return found[query.skip : end], count


def _mentions(types: Types, type_name: str, row: Entity, needle: str) -> bool:
    viewed: dict[str, Any] = types.view(type_name, row)
    return any(
        isinstance(viewed.get(name), str) and needle in viewed[name].lower() for name in types.properties(type_name)
    )
