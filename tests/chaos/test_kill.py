# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo window is killed at every request it makes, and run again: it ends in the desired state.

The simulator holds a request (received and not executed, or executed and not answered), the whole
process group is killed there, and a second run has to find its way from whatever the first left behind.
"""

from __future__ import annotations

import os
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

# Positions are dealt out to so many tests, so that workers share them.
SHARES = 8
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

    def killed_at(self, position: int, when: When) -> Any:
        """What the PBX is like after a window that was killed there and run again."""
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
        run = go(self.ansible, self.env, values, *QUICK)
        assert run.rc == 0, f"killed {when} request {position}\n{run.text}"
        return standing(self.simulator)


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_every_request(share: int, simulator: Simulator, collections_path: Path, tmp_path: Path) -> None:
    controller: Controller = running()
    killer = Killer(simulator, Ansible(controller, collections_path, tmp_path), tmp_path)
    log, wanted = killer.undisturbed()
    assert len(log) >= 30, "the demo window makes fewer requests than it should"
    for position in range(share + 1, len(log) + 1, SHARES):
        assert killer.killed_at(position, "before") == wanted, f"killed before request {position}"
        if is_write(log[position - 1]):
            assert killer.killed_at(position, "after") == wanted, f"killed after request {position}"
