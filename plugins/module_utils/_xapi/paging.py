# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a whole list in pages, without ever missing its end. PRIVATE to the collection.

An entity set gives at most 100 rows at once, and some builds send short pages without a link to the next
(REALITY.md section 3). So the number of rows is asked for with the first page; where the PBX does not tell it, a
short page is the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .odata import encoded

Page = Mapping[str, Any]
_NEXT = "@odata.nextLink"
_COUNT = "@odata.count"


class Unending(Exception):
    """The PBX sends the same page again and again."""


@dataclass(frozen=True)
class Reading:
    """One pass over a list. counted: how many rows the PBX says there are; stuck: it ended with rows known before."""

    rows: list[dict[str, Any]]
    counted: int | None
    stuck: bool

    @property
    def whole(self) -> bool:
        return not self.stuck and (self.counted is None or len(self.rows) >= self.counted)


@dataclass(frozen=True)
class Span:
    """How much is read. page: rows of one page; limit: rows in all, None for all that there are; count: whether the
    PBX is asked for the number of rows."""

    page: int = 100
    limit: int | None = None
    count: bool = True

    @property
    def top(self) -> int:
        return self.page if self.limit is None else min(self.page, self.limit)

    def reached(self, rows: int) -> bool:
        return self.limit is not None and rows >= self.limit


class Listing:
    """read: fetches a page by its query string; follow: fetches a page by its nextLink."""

    def __init__(self, read: Callable[[str], Page], follow: Callable[[str], Page], orderby: str, span: Span) -> None:
        self._read = read
        self._follow = follow
        self._names = [part.split()[0] for part in orderby.split(",") if part.strip()]
        self._span = span

    def rows(self, query: Mapping[str, Any]) -> list[dict[str, Any]]:
        """All rows. If fewer came than were counted, something vanished meanwhile and moved the rest: read again."""
        reading = self._once(query)
        if not reading.whole:
            reading = self._once(query)
        if reading.stuck:
            raise Unending
        return reading.rows

    def _once(self, query: Mapping[str, Any]) -> Reading:
        found: dict[Any, dict[str, Any]] = {}
        links: set[str] = set()
        top = self._span.top
        page = self._read(encoded({**query, "$top": top, "$count": True if self._span.count else None}))
        counted = _count(page)
        received = 0
        last: list[dict[str, Any]] = []
        while True:
            rows, before = page["value"], len(found)
            if rows and rows == last and not self._names:
                # Nothing tells these rows apart, so a PBX that ignores $skip can only be told by this.
                raise Unending
            last = rows
            for row in rows:
                found.setdefault(self._key(row, len(found)), row)
            received += len(rows)
            link = page.get(_NEXT)
            if self._span.reached(len(found)):
                return Reading(list(found.values())[: self._span.limit], None, False)
            if isinstance(link, str) and link:
                if link in links:
                    raise Unending
                links.add(link)
                page = self._follow(link)
            elif self._ends(len(rows), len(found) - before, len(found), counted):
                stuck = bool(rows) and len(found) == before and (counted is None or len(found) < counted)
                return Reading(list(found.values()), counted, stuck)
            else:
                page = self._read(encoded({**query, "$top": top, "$skip": received}))

    def _ends(self, rows: int, new: int, found: int, counted: int | None) -> bool:
        if not new:
            return True
        if counted is None:
            return rows != self._span.top
        return found >= counted or rows > self._span.top

    def _key(self, row: Mapping[str, Any], place: int) -> Any:
        """What tells rows apart: the values they are ordered by, or the place where a row lacks one."""
        values = tuple(row.get(name) for name in self._names)
        return (place,) if not values or any(v is None or isinstance(v, (dict, list)) for v in values) else values


def _count(page: Page) -> int | None:
    counted = page.get(_COUNT)
    return counted if isinstance(counted, int) and not isinstance(counted, bool) else None
