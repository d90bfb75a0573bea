# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The example of a fleet in docs: each PBX gets its own secret and its own names."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.controllers import ROOT
from tests.integration.ansible import Ansible
from tests.simulator.testing import Fleet, RunningPbx

EXAMPLE = ROOT / "docs" / "examples" / "fleet"
CUSTOMERS = {
    "alder-lab": "lab-secret",
    "alder-berlin": "berlin-secret",
    "alder-vienna": "vienna-secret",
    "birch-paris": "paris-secret",
}
BATCHES = ["-e", "tcx_hosts=canary:all", "-e", "tcx_batches=1,50%,100%", "-e", "tcx_max_fail_percentage=10"]


@pytest.fixture
def pbxs() -> Iterator[Mapping[str, RunningPbx]]:
    members = {name: {"client_id": "ansible", "client_secret": secret} for name, secret in CUSTOMERS.items()}
    with Fleet(members) as fleet:
        yield fleet


@pytest.fixture
def vault(tmp_path: Path) -> list[str]:
    password = tmp_path / "password"
    password.write_text("example", encoding="utf-8")
    return ["--vault-password-file", str(password)]


def test_the_playbook_of_the_example(
    main_ansible: Ansible, pbxs: Mapping[str, RunningPbx], vault: list[str], tmp_path: Path
) -> None:
    addresses = {name: {"tcx_url": pbx.url, "tcx_ca_path": pbx.ca_path} for name, pbx in pbxs.items()}
    (tmp_path / "addresses.yml").write_text(yaml.safe_dump({"all": {"hosts": addresses}}), encoding="utf-8")
    env = main_ansible.environment(
        {
            "ANSIBLE_CONFIG": str(EXAMPLE / "ansible.cfg"),
            "BIRCH_CLIENT_SECRET": CUSTOMERS["birch-paris"],
            "TCX_REPORT_DIRECTORY": str(tmp_path / "reports"),
        }
    )
    # The example decides itself which callbacks there are.
    del env["ANSIBLE_CALLBACKS_ENABLED"]
    command = [main_ansible.controller.bin("ansible-playbook"), "tcx.pbx.outbound_routing"]
    inventories = ["-i", str(EXAMPLE / "inventory"), "-i", str(tmp_path / "addresses.yml")]
    done = subprocess.run(
        [*command, *inventories, *vault, *BATCHES],
        cwd=EXAMPLE,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not [secret for secret in CUSTOMERS.values() if secret in done.stdout]
    [overview] = (tmp_path / "reports").glob("fleet.*.report.json")
    assert {one["host"] for one in json.loads(overview.read_text(encoding="utf-8"))["hosts"]} == set(CUSTOMERS)
    for name, pbx in pbxs.items():
        trunks = {trunk["Id"]: trunk["Gateway"]["Name"] for trunk in pbx.rows("Trunks", ids=True)}
        [rule] = [rule for rule in pbx.rows("OutboundRules", ids=True) if rule["Name"] == "National"]
        routes = [trunks.get(route["TrunkId"]) for route in rule["Routes"] if route["TrunkId"] in trunks]
        assert routes == (["Provider B"] if name == "birch-paris" else ["Provider A", "Provider B"])


def test_the_inventory_of_the_example_names_what_is_missing(main_ansible: Ansible, vault: list[str]) -> None:
    command = [main_ansible.controller.bin("ansible-inventory"), "-i", str(EXAMPLE / "inventory"), *vault, "--list"]
    done = subprocess.run(
        command, env=main_ansible.environment({}), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    variables = json.loads(done.stdout)["_meta"]["hostvars"]
    assert set(variables) == set(CUSTOMERS)
    for host in variables.values():
        assert {"tcx_url", "tcx_client_id", "tcx_client_secret", "site_trunks"} <= set(host)
    assert "Set BIRCH_CLIENT_SECRET" in variables["birch-paris"]["tcx_client_secret"]
