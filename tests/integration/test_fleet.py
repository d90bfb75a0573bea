# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fifty PBXs of seven versions in one run, of which some are down, slow or do not let us in."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.controllers import ROOT
from tests.integration.ansible import Ansible, Run
from tests.simulator.testing import Fleet, RunningPbx

VERSIONS = [f"20.0.{minor}" for minor in range(4, 11)]
NAMES = [f"site{number:02}" for number in range(1, 51)]
# What is wrong with some of them, and what is then said about them.
DOWN, HANGS, BUSY, BAD_SECRET, DEGRADED, SLOW = "site03", "site11", "site19", "site27", "site35", "site43"
REASONS = {
    DOWN: "refused",
    HANGS: "no answer within the timeout",
    BUSY: "503",
    BAD_SECRET: "client_secret",
    DEGRADED: "403",
}
# No more than is needed to tell the good from the bad: each task is run for each PBX.
QUICK = {
    "tcx_timeout": 2,
    "tcx_retry_for": 2,
    "health_check_skip": "backup_age, certificate, console_restriction, updates",
}
PLAYBOOK = ROOT / "playbooks" / "health_check.yml"


@pytest.fixture(scope="module")
def running_fleet() -> Iterator[Mapping[str, RunningPbx]]:
    members = {name: {"version": VERSIONS[number % len(VERSIONS)]} for number, name in enumerate(NAMES)}
    with Fleet(members) as fleet:
        yield fleet


@pytest.fixture
def fleet(running_fleet: Mapping[str, RunningPbx]) -> Mapping[str, RunningPbx]:
    for pbx in running_fleet.values():
        pbx.reset()
    return running_fleet


@pytest.fixture
def nobody_there() -> Iterator[str]:
    """An address that belongs to us and at which nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        yield f"https://127.0.0.1:{door.getsockname()[1]}"


def inventory(ansible: Ansible, fleet: Mapping[str, RunningPbx], **groups: list[str]) -> dict[str, Any]:
    hosts = {
        name: {
            "tcx_url": pbx.url,
            "tcx_client_id": pbx.client_id,
            "tcx_client_secret": pbx.client_secret,
            "tcx_ca_path": pbx.ca_path,
        }
        for name, pbx in fleet.items()
    }
    children = {group: {"hosts": dict.fromkeys(members)} for group, members in groups.items()}
    return {"all": {"hosts": hosts, "children": children, "vars": {**ansible.local(), **QUICK}}}


def check(ansible: Ansible, hosts: dict[str, Any], reports: Path, *args: str) -> Run:
    env = {
        "TCX_REPORT_DIRECTORY": str(reports),
        "ANSIBLE_CALLBACKS_ENABLED": "results_json,tcx.pbx.fleet_report",
        "ANSIBLE_FORKS": "10",
    }
    return ansible.playbook(PLAYBOOK, *args, env=env, inventory=hosts)


def overview(reports: Path) -> dict[str, Any]:
    [found] = reports.glob("fleet.*.report.json")
    told: dict[str, Any] = json.loads(found.read_text(encoding="utf-8"))
    return told


def test_who_fails_keeps_nobody_else_from_finishing(
    main_ansible: Ansible, fleet: Mapping[str, RunningPbx], nobody_there: str, tmp_path: Path
) -> None:
    hosts = inventory(main_ansible, fleet)
    hosts["all"]["hosts"][DOWN]["tcx_url"] = nobody_there
    hosts["all"]["hosts"][BAD_SECRET]["tcx_client_secret"] = "of-somebody-else"
    fleet[HANGS].fault({"hang": 20}, times=None)
    fleet[BUSY].fault({"status": 503}, times=None)
    fleet[DEGRADED].fault({"status": 403}, path="/xapi/v1/", times=None)
    fleet[SLOW].fault({"delay": 0.3}, times=None)
    run = check(main_ansible, hosts, tmp_path / "reports")
    assert run.rc == 2, run.text
    reports = {path.name.split(".")[0] for path in (tmp_path / "reports").glob("site*.report.json")}
    assert reports == set(NAMES)
    told = overview(tmp_path / "reports")
    assert told["results"] == {"ok": 45, "critical": 5}
    assert [one["host"] for one in told["hosts"][:5]] == list(REASONS)
    for one in told["hosts"]:
        assert REASONS.get(one["host"], "") in one["failure"]
        assert bool(one["failure"]) == (one["host"] in REASONS)
    versions = {one["host"]: one["version"].rpartition(".")[0] for one in told["hosts"] if not one["failure"]}
    assert versions == {name: fleet[name].version for name in NAMES if name not in REASONS}
    for name in set(NAMES) - set(REASONS):
        assert fleet[name].calls("POST") == ["POST /connect/token"], "one token for each PBX"


def test_a_canary_that_fails_keeps_the_others_untouched(
    main_ansible: Ansible, fleet: Mapping[str, RunningPbx], tmp_path: Path
) -> None:
    canary, *others = NAMES[10:16]
    fleet[canary].fault({"status": 503}, times=None)
    hosts = inventory(main_ansible, fleet, canary=[canary], customers=others)
    run = check(main_ansible, hosts, tmp_path, "-e", "tcx_hosts=canary:customers", "-e", "tcx_batches=1,2,100%")
    assert run.rc == 2, run.text
    assert [fleet[name].calls() for name in others] == [[]] * len(others)
    results = {one["host"]: one["result"] for one in overview(tmp_path)["hosts"]}
    assert results == {canary: "critical", **dict.fromkeys(others, "not started")}


def test_too_many_failures_stop_the_batches_that_follow(
    main_ansible: Ansible, fleet: Mapping[str, RunningPbx], tmp_path: Path
) -> None:
    canary, good, bad, *never = NAMES[20:26]
    fleet[bad].fault({"status": 503}, times=None)
    hosts = inventory(main_ansible, fleet, canary=[canary], customers=[good, bad, *never])
    which = ["-e", "tcx_hosts=canary:customers", "-e", "tcx_batches=1,2,100%"]
    run = check(main_ansible, hosts, tmp_path, *which, "-e", "tcx_max_fail_percentage=25")
    assert run.rc == 2, run.text
    results = {one["host"]: one["result"] for one in overview(tmp_path)["hosts"]}
    assert results == {canary: "ok", good: "ok", bad: "critical", **dict.fromkeys(never, "not started")}
    assert [fleet[name].calls() for name in never] == [[]] * len(never)
