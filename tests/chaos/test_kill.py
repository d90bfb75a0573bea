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

from tests.chaos.killing import Killer, Moment, When
from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import BACKUP, restorable, standing
from tests.simulator.testing import RunningPbx

DEPARTMENTS = {"maintenance_window_close_departments": ["Sales"]}
# They take their time, so that only their own requests are tried.
SLOW = {**BACKUP, "maintenance_window_updates": ["*"]}
SLOW_REQUESTS = ("/Backups/Pbx.Backup", "/InstallUpdates")
# Between two tasks that make no request.
LOCALLY = ("before Make a backup", "before Close | Close the papers")
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
    while some := dict(islice(rest, len(kills.pbxs) // 2)):
        from_there(kills, log, some, former, wanted)


def moments(kills: Killer) -> dict[Moment, Any]:
    """The first moment of each state in which a kill can leave PBX and papers, with that state."""
    found: dict[Moment, Any] = {}
    for when in MOMENTS:
        for position, left in enumerate(kills.leftovers(when), start=1):
            if left not in found.values():
                found[Moment(position, when)] = left
    return found


def from_there(
    kills: Killer, log: list[dict[str, Any]], wanted_left: dict[Moment, Any], former: Any, wanted: Any
) -> None:
    """Two windows are killed at each moment. One is run again, the other one taken back."""
    twice = [moment for moment in wanted_left for _way in range(2)]
    sites = kills.kill_at(twice)
    for site, moment in zip(sites, twice, strict=True):
        same = site.left() == wanted_left[moment]
        assert same, f"{moment.of(log)}: it left something else than a run that was only held there"
    run_again, taken_back = sites[::2], sites[1::2]
    kills.resume(run_again)
    kills.take_back(taken_back)
    for moment, again, back in zip(wanted_left, run_again, taken_back, strict=True):
        assert standing(again.pbx) == wanted, f"{moment.of(log)}, then run again"
        assert restorable(standing(back.pbx)) == restorable(former), f"{moment.of(log)}, then taken back"


def test_killed_between_requests(killer: Kills) -> None:
    kills = killer(**DEPARTMENTS)
    _log, former, wanted = kills.undisturbed()
    killed = [kills.kill_at_task(where, count=2) for where in LOCALLY]
    run_again, taken_back = ([pair[side] for pair in killed] for side in (0, 1))
    kills.resume(run_again)
    kills.take_back(taken_back)
    for where, again, back in zip(LOCALLY, run_again, taken_back, strict=True):
        assert standing(again.pbx) == wanted, f"killed {where}, then run again"
        assert restorable(standing(back.pbx)) == restorable(former), f"killed {where}, then taken back"


def test_killed_at_a_backup_and_at_an_update(killer: Kills) -> None:
    kills = killer(**SLOW)
    log, former, wanted = kills.undisturbed()
    paths = [one["path"] for one in log]
    positions = [next(at for at, path in enumerate(paths, start=1) if path.endswith(end)) for end in SLOW_REQUESTS]
    at = [Moment(position, when) for position in positions for when in MOMENTS]
    sites = kills.kill_at([*at, *at])
    run_again, taken_back = sites[: len(at)], sites[len(at) :]
    kills.resume(run_again)
    kills.take_back(taken_back)
    for moment, again, back in zip(at, run_again, taken_back, strict=True):
        assert standing(again.pbx) == wanted, f"{moment.of(log)}, then run again"
        assert restorable(standing(back.pbx)) == restorable(former), f"{moment.of(log)}, then taken back"
