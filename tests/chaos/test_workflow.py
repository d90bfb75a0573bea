# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollback node of the workflow in playbooks/awx, after a window that was lost, and after one that was not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.awx import assets, nodes
from tests.chaos.killing import Killer
from tests.controllers import running
from tests.integration.ansible import Ansible, Run
from tests.integration.window import go, go_back, restorable, standing
from tests.simulator.testing import Simulator

[WORKFLOW] = assets()["workflow_job_templates"]
ROLLBACK = nodes(WORKFLOW)["rollback"].asset["extra_data"]


@pytest.fixture
def killer(simulator: Simulator, collections_path: Path, tmp_path: Path) -> Killer:
    return Killer(simulator, Ansible(running(), collections_path, tmp_path), tmp_path)


def take_back(killer: Killer, values: dict[str, object]) -> Run:
    known = ("maintenance_window_directory", "maintenance_window_poll_interval")
    return go_back(killer.ansible, killer.env, {**{name: values[name] for name in known}, **ROLLBACK})


def test_a_window_that_was_lost_is_taken_back(killer: Killer) -> None:
    killer.fresh()
    before = restorable(standing(killer.simulator))
    values = killer.kill_at_task("before Start | Look at the services")
    assert restorable(standing(killer.simulator)) != before
    run = take_back(killer, values)
    assert run.rc == 0, run.text
    assert restorable(standing(killer.simulator)) == before


def test_a_window_that_ended_stays_as_it_is(killer: Killer) -> None:
    killer.fresh()
    values = killer.values()
    assert go(killer.ansible, killer.env, values).rc == 0
    after = standing(killer.simulator)
    killer.simulator.clear_log()
    run = take_back(killer, values)
    assert run.rc == 0, run.text
    assert "there is nothing to take back" in run.text
    assert killer.simulator.calls() == []
    assert standing(killer.simulator) == after
