# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AnsibleModule does for a module, the worker path must do by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.integration.ansible import Ansible, Run
from tests.integration.scenarios import comparable
from tests.simulator.testing import Simulator

ENTRY = {"ip_addr_mask": "203.0.113.210", "description": "scanner"}
BLOCK = {"tcx.pbx.tcx_blocklist": {"entries": [ENTRY]}}
WAYS = {"worker": False, "module": True}


def task(args: dict[str, Any], **keywords: Any) -> dict[str, Any]:
    return {"name": "subject", "tcx.pbx.tcx_blocklist": args, **keywords}


@dataclass(frozen=True)
class Way:
    """One of the two hosts of a run."""

    run: Run
    host: str

    def of(self, name: str) -> dict[str, Any]:
        return self.run.of(name, self.host).result


def in_both_ways(
    ansible: Ansible, tasks: Sequence[dict[str, Any]], *args: str, env: dict[str, str], **play: Any
) -> tuple[Run, list[Way]]:
    """Two hosts, one after the other."""
    hosts = {name: {**ansible.local(), "tcx_module_process": as_module} for name, as_module in WAYS.items()}
    inventory = {"all": {"hosts": hosts}}
    run = ansible.play(tasks, "--forks", "1", *args, env=env, settings=play, inventory=inventory)
    return run, [Way(run, host) for host in WAYS]


BAD_OPTIONS: dict[str, dict[str, Any]] = {
    "unknown option": {"entries": [ENTRY], "entires": []},
    "missing option": {},
    "wrong type": {"entries": "many"},
    "neither of two": {"entries": [{"description": "no network"}]},
    "bad choice": {"entries": [{**ENTRY, "block_type": "Deny"}]},
    "unknown field": {"entries": [{**ENTRY, "colour": "red"}]},
    "bad text": {"entries": [ENTRY], "never_block": ["home"]},
}


def test_bad_options_get_the_same_message(ansible: Ansible, connection: dict[str, str]) -> None:
    tasks = [{**task(args), "name": name, "ignore_errors": True} for name, args in BAD_OPTIONS.items()]
    run, (worker, module) = in_both_ways(ansible, tasks, env=connection)
    assert [one.status for one in run.results] == ["ignored"] * len(BAD_OPTIONS) * 2
    for name in BAD_OPTIONS:
        assert worker.of(name)["msg"] == module.of(name)["msg"], name


def test_a_missing_url_names_the_option(ansible: Ansible) -> None:
    run, ways = in_both_ways(ansible, [task({"entries": [ENTRY]})], env={})
    assert run.rc == 2
    for way in ways:
        assert way.of("subject")["msg"] == "missing required arguments: url"


BAD_URLS = {
    "pbx.example.com": "begin with https://",
    "https://user:pass@pbx.example.com": "user name",
    "ftp://pbx": "https://",
}


def test_a_bad_url_is_told(ansible: Ansible, connection: dict[str, str]) -> None:
    # The playbook itself is shown where a task fails, so the task takes the URL from a variable.
    tasks = [
        {**task({"entries": [ENTRY]}), "name": words, "environment": {"TCX_URL": f"{{{{ urls[{number}] }}}}"}}
        for number, words in enumerate(BAD_URLS.values())
    ]
    run, ways = in_both_ways(ansible, tasks, env=connection, vars={"urls": list(BAD_URLS)}, ignore_errors=True)
    for way in ways:
        for words in BAD_URLS.values():
            assert words in way.of(words)["msg"]
    assert "pass@" not in run.text


def test_environment_of_the_task_counts(ansible: Ansible, connection: dict[str, str]) -> None:
    subject = task({"entries": [ENTRY]}, environment=connection)
    run, _ways = in_both_ways(ansible, [subject], env={"TCX_URL": "https://127.0.0.1:1", "TCX_CLIENT_ID": "nobody"})
    assert run.rc == 0, run.text


def test_group_defaults_count(ansible: Ansible, simulator: Simulator) -> None:
    defaults = {
        "group/tcx.pbx.tcx": {
            "url": simulator.url,
            "client_id": simulator.client_id,
            "client_secret": simulator.client_secret,
            "ca_path": simulator.ca_path,
        }
    }
    run, _ways = in_both_ways(ansible, [task({"entries": [ENTRY]})], env={}, module_defaults=defaults)
    assert run.rc == 0, run.text


def test_async_runs_the_ordinary_module(ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    run = ansible.play([task({"entries": [ENTRY]}, **{"async": 60, "poll": 1})], env=connection)
    assert run.rc == 0, run.text
    assert run.of("subject").result["created"] == ["203.0.113.210"]


def test_no_secret_is_shown_however_verbose(ansible: Ansible, simulator: Simulator) -> None:
    args = {
        "entries": [ENTRY],
        "url": simulator.url,
        "client_id": simulator.client_id,
        "client_secret": simulator.client_secret,
        "ca_path": simulator.ca_path,
    }
    run, ways = in_both_ways(ansible, [task(args)], "-vvvv", "--diff", env={"ANSIBLE_INJECT_INVOCATION": "true"})
    assert run.rc == 0, run.text
    assert simulator.client_secret not in run.text
    assert not re.search(r"eyJ[\w-]+\.[\w-]+\.", run.text), "a token was shown"
    for way in ways:
        assert way.of("subject")["invocation"]["module_args"]["client_id"] == simulator.client_id


def test_a_wrong_secret_is_told_and_not_shown(ansible: Ansible, connection: dict[str, str]) -> None:
    env = {**connection, "TCX_CLIENT_SECRET": "wrong-and-private"}
    run, ways = in_both_ways(ansible, [task({"entries": [ENTRY]})], "-vvv", env=env)
    for way in ways:
        assert "client_secret" in way.of("subject")["msg"]
    assert "wrong-and-private" not in run.text


def test_become_is_told_to_have_no_effect(ansible: Ansible, connection: dict[str, str]) -> None:
    run = ansible.play([task({"entries": [ENTRY]}, become=True)], env=connection)
    assert run.rc == 0, run.text
    assert "become has no effect" in run.stdout + run.stderr


def test_a_host_behind_ssh_is_handled_from_the_controller(ansible: Ansible, connection: dict[str, str]) -> None:
    inventory = {"all": {"hosts": {"pbx": {"ansible_connection": "ssh", "ansible_host": "192.0.2.1"}}}}
    run = ansible.play([task({"entries": [ENTRY]})], env=connection, inventory=inventory)
    assert run.rc == 0, run.text


def test_one_token_serves_all_tasks_of_a_run(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    simulator.clear_log()
    run = ansible.play([{"tcx.pbx.tcx_info": {"gather": ["services"]}} for number in range(8)], env=connection)
    assert run.rc == 0, run.text
    tokens = [one for one in simulator.log() if one["path"] == "/connect/token"]
    assert len(tokens) == 1


def test_results_do_not_depend_on_the_way(ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    results = []
    for as_module in WAYS.values():
        simulator.reset()
        settings = {"vars": {"tcx_module_process": as_module}}
        run = ansible.play([task({"entries": [ENTRY]})], env=connection, settings=settings)
        results.append(comparable(run.of("subject").result))
    assert results[0] == results[1]


def test_the_licence_key_is_shown_nowhere(ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    subject = {"name": "subject", "tcx.pbx.tcx_info": {"gather": ["system_status", "license"]}}
    key = simulator.request("GET", "LicenseStatus").json()["LicenseKey"]
    run, _ways = in_both_ways(ansible, [subject], "-vvvv", env=connection)
    assert run.rc == 0, run.text
    assert key not in run.text
