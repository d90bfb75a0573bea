# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The logs of a PBX that can be watched. PRIVATE to the collection.

The contract says what there is to read; what the numbers of the activity log count it does not say, so nothing rests on
them here. The clock of the PBX may differ from ours: only what the PBX itself wrote is compared with its times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant
from ansible_collections.tcx.pbx.plugins.module_utils._xapi import odata
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client

from .mark import Mark
from .records import Line, Record, records_of

# What a new watcher takes note of without handing it over; more than clocks differ.
RECENT_LINES = 100
RECENT = timedelta(hours=1)
# Beyond any difference of clocks and time zones.
FUTURE = timedelta(days=1)
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
LOGS_CALL = "ActivityLog/Pbx.GetLogs"
SLOT = re.compile(r"%(\d+)\$s")


class Log(Protocol):
    """Every method but `beginning` reads from the PBX, so it may raise an XapiError."""

    name: str

    def beginning(self) -> Mark:
        """Before all that the log holds."""

    def end(self, client: Client, now: datetime) -> Mark:
        """After all that the log holds."""

    def read(self, client: Client, mark: Mark, now: datetime) -> list[Record]:
        """Everything from the mark on, and some before it, in the order of the log."""


class EventLog:
    """What the console shows as events: the set EventLogs."""

    name = "event"
    _SHOWN = (
        ("id", "Id"),
        ("type", "Type"),
        ("event_id", "EventId"),
        ("source", "Source"),
        ("group", "Group"),
        ("group_name", "GroupName"),
    )

    def beginning(self) -> Mark:
        return Mark()

    def end(self, client: Client, now: datetime) -> Mark:
        rows = client.rows("EventLogs", orderby="Id desc", limit=RECENT_LINES)
        return _passed(records_of(self._lines(reversed(rows))), Mark(), now)

    def read(self, client: Client, mark: Mark, now: datetime) -> list[Record]:
        later = None if mark.since is None else f"TimeGenerated ge {odata.literal(mark.since)}"
        rows = client.rows("EventLogs", filter=odata.any_of(f"Id gt {mark.last}", later))
        return records_of(self._lines(rows))

    def _lines(self, rows: Any) -> Iterator[Line]:
        for row in rows:
            time = _time(row.get("TimeGenerated"))
            params = [str(value) for value in row.get("Params") or ()]
            shown = {ours: row.get(theirs) for ours, theirs in self._SHOWN}
            shown |= {"message": filled(row.get("Message") or "", params), "params": params}
            identity = tuple(row.get(name) for name in ("Id", "EventId", "Source", "Message", "Params"))
            yield Line(identity, time, int(row["Id"]), shown)


class ActivityLog:
    """What the console shows as activity log. choice: extension, call, search and severity, as the PBX takes them."""

    name = "activity"

    def __init__(self, choice: Mapping[str, str] | None = None) -> None:
        self._choice = dict(choice or {})

    def beginning(self) -> Mark:
        return Mark(BEGINNING)

    def end(self, client: Client, now: datetime) -> Mark:
        start = Mark(now - RECENT)
        return _passed(self.read(client, start, now), start, now)

    def read(self, client: Client, mark: Mark, now: datetime) -> list[Record]:
        rows = self._rows(client, {"startDate": mark.since or BEGINNING, "endDate": now + FUTURE})
        lines = [Line((row.get("Message"),), _time(row.get("TimeStamp")), None, _activity(row)) for row in rows]
        return records_of(sorted(lines, key=lambda line: line.time))

    def _rows(self, client: Client, period: Mapping[str, datetime]) -> list[dict[str, Any]]:
        wanted = catalog_for(client.known_version()).calls[LOGS_CALL].parameters
        values: dict[str, Any] = {**period, **self._choice}
        if "top" not in wanted:
            return self._page(client, [(name, values.get(name, "")) for name in wanted])
        return self._pages(client, list(wanted), values)

    def _pages(self, client: Client, wanted: list[str], values: dict[str, Any]) -> list[dict[str, Any]]:
        """Up to 20.0.5 the function itself takes top and skip."""
        size, rows = 1000, list[dict[str, Any]]()
        while True:
            values |= {"top": size, "skip": len(rows)}
            page = self._page(client, [(name, values.get(name, "")) for name in wanted])
            rows += page
            if len(page) != size:
                return rows

    def _page(self, client: Client, parameters: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        return client.rows(odata.call(LOGS_CALL, dict(parameters)), orderby="", keyed=False)


def _time(text: str | None) -> datetime:
    """A line whose time cannot be read is old: if its log has numbers, these still tell that it is new."""
    try:
        return instant(text or "")
    except (ValueError, OverflowError):
        return BEGINNING


def _activity(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"index": row.get("Index"), "message": row.get("Message") or ""}


def _passed(records: list[Record], mark: Mark, now: datetime) -> Mark:
    """The mark after records that nobody is told of."""
    for record in records:
        mark.note(record, now)
    mark.settle(records)
    return mark


def filled(message: str, params: list[str]) -> str:
    """The message with its slots such as %1$s replaced (REALITY.md, section 9)."""

    def value(slot: re.Match[str]) -> str:
        place = int(slot.group(1))
        return params[place - 1] if 0 < place <= len(params) else slot.group()

    return SLOT.sub(value, message)
