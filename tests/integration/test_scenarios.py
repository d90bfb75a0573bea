# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario: previewed, done and done again, in the worker and as an ordinary module.

Starting ansible-playbook costs more than a scenario does. So the three are tasks of one play, and the two ways of
running them are two hosts, each with a PBX of its own. That a preview leaves the state of the PBX alone is seen in
tests/contract/test_module_requests.py; here its requests tell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest

from tests.controllers import Controller, controllers, running
from tests.integration.ansible import Ansible, Run
from tests.integration.conftest import connection_of
from tests.integration.inprocess import prepare
from tests.integration.scenarios import EVERY_VERSION, Scenario, check_result, check_rows, comparable, is_write, load
from tests.simulator.testing import Simulator

SCENARIOS = list(load(EVERY_VERSION[-1]))
OTHERS = [one for one in controllers() if one.name != running().name]
# What depends on ansible-core shows in a few scenarios of each module.
FEW = [one for _module, group in groupby(SCENARIOS, lambda one: one.module) for one in list(group)[:3]]
WORKER, MODULE = "worker", "module"
# How often these look at the PBX is a matter of time.
WAITING = ("tcx_backup", "tcx_service", "tcx_update", "tcx_wait")
# The two PBXs are seconds apart, and so is what they reckon from their start.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def name_of(scenario: Scenario) -> str:
    return f"{scenario.module}: {scenario.name}"


@pytest.fixture(scope="session")
def twins() -> Iterator[dict[str, Simulator]]:
    """Two PBXs that nobody else uses: what happened to them before is the same, so ids are."""
    with Simulator() as one, Simulator() as other:
        yield {WORKER: one, MODULE: other}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=name_of)
def test_scenario(scenario: Scenario, main_ansible: Ansible, twins: dict[str, Simulator]) -> None:
    """Both ways of running a task tell the same, byte for byte."""
    run = play(scenario, main_ansible, twins)
    worker, module = (seen(scenario, run, host, pbx) for host, pbx in twins.items())
    if scenario.module in WAITING:
        worker, module = ({**one, "api": {}} for one in (worker, module))
    assert worker == module


@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.name)
@pytest.mark.parametrize("scenario", FEW, ids=name_of)
def test_scenario_with_another_core(
    scenario: Scenario, other: Controller, running_simulator: Simulator, main_ansible: Ansible
) -> None:
    """In the worker; test_worker.py has the module process of each ansible-core."""
    ansible = Ansible(other, main_ansible.collections, main_ansible.workdir)
    seen(scenario, play(scenario, ansible, {WORKER: running_simulator}), WORKER, running_simulator)


def play(scenario: Scenario, ansible: Ansible, pbxs: dict[str, Simulator]) -> Run:
    for pbx in pbxs.values():
        prepare(pbx, scenario)
    hosts = {
        name: {**ansible.local(), "tcx_module_process": name == MODULE, "reach": connection_of(pbx)}
        for name, pbx in pbxs.items()
    }
    settings = {"environment": "{{ reach }}"}
    return ansible.play(tasks_of(scenario), "--diff", settings=settings, inventory={"all": {"hosts": hosts}})


def seen(scenario: Scenario, run: Run, host: str, pbx: Simulator) -> Any:
    """What the real run told, for comparison between the two ways, after all that every run has to keep to."""
    predicted, result = run.of("preview", host).result, outcome(scenario, run, host)
    log = [one for one in pbx.log() if not is_token(one)]
    foretold, done = requests_of(predicted), requests_of(result)
    assert not writes(log[:foretold]), "check mode wrote"
    check_result(scenario, result, predicted=False)
    if not scenario.fails:
        check_result(scenario, predicted, predicted=True)
        assert predicted["changed"] == result["changed"], "check mode foretold another changed"
        assert predicted.get("diff") == result.get("diff"), "check mode foretold another diff"
        if scenario.again:
            assert not run.of("again", host).result["changed"], run.text
            assert not writes(log[foretold + done :]), "the second run wrote"
    check_rows(scenario, pbx.state()["sets"])
    return json.loads(MOMENT.sub("MOMENT", json.dumps(comparable(result)).replace(pbx.url, "URL")))


def tasks_of(scenario: Scenario) -> list[dict[str, Any]]:
    tasks = [{**scenario.task("preview"), "check_mode": True, "ignore_errors": scenario.fails}]
    tasks.append(scenario.task("subject"))
    if scenario.again and not scenario.fails:
        tasks.append(scenario.task("again"))
    return tasks


def outcome(scenario: Scenario, run: Run, host: str) -> dict[str, Any]:
    assert (run.rc != 0) == scenario.fails, run.text
    subject = run.of("subject", host)
    assert subject.status == ("failed" if scenario.fails else "ok"), run.text
    return subject.result


def is_token(request: dict[str, Any]) -> bool:
    return bool(request["path"].endswith("/connect/token"))


def requests_of(result: dict[str, Any]) -> int:
    """How many requests the task made; none if its options were wrong."""
    return int(result["api"]["requests"]) if "api" in result else 0


def writes(log: list[dict[str, Any]]) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in log if is_write(one)]
