# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source without a rulebook, and with pauses that take no time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.arguments import arguments_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.pace import Pace
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.store import OPTION, Store
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.watch import Watcher, log_called
from tests.simulator.testing import RunningPbx

SOURCE = Path("extensions", "eda", "plugins", "event_source", "tcx_events.py")
INTERVAL = 30


def connection(pbx: RunningPbx) -> dict[str, Any]:
    return {
        "url": pbx.url,
        "client_id": pbx.client_id,
        "client_secret": pbx.client_secret,
        "ca_path": pbx.ca_path,
        "timeout": 5,
    }


def report(pbx: RunningPbx, *params: str, kind: str = "Error") -> None:
    """The PBX notes an event."""
    body = {"request": {"Type": kind, "EventId": 7, "Source": "Test", "Params": list(params)}}
    assert pbx.request("POST", "Defs/Pbx.ReportLogEvent", json=body).status_code == 204


def main_of_the_source(collections: Path) -> Callable[[Any, dict[str, Any]], Coroutine[Any, Any, None]]:
    """main() of the file, which belongs to no package: the engine runs it by its path."""
    path = collections / "ansible_collections" / "tcx" / "pbx" / SOURCE
    spec = spec_from_file_location("source_of_a_rulebook", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    main: Callable[[Any, dict[str, Any]], Coroutine[Any, Any, None]] = module.main
    return main


class Turns:
    """One process that watches: `look` lets it look at the log once; pauses are noted and not waited for."""

    def __init__(self, pbx: RunningPbx, place: Path, log: str = "event", **arguments: Any) -> None:
        given = arguments_of({**connection(pbx), "interval": INTERVAL, **arguments}, {"HOME": str(place)})
        self.store = Store(Cabinet(OPTION, str(place / "state")), pbx.url, log)
        self.store.take()
        self.events: list[dict[str, Any]] = []
        self.pauses: list[float] = []
        one = log_called(log, given)
        mark = self.store.load() or (one.beginning() if given.start == "all" else None)
        self._watcher = Watcher(
            given,
            one,
            self.store,
            mark,
            self,
            # As in a process of its own: no other test's token is known.
            client=Client(given.connection, tokens=TokenMemory(8)),
            pace=Pace(given.interval, lambda least, _most: least),
            sleep=self._pause,
        )
        self._left = 0
        self.room: float = float("inf")

    async def put(self, item: dict[str, Any]) -> None:
        """The queue of the rulebook, which takes no more than there is room for."""
        if len(self.events) >= self.room:
            raise asyncio.CancelledError
        self.events.append(item)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self._left -= 1
        if not self._left:
            raise asyncio.CancelledError

    def look(self, times: int = 1) -> list[str]:
        """The messages that came of it."""
        before, self._left = len(self.events), times
        with suppress(asyncio.CancelledError):
            asyncio.run(self._watcher.run())
        return [event["tcx"]["message"] for event in self.events[before:]]

    def end(self) -> None:
        """The process ends: nothing in its memory is left."""
        self.store.leave()
