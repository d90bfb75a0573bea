# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rollback node of the workflow in playbooks/awx, after a window that was lost, and after one that was not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.awx import assets, nodes
from tests.chaos.killing import Killer, Site
from tests.integration.ansible import Ansible, Run
from tests.integration.window import PLAYBOOK, ROLLBACK, restorable, standing
from tests.simulator.testing import RunningPbx

[WORKFLOW] = assets()["workflow_job_templates"]
NODE = nodes(WORKFLOW)["rollback"].asset["extra_data"]


@pytest.fixture
def killer(pbxs: Sequence[RunningPbx], ansible_here: Ansible, tmp_path: Path) -> Killer:
    return Killer(pbxs, ansible_here, tmp_path)


def take_back(killer: Killer, site: Site) -> Run:
    site.values.update(NODE)
    known = ("maintenance_window_directory", "maintenance_window_poll_interval", *NODE)
    return killer.run(ROLLBACK, [site], known)


def test_a_window_that_was_lost_is_taken_back(killer: Killer) -> None:
    [site] = killer.sites(1)
    before = restorable(standing(site.pbx))
    site = killer.kill_at_task("before Start | Look at the services")
    assert restorable(standing(site.pbx)) != before
    run = take_back(killer, site)
    assert run.rc == 0, run.text
    assert restorable(standing(site.pbx)) == before


def test_a_window_that_ended_stays_as_it_is(killer: Killer) -> None:
    [site] = killer.sites(1)
    assert killer.run(PLAYBOOK, [site], site.values).rc == 0
    after = standing(site.pbx)
    site.pbx.clear_log()
    run = take_back(killer, site)
    assert run.rc == 0, run.text
    assert "there is nothing to take back" in run.stdout
    assert site.pbx.calls() == []
    assert standing(site.pbx) == after
