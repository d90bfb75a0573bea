# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who still uses a number: what would ring nowhere if it went. PRIVATE to the collection.

Destinations are found by their shape (Pbx.Destination, ...ForwardDN, DNRanges in the contract) wherever they stand,
so that a property which only some versions have needs no list of versions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from .._xapi.errors import Forbidden, NotFound, Refused
from .port import Port

Row = dict[str, Any]

WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|\d+")
# What every place ends with says nothing about which place it is.
IDLE = {"destination", "route", "forward", "dn", "available", "away"}

# Forward types that need no number; one may still stand there from earlier.
NOWHERE = ("EndCall", "RepeatPrompt", "CallByName", "TransferBack", "ExternalNumber")


@dataclass(frozen=True)
class Source:
    """One set or singleton whose rows may lead to a number.

    select: empty where versions differ in what they have. expand: read with the rows, or one by one if a build
    refuses them together (REALITY.md section 3). vital: a PBX that does not show it gets no guess.
    """

    kind: str
    path: str
    names: tuple[str, ...] = ("Number", "Name")
    select: tuple[str, ...] = ()
    expand: tuple[str, ...] = ()
    key: str = "Id"
    single: bool = False
    vital: bool = False

    def title(self, row: Row) -> str:
        """kind, then the number bare and all names in one pair of quotes."""
        number = [str(row["Number"])] if "Number" in self.names and row.get("Number") else []
        called = " ".join(str(row[name]) for name in self.names if name != "Number" and row.get(name))
        return " ".join([self.kind, *number, *([f'"{called}"'] if called else [])])


RULE = ("OfficeHoursDestination", "OutOfOfficeHoursDestination", "HolidaysDestination")
DEPARTMENT = ("BreakRoute", "CustomOperator", "HolidaysRoute", "OfficeRoute", "OutOfOfficeRoute")
SOURCES = (
    Source("inbound rule", "InboundRules", ("RuleName", "Data"), ("Id", "RuleName", "Data", *RULE), vital=True),
    Source("IVR", "Receptionists", expand=("Forwards",), vital=True),
    Source("queue", "Queues"),
    Source("ring group", "RingGroups"),
    # Never without $select: a plain read shows passwords (REALITY.md section 9).
    Source(
        "extension",
        "Users",
        ("Number", "FirstName", "LastName"),
        ("Id", "Number", "FirstName", "LastName"),
        ("ForwardingProfiles", "ForwardingExceptions"),
    ),
    Source("department", "Groups", select=("Id", "Number", "Name", *DEPARTMENT)),
    Source("outbound rule", "OutboundRules", ("Name",), ("Id", "Name", "DNRanges")),
    Source("website link", "WebsiteLinks", ("Link",), ("Link",), ("DN",), key="Link"),
    Source("call parking", "CallParkingSettings", (), single=True),
    Source("hotel services", "HotelServices", (), single=True),
)


@dataclass(frozen=True)
class Use:
    """One object that leads to the number, and where in it. path, key: of its row."""

    user: str
    places: tuple[str, ...]
    path: str = field(default="", compare=False)
    key: Any = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.user} ({', '.join(self.places)})" if self.places else self.user


@dataclass
class Uses:
    """by_number: who uses it. unread: kinds that this PBX did not let us read, with its reason."""

    by_number: dict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[str, str] = field(default_factory=dict)


def uses_of(port: Port, numbers: Collection[str], sources: Collection[Source] = SOURCES) -> Uses:
    """A few GETs, whatever the count of numbers. A set that this version lacks cannot use anything."""
    uses = Uses()
    for source in sources:
        try:
            rows = list(_rows(port, source))
        except NotFound:
            continue
        except (Forbidden, Refused) as exc:
            if source.vital:
                raise
            uses.unread[source.path] = str(exc)
            continue
        _collect(uses, source, rows, numbers)
    return uses


def _rows(port: Port, source: Source) -> Iterator[Row]:
    if source.single:
        yield port.get(source.path)
        return
    try:
        yield from _read(port, source, ",".join(source.expand))
    except Refused:
        if len(source.expand) < 2:
            raise
        for one in source.expand:
            yield from _read(port, source, one)


def _read(port: Port, source: Source, expand: str) -> list[Row]:
    return port.rows(source.path, select=source.select, expand=expand or None, orderby=source.key)


def _collect(uses: Uses, source: Source, rows: list[Row], numbers: Collection[str]) -> None:
    found: dict[tuple[str, str, Any], list[str]] = defaultdict(list)
    for row in rows:
        for number, place in mentions(row):
            if number in numbers:
                found[number, source.title(row), row.get(source.key)].append(place)
    for (number, title, key), places in found.items():
        told = tuple(dict.fromkeys(place for place in places if place))
        uses.by_number[number].append(Use(title, told, source.path, key))


def mentions(row: Row, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(number, place in words) of everything in the row that leads somewhere."""
    for name, value in row.items():
        here = (*path, *_words(name))
        if name == "DNRanges":
            yield from _single_numbers(value)
        elif isinstance(value, dict):
            yield from _destination(name, value, here)
            yield from mentions(value, here)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from mentions(one, (*path, *_called(name, one)))
        elif name.endswith("ForwardDN") and value and row.get(f"{name[:-2]}Type") not in NOWHERE:
            yield value, " ".join(here)


def _destination(name: str, value: Row, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    leads = value.get("To", "None") != "None" or name == "DN"
    if leads and value.get("Number"):
        yield value["Number"], " ".join(path)


def _single_numbers(ranges: Any) -> Iterator[tuple[str, str]]:
    """A range that is only this number; a wider one does not lead to it."""
    for one in ranges or ():
        if one.get("From") and one.get("To") in (None, "", one["From"]):
            yield one["From"], "calls from it"


def _called(name: str, row: Row) -> tuple[str, ...]:
    """How one of a list is told from the others."""
    if row.get("Input"):
        return ("key", str(row["Input"]))
    kind = {"ForwardingProfiles": "profile", "ForwardingExceptions": "exception"}.get(name)
    if kind is None:
        return _words(name)
    mark = row.get("Name") or row.get("Data")
    return (kind, f'"{mark}"') if mark else (kind,)


def _words(name: str) -> tuple[str, ...]:
    words = [word if word.isupper() and word != "DN" else word.lower() for word in WORD.findall(name)]
    return tuple(word for word in words if word.lower() not in IDLE)
