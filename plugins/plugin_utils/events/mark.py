# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How far a log has been handed over. PRIVATE to the collection.

Time alone does not tell: several lines share an instant, some are written late, clocks are set back. Numbers alone do
not tell either: they begin anew when a log is purged or a backup is restored. So a log is read from a little before the
newest line on, and whatever is known by its key is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant

from .records import Record

# How late a line may be written.
OVERLAP = timedelta(seconds=30)


class Mark:
    """newest: time of the newest line, None before the first. last: number of the last line that was read.
    seen: time of each line since `since`, by its key."""

    def __init__(
        self, newest: datetime | None = None, last: int = 0, seen: Mapping[str, datetime] | None = None
    ) -> None:
        self.newest = newest
        self.last = last
        self.seen = dict(seen or {})

    @property
    def since(self) -> datetime | None:
        """From when on lines have to be read again; None for all."""
        return None if self.newest is None else self.newest - OVERLAP

    def is_new(self, record: Record) -> bool:
        line, since = record.line, self.since
        if record.key in self.seen:
            return False
        return since is None or line.time >= since or (line.number is not None and line.number > self.last)

    def note(self, record: Record, now: datetime) -> None:
        """The line has been handed over. now: a line from the future must not hide those that come before its time."""
        time = min(record.line.time, now)
        self.newest = time if self.newest is None else max(self.newest, time)
        self.seen[record.key] = record.line.time
        if record.line.number is not None:
            self.last = record.line.number

    def settle(self, records: Sequence[Record]) -> None:
        """All of a reading has been handed over: forget what will not be read again."""
        if records and records[-1].line.number is not None:
            self.last = records[-1].line.number
        since = self.since
        if since is not None:
            self.seen = {key: time for key, time in self.seen.items() if time >= since}

    def as_record(self) -> dict[str, Any]:
        """JSON-ready, for `from_record`."""
        return {
            "newest": None if self.newest is None else self.newest.isoformat(),
            "last": self.last,
            "seen": {key: time.isoformat() for key, time in self.seen.items()},
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Mark:
        """Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
        newest = None if record["newest"] is None else instant(record["newest"])
        return cls(newest, int(record["last"]), {key: instant(text) for key, text in record["seen"].items()})
