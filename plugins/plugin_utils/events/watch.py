# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Watching the logs of a PBX and handing what is new to a rulebook. PRIVATE to the collection.

A line is handed over first and noted then, so a crash in between repeats it; nothing is ever lost. Among many lines a
note is made now and then, since each is a file that is written. The wire blocks, so it works in a thread; everything
else stays in the event loop.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import ABOUT_CREDENTIALS, XapiError

from .arguments import Arguments, arguments_of
from .logs import ActivityLog, EventLog, Log
from .mark import Mark
from .pace import Pace
from .records import Record
from .store import OPTION, Store

LOGGER = logging.getLogger("tcx.pbx.tcx_events")
# A token lasts about an hour (REALITY.md, section 1). If two are needed within this time, somebody replaces ours.
TOKEN_LASTS = timedelta(minutes=10)
# A rulebook may take minutes for many lines. If it is killed, no more than what it took in this time is repeated.
NOTED_EVERY = timedelta(seconds=1)


class Queue(Protocol):
    async def put(self, item: Any) -> None:
        """Waits while the rulebook is busy."""


class Watcher:
    """One log of one PBX. mark: None to hand over only what comes from now on. sleep, clock: for tests."""

    def __init__(
        self,
        arguments: Arguments,
        log: Log,
        store: Store,
        mark: Mark | None,
        queue: Queue,
        *,
        client: Client | None = None,
        pace: Pace | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._arguments = arguments
        self._log = log
        self._store = store
        self._queue = queue
        self._client = client or Client(arguments.connection)
        self._pace = pace or Pace(arguments.interval)
        self._sleep = sleep
        self._clock = clock
        self._mark = mark
        self._token_made: datetime | None = None
        self._title = f"{log.name} log of {arguments.connection.url}"

    async def run(self) -> None:
        """Never ends by itself."""
        while True:
            await self._sleep(await self._look())

    async def _look(self) -> float:
        """One look at the log; the seconds until the next."""
        tokens = self._client.counters.tokens
        try:
            await self._hand_over(self._mark)
        except XapiError as exc:
            pause = self._pace.back_off(isinstance(exc, ABOUT_CREDENTIALS), exc.wait)
            LOGGER.warning("%s: %s Next attempt in %.0f seconds.", self._title, exc, pause)
            return pause
        if self._client.counters.tokens > tokens and self._token_was_replaced():
            LOGGER.warning("%s: another program uses the same API client; give each its own.", self._title)
            return self._pace.back_off()
        return self._pace.rest()

    def _token_was_replaced(self) -> bool:
        before, self._token_made = self._token_made, self._clock()
        return before is not None and self._token_made - before < TOKEN_LASTS

    async def _hand_over(self, mark: Mark | None) -> None:
        now = self._clock()
        if mark is None:
            self._mark = await asyncio.to_thread(self._log.end, self._client, now)
            self._keep(self._mark)
            return
        records = await asyncio.to_thread(self._log.read, self._client, mark, now)
        new = [record for record in records if mark.is_new(record)]
        kept = now
        try:
            for record in new:
                await self._queue.put(self._event(record))
                mark.note(record, now)
                if self._clock() - kept > NOTED_EVERY:
                    self._keep(mark)
                    kept = self._clock()
            mark.settle(records)
        finally:
            # Also when the rulebook ends in the middle of it.
            if new:
                self._keep(mark)

    def _keep(self, mark: Mark) -> None:
        """The watch goes on when that fails, for it still knows; only a restart would repeat what came since."""
        try:
            self._store.save(mark)
        except OptionError as exc:
            LOGGER.warning("%s: a restart will repeat events, because %s", self._title, exc)

    def _event(self, record: Record) -> dict[str, Any]:
        line = record.line
        told = {"pbx": self._arguments.connection.url, "log": self._log.name, "time": line.time.isoformat()}
        event: dict[str, Any] = {"tcx": {**told, **line.shown}}
        if self._arguments.host:
            # The engine limits playbooks to these hosts.
            event["meta"] = {"hosts": self._arguments.host}
        return event


def log_called(name: str, arguments: Arguments) -> Log:
    return EventLog() if name == EventLog.name else ActivityLog(arguments.activity)


async def watch(queue: Queue, given: Mapping[str, Any]) -> None:
    """What the event source does, until it is cancelled.

    OptionError names an argument that cannot be used, ValueError says that a PBX is too old to be understood.
    """
    arguments = arguments_of(given, os.environ)
    cabinet = Cabinet(OPTION, arguments.state_directory)
    with ExitStack() as held:
        watchers = []
        for name in arguments.logs:
            store = Store(cabinet, arguments.connection.url, name)
            store.take()
            held.callback(store.leave)
            log = log_called(name, arguments)
            mark = store.load() or (log.beginning() if arguments.start == "all" else None)
            watchers.append(Watcher(arguments, log, store, mark, queue))
        await _together(watchers)


async def _together(watchers: list[Watcher]) -> None:
    """Until one of them fails; its exception is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            for watcher in watchers:
                group.create_task(watcher.run())
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
