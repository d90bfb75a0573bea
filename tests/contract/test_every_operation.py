# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of every version is made once by a module, and each exchange is allowed by the contract."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS
from tests.contract.driving import Driver, call_of, ordered
from tests.contract.live import LivePbx
from tests.contract.openapi import check_log, require_contract
from tests.contract.through_modules import ThroughModules
from tests.integration.inprocess import run
from tests.simulator.facts.catalog import Operation
from tests.simulator.testing import Simulator

COUNTS = dict(zip(VERSIONS, (526, 531, 547, 566, 571, 590, 601), strict=True))
# The PBX is never away, and what it downloads is what the contract calls it: JSON.
SWITCHES = {
    "downloads": "contract",
    "service_cut": "off",
    "service_outage": 0,
    "system_restart": 0,
    "restore_delay": 1e6,
    "update_delay": 1e6,
    "template_built_in": "accept",
}
PREFIX = "/xapi/v1/"
DONE = (200, 201, 204)
# Calls that a module rightly reports as a failure, each with what it says, and why.
FAILING = {
    # Of two files to be deleted one is not there, which the PBX tells inside a 200.
    "POST AISettings/Pbx.BatchDeleteFiles": "failed for 1 item: nope: File not found",
}


@pytest.fixture
def pbx(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(version=request.param, switches=SWITCHES) as simulator:
        for name in ("Gone", "Spare", "Extra"):
            simulator.create("Groups", Name=name)
        # Calls that nobody ends but a module.
        simulator.set_calls({"caller": "+491555012345", "callee": "100"}, {"caller": "+491555012346", "callee": "101"})
        yield simulator


@pytest.mark.parametrize(
    "pbx",
    [pytest.param(version, marks=pytest.mark.xdist_group(f"every operation of {version}")) for version in VERSIONS],
    indirect=True,
)
def test_every_operation_is_made_by_a_module(pbx: Simulator, tmp_path: Path) -> None:
    require_contract()
    driver = Driver(LivePbx(pbx))
    tasks = ThroughModules(pbx, driver, tmp_path)
    problems: dict[str, object] = {}
    made = set()
    for operation in ordered(driver.pbx):
        call, task = call_of(operation), tasks.task(operation)
        pbx.clear_log()
        words = run(pbx, task.module, task.options).get("msg", "")
        requests = pbx.log(bodies=True)
        check_log(pbx.version, requests)
        if not words.endswith(FAILING.get(call, "")) or bool(words) != (call in FAILING):
            problems[call] = (task, words)
        elif any(is_call(operation, one) for one in requests):
            made.add(call)
        else:
            problems[call] = (task, [f"{one['method']} {one['path']}" for one in requests])
    assert problems == {}
    assert len(made) == COUNTS[pbx.version]


def is_call(operation: Operation, request: dict[str, Any]) -> bool:
    """Whether a request of the log is of this operation, and succeeded."""
    path = request["path"].removeprefix(PREFIX)
    return bool(
        request["method"] == operation.method
        and request["status"] in DONE
        and re.fullmatch(expression(operation.route), path)
    )


def expression(route: str) -> str:
    """Users(#)/Groups, Users(Number=) and GetUpdates() with any keys and parameters."""
    text = re.escape(route)
    for empty, filled in ((r"\(\#\)", r"\([^=]+\)"), (r"=\)", r"=.+\)"), (r"\(\)", r"\(.*\)")):
        text = text.replace(empty, filled)
    return text
