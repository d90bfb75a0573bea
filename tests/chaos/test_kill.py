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

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.killing import Killer, Moment, Site, When
from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import BACKUP, restorable, standing
from tests.simulator.testing import RunningPbx

DEPARTMENTS = {"maintenance_window_close_departments": ["Sales"]}
# They take their time, so that only their own requests are tried.
SLOW = {**BACKUP, "maintenance_window_updates": ["*"]}
SLOW_REQUESTS = ("/Backups/Pbx.Backup", "/InstallUpdates")
# Between two tasks that make no request.
LOCALLY = ("after Snapshot | Open the window", "before Close | Close the papers")
MOMENTS: tuple[When, ...] = ("before", "after")
Kills = Callable[..., Killer]


@pytest.fixture
def killer(pbxs: Sequence[RunningPbx], ansible_here: Ansible, tmp_path: Path) -> Kills:
    return lambda **changes: Killer(pbxs, ansible_here, tmp_path, **changes)


def test_killed_at_every_request(killer: Kills) -> None:
    kills = killer(**DEPARTMENTS)
    log, former, wanted = kills.undisturbed()
    found = moments(kills)
    assert len(log) >= 30, "the demo window makes fewer requests than it should"
    assert len(found) > sum(is_write(one) for one in log), "each write leaves something else"
    rest = iter(found.items())
    while some := dict(islice(rest, len(kills.pbxs))):
        killed = {moment.of(log): site for moment, site in zip(some, kills.kill_at(list(some)), strict=True)}
        for (where, site), left in zip(killed.items(), some.values(), strict=True):
            assert site.left() == left, f"{where}: it left something else than a run that was only held there"
        from_there(kills, killed, former, wanted)


def moments(kills: Killer) -> dict[Moment, Any]:
    """The first moment of each state in which a kill can leave PBX and papers, with that state."""
    found: dict[Moment, Any] = {}
    for when in MOMENTS:
        for position, left in enumerate(kills.leftovers(when), start=1):
            if left not in found.values():
                found[Moment(position, when)] = left
    return found


def from_there(kills: Killer, killed: dict[str, Site], former: Any, wanted: Any) -> None:
    """Each window is run again. Then all is as it was left once more, and each is taken back."""
    sites = list(killed.values())
    for site in sites:
        site.keep()
    kills.resume(sites)
    for where, site in killed.items():
        assert standing(site.pbx) == wanted, f"{where}, then run again"
        site.put_back()
    kills.take_back(sites)
    for where, site in killed.items():
        assert restorable(standing(site.pbx)) == restorable(former), f"{where}, then taken back"


def test_killed_between_requests(killer: Kills) -> None:
    kills = killer(**DEPARTMENTS)
    _log, former, wanted = kills.undisturbed()
    from_there(kills, {f"killed {where}": kills.kill_at_task(where) for where in LOCALLY}, former, wanted)


def test_killed_at_a_backup_and_at_an_update(killer: Kills) -> None:
    kills = killer(**SLOW)
    log, former, wanted = kills.undisturbed()
    paths = [one["path"] for one in log]
    positions = [next(at for at, path in enumerate(paths, start=1) if path.endswith(end)) for end in SLOW_REQUESTS]
    at = [Moment(position, when) for position in positions for when in MOMENTS]
    killed = {moment.of(log): site for moment, site in zip(at, kills.kill_at(at), strict=True)}
    from_there(kills, killed, former, wanted)
