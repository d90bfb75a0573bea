# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows that are killed, and what they leave behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from tests.integration.ansible import Ansible
from tests.integration.conftest import connection_of
from tests.integration.window import PLAYBOOK, go, go_back, inventory, quiet, restorable, standing, variables
from tests.simulator.testing import Simulator

# The report makes no request, and every run counts here.
QUICK = ("--skip-tags", "report")
# Times, what is named after them, and who wrote it: two runs differ in nothing else.
OF_THE_MOMENT = re.compile(rb'\d{4}-?\d\d-?\d\d[T_-]?[\d:.]*Z?|"(pid|began)": "?\d+"?')
When = Literal["before", "after"]


class Killer:
    """Runs windows of one test on one simulated PBX. `changes` are variables of the role besides those of the demo."""

    def __init__(self, simulator: Simulator, ansible: Ansible, place: Path, **changes: Any) -> None:
        self.simulator = simulator
        self.ansible = ansible
        self.place = place
        self.changes = changes
        self.env = connection_of(simulator)
        self.runs = 0

    def values(self) -> dict[str, Any]:
        """Variables with papers of their own."""
        self.runs += 1
        return variables(self.place / str(self.runs), **self.changes)

    def fresh(self) -> None:
        """The demo PBX without calls, and with services, backups and updates that need no time."""
        quiet(self.simulator)
        self.simulator.switch(service_delay=0, backup_delay=0, update_delay=0, update_outage=0)

    def undisturbed(self) -> tuple[list[dict[str, Any]], Any, Any]:
        """The requests of a whole window, and what the PBX is like before and after it."""
        self.fresh()
        before = standing(self.simulator)
        run = go(self.ansible, self.env, self.values(), *QUICK)
        assert run.rc == 0, run.text
        return self.simulator.log(), before, standing(self.simulator)

    def leftovers(self, when: When) -> list[Any]:
        """What a run leaves that is killed at its first request, at its second, and so on.

        A run that is killed leaves what is there at that moment. So one run, held at each request, shows them all.
        """
        self.fresh()
        values = self.values()
        found: list[Any] = []
        self.simulator.hold(1, executed=when == "after")
        process = self.start(values)
        while process.poll() is None:
            if self.simulator.held(wait=0.2):
                found.append(self.left(values))
                self.simulator.hold(1, executed=when == "after")
                self.simulator.release()
        assert process.wait() == 0, "held at each request, the window failed"
        return found

    def kill_at(self, position: int, when: When) -> dict[str, Any]:
        """Start a window, kill it while the PBX has this request, and return its variables."""
        self.fresh()
        values = self.values()
        self.simulator.hold(position, executed=when == "after")
        process = self.start(values)
        try:
            assert self.simulator.held(wait=60), f"request {position} never came"
        finally:
            kill(process)
        self.simulator.release(drop=True)
        return values

    def kill_at_task(self, where: str) -> dict[str, Any]:
        """Start a window that kills itself there, such as "after Snapshot | Open the window"."""
        self.fresh()
        values = self.values()
        settings = {"ANSIBLE_CALLBACKS_ENABLED": "kill_at_task", "TCX_TEST_KILL": where}
        process = self.start(values, **settings)
        assert process.wait(timeout=60) == -signal.SIGKILL, f"it never came to {where}"
        return values

    def start(self, values: dict[str, Any], **settings: str) -> subprocess.Popen[bytes]:
        hosts = inventory(self.ansible, values)
        env = {**self.env, **settings}
        command, environment, _results = self.ansible.prepare(PLAYBOOK, *QUICK, env=env, inventory=hosts)
        nothing = subprocess.DEVNULL
        return subprocess.Popen(command, env=environment, cwd=self.place, stdout=nothing, stderr=nothing)

    def left(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """The PBX and the papers as they are, without what differs from run to run.

        And without the journal, which people read: neither a resumption nor the way back asks what is in it.
        """
        place = Path(values["maintenance_window_directory"])
        files = sorted(path for path in place.rglob("*") if path.suffix != ".jsonl") if place.is_dir() else []
        pbx = timeless(json.dumps(standing(self.simulator), sort_keys=True).encode())
        return pbx, [(timeless(path.name.encode()), timeless(path.read_bytes())) for path in files]

    def resumed(self, values: dict[str, Any], where: str) -> Any:
        """What the PBX is like after the same window was run again."""
        run = go(self.ansible, self.env, values, *QUICK)
        assert run.rc == 0, f"{where}, then run again\n{run.text}"
        assert not open_windows(values), f"{where}, then run again: it is still open"
        return standing(self.simulator)

    def taken_back(self, values: dict[str, Any], where: str) -> Any:
        """What the PBX is like after a process that knows nothing but the directory took it back."""
        known = ("maintenance_window_directory", "maintenance_window_poll_interval")
        run = go_back(self.ansible, self.env, {name: values[name] for name in known}, *QUICK)
        if not papers(values):
            assert "There is no window" in run.text, f"{where}, then taken back\n{run.text}"
        else:
            assert run.rc == 0, f"{where}, then taken back\n{run.text}"
            assert not open_windows(values), f"{where}, then taken back: it is still open"
        return restorable(standing(self.simulator))


def papers(values: dict[str, Any]) -> list[Path]:
    return sorted(Path(values["maintenance_window_directory"]).glob("*.state.json"))


def open_windows(values: dict[str, Any]) -> list[Path]:
    return [path for path in papers(values) if '"closed": ""' in path.read_text(encoding="utf-8")]


def timeless(content: bytes) -> bytes:
    return OF_THE_MOMENT.sub(b"", content)


def kill(process: subprocess.Popen[bytes]) -> None:
    """As when the power fails: the run and its workers, which are in sessions of their own, at once."""
    os.kill(process.pid, signal.SIGSTOP)
    for pid in (*descendants(process.pid), process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def descendants(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        yield from descendants(int(child))
        yield int(child)


def share_of(positions: Sequence[int], share: int, shares: int) -> Sequence[int]:
    """Those that one of so many tests tries; neighbours stay together."""
    return positions[len(positions) * share // shares : len(positions) * (share + 1) // shares]
