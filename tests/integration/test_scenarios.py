# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario: previewed, done and done again in the worker, and some of each module as an ordinary module, too.

The two ways of running a task are two hosts, each with a PBX of its own. That a preview leaves the state of the PBX
alone is seen in tests/contract/test_module_requests.py; here its requests tell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.controllers import Controller, controllers, running
from tests.integration.ansible import Ansible, Run
from tests.integration.batches import MODULE, WORKER, Modules, Played, in_batches, of_the_same_batch, play
from tests.integration.scenarios import (
    EVERY_VERSION,
    Scenario,
    check_result,
    check_rows,
    comparable,
    is_write,
    load,
    named,
)
from tests.simulator.testing import Simulator

SCENARIOS = list(load(EVERY_VERSION[-1]))
OTHERS = [one for one in controllers() if one.name != running().name]
BY_MODULE = [list(group) for _module, group in groupby(SCENARIOS, lambda one: one.module)]
# What depends on ansible-core, or on the way a task is run, shows in a few scenarios of each module.
FEW = [one for group in BY_MODULE for one in group[:2]]
MODULES = Modules(
    played=[one for group in BY_MODULE for one in group[:2]], in_full=[one for group in BY_MODULE for one in group[:1]]
)
# How often these look at the PBX is a matter of time.
WAITING = ("tcx_backup", "tcx_service", "tcx_update", "tcx_wait")
# The two PBXs are seconds apart, and so is what they reckon from their start.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
Batches = Callable[[tuple[str, ...], Controller], Run]


@pytest.fixture(scope="session")
def twins() -> Iterator[dict[str, Simulator]]:
    """Two PBXs that nobody else uses: what happened to them before is the same, so ids are."""
    with Simulator() as one, Simulator() as other:
        yield {WORKER: one, MODULE: other}


@pytest.fixture(scope="session")
def batches(
    twins: dict[str, Simulator],
    running_simulator: Simulator,
    collections_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Batches:
    """Plays scenarios together, once. An ansible-core that is not the one of pytest plays them in the worker only."""
    alone = {WORKER: running_simulator}

    @cache
    def played(titles: tuple[str, ...], controller: Controller) -> Run:
        ansible = Ansible(controller, collections_path, tmp_path_factory.mktemp("batch"))
        return play(
            [named(title) for title in titles], MODULES, ansible, twins if controller.name == running().name else alone
        )

    return played


@pytest.mark.parametrize("scenario", in_batches(SCENARIOS, "scenarios"))
def test_scenario(scenario: Scenario, batches: Batches, request: pytest.FixtureRequest) -> None:
    """Both ways of running a task tell the same, byte for byte."""
    run = batches(of_the_same_batch(request), running())
    worker, module = (Played(run, scenario, host) for host in (WORKER, MODULE))
    foretold_and_repeated(worker)
    result = told(worker)
    if scenario in MODULES.played:
        assert told(module) == result
    if scenario in MODULES.in_full:
        foretold_and_repeated(module)


@pytest.mark.parametrize("scenario", in_batches(FEW, "scenarios with another core"))
@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.name)
def test_scenario_with_another_core(
    scenario: Scenario, other: Controller, batches: Batches, request: pytest.FixtureRequest
) -> None:
    """In the worker; test_worker.py has the module process of each ansible-core."""
    played = Played(batches(of_the_same_batch(request), other), scenario, WORKER)
    foretold_and_repeated(played)
    told(played)


def foretold_and_repeated(played: Played) -> None:
    """Check mode foretold what was done then, and the second run changed nothing."""
    scenario = played.scenario
    predicted, result = played.step("preview").result, played.step("subject").result
    foretold, done = requests_of(predicted), requests_of(result)
    assert not writes(played.log[:foretold]), "check mode wrote"
    if scenario.fails:
        return
    check_result(scenario, predicted, predicted=True)
    assert predicted["changed"] == result["changed"], "check mode foretold another changed"
    assert predicted.get("diff") == result.get("diff"), "check mode foretold another diff"
    if scenario.again:
        assert not played.step("again").result["changed"], played.run.text
        assert not writes(played.log[foretold + done :]), "the second run wrote"


def told(played: Played) -> Any:
    """What the real run told, for comparison between the two ways; it and the PBX are as the scenario expects."""
    scenario, subject = played.scenario, played.step("subject")
    assert subject.status == ("ignored" if scenario.fails else "ok"), subject.result
    check_result(scenario, subject.result, predicted=False)
    check_rows(scenario, played.sets)
    result = comparable(subject.result)
    if scenario.module in WAITING:
        result.pop("api", None)
    return json.loads(MOMENT.sub("MOMENT", json.dumps(result).replace(played.address, "URL")))


def requests_of(result: dict[str, Any]) -> int:
    """How many requests the task made; none if its options were wrong."""
    return int(result["api"]["requests"]) if "api" in result else 0


def writes(log: list[dict[str, Any]]) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in log if is_write(one)]
