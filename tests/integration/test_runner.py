# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX runs, run as AWX runs it: nothing is written where nothing may be, and no secret comes back."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.controllers import Controller, running
from tests.integration.runner import Job, drop_privileges, playbook, public_directory
from tests.simulator.testing import Simulator

HOSTS = {"all": {"hosts": {"pbx": {"ansible_connection": "local"}}}}
EVERYTHING = ["system_status", "license", "services", "trunks", "outbound_rules", "call_flow_apps", "active_calls"]
# Everything that a PBX tells, on the screen. A job template may have it, and AWX keeps what it prints.
LOOK = [
    {
        "name": "Look",
        "hosts": "all",
        "gather_facts": False,
        "tasks": [
            {"name": "Read", "tcx.pbx.tcx_info": {"gather": EVERYTHING}, "register": "found"},
            {"name": "Licence", "tcx.pbx.tcx_query": {"set": "LicenseStatus"}, "register": "license"},
            {"name": "Show", "ansible.builtin.debug": {"msg": "{{ [found, license] }}"}},
        ],
    }
]
TOKEN = re.compile(r"\bey[A-Z][\w-]{10,}\.[\w-]{10,}\.")


@pytest.fixture
def place() -> Iterator[Path]:
    with public_directory() as folder:
        yield folder


@pytest.fixture
def others_rights() -> None:
    try:
        drop_privileges()
    except LookupError as exc:
        pytest.skip(f"NOT TESTED: {exc}")


@pytest.fixture
def job(others_rights: None, place: Path, controller: Controller, collections_path: Path) -> Job:
    return Job(place, controller, collections_path)


@pytest.fixture
def main_job(others_rights: None, place: Path, collections_path: Path) -> Job:
    """For what does not depend on the version of ansible-core."""
    return Job(place, running(), collections_path)


def prepared(job: Job, connection: Mapping[str, str], **extravars: Any) -> Job:
    reports = {"TCX_REPORT_DIRECTORY": str(job.scratch / "reports")}
    project = {"playbooks/health_check.yml": playbook("health_check.yml"), "look.yml": yaml.safe_dump(LOOK)}
    job.fill(project, HOSTS, {**connection, **reports}, extravars)
    return job


def secrets_in(job: Job, simulator: Simulator) -> list[str]:
    """Files of the artifacts that hold one of the secrets of this job."""
    assert TOKEN.search(simulator.token())
    secrets = [simulator.client_secret, simulator.get("LicenseStatus")["LicenseKey"]]
    return [name for name, text in job.leftovers() if TOKEN.search(text) or any(secret in text for secret in secrets)]


def test_a_job_with_a_project_that_cannot_be_written_to_and_without_a_home(
    job: Job, connection: dict[str, str], simulator: Simulator
) -> None:
    prepared(job, connection, health_check_fail_on="never").lock_project()
    done = job.run("playbooks/health_check.yml")
    assert job.rc == done.returncode == 0, job.stdout
    assert simulator.writes() == []
    told = job.stats()["tcx_report"]["pbx"]
    assert told["runbook"] == "health_check"
    assert told["headline"]
    assert Path(told["report"]).stat().st_mode & 0o777 == 0o600
    assert not [path for path in (job.directory / "project").rglob("*") if path.stat().st_mode & stat.S_IWUSR]
    assert secrets_in(job, simulator) == []


def test_nothing_that_is_shown_is_secret(main_job: Job, connection: dict[str, str], simulator: Simulator) -> None:
    prepared(main_job, connection).run("look.yml", "-vvvv")
    assert main_job.rc == 0, main_job.stdout
    assert "maintenance_expires_at" in main_job.stdout
    assert [event["event"] for event in main_job.events()].count("runner_on_ok") == 3
    assert secrets_in(main_job, simulator) == []


def test_a_job_that_may_not_in_leaves_its_result_and_no_secret(
    main_job: Job, connection: dict[str, str], simulator: Simulator
) -> None:
    wrong = "another-secret-of-somebody"
    prepared(main_job, {**connection, "TCX_CLIENT_SECRET": wrong})
    done = main_job.run("playbooks/health_check.yml", "-vvv")
    assert main_job.rc == done.returncode == 2, main_job.stdout
    assert main_job.stats()["tcx_report"]["pbx"]["failure"]
    assert not [name for name, text in main_job.leftovers() if wrong in text]


def test_a_job_over_the_mesh(job: Job, connection: dict[str, str], simulator: Simulator, place: Path) -> None:
    execution_node = place / "execution-node"
    execution_node.mkdir()
    job.hand_over(execution_node)
    prepared(job, connection, health_check_fail_on="never")
    status = job.stream("playbooks/health_check.yml", execution_node)
    assert status == 0, job.stdout
    assert job.rc == 0
    assert job.stats()["tcx_report"]["pbx"]["runbook"] == "health_check"
    assert "pbx" in job.stdout
    assert secrets_in(job, simulator) == []
