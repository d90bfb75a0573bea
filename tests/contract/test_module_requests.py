# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario on several versions: results as expected, and each exchange allowed by that version's contract.

The modules run in this process, so that versions cost seconds. A scenario that is about some versions runs on all of
them; others on the oldest, the newest and one between, so that each version has its share. test_every_operation.py
makes every call of every version. With the contract's folder absent, the results
are still checked and the exchanges are not; that is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests.contract.openapi import check_log, require_contract
from tests.integration.inprocess import prepare, run
from tests.integration.scenarios import EVERY_VERSION, Scenario, check_result, check_rows, is_write, load
from tests.simulator.testing import Simulator

VERSIONS = [f"20.0.{minor}" for minor in range(4, 11)]
BETWEEN = VERSIONS[1:-1]
SCENARIOS = [
    (version, scenario)
    for version in VERSIONS
    for number, scenario in enumerate(load())
    if scenario.suits(version)
    and (
        version not in BETWEEN or scenario.versions != EVERY_VERSION or number % len(BETWEEN) == BETWEEN.index(version)
    )
]
GATHER = "system_status license services trunks outbound_rules blocklist call_flow_apps call_flow_app_uses did_routes"
INFO = {"gather": [*GATHER.split(), "active_calls"], "call_flow_scripts": ["830"]}


@pytest.fixture(scope="session")
def one_of() -> Iterator[Callable[[str], Simulator]]:
    """A PBX of a version. Each is started once in a worker, in whatever order the versions come."""
    with ExitStack() as stack:
        yield cache(lambda version: stack.enter_context(Simulator(version=version)))


@pytest.fixture
def pbx(request: pytest.FixtureRequest, one_of: Callable[[str], Simulator]) -> Simulator:
    return one_of(request.param)


def words(one: Scenario | str) -> str:
    return one if isinstance(one, str) else f"{one.module}: {one.name}"


@pytest.mark.parametrize(("pbx", "scenario"), SCENARIOS, indirect=["pbx"], ids=words)
def test_scenario_on_every_version(pbx: Simulator, scenario: Scenario) -> None:
    prepare(pbx, scenario)
    before = pbx.state()
    predicted = run(pbx, scenario.module, scenario.args, check_mode=True)
    log = [one for one in pbx.log() if one["method"] != "GET"]
    assert [f"{one['method']} {one['path']}" for one in log] in ([], ["POST /connect/token"]), "GETs and one token"
    assert pbx.state() == before, "check mode changed the PBX"
    result = run(pbx, scenario.module, scenario.args)
    assert bool(result.get("failed")) == scenario.fails, result.get("msg")
    check_result(scenario, result, predicted=False)
    if not scenario.fails:
        assert (predicted["changed"], predicted.get("diff")) == (result["changed"], result.get("diff"))
        if scenario.again:
            again_changes_nothing(pbx, scenario)
    check_rows(scenario, pbx.state()["sets"])
    assert hold_against_contract(pbx) or not result.get("api", {}).get("requests")


def again_changes_nothing(pbx: Simulator, scenario: Scenario) -> None:
    seen = len(pbx.log())
    assert not run(pbx, scenario.module, scenario.args)["changed"]
    assert not [one["path"] for one in pbx.log()[seen:] if is_write(one)]


@pytest.mark.parametrize("pbx", VERSIONS, indirect=True)
def test_everything_can_be_read_on_every_version(pbx: Simulator) -> None:
    pbx.reset()
    result = run(pbx, "tcx_info", INFO)
    assert not result.get("failed"), result.get("msg")
    assert result["version"].startswith(pbx.version)
    assert all(result[part] for part in INFO["gather"])
    assert hold_against_contract(pbx)


def hold_against_contract(pbx: Simulator) -> int:
    """How many exchanges there were. What a web server says while the PBX is away is not in the contract."""
    require_contract()
    log = pbx.log(bodies=True)
    away = [one for one in log if (one["status"] or 500) >= 500]
    answered = [one for one in log if one not in away]
    return check_log(pbx.version, answered) + check_log(pbx.version, away, requests_only=True)
