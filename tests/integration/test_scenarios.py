# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario: previewed, done and done again, in the worker and as an ordinary module."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controllers import running
from tests.integration.ansible import Ansible, Run
from tests.integration.inprocess import prepare
from tests.integration.scenarios import Scenario, check_result, check_rows, comparable, is_write, load
from tests.simulator.testing import Simulator

SCENARIOS = list(load())
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
    predicted = preview(scenario, ansible, simulator, env, variables)
    settings = {"vars": variables}
    simulator.clear_log()
    tasks = [scenario.task("subject")]
    if scenario.again and not scenario.fails:
        tasks.append(scenario.task("again"))
    run = ansible.play(tasks, "--diff", env=env, settings=settings)
    result = outcome(scenario, run, "subject")
    check_result(scenario, result, predicted=False)
    if not scenario.fails:
        assert predicted["changed"] == result["changed"], "check mode foretold another changed"
        assert predicted.get("diff") == result.get("diff"), "check mode foretold another diff"
        again_changes_nothing(scenario, simulator, run, result)
    check_rows(scenario, simulator.state()["sets"])
    return comparable(result)


def preview(
    scenario: Scenario, ansible: Ansible, simulator: Simulator, env: dict[str, str], variables: dict[str, Any]
) -> dict[str, Any]:
    """Check mode tells what will happen, by GETs and one token request, and changes nothing."""
    before = simulator.state()
    run = ansible.play([scenario.task("subject")], "--check", "--diff", env=env, settings={"vars": variables})
    if not scenario.fails:
        assert run.rc == 0, run.text
    log = simulator.log()
    others = [f"{one['method']} {one['path']}" for one in log if one["method"] != "GET"]
    assert set(others) <= {"POST /connect/token"}, others
    assert len(others) <= 1, "more than one token"
    assert simulator.state() == before, "check mode changed the PBX"
    result = run.of("subject").result
    if not scenario.fails:
        check_result(scenario, result, predicted=True)
    return result


def outcome(scenario: Scenario, run: Run, task: str) -> dict[str, Any]:
    assert (run.rc != 0) == scenario.fails, run.text
    assert run.of(task).status == ("failed" if scenario.fails else "ok"), run.text
    return run.of(task).result


def again_changes_nothing(scenario: Scenario, simulator: Simulator, run: Run, first: dict[str, Any]) -> None:
    if not scenario.again:
        return
    again = run.of("again").result
    assert not again["changed"], run.text
    calls = [one for one in simulator.log() if not one["path"].endswith("/connect/token")]
    writes = [f"{one['method']} {one['path']}" for one in calls[first["api"]["requests"] :] if is_write(one)]
    assert not writes, f"the second run wrote: {writes}"
