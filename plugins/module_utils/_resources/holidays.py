# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holidays of departments (contract: Pbx.Holiday; REALITY.md section 9). PRIVATE to the collection.

The set is there from 20.0.6 on; from 20.0.7 on it tells the department and takes new ones. The PBX does not mind two of
one name, so a name that a department has more than once is told apart by the first day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .._catalog.catalog import Catalog, catalog_for, since
from .._xapi.errors import XapiError
from .._xapi.odata import key
from .departments import Departments
from .holiday_dates import (
    clock_text,
    first_day,
    holiday_date,
    last_day,
    meaning_of_time,
    sent_first_day,
    sent_last_day,
    sent_time,
    shown_time,
    time_of_day,
)
from .model import Body, Change, Field, Item, Problem, Record, Wanted
from .naming import available
from .port import Port
from .resource import Resource
from .steps import PartlyDone, Step

WHOLE_DAY = {"time_start": "00:00", "time_end": "24:00"}
PARSERS: dict[str, Callable[[str], Any]] = {
    "date": holiday_date,
    "date_end": holiday_date,
    "time_start": time_of_day,
    "time_end": time_of_day,
}
# What a holiday always has; the times of one without are those of the whole day.
NEEDED = ("name", "group", "date", "date_end")
DATES = ("IsRecurrent", "Day", "Month", "Year", "DayEnd", "MonthEnd", "YearEnd")


@dataclass(frozen=True)
class PurgeFilter:
    """Which unlisted holidays a purge may remove. groups: names or numbers, empty for all. yearly: None for both."""

    groups: tuple[str, ...] = ()
    yearly: bool | None = None


