# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario: previewed, done and done again, in the worker and as an ordinary module.

The three are tasks of one playbook, because starting ansible-playbook costs more than they do. That a preview leaves
the state of the PBX alone is seen in tests/contract/test_module_requests.py; here its requests tell.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.controllers import running
from tests.integration.ansible import Ansible, Run
from tests.integration.inprocess import prepare
from tests.integration.scenarios import EVERY_VERSION, Scenario, check_result, check_rows, comparable, is_write, load
from tests.simulator.testing import Simulator

SCENARIOS = list(load(EVERY_VERSION[-1]))
MODULE_PROCESS = {"tcx_module_process": True}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.module}: {scenario.name}")
def test_scenario(scenario: Scenario, ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    """The module process, a third of a second each, is compared with one ansible-core; test_worker.py has the other."""
    worker = both_runs(scenario, ansible, simulator, connection, {})
    if ansible.controller.name == running().name:
        module = both_runs(scenario, ansible, simulator, connection, MODULE_PROCESS)
        assert worker == module


def both_runs(
    scenario: Scenario, ansible: Ansible, simulator: Simulator, env: dict[str, str], variables: dict[str, Any]
) -> dict[str, Any]:
    """The result of the real run, for comparison between the two ways of running it."""
    prepare(simulator, scenario)
    run = ansible.play(tasks_of(scenario), "--diff", env=env, settings={"vars": variables})
    predicted, result = run.of("preview").result, outcome(scenario, run)
    log = [one for one in simulator.log() if not is_token(one)]
    foretold, done = requests_of(predicted), requests_of(result)
    assert not writes(log[:foretold]), "check mode wrote"
    check_result(scenario, result, predicted=False)
    if not scenario.fails:
        check_result(scenario, predicted, predicted=True)
        assert predicted["changed"] == result["changed"], "check mode foretold another changed"
        assert predicted.get("diff") == result.get("diff"), "check mode foretold another diff"
        if scenario.again:
            assert not run.of("again").result["changed"], run.text
            assert not writes(log[foretold + done :]), "the second run wrote"
    check_rows(scenario, simulator.state()["sets"])
    return comparable(result)


def tasks_of(scenario: Scenario) -> list[dict[str, Any]]:
    tasks = [{**scenario.task("preview"), "check_mode": True, "ignore_errors": scenario.fails}]
    tasks.append(scenario.task("subject"))
    if scenario.again and not scenario.fails:
        tasks.append(scenario.task("again"))
    return tasks


def outcome(scenario: Scenario, run: Run) -> dict[str, Any]:
    assert (run.rc != 0) == scenario.fails, run.text
    assert run.of("subject").status == ("failed" if scenario.fails else "ok"), run.text
    return run.of("subject").result


def is_token(request: dict[str, Any]) -> bool:
    return bool(request["path"].endswith("/connect/token"))


def requests_of(result: dict[str, Any]) -> int:
    """How many requests the task made; none if its options were wrong."""
    return int(result["api"]["requests"]) if "api" in result else 0


def writes(log: list[dict[str, Any]]) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in log if is_write(one)]
