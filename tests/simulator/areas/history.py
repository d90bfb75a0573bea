# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call and chat history: rows that only time makes, and purges that take them away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.odata.values import instant

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Set -> the property that tells when a row came about.
MOMENTS = {
    "CallHistoryView": "SegmentStartTime",
    "ChatHistoryView": "TimeSent",
    "ChatMessagesHistoryView": "TimeSent",
}


class History(EntitySet):
    """Rows without rules; they come from the seed or the control interface."""

    modelled = True


class LastMoments(EntitySet):
    """LastCdrAndChatMessageTimestamp: one row that follows the histories."""

    modelled = True

    def entities(self) -> list[Entity]:
        calls = [row["SegmentStartTime"] for row in self.pbx.sets["CallHistoryView"].rows.values()]
        chats = [row["TimeSent"] for row in self.pbx.sets["ChatMessagesHistoryView"].rows.values()]
        if not calls and not chats:
            return []
        return [
            {
                "LastCdrStartedAt": max(calls, default="0001-01-01T00:00:00Z"),
                "LastChatMessageTimeSent": max(chats, default=None),
            }
        ]


def _purge(pbx: Pbx, set_name: str, period: Entity) -> None:
    rows = pbx.sets[set_name].rows
    if period.get("All"):
        rows.clear()
        return
    start = instant(period["Start"]) if period.get("Start") else None
    stop = instant(period["Stop"]) if period.get("Stop") else None
    for key, row in list(rows.items()):
        moment = instant(row[MOMENTS[set_name]])
        if (start is None or moment >= start) and (stop is None or moment <= stop):
            del rows[key]


def purge_calls(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """PurgeCalls: all, or those of a period."""
    _purge(pbx, "CallHistoryView", arguments.get("period") or {})


def purge_chats(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """PurgeChats: all, or those of a period."""
    for name in ("ChatHistoryView", "ChatMessagesHistoryView"):
        _purge(pbx, name, arguments.get("period") or {})


class Download:
    """The download of a history: its rows."""

    def __init__(self, set_name: str) -> None:
        self.set_name = set_name

    def __call__(self, pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
        return pbx.sets[self.set_name].entities()


CALLS: dict[str, Call] = {
    "PurgeCalls": purge_calls,
    "PurgeChats": purge_chats,
    "CallHistoryView/Pbx.DownloadCallHistory()": Download("CallHistoryView"),
    "ChatHistoryView/Pbx.DownloadChatHistory()": Download("ChatHistoryView"),
    "ChatMessagesHistoryView/Pbx.DownloadChatMessagesHistory()": Download("ChatMessagesHistoryView"),
}
