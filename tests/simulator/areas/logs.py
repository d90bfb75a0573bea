# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event log, which is a set, and the activity log, which only functions show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.odata.values import instant

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

ACTIVITY = "ActivityLog"


class EventLogs(EntitySet):
    """What the PBX noted."""

    modelled = True

    def note(self, kind: str, event_id: int, source: str, params: list[str]) -> None:
        """Notes an event now."""
        slots = " ".join(f"%{place}$s" for place in range(1, len(params) + 1))
        row = {
            "Type": kind,
            "EventId": event_id,
            "Source": source,
            "Message": slots,
            "Params": params,
            "TimeGenerated": self.pbx.clock.stamp(),
        }
        self.put({name: value for name, value in row.items() if name in self.pbx.types.properties(self.type)})


def report(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Defs/Pbx.ReportLogEvent: a client notes an event."""
    request = arguments.get("request") or {}
    log = pbx.sets["EventLogs"]
    if isinstance(log, EventLogs):
        log.note(request.get("Type", "Info"), request.get("EventId", 0), request.get("Source", ""), request["Params"])


def events(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """EventLogs/Pbx.DownloadEventLogs()."""
    return pbx.sets["EventLogs"].entities()


def purge_events(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """EventLogs/Pbx.PurgeEventLog."""
    pbx.sets["EventLogs"].rows.clear()


def _activity(pbx: Pbx) -> list[Entity]:
    held: list[Entity] = pbx.shelf.setdefault(ACTIVITY, [])
    return held


def note_activity(pbx: Pbx, message: str) -> Entity:
    """A line of the activity log, now."""
    lines = _activity(pbx)
    line = {"Index": lines[-1]["Index"] + 1 if lines else 1, "TimeStamp": pbx.clock.stamp(), "Message": message}
    lines.append(line)
    return line


def activity(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """ActivityLog/Pbx.GetLogs: the lines of a period that name the extension."""
    start, end = (instant(str(arguments[name])) for name in ("startDate", "endDate"))
    words = [str(arguments.get(name) or "") for name in ("extension", "call", "severity")]
    return [
        row
        for row in _activity(pbx)
        if start <= instant(row["TimeStamp"]) <= end and all(word in row["Message"] for word in words)
    ]


def activity_filter(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """ActivityLog/Pbx.GetFilter(): the extensions that a client may ask for."""
    return {"Extensions": [{"Number": row["Number"], "CallIds": []} for row in pbx.sets["Users"].rows.values()]}


def purge_activity(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """ActivityLog/Pbx.PurgeLogs."""
    _activity(pbx).clear()


def purge_all(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """PurgeAllLogs: both logs."""
    purge_events(pbx, target, arguments)
    purge_activity(pbx, target, arguments)


CALLS = {
    "Defs/Pbx.ReportLogEvent": report,
    "EventLogs/Pbx.DownloadEventLogs()": events,
    "EventLogs/Pbx.PurgeEventLog": purge_events,
    "ActivityLog/Pbx.GetLogs()": activity,
    "ActivityLog/Pbx.GetFilter()": activity_filter,
    "ActivityLog/Pbx.PurgeLogs": purge_activity,
    "PurgeAllLogs": purge_all,
}
