# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hours of a week, as people write them and as the XAPI does. PRIVATE to the collection.

People: {monday: ["09:00-12:30", "13:30-17:30"], sunday: [], type: SpecificHours, ignore_holidays: false}. A day that is
left out stays as it is.
XAPI (contract: Pbx.Schedule, Pbx.Period): one list of periods for the whole week, sent whole, and what it is about.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any

from .declared.scalars import clock
from .model import Body, Item

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TYPES = (
    "AllHours",
    "OfficeHours",
    "OutOfOfficeHours",
    "SpecificHours",
    "SpecificHoursExcludingHolidays",
    "OutOfSpecificHours",
    "OutOfSpecificHoursIncludingHolidays",
    "Never",
    "BreakTime",
)
# What goes by the clock in no way, or is not said yet; who lists periods means another one.
WITHOUT_PERIODS = (None, "AllHours", "Never")
BY_PERIODS = "SpecificHours"
REMEDY = "write it as '09:00-17:30'"
MIDNIGHT = time()


@dataclass(frozen=True, order=True)
class Period:
    """Within one day. stop: midnight is the end of the day."""

    start: time
    stop: time

    @property
    def backwards(self) -> bool:
        return self.stop != MIDNIGHT and self.stop <= self.start

    def overlaps(self, later: Period) -> bool:
        """later: one that does not begin before this one."""
        return self.stop == MIDNIGHT or later.start < self.stop

    def __str__(self) -> str:
        return f"{_short(self.start)}-{_short(self.stop)}"


def period(text: str) -> Period:
    """Raises ValueError with a remedy."""
    start, dash, stop = text.strip().partition("-")
    try:
        if not dash:
            raise ValueError(text)
        found = Period(clock(start), clock(stop))
    except ValueError:
        late = "; a day ends with 23:59, or with 00:00" if "24:" in stop else ""
        raise ValueError(f'"{text}" is not a period of a day; {REMEDY}{late}') from None
    if found.backwards:
        raise ValueError(f'"{text}" ends before it begins; a night takes a period on each of its two days')
    return found


def _short(value: time) -> str:
    return value.isoformat("seconds" if value.second else "minutes")


# --- what a user wrote


def taken(schedule: Item) -> Item:
    """One spelling of each period, in the order of the day; what is none is left to `problems`."""
    if any(True for _one in problems(schedule)):
        return schedule
    return {name: _in_order(value) if name in DAYS else value for name, value in schedule.items()}


def _in_order(texts: Iterable[str]) -> list[str]:
    return [str(one) for one in sorted(period(text) for text in texts)]


def problems(schedule: Item) -> Iterator[tuple[str, str]]:
    """(field, message) for what cannot be understood or contradicts itself."""
    for day in DAYS:
        found = []
        for index, text in enumerate(schedule.get(day) or ()):
            try:
                found.append(period(text))
            except ValueError as exc:
                yield f"{day}[{index}]", str(exc)
        for one, later in pairwise(sorted(found)):
            if one.overlaps(later):
                yield day, f"{one} and {later} overlap"


# --- what the PBX has


def shown(body: Body | None) -> Item:
    """All seven days; {} where the PBX has no schedule."""
    if not body:
        return {}
    about = {"type": body.get("Type"), "ignore_holidays": body.get("IgnoreHolidays")}
    by_day: dict[str, list[str]] = {day: [] for day in DAYS}
    for one in sorted(body.get("Periods") or (), key=lambda one: str(one.get("Start"))):
        by_day.setdefault(str(one.get("DayOfWeek")).lower(), []).append(_shown_period(one))
    return {**{name: value for name, value in about.items() if value is not None}, **by_day}


def _shown_period(body: Body) -> str:
    try:
        return str(Period(clock(body["Start"]), clock(body["Stop"])))
    except (KeyError, TypeError, ValueError, AttributeError):
        return f"{body.get('Start')}-{body.get('Stop')}"


def sent(schedule: Item) -> Body:
    about = {"Type": schedule.get("type"), "IgnoreHolidays": schedule.get("ignore_holidays")}
    periods = [
        {"DayOfWeek": day.capitalize(), "Start": one.start.isoformat(), "Stop": one.stop.isoformat()}
        for day in DAYS
        for one in map(period, schedule.get(day) or ())
    ]
    return {**{prop: value for prop, value in about.items() if value is not None}, "Periods": periods}


# --- both


def merged(standing: Item, wanted: Item) -> Item:
    """What is there with what is wanted. Periods where none would count make it a schedule that goes by periods."""
    after = {**standing, **wanted}
    lists_periods = any(wanted.get(day) for day in DAYS)
    if lists_periods and "type" not in wanted and after.get("type") in WITHOUT_PERIODS:
        after["type"] = BY_PERIODS
    return after


def meaning(schedule: Item) -> Hashable:
    days = tuple(tuple(schedule.get(day) or ()) for day in DAYS)
    return schedule.get("type"), bool(schedule.get("ignore_holidays")), days


def narrowed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Item, Item]:
    """What differs, for a diff."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
