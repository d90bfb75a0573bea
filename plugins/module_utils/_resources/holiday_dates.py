# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and times of holidays, as people write them and as the XAPI does. PRIVATE to the collection.

People: 2027-12-24 for one day of one year, 12-24 for each year; 08:00, and 24:00 for the end of a day.
XAPI (contract: Pbx.Holiday; REALITY.md section 9): Day, Month and Year apart, IsRecurrent for each year, where Year is
0, and the time as a duration since midnight: P0D, PT8H, P1D.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .declared.scalars import duration
from .model import Body

ONCE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
YEARLY = re.compile(r"(\d{1,2})-(\d{1,2})")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
# Has a 29th of February.
A_LEAP_YEAR = 2000
DAY = timedelta(days=1)
DATE_REMEDY = "write it as 2027-12-24, or as 12-24 for each year"
TIME_REMEDY = "write it in quotes, as '08:00'; '24:00' is the end of the day"


@dataclass(frozen=True, order=True)
class HolidayDate:
    """year: 0 for each year."""

    year: int
    month: int
    day: int

    @property
    def yearly(self) -> bool:
        return self.year == 0

    def __str__(self) -> str:
        day = f"{self.month:02}-{self.day:02}"
        return day if self.yearly else f"{self.year:04}-{day}"


def holiday_date(text: str) -> HolidayDate:
    """Raises ValueError with a remedy."""
    once = ONCE.fullmatch(text.strip())
    match = once or YEARLY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is not a date; {DATE_REMEDY}')
    parts = [int(part) for part in match.groups()]
    year, month, day = parts if once else (0, *parts)
    try:
        date(year or A_LEAP_YEAR, month, day)
    except ValueError as exc:
        raise ValueError(f'"{text}" is no day of the calendar; {DATE_REMEDY}') from exc
    return HolidayDate(year, month, day)


def first_day(body: Body) -> HolidayDate:
    return HolidayDate(_year(body, "Year"), body.get("Month") or 0, body.get("Day") or 0)


def last_day(body: Body) -> HolidayDate:
    """Where the PBX tells none, it is the first one."""
    if not body.get("DayEnd"):
        return first_day(body)
    return HolidayDate(_year(body, "YearEnd"), body.get("MonthEnd") or 0, body["DayEnd"])


def _year(body: Body, prop: str) -> int:
    return 0 if body.get("IsRecurrent") else body.get(prop) or 0


def sent_first_day(day: HolidayDate) -> Body:
    return {"IsRecurrent": day.yearly, "Day": day.day, "Month": day.month, "Year": day.year}


def sent_last_day(day: HolidayDate) -> Body:
    return {"DayEnd": day.day, "MonthEnd": day.month, "YearEnd": day.year}


def time_of_day(text: str) -> timedelta:
    """Since midnight. Raises ValueError with a remedy."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'"{text}" is not a time of day; {TIME_REMEDY}')
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or length > DAY:
        raise ValueError(f'"{text}" is not a time of day; {TIME_REMEDY}')
    return length


def shown_time(text: str | None, otherwise: str) -> str:
    """otherwise: what it is where the PBX tells nothing. What cannot be understood stays."""
    if not text:
        return otherwise
    try:
        return clock_text(duration(text))
    except ValueError:
        return text


def clock_text(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def sent_time(text: str) -> str:
    """P0D and P1D for the two midnights, as the XAPI's own clients write them."""
    length = time_of_day(text)
    if length in (DAY, timedelta()):
        return f"P{length.days}D"
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    parts = {"H": minutes // 60, "M": minutes % 60, "S": seconds}
    return "PT" + "".join(f"{count}{unit}" for unit, count in parts.items() if count)


def meaning_of_time(text: Any) -> Any:
    try:
        return time_of_day(text)
    except (ValueError, AttributeError):
        return text