class Holidays(Resource):
    noun, plural, option = "holiday", "holidays", "holidays"
    entity_set = "Holidays"
    fields = (
        Field("name", "Name", empty=""),
        Field("group", "Group"),
        Field("date", "Day"),
        Field("date_end", "DayEnd"),
        Field("time_start", "TimeOfStartDate", same=meaning_of_time),
        Field("time_end", "TimeOfEndDate", same=meaning_of_time),
        Field("holiday_prompt", "HolidayPrompt", empty=""),
    )
    defaults = WHOLE_DAY

    def __init__(self, *, purge_filter: PurgeFilter | None = None) -> None:
        self._purge_filter = purge_filter or PurgeFilter()
        self._departments = Departments()
        self._by_department = True
        self._state = "present"
        self._listed: frozenset[Hashable] | None = None
        self._standing: frozenset[Hashable] = frozenset()

    # --- the version

    def meet(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._catalog = catalog_for(port.known_version())
        if self.entity_set not in self._catalog.sets:
            having = available(since("set", self.entity_set))
            raise ValueError(f"holidays can be managed {having}, and the PBX has {self._catalog.version}")
        self._state = state
        # One that is to go goes wherever it stands twice.
        self.absent_takes_all = state == "absent"
        self._by_department = "Group" in self._catalog.type("Holiday").properties
        if self._by_department:
            self._departments = Departments.read(port)
        elif self._purge_filter.groups:
            raise ValueError(f"purge_filter.groups: {self._no_departments()}")
        self._purged = frozenset(self._purged_group(text) for text in self._purge_filter.groups)

    def _purged_group(self, text: str) -> str:
        try:
            return self._departments.number(text)
        except ValueError as exc:
            raise ValueError(f"purge_filter.groups: {exc}") from exc

    def _no_departments(self) -> str:
        return f"the PBX tells the departments of holidays {_told_since()}, and it has {self._catalog.version}"

    # --- who is who

    def label(self, item: Item) -> str:
        if not item.get("name"):
            return f"id {item['id']}" if item.get("id") is not None else "new"
        group = self._group_of(item)
        return f"{group}: {item['name']}" if group else str(item["name"])

    def _group_of(self, item: Item) -> str | None:
        """The usual name of its department, which is the default one if none was given."""
        given = item.get("group")
        try:
            return self._departments.name(self._departments.resolve(given)) if given else self._departments.default
        except ValueError:
            return str(given)

    def _named(self, item: Item) -> Hashable | None:
        return (self._group_of(item), item["name"]) if item.get("name") else None

    def key_of(self, item: Item) -> Hashable | None:
        named = self._named(item)
        if named is None or not item.get("date"):
            return named
        several = self._listed is None or named in self._listed or named in self._standing
        return (named, item["date"]) if several or self._state == "absent" else named

    def keys_of(self, item: Item) -> Iterable[Hashable]:
        named = self._named(item)
        return () if named is None else (named, (named, item["date"]))

    # --- checking input

    def taken(self, item: Item) -> Item:
        """A holiday without an end is one day."""
        known = {name: item[name] for name in ("id", *(field.name for field in self.fields)) if name in item}
        if known.get("date") and not known.get("date_end"):
            known["date_end"] = known["date"]
        return {name: _usual(name, value) for name, value in known.items()}

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        if not item.get("name") and item.get("id") is None:
            yield "", "cannot be told from others; give name"
        problems = [problem for name in PARSERS if (problem := _problem(name, item))]
        problems += [(name, "cannot be empty") for name in NEEDED if item.get(name) == ""]
        yield from problems
        if not problems:
            yield from _wrong_range(item)
        if item.get("group"):
            yield from self._unknown_group(item["group"])

    def _unknown_group(self, given: str) -> Iterator[tuple[str, str]]:
        if not self._by_department:
            yield "group", self._no_departments()
            return
        try:
            self._departments.resolve(given)
        except ValueError as exc:
            yield "group", str(exc)

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._listed = _repeated(self._named(one.item) for one in wanted)

    def spelled(self, item: Item) -> Item:
        if not self._by_department or (item.get("id") is not None and not item.get("group")):
            return item
        return {**item, "group": self._group_of(item)}

    # --- refusing

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        for change in changes:
            if change.kind == "create":
                yield from self._lacking(change)

    def _lacking(self, change: Change) -> Iterator[Problem]:
        if not _can_create(self._catalog):
            having = available(since("set", self.entity_set, "create"))
            message = f"is not there yet; new holidays can be made {having}, and the PBX has {self._catalog.version}"
            yield Problem(change.index, change.label, "", message)
            return
        for name in ("name", "date"):
            if not change.values.get(name):
                yield Problem(change.index, change.label, name, "is needed, since there is no such holiday yet")

    def purgeable(self, record: Record) -> bool:
        wanted = self._purge_filter
        if wanted.groups and record.body.get("Group") not in self._purged:
            return False
        return wanted.yearly in (None, bool(record.body.get("IsRecurrent")))

    # --- the PBX's side

    @property
    def select(self) -> tuple[str, ...]:
        told = self._catalog.type("Holiday").properties
        return tuple(prop for prop in dict.fromkeys([*super().select, *DATES]) if prop in told)

    def read(self, port: Port) -> list[Record]:
        records = super().read(port)
        self._standing = _repeated(self._named(record.item) for record in records)
        return records

    def item(self, body: Body) -> Item:
        group = {"group": self._departments.name_of_number(body.get("Group") or "")} if self._by_department else {}
        return {
            "id": body["Id"],
            "name": body.get("Name") or "",
            **group,
            "date": str(first_day(body)),
            "date_end": str(last_day(body)),
            "time_start": shown_time(body.get("TimeOfStartDate"), WHOLE_DAY["time_start"]),
            "time_end": shown_time(body.get("TimeOfEndDate"), WHOLE_DAY["time_end"]),
            "holiday_prompt": body.get("HolidayPrompt") or "",
        }

    def body(self, values: Item) -> Body:
        body: Body = {}
        for name, value in values.items():
            body |= self._sent(name, value)
        return body

    def _sent(self, name: str, value: Any) -> Body:
        if name == "date":
            return sent_first_day(holiday_date(value))
        if name == "date_end":
            return sent_last_day(holiday_date(value))
        field = self.field(name)
        if field is None:
            return {}
        if name == "group":
            return {field.prop: self._departments.number(value)}
        return {field.prop: sent_time(value) if name in WHOLE_DAY else value}

    def create_step(self, change: Change) -> Step:
        """The prompt of a new holiday is written once it is there (REALITY.md section 9)."""
        body = self.body(change.values)
        prompt = body.get("HolidayPrompt")

        def run(port: Port) -> None:
            made = port.create(self.entity_set, {**body, "HolidayPrompt": ""})
            if prompt:
                _give_prompt(port, made["Id"], prompt)

        return Step((change,), run)

    def identity_names(self) -> tuple[str, ...]:
        return ("name", "group", "date")


def _give_prompt(port: Port, id_: int, prompt: str) -> None:
    try:
        port.update(key("Holidays", id_), {"HolidayPrompt": prompt})
    except XapiError as exc:
        raise PartlyDone(exc) from exc


def _can_create(catalog: Catalog) -> bool:
    return "create" in catalog.sets["Holidays"].verbs


def _told_since() -> str:
    return available(since("type", "Holiday", "Group"))


def _repeated(keys: Iterable[Hashable | None]) -> frozenset[Hashable]:
    return frozenset(one for one, count in Counter(keys).items() if count > 1 and one is not None)


def _usual(name: str, value: Any) -> Any:
    """One spelling of each date and time; what is none is left to `check`."""
    if name in WHOLE_DAY and value == "":
        return WHOLE_DAY[name]
    if name not in PARSERS or value == "" or _problem(name, {name: value}):
        return value
    return clock_text(time_of_day(value)) if name in WHOLE_DAY else str(holiday_date(value))


def _problem(name: str, item: Item) -> tuple[str, str] | None:
    if not item.get(name):
        return None
    try:
        PARSERS[name](item[name])
    except ValueError as exc:
        return name, str(exc)
    return None


def _wrong_range(item: Item) -> Iterator[tuple[str, str]]:
    """In each year a holiday may go beyond the end of the year, in one it may not go backwards."""
    if not item.get("date") or not item.get("date_end"):
        if item.get("date_end"):
            yield "date_end", "give date as well"
        return
    first, last = holiday_date(item["date"]), holiday_date(item["date_end"])
    if first.yearly != last.yearly:
        yield "date_end", "give a year for both dates, or for none"
    elif not first.yearly and last < first:
        yield "date_end", f"is before {first}"
    elif first == last and _backwards(item):
        yield "time_end", f"is not after {item['time_start']}"


def _backwards(item: Item) -> bool:
    times = [item.get(name) for name in WHOLE_DAY]
    return all(times) and time_of_day(str(times[1])) <= time_of_day(str(times[0]))
