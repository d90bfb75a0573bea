# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instants and durations: read strictly, shown with their time zone. PRIVATE to the collection."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MINUTE, HOUR, DAY = 60, 3600, 86400


def instant(value: object) -> datetime:
    """An ISO 8601 time with a zone, or what YAML makes of one, in UTC. Raises ValueError."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
    except ValueError as exc:
        raise ValueError(f'"{value}" is not a time such as 2027-01-31T22:00:00Z') from exc
    if found.tzinfo is None:
        raise ValueError(f'"{value}" has no time zone; write 2027-01-31T22:00:00Z')
    return found.astimezone(UTC)


def iso(moment: datetime) -> str:
    """To the second: 2027-01-31T22:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def zone_called(name: str) -> tzinfo:
    """UTC if the name is empty. Raises ValueError."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
        raise ValueError(f'"{name}" is not a time zone such as Europe/Berlin') from exc


class Clockface:
    """Shows instants in one time zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def day(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%a %d %b %Y}"

    def time(self, moment: datetime) -> str:
        return f"{moment.astimezone(self._zone):%H:%M:%S}"

    def zone(self, moment: datetime) -> str:
        """UTC, or CET (UTC+01:00): what the clocks show at that moment."""
        local = moment.astimezone(self._zone)
        name, offset = local.tzname() or "", f"{local:%z}"
        if name == "UTC":
            return name
        shift = f"UTC{offset[:3]}:{offset[3:5]}"
        return f"{name} ({shift})" if name.isalpha() else shift

    def moment(self, moment: datetime) -> str:
        return f"{self.day(moment)}, {self.time(moment)}"


def lasted(seconds: float) -> str:
    """0.4 s, 12 s, 3 min 05 s, 2 h 10 min, 1 d 4 h: two units at most."""
    whole = round(seconds)
    if seconds < 0.95:
        return f"{seconds:.1f} s" if seconds >= 0.05 else "0 s"
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE:02} s"
    if whole < DAY:
        return f"{whole // HOUR} h {whole % HOUR // MINUTE:02} min"
    return f"{whole // DAY} d {whole % DAY // HOUR} h"
