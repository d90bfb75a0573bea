# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many PBXs in one run, and many hosts that are one PBX: every API client gets one token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integration.ansible import Ansible, Run
from tests.integration.conftest import variables_of
from tests.integration.window import PLAYBOOK, quiet, variables
from tests.simulator.testing import Simulator

# All of this in one process of the test run: it shares the simulators of the fleet.
pytestmark = pytest.mark.xdist_group("forks")

VERSIONS = ("20.0.4", "20.0.7", "20.0.8", "20.0.10")
CONNECTION = {
    "url": "{{ tcx_url }}",
    "client_id": "{{ tcx_client_id }}",
    "client_secret": "{{ tcx_client_secret }}",
    "ca_path": "{{ tcx_ca_path }}",
}
Fleet = dict[str, Simulator]


@pytest.fixture(scope="session")
def running_fleet() -> Iterator[Fleet]:
    """A PBX of each version, each with a client of its own. Hosts are named after the version."""
    with ExitStack() as stack:
        yield {
            f"pbx-{version}": stack.enter_context(
                Simulator(version=version, client_id=f"fleet{number}", client_secret=f"fleet-secret-{number}")
            )
            for number, version in enumerate(VERSIONS)
        }


@pytest.fixture
def fleet(running_fleet: Fleet) -> Fleet:
    for pbx in running_fleet.values():
        quiet(pbx)
    return running_fleet


def host(ansible: Ansible, pbx: Simulator, **values: Any) -> dict[str, Any]:
    return {**ansible.local(), **variables_of(pbx), **values}


def inventory(hosts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {"all": {"hosts": hosts}}


def play(ansible: Ansible, hosts: dict[str, dict[str, Any]], strategy: str, tasks: list[dict[str, Any]]) -> Run:
    settings = {"strategy": strategy, "module_defaults": {"group/tcx.pbx.tcx": CONNECTION}}
    run = ansible.play(tasks, "--forks", str(len(hosts)), inventory=inventory(hosts), settings=settings)
    assert run.rc == 0, run.text
    return run


def info(name: str) -> dict[str, Any]:
    return {"name": name, "tcx.pbx.tcx_info": {"gather": ["system_status", "outbound_rules"]}}


def tokens(pbx: Simulator) -> int:
    return pbx.calls("POST").count("POST /connect/token")


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_each_pbx_of_a_fleet_is_asked_for_one_token(strategy: str, ansible: Ansible, fleet: Fleet) -> None:
    networks = {name: f"203.0.113.{220 + number}" for number, name in enumerate(fleet)}
    hosts = {name: host(ansible, pbx, network=networks[name]) for name, pbx in fleet.items()}
    block = {"name": "block", "tcx.pbx.tcx_blocklist": {"entries": [{"ip_addr_mask": "{{ network }}"}]}}
    run = play(ansible, hosts, strategy, [info("first"), block, info("second"), info("third")])
    for version, (name, pbx) in zip(VERSIONS, fleet.items(), strict=True):
        assert run.of("first", name).result["version"].startswith(f"{version}.")
        assert run.of("block", name).result["created"] == [networks[name]]
        blocked = {row["IPAddrMask"].partition("/")[0] for row in pbx.rows("Blocklist")}
        assert blocked & set(networks.values()) == {networks[name]}, "the entry of another PBX"
        assert tokens(pbx) == 1, pbx.calls()
        assert sum(one.result["api"]["tokens"] for one in run.results if one.host == name) == 1


@pytest.mark.parametrize("strategy", ["linear", "free"])
def test_hosts_that_are_one_pbx_share_one_token(strategy: str, ansible: Ansible, simulator: Simulator) -> None:
    simulator.clear_log()
    hosts = {f"site{number}": host(ansible, simulator) for number in range(8)}
    run = play(ansible, hosts, strategy, [info("first"), info("second")])
    assert len(run.results) == 16
    assert tokens(simulator) == 1
    assert sum(one.result["api"]["tokens"] for one in run.results) == 1


def test_a_token_that_dies_in_the_middle_is_renewed_once(ansible: Ansible, simulator: Simulator) -> None:
    simulator.clear_log()
    hosts = {f"site{number}": host(ansible, simulator) for number in range(8)}
    revoke = {
        "name": "revoke",
        "run_once": True,
        "ansible.builtin.uri": {
            "url": f"{simulator.control_url}/tokens/revoke",
            "method": "POST",
            "ca_path": simulator.ca_path,
        },
    }
    run = play(ansible, hosts, "linear", [info("first"), revoke, info("second")])
    assert tokens(simulator) == 2
    second = [one for one in run.results if one.task == "second"]
    assert sum(one.result["api"]["tokens"] for one in second) == 1


def test_a_window_over_two_pbxs_keeps_their_papers_apart(main_ansible: Ansible, fleet: Fleet, tmp_path: Path) -> None:
    two = {name: fleet[name] for name in ("pbx-20.0.8", "pbx-20.0.10")}
    for number, pbx in enumerate(two.values()):
        pbx.change_settings("SystemStatus", FQDN=f"pbx{number}.example.com")
        pbx.create("Blocklist", IPAddrMask=f"192.0.2.{number}", BlockType="Block", Description="only here")
    hosts = {name: host(main_ansible, pbx, **variables(tmp_path)) for name, pbx in two.items()}
    run = main_ansible.playbook(PLAYBOOK, "--forks", "2", inventory=inventory(hosts))
    assert run.rc == 0, run.text
    papers = tmp_path / "windows"
    endings = ("snapshot.json", "journal.jsonl", "state.json", "report.html", "report.json")
    kept = {tuple(re.split(r"\.\d{8}T\d{6}Z\.", path.name)) for path in papers.iterdir()}
    assert kept == {(name, ending) for name in two for ending in endings}, "papers and reports, and nothing else"
    for number, (name, pbx) in enumerate(two.items()):
        assert tokens(pbx) == 1
        [report] = papers.glob(f"{name}.*.report.html")
        assert f"<title>Maintenance window {name}: Done" in report.read_text(encoding="utf-8")
        [path] = papers.glob(f"{name}.*.snapshot.json")
        snapshot = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert snapshot["host"] == name
        here = [entry["ip_addr_mask"] for entry in snapshot["blocklist"] if entry["description"] == "only here"]
        assert [one.partition("/")[0] for one in here] == [f"192.0.2.{number}"]
