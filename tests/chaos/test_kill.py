# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo window is killed at every request it makes. Run again, it ends in the desired state; taken back by another
process, the PBX is as it was before.

The simulator holds a request (received and not executed, or executed and not answered), all processes of the run are
killed there, and then somebody has to find a way from whatever is left: the PBX and some files. Most positions leave
the same as their neighbour, because a request that reads changes nothing: for these one resumption and one way back are
the proof.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chaos.killing import Killer, When, share_of
from tests.controllers import running
from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import restorable
from tests.simulator.testing import Simulator

# Positions are dealt out to so many tests, so that workers share them.
SHARES = 8
DEPARTMENTS = {"maintenance_window_close_departments": ["Sales"]}
# They take their time, so that only their own requests are tried.
SLOW = {"maintenance_window_backup": "before", "maintenance_window_updates": ["*"]}
SLOW_REQUESTS = ("/Backups/Pbx.Backup", "/InstallUpdates")
# Between two steps that make no request.
LOCALLY = (
    "before Snapshot | Open the window",
    "after Snapshot | Open the window",
    "before Close | Close the papers",
    "after Close | Close the papers",
)


@pytest.fixture
def ansible_here(collections_path: Path, tmp_path: Path) -> Ansible:
    return Ansible(running(), collections_path, tmp_path)


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_every_request(share: int, simulator: Simulator, ansible_here: Ansible, tmp_path: Path) -> None:
    killer = Killer(simulator, ansible_here, tmp_path, **DEPARTMENTS)
    log, former, wanted = killer.undisturbed()
    assert len(log) >= 30, "the demo window makes fewer requests than it should"
    proven: list[Any] = []
    for position in share_of(range(1, len(log) + 1), share, SHARES):
        for when in moments(log[position - 1]):
            where = f"killed {when} request {position}, {log[position - 1]['method']} {log[position - 1]['path']}"
            values = killer.kill_at(position, when)
            left = killer.left(values)
            if left not in proven:
                proven.append(left)
                assert killer.resumed(values, where) == wanted, where
                values = killer.kill_at(position, when)
                assert killer.taken_back(values, where) == restorable(former), where


@pytest.mark.parametrize("where", LOCALLY)
def test_killed_between_requests(where: str, simulator: Simulator, ansible_here: Ansible, tmp_path: Path) -> None:
    killer = Killer(simulator, ansible_here, tmp_path, **DEPARTMENTS)
    _log, former, wanted = killer.undisturbed()
    assert killer.resumed(killer.kill_at_task(where), where) == wanted
    assert killer.taken_back(killer.kill_at_task(where), where) == restorable(former)


@pytest.mark.parametrize("path", SLOW_REQUESTS)
def test_killed_at_a_backup_and_at_an_update(
    path: str, simulator: Simulator, ansible_here: Ansible, tmp_path: Path
) -> None:
    killer = Killer(simulator, ansible_here, tmp_path, **SLOW)
    log, former, wanted = killer.undisturbed()
    [position] = [number for number, one in enumerate(log, start=1) if one["path"].endswith(path)]
    for when in moments(log[position - 1]):
        where = f"killed {when} {path}"
        assert killer.resumed(killer.kill_at(position, when), where) == wanted, where
        assert killer.taken_back(killer.kill_at(position, when), where) == restorable(former), where


def moments(request: dict[str, Any]) -> tuple[When, ...]:
    """A request that changes something can be cut off on its way there or on its way back."""
    return ("before", "after") if is_write(request) else ("before",)


def test_every_position_is_somebodys() -> None:
    positions = range(1, 102)
    assert [one for share in range(SHARES) for one in share_of(positions, share, SHARES)] == list(positions)
