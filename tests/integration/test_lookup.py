# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup tcx_query in real playbooks: where it takes its connection from, and how it fails."""

from __future__ import annotations

from typing import Any

from tests.integration.ansible import Ansible
from tests.simulator.testing import Simulator

QUEUES = "query('tcx.pbx.tcx_query', 'Queues', select=['number'])"


def show(expression: str, **keywords: Any) -> dict[str, Any]:
    return {"name": "subject", "ansible.builtin.debug": {"msg": "{{ " + expression + " }}"}, **keywords}


def test_connection_from_the_environment(ansible: Ansible, connection: dict[str, str]) -> None:
    run = ansible.play([show(QUEUES)], env=connection)
    assert run.of("subject").result["msg"] == [{"number": "800"}, {"number": "801"}]
    assert "DEPRECAT" not in run.stdout + run.stderr


def test_connection_from_variables_goes_before_the_environment(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    variables = {
        "tcx_url": simulator.url,
        "tcx_client_id": simulator.client_id,
        "tcx_client_secret": simulator.client_secret,
        "tcx_ca_path": simulator.ca_path,
    }
    env = {**connection, "TCX_URL": "https://127.0.0.1:1", "TCX_CLIENT_SECRET": "wrong"}
    run = ansible.play([show(QUEUES, vars=variables)], env=env)
    assert len(run.of("subject").result["msg"]) == 2, run.text


def test_connection_from_keywords_goes_before_variables(ansible: Ansible, connection: dict[str, str]) -> None:
    named = f"query('tcx.pbx.tcx_query', 'Queues', url='{connection['TCX_URL']}')"
    run = ansible.play([show(named, vars={"tcx_url": "https://127.0.0.1:1"})], env=connection)
    assert len(run.of("subject").result["msg"]) == 2, run.text


def test_several_terms_and_a_function(ansible: Ansible, connection: dict[str, str]) -> None:
    several = "query('tcx.pbx.tcx_query', 'Queues', 'RingGroups', filter={'number': ['800', '810']}, select=['number'])"
    report = "query('tcx.pbx.tcx_query', function='OutboundRules/GetEmergencyOutboundRules', select=['name'])"
    run = ansible.play([show(f"[{several}, {report}]")], env=connection)
    assert run.of("subject").result["msg"] == [[{"number": "800"}, {"number": "810"}], [{"name": "Emergency"}]]


def test_many_lookups_and_tasks_share_one_token(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    first = {"name": "first", "tcx.pbx.tcx_info": {"gather": ["license"]}}
    run = ansible.play([first, *[{**show(QUEUES), "name": f"subject {n}"} for n in range(3)]], env=connection)
    assert run.rc == 0, run.text
    assert simulator.calls().count("POST /connect/token") == 1


def test_failures_read_well_and_hide_the_secret(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    tasks = [
        {**show(expression), "name": name, "ignore_errors": True}
        for name, expression in {
            "field": "query('tcx.pbx.tcx_query', 'Users', select=['nmber'])",
            "set": "query('tcx.pbx.tcx_query', 'Usrs')",
            "nothing": "query('tcx.pbx.tcx_query')",
            "both": "query('tcx.pbx.tcx_query', 'Users', function='GetUpdates')",
            "url": "query('tcx.pbx.tcx_query', 'Users', url='pbx.example.com')",
            "secret": "query('tcx.pbx.tcx_query', 'Users', client_id='nobody', client_secret='a-wrong-secret')",
        }.items()
    ]
    run = ansible.play(tasks, env=connection)
    words = {
        "field": "tcx_query: select[0] (nmber): there is no such field; did you mean number?",
        "set": 'tcx_query: set: "Usrs" is no set or singleton of the XAPI; did you mean Users or MyUser?',
        "nothing": "tcx_query: give either terms, such as 'Users', or function",
        "both": "tcx_query: give either terms, such as 'Users', or function",
        "url": "tcx_query: url must begin with https://",
        "secret": "tcx_query: POST /connect/token",
    }
    for name, text in words.items():
        assert run.of(name).status == "ignored", run.text
        assert text in str(run.of(name).result["msg"]), run.of(name).result["msg"]
    told = [str(one.result["msg"]) for one in run.results]
    assert not [text for text in told if simulator.client_secret in text]
