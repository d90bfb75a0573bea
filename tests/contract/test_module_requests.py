# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario on every version: results as expected, and each exchange allowed by that version's contract.

The modules run in this process, so that seven versions cost seconds. With the contract's folder absent, the results
are still checked and the exchanges are not; that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute

from tests.contract.openapi import check_log, require_contract
from tests.integration.scenarios import Scenario, check_result, check_rows, is_write, load
from tests.simulator.testing import Simulator

VERSIONS = [f"20.0.{minor}" for minor in range(4, 11)]
SCENARIOS = list(load())
INFO = {"gather": ["system_status", "license", "services", "trunks", "outbound_rules", "blocklist",
                   "call_flow_apps", "did_routes", "active_calls"], "call_flow_scripts": ["830"]}  # fmt: skip


@pytest.fixture(scope="module", params=VERSIONS)
def pbx(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(version=request.param) as simulator:
        yield simulator


def run(pbx: Simulator, module: str, args: dict[str, Any], *, check_mode: bool = False) -> dict[str, Any]:
    """The result of a module, as its process would give it."""
    spec = import_module(f"ansible_collections.tcx.pbx.plugins.modules.{module}").SPEC
    connection = {
        "url": pbx.url,
        "client_id": pbx.client_id,
        "client_secret": pbx.client_secret,
        "ca_path": pbx.ca_path,
    }
    checked = ArgumentSpecValidator(spec.argument_spec, **spec.rules).validate({**connection, **args})
    if checked.error_messages:
        return {"failed": True, "msg": checked.errors.msg}
    return execute(spec, checked.validated_parameters, check_mode=check_mode, diff_mode=True)


def prepare(pbx: Simulator, scenario: Scenario) -> None:
    pbx.reset()
    pbx.switch(**scenario.switches)
    for entity_set, rows in scenario.before.items():
        if entity_set != "tasks":
            for row in rows:
                pbx.create(entity_set, **row)
    for task in scenario.before.get("tasks", []):
        assert not run(pbx, task["module"], task["args"]).get("failed")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: f"{scenario.module}: {scenario.name}")
def test_scenario_on_every_version(pbx: Simulator, scenario: Scenario) -> None:
    prepare(pbx, scenario)
    predicted = run(pbx, scenario.module, scenario.args, check_mode=True)
    result = run(pbx, scenario.module, scenario.args)
    assert bool(result.get("failed")) == scenario.fails, result.get("msg")
    check_result(scenario, result, predicted=False)
    if not scenario.fails:
        assert (predicted["changed"], predicted.get("diff")) == (result["changed"], result.get("diff"))
        if scenario.again:
            again_changes_nothing(pbx, scenario)
    check_rows(scenario, pbx.state()["sets"])
    assert hold_against_contract(pbx) or scenario.fails


def again_changes_nothing(pbx: Simulator, scenario: Scenario) -> None:
    seen = len(pbx.log())
    assert not run(pbx, scenario.module, scenario.args)["changed"]
    assert not [one["path"] for one in pbx.log()[seen:] if is_write(one)]


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
