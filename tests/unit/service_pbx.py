# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX whose services take time, on a clock that only moves when somebody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused, Unreachable
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row

SIP, IVR, QUEUE = "3CXPhoneSystem01", "3CXIVR01", "3CXQueueManager01"
CONSOLE, NGINX = "3CXPhoneSystemMC01", "nginx"
DISPLAY = {
    SIP: "3CX PhoneSystem 01 SIP Server",
    IVR: "3CX PhoneSystem 01 IVR Server",
    QUEUE: "3CX PhoneSystem 01 Queue Manager",
    CONSOLE: "3CX PhoneSystem 01 Management Console",
    NGINX: "nginx",
}
PENDING = {"Running": "StartPending", "Stopped": "StopPending"}


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


class ServicePbx(FakePort):
    """delay: seconds in each pending state. drag: what stops along with what. outage: (from, to) in clock time during
    which nothing answers. crash: services that never come to run. looks: readings of the list."""

    def __init__(self, clock: Clock, *, delay: float = 1.0, stopped: Iterable[str] = ()) -> None:
        super().__init__()
        self.clock = clock
        self.delay = delay
        self.drag: dict[str, tuple[str, ...]] = {}
        self.outage = (0.0, 0.0)
        self.outage_after_restart = 0.0
        self.crash: set[str] = set()
        self.refused: set[str] = set()
        self.flags: dict[str, Row] = {CONSOLE: {"StartStopEnabled": False}, NGINX: {"StartStopEnabled": False}}
        self.steps = {name: [(0.0, "Stopped" if name in stopped else "Running")] for name in DISPLAY}
        self.extra: dict[str, Callable[[], Row]] = {}
        self.hidden: set[str] = set()
        self.repeatable: set[str] = set()
        self.looks = 0
        self.pings = 0
        for verb in ("Start", "Stop", "Restart", "Enable", "Disable"):
            self.actions[f"Services/Pbx.{verb}"] = getattr(self, f"do_{verb.lower()}")

    def rows(self, path: str, *, select: Any = (), **options: Any) -> list[Row]:
        self.reads.append(path)
        self._answer()
        self.looks += 1
        return [self._row_of(name) for name in DISPLAY if name not in self.hidden]

    def ping(self, retry: bool = True) -> str:
        assert not retry, "polling has its own patience"
        self.pings += 1
        self._answer()
        return "20.0.10.1"

    def action(self, path: str, body: Row | None = None, *, repeatable: bool = False) -> Any:
        if repeatable:
            self.repeatable.add(path.rpartition(".")[2])
        return super().action(path, body, repeatable=repeatable)

    def verbs(self) -> list[tuple[str, list[str]]]:
        return [(path.rpartition(".")[2], body["options"]["ServiceNames"]) for _verb, path, body in self.calls]

    def status(self, name: str) -> str:
        return next(state for moment, state in reversed(self.steps[name]) if moment <= self.clock.now)

    def head_for(self, name: str, *states: str) -> None:
        moment, steps = self.clock.now, [(0.0, self.status(name))]
        for state in states:
            steps += [(moment, PENDING[state]), (moment + self.delay, state)]
            moment += self.delay
        self.steps[name] = steps

    def _row_of(self, name: str) -> Row:
        row = {"Name": name, "DisplayName": DISPLAY[name], "Status": self.status(name)}
        flags = {"StartStopEnabled": True, "RestartEnabled": True, **self.flags.get(name, {})}
        return {**row, **flags, **self.extra.get(name, dict)()}

    def _answer(self) -> None:
        if self.outage[0] <= self.clock.now < self.outage[1]:
            raise Unreachable("the PBX refuses connections")

    def _names(self, body: Any) -> list[str]:
        self._answer()
        names = body["options"]["ServiceNames"]
        if self.refused & set(names):
            raise Refused("POST Services: HTTP 400: NOT_SUPPORTED", status=400)
        return list(names)

    def do_start(self, body: Any) -> None:
        for name in self._names(body):
            self.head_for(name, "Running", *(["Stopped"] if name in self.crash else []))

    def do_stop(self, body: Any) -> None:
        for name in self._names(body):
            for each in (name, *self.drag.get(name, ())):
                self.head_for(each, "Stopped")

    def do_restart(self, body: Any) -> None:
        for name in self._names(body):
            self.head_for(name, "Stopped", "Running")
            for other in self.drag.get(name, ()):
                self.head_for(other, "Stopped")
            if name in (CONSOLE, NGINX):
                self.outage = (self.clock.now, self.clock.now + self.outage_after_restart)

    def do_enable(self, body: Any) -> None:
        self._names(body)

    def do_disable(self, body: Any) -> None:
        self._names(body)
