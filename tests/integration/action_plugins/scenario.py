# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the scenarios of one playbook run: the simulated PBX of the host made ready, and looked at afterwards.

``scenario: {name: ..., step: prepare}`` makes the PBX as the scenario finds it. With ``step: look``, the result has its
address, the log of requests since then, and the rows of the sets that the scenario makes claims about.
"""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase

from tests.integration.inprocess import prepare
from tests.integration.scenarios import Scenario, named
from tests.simulator.testing import RunningPbx


class ActionModule(ActionBase):
    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        pbx = RunningPbx.at(**(task_vars or {})["simulator"])
        scenario = named(self._task.args["name"])
        return look(pbx, scenario) if self._task.args["step"] == "look" else ready(pbx, scenario)


def ready(pbx: RunningPbx, scenario: Scenario) -> dict[str, Any]:
    prepare(pbx, scenario)
    return {}


def look(pbx: RunningPbx, scenario: Scenario) -> dict[str, Any]:
    log, sets = pbx.log(), pbx.state()["sets"]
    return {"url": pbx.url, "log": log, "sets": {claim["set"]: sets[claim["set"]] for claim in scenario.after}}
