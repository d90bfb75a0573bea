# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workflow of playbooks/awx: look, preview, approval, window, report; and back if the window fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.controllers import running
from tests.integration.runner import Job, drop_privileges, public_directory
from tests.integration.window import DEMO, QUICK, quiet, standing
from tests.integration.workflow import Workflow
from tests.simulator.testing import Simulator

ANSWERS = {"maintenance_window_stop_services": "3CXIVR01\n3CXQueueManager01", "maintenance_window_end": ""}
# The backups of the demo PBX are as old as its seed.
LENIENT = {"health_check_skip": "backup_age"}
# A failed window can put back all of this.
CHANGES = {name: value for name, value in DEMO.items() if "did" not in name and "call_flow_apps" not in name}


@pytest.fixture
def pbx(simulator: Simulator) -> Simulator:
    quiet(simulator)
    return simulator


@pytest.fixture
def workflow(pbx: Simulator, collections_path: Path) -> Iterator[Workflow]:
    try:
        drop_privileges()
    except LookupError as exc:
        pytest.skip(f"NOT TESTED: {exc}")
    inputs = {
        "url": pbx.url,
        "client_id": pbx.client_id,
        "client_secret": pbx.client_secret,
        "ca_certificate": Path(str(pbx.ca_path)).read_text("utf-8"),
    }
    with public_directory() as place:
        persistent = place / "persistent"
        persistent.mkdir()

        def make_job(name: str) -> Job:
            job = Job(place / name, running(), collections_path)
            job.hand_over(persistent)
            return job

        yield Workflow("3CX approved window", inputs, {**CHANGES, **QUICK, **LENIENT}, make_job, persistent)


def test_a_window_that_goes_well(workflow: Workflow, pbx: Simulator) -> None:
    walk = workflow.walk("look", ANSWERS)
    assert walk.ended == {
        "look": "successful",
        "preview": "successful",
        "approval": "approved",
        "window": "successful",
        "report": "successful",
    }, walk.outputs[list(walk.outputs)[-1]]
    assert not walk.failed
    assert "Warehouse abroad" in walk.outputs["preview"]
    assert "The window went well." in walk.outputs["report"]
    assert "Warehouse abroad" in [rule["Name"] for rule in pbx.rows("OutboundRules")]
    assert "POST /xapi/v1/Services/Pbx.Stop" in pbx.writes()


def test_a_window_that_fails_is_a_workflow_that_fails(workflow: Workflow, pbx: Simulator) -> None:
    before = standing(pbx)
    pbx.fault({"status": 400, "body": "no"}, method="POST", path="Blocklist", times=None)
    walk = workflow.walk("window", ANSWERS)
    assert walk.ended == {
        "window": "failed",
        "rollback": "successful",
        "report": "failed",
    }, walk.outputs[list(walk.outputs)[-1]]
    assert walk.failed
    assert "was interrupted, so there is nothing to take back" in walk.outputs["rollback"]
    assert "The window did not go well" in walk.outputs["report"]
    assert standing(pbx) == before
