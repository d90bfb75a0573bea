# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo window is killed at every request it makes, and run again: it ends in the desired state.

The simulator holds a request (received and not executed, or executed and not answered), the whole
process group is killed there, and a second run has to find its way from whatever the first left behind.
What a killed run leaves is the state of the PBX and some files. Most positions leave the same as their
neighbour, because a request that reads changes nothing: for these one second run is the proof.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path
from typing import Any, Literal

import pytest

from tests.controllers import Controller, running
from tests.integration.ansible import Ansible
from tests.integration.conftest import connection_of
from tests.integration.scenarios import is_write
from tests.integration.window import PLAYBOOK, go, inventory, quiet, standing, variables
from tests.simulator.testing import Simulator

# Positions are dealt out to so many tests, so that workers share them; neighbours stay together.
SHARES = 8
# Times, and what is named after them: two runs differ in nothing else.
MOMENT = re.compile(rb"\d{4}-?\d\d-?\d\d[T_-]?[\d:.]*Z?|\b\d{10}\b")
# The page makes no request, and every run counts here.
QUICK = ("--skip-tags", "report")
When = Literal["before", "after"]


class Killer:
    """Runs the demo window of one test."""

    def __init__(self, simulator: Simulator, ansible: Ansible, place: Path) -> None:
        self.simulator = simulator
        self.ansible = ansible
        self.place = place
        self.env = connection_of(simulator)
        self.runs = 0

    def values(self) -> dict[str, Any]:
        self.runs += 1
        place = self.place / str(self.runs)
        # Its making is a module process of its own, in each of some two hundred runs.
        (place / "windows").mkdir(parents=True, mode=0o700)
        return variables(place)

    def fresh(self) -> None:
        """The demo PBX without calls, and with services that need no time."""
        quiet(self.simulator)
        self.simulator.switch(service_delay=0)

    def undisturbed(self) -> tuple[list[dict[str, Any]], Any]:
        """The requests of a whole window, and what the PBX is like after it."""
        self.fresh()
        run = go(self.ansible, self.env, self.values(), *QUICK)
        assert run.rc == 0, run.text
        return self.simulator.log(), standing(self.simulator)

    def kill_at(self, position: int, when: When) -> dict[str, Any]:
        """Start a window, kill it there, and return its variables."""
        self.fresh()
        values = self.values()
        self.simulator.hold(position, executed=when == "after")
        command, environment, _results = self.ansible.prepare(
            PLAYBOOK, *QUICK, env=self.env, inventory=inventory(self.ansible, values)
        )
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=self.place,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert self.simulator.held(wait=60), f"request {position} never came"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.simulator.release(drop=True)
        return values

    def left(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """What a killed run left behind: the PBX and the files of the window, without the times in them."""
        place = Path(values["maintenance_window_directory"])
        files = sorted(path for path in place.rglob("*") if path.is_file())
        contents = [(MOMENT.sub(b"", str(path.relative_to(place)).encode()), timeless(path)) for path in files]
        return standing(self.simulator), contents

    def go_again(self, values: dict[str, Any], where: str) -> Any:
        """What the PBX is like after the second run."""
        run = go(self.ansible, self.env, values, *QUICK)
        assert run.rc == 0, f"{where}\n{run.text}"
        return standing(self.simulator)


def timeless(path: Path) -> bytes:
    return MOMENT.sub(b"", path.read_bytes())


def share_of(positions: int, share: int) -> range:
    """The positions, from 1 on, that one of the tests tries."""
    return range(1 + positions * share // SHARES, 1 + positions * (share + 1) // SHARES)


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_every_request(share: int, simulator: Simulator, collections_path: Path, tmp_path: Path) -> None:
    controller: Controller = running()
    killer = Killer(simulator, Ansible(controller, collections_path, tmp_path), tmp_path)
    log, wanted = killer.undisturbed()
    assert len(log) >= 30, "the demo window makes fewer requests than it should"
    proven: list[Any] = []
    for position in share_of(len(log), share):
        for when in moments(log[position - 1]):
            where = f"killed {when} request {position}"
            values = killer.kill_at(position, when)
            left = killer.left(values)
            if left not in proven:
                assert killer.go_again(values, where) == wanted, where
                proven.append(left)


def moments(request: dict[str, Any]) -> tuple[When, ...]:
    """A request that changes something can be cut off on its way there or on its way back."""
    return ("before", "after") if is_write(request) else ("before",)


def test_every_position_is_somebodys() -> None:
    assert sorted(one for share in range(SHARES) for one in share_of(101, share)) == list(range(1, 102))
