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
REMEDY = 'write 2027-01-31T22:00:00+01:00, or a daily time such as "22:00", in quotes'


@dataclass(frozen=True)
class Window:
    """start and end in UTC; end is the first instant that is too late. zone: in which people speak of them."""

    start: datetime
    end: datetime
    zone: tzinfo | None = None

    def told(self, moment: datetime) -> str:
        """A moment as people know it, such as 2027-01-31T22:00:00+01:00."""
        return moment.astimezone(self.zone).isoformat(timespec="seconds")

    def is_open(self, now: datetime) -> bool:
        return self.start <= now < self.end


def window(start: str, end: str, *, now: datetime, zone: str | None = None) -> Window:
    """The window that is meant at this moment: the open one, else the next (daily) or the only one (dated).

    zone: name of the time zone of daily times; the controller's own if left out. Raises ValueError with a remedy.
    """
    given = {"start": start.strip(), "end": end.strip()}
    for name, text in given.items():
        _refuse_nonsense(name, text)
    daily = [bool(DAILY.match(text)) for text in given.values()]
    if all(daily):
        return _daily(_time(start), _time(end), now, _zone(zone))
    if any(daily):
        raise ValueError(f'start "{start}" and end "{end}" must be of one kind; {REMEDY}')
    first, last = (_instant(name, text) for name, text in given.items())
    if last <= first:
        raise ValueError(f'the window ends ("{end}") before it starts ("{start}")')
    return Window(first.astimezone(UTC), last.astimezone(UTC), first.tzinfo)


def _refuse_nonsense(name: str, text: str) -> None:
    if not text:
        raise ValueError(f"the {name} is missing; {REMEDY}")
    if not DAILY.match(text):
        _instant(name, text)


def _daily(start: time, end: time, now: datetime, zone: tzinfo | None) -> Window:
    if start == end:
        raise ValueError("a daily window that starts when it ends has no length; change one of the two")
    today = now.astimezone(zone).date()
    candidates = [_from(today + timedelta(days=shift), start, end, zone) for shift in (-1, 0, 1)]
    return next(one for one in candidates if now < one.end)


def _from(day: date, start: time, end: time, zone: tzinfo | None) -> Window:
    last = day if end > start else day + timedelta(days=1)
    return Window(_utc(datetime.combine(day, start), zone), _utc(datetime.combine(last, end), zone), zone)


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
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # Without the cause, which says the same once more.
        raise ValueError(f'"{name}" is not a time zone; write one such as Europe/Berlin') from None


def _instant(name: str, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f'{name} "{text}" is not a time; {REMEDY}') from None
    if found.tzinfo is None:
        raise ValueError(f'{name} "{text}" has no time zone; {REMEDY}')
    return found
