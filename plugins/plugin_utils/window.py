# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it time? A maintenance window as a pair of instants or of daily times. PRIVATE to the collection."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAILY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)$")
REMEDY = "write 2027-01-31T22:00:00+01:00, or a daily time such as 22:00"


@dataclass(frozen=True)
class Window:
    """start and end in UTC; end is the first instant that is too late."""

    start: datetime
    end: datetime

    def is_open(self, now: datetime) -> bool:
        return self.start <= now < self.end


def window(start: str, end: str, *, now: datetime, zone: str | None = None) -> Window:
    """The window that is meant at this moment: the open one, else the next (daily) or the only one (dated).

    zone: name of the time zone of daily times; the controller's own if left out. Raises ValueError with a remedy.
    """
    daily = [bool(DAILY.match(text.strip())) for text in (start, end)]
    if all(daily):
        return _daily(_time(start), _time(end), now, _zone(zone))
    if any(daily):
        raise ValueError(f'start "{start}" and end "{end}" must be of one kind; {REMEDY}')
    found = Window(_instant("start", start), _instant("end", end))
    if found.end <= found.start:
        raise ValueError(f'the window ends ("{end}") before it starts ("{start}")')
    return found


def _daily(start: time, end: time, now: datetime, zone: tzinfo | None) -> Window:
    if start == end:
        raise ValueError("a daily window that starts when it ends has no length; change one of the two")
    today = now.astimezone(zone).date()
    candidates = [_from(today + timedelta(days=shift), start, end, zone) for shift in (-1, 0, 1)]
    return next(one for one in candidates if now < one.end)


def _from(day: date, start: time, end: time, zone: tzinfo | None) -> Window:
    last = day if end > start else day + timedelta(days=1)
    return Window(_utc(datetime.combine(day, start), zone), _utc(datetime.combine(last, end), zone))


def _utc(local: datetime, zone: tzinfo | None) -> datetime:
    aware = local.astimezone() if zone is None else local.replace(tzinfo=zone)
    return aware.astimezone(UTC)


def _time(text: str) -> time:
    hours, minutes = text.strip().split(":")
    return time(int(hours), int(minutes))


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise ValueError(f'"{name}" is not a time zone; write one such as Europe/Berlin') from exc


def _instant(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as exc:
        raise ValueError(f'{name} "{text}" is not a time; {REMEDY}') from exc
    if found.tzinfo is None:
        raise ValueError(f'{name} "{text}" has no time zone; {REMEDY}')
    return found.astimezone(UTC)
