# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX that makes and restores backups, on a clock that only moves when somebody waits."""

from __future__ import annotations

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.waiting import Pace
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import AuthFailed, Refused, Unreachable
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

NAMES = ("3CXPhoneSystem01", "3CXIVR01")
RESTORE = "Backups('a.zip')/Pbx.Restore"


class BackupPbx(FakePort):
    """delay: seconds until a file is listed; it then grows for `growth` seconds. away: (from, to) after a restore, in
    seconds. closed: what is raised after that time, if anything. stopped: services that stay down.
    deaf: a call is swallowed.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.delay, self.growth = 3.0, 0.0
        self.away = (2.0, 9.0)
        self.files: dict[str, float] = {}
        self.restored_at: float | None = None
        self.deaf = 0
        self.closed: list[Exception] = []
        self.stopped: set[str] = set()
        self.version_after = self.version
        self.function_answers: dict[str, Any] = {}
        self.actions["Backups/Pbx.Backup"] = self.do_backup
        self.actions[RESTORE] = self.do_restore

    def ping(self, retry: bool = True) -> str:
        assert not retry, "polling has its own patience"
        return self._answer()

    def _open(self) -> None:
        for error in self.closed:
            raise error

    def _answer(self) -> str:
        if self.restored_at is None:
            return self.version
        since = self.clock.now - self.restored_at
        if self.away[0] <= since < self.away[1]:
            raise Unreachable("refused", detail="Connection refused")
        if since >= self.away[1]:
            self._open()
        return self.version_after if since >= self.away[1] else self.version

    def rows(self, path: str, **options: Any) -> list[Row]:
        self.reads.append(path)
        self._answer()
        if path == "Services":
            return [{"Name": name, "Status": self._status(name)} for name in NAMES]
        return [
            {"FileName": name, "Size": self._size(begun)} for name, begun in self.files.items() if self._size(begun)
        ]

    def _status(self, name: str) -> str:
        done = self.restored_at is not None and self.clock.now - self.restored_at >= self.away[1]
        return "Stopped" if done and name in self.stopped else "Running"

    def _size(self, begun: float) -> int:
        grown = self.clock.now - begun - self.delay
        return 0 if grown < 0 else 100 + int(min(grown, self.growth) * 100)

    def function(self, path: str, /, **parameters: Any) -> Any:
        self.reads.append(path)
        if path.endswith("GetCanCreateBackup"):
            busy = any(self.clock.now < begun + self.delay + self.growth for begun in self.files.values())
            return {"value": not busy}
        return self.function_answers[path]

    def do_backup(self, body: Any) -> None:
        if self.deaf:
            self.deaf -= 1
            return
        name = body["description"]["Name"]
        if name in self.files:
            raise Refused("POST Backups: HTTP 400 DUPLICATE", status=400, codes=("DUPLICATE",))
        self.files[name] = self.clock.now

    def do_restore(self, body: Any) -> None:
        if not self.deaf:
            self.restored_at = self.clock.now


def pace(clock: Clock, timeout: float = 60.0, interval: float = 2.0, told: list[str] | None = None) -> Pace:
    return Pace(timeout, interval, [].append if told is None else told.append, sleep=clock.sleep, clock=clock)


LOCKED_OUT = AuthFailed("POST /connect/token: HTTP 401", status=401)
