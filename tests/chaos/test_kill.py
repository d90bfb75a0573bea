# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo window is killed wherever that leaves something different behind. Run again, it ends in the desired state;
taken back by another process, the PBX is as it was before.

What a killed run leaves is the state of the PBX and some files, as they are at that moment. One run is held at every
request it makes (received and not executed; in another run executed and not answered), to see what is there. Then a run
is killed, with all its processes, at the first position of each such state, and somebody has to find a way from there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chaos.killing import Killer, When, share_of
from tests.controllers import running
from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import BACKUP, restorable
from tests.simulator.testing import Simulator

# Positions are dealt out to so many tests, so that workers share them.
SHARES = 3
DEPARTMENTS = {"maintenance_window_close_departments": ["Sales"]}
# They take their time, so that only their own requests are tried.
SLOW = {**BACKUP, "maintenance_window_updates": ["*"]}
SLOW_REQUESTS = ("/Backups/Pbx.Backup", "/InstallUpdates")
# Between two tasks that make no request.
LOCALLY = ("after Snapshot | Open the window", "before Close | Close the papers")


@pytest.fixture
def ansible_here(collections_path: Path, tmp_path: Path) -> Ansible:
    return Ansible(running(), collections_path, tmp_path)


@pytest.mark.parametrize("share", range(SHARES))
def test_killed_at_every_request(share: int, simulator: Simulator, ansible_here: Ansible, tmp_path: Path) -> None:
    killer = Killer(simulator, ansible_here, tmp_path, **DEPARTMENTS)
    log, former, wanted = killer.undisturbed()
    found = positions(killer)
    assert len(log) >= 30, "the demo window makes fewer requests than it should"
    assert len(found) > sum(is_write(one) for one in log), "each write leaves something else"
    for position, when, left in share_of(found, share, SHARES):
        where = f"killed {when} request {position}, {log[position - 1]['method']} {log[position - 1]['path']}"
        values = killer.kill_at(position, when)
        assert killer.left(values) == left, f"{where}: it left something else than a run that was only held there"
        assert killer.resumed(values, where) == wanted, where
        assert killer.taken_back(killer.kill_at(position, when), where) == restorable(former), where


def positions(killer: Killer) -> list[tuple[int, When, Any]]:
    """The first position of each state in which a kill can leave PBX and papers."""
    moments: tuple[When, ...] = ("before", "after")
    seen: list[Any] = []
    found = []
    for when in moments:
        for position, left in enumerate(killer.leftovers(when), start=1):
            if left not in seen:
                seen.append(left)
                found.append((position, when, left))
    return found


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
    moments: tuple[When, ...] = ("before", "after")
    for when in moments:
        where = f"killed {when} {path}"
        assert killer.resumed(killer.kill_at(position, when), where) == wanted, where
        assert killer.taken_back(killer.kill_at(position, when), where) == restorable(former), where


def test_every_position_is_somebodys() -> None:
    everything = range(1, 102)
    assert [one for share in range(SHARES) for one in share_of(everything, share, SHARES)] == list(everything)
