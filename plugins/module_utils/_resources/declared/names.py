# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names for ids and back: departments, trunks and numbers of a PBX. PRIVATE to the collection.

Ids are not portable between PBXs (REALITY.md section 5), so items hold names, and bodies hold ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..._xapi.odata import member_filters
from ..directory import Directory
from ..model import Item
from ..port import Port
from .facts import DEPARTMENTS, PEERS, TRUNKS, Reference

Row = dict[str, Any]
AT_ONCE = 20
# For more numbers than this, all peers in pages of 100 are fewer calls than filters.
MANY = 10 * AT_ONCE


@dataclass(frozen=True)
class Source:
    """Where the names of one kind stand. few: whether all are read at once."""

    noun: str
    entity_set: str
    select: tuple[str, ...]
    few: bool = True


SOURCES = {
    DEPARTMENTS: Source("department", "Groups", ("Id", "Name", "Number")),
    TRUNKS: Source("trunk", "Trunks", ("Id", "Number", "Gateway")),
    PEERS: Source("extension or other number", "Peers", ("Id", "Number", "Name", "Type"), few=False),
}
# What the friendly name of each kind is called in an item that refers to it.
SHOWN_BY = {DEPARTMENTS: "name", TRUNKS: "name", PEERS: "number"}


class Names:
    """Everything that items may refer to. Reads what is asked for, once."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[Any, Row]] = {}
        self._directories: dict[str, Directory] = {}
        self._asked: set[str] = set()

    def load(self, port: Port, kind: str, texts: Iterable[str] = ()) -> None:
        """texts: names and numbers that will be asked for, where not all are read."""
        source = SOURCES[kind]
        if source.few:
            if kind not in self._rows:
                self._take(kind, port.rows(source.entity_set, select=source.select))
            return
        new = [text for text in dict.fromkeys(texts) if text not in self._asked]
        self._asked.update(new)
        if len(new) > MANY:
            self._add(kind, port.rows(source.entity_set, select=source.select))
            return
        rows = self._called(port, source, "Number", new)
        numbers = {row.get("Number") for row in rows}
        rows += self._called(port, source, "Name", [text for text in new if text not in numbers])
        self._add(kind, rows)

    def _called(self, port: Port, source: Source, prop: str, texts: Iterable[str]) -> list[Row]:
        return [
            row
            for some in member_filters(prop, texts, AT_ONCE)
            for row in port.rows(source.entity_set, select=source.select, filter=some)
        ]

    def foresee(self, kind: str, rows: Iterable[Row]) -> None:
        """Take what there will be for what is there, as far as nothing has its number yet. Such rows have no id."""
        there = {row.get("Number") for row in self._rows.get(kind, {}).values()}
        self._add(kind, [{"Id": -place, **row} for place, row in enumerate(rows, 1) if row["Number"] not in there])

    def _add(self, kind: str, rows: Iterable[Row]) -> None:
        self._take(kind, [*self._rows.get(kind, {}).values(), *rows])

    def _take(self, kind: str, rows: Iterable[Row]) -> None:
        self._rows[kind] = {row["Id"]: row for row in rows}
        found = self._rows[kind].values()
        self._directories[kind] = Directory(SOURCES[kind].noun, ((row["Id"], _names(kind, row)) for row in found))

    def row(self, reference: Reference, text: str) -> Row:
        """Raises ValueError with a remedy."""
        directory = self._directories.get(reference.to) or Directory(SOURCES[reference.to].noun, ())
        return self._rows[reference.to][directory.resolve(text)]

    def written(self, reference: Reference, value: Any) -> Any:
        """What the PBX wants for a name; a value that is none, such as an id, stays. Raises ValueError."""
        if not isinstance(value, str) or not value:
            return value
        return self.row(reference, value)[reference.by]

    def sent(self, reference: Reference, value: Any) -> Any:
        """As `written`; a number that nobody has, left from earlier, stays."""
        try:
            return self.written(reference, value)
        except ValueError:
            if reference.by != "Number":
                raise
            return value

    def shown(self, reference: Reference, value: Any) -> Any:
        """The name for people of what the PBX wrote; what nobody knows stays."""
        if reference.by.lower() == SHOWN_BY[reference.to]:
            return value
        rows = self._rows.get(reference.to, {})
        id_ = (
            value if reference.by == "Id" else next((i for i, r in rows.items() if r.get(reference.by) == value), None)
        )
        directory = self._directories.get(reference.to)
        name = directory.name_of(id_) if directory is not None and id_ is not None else None
        return value if name is None else name

    def named(self, reference: Reference, item: Item) -> Row:
        """What an item such as {name: Sales} or {number: "800"} refers to. Raises ValueError."""
        for option in ("name", "number"):
            if item.get(option):
                return self.row(reference, str(item[option]))
        id_ = next((value for option, value in item.items() if option in ("id", "group_id")), None)
        row = self._rows.get(reference.to, {}).get(id_)
        if row is None:
            raise ValueError(f"no {SOURCES[reference.to].noun} has the id {id_}; give its name or number")
        return row

    def label(self, reference: Reference, row: Row) -> Item:
        """How an item names this row: {name: Sales}, {number: "800"}."""
        option = SHOWN_BY[reference.to]
        if option == "name":
            return {"name": self.shown(Reference(reference.to), row["Id"])}
        return {option: row.get("Number")}


def _names(kind: str, row: Row) -> Iterator[str | None]:
    if kind == TRUNKS:
        yield (row.get("Gateway") or {}).get("Name")
    elif kind == DEPARTMENTS:
        yield row.get("Name")
    yield row.get("Number")
    if kind == PEERS:
        yield row.get("Name")
