# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules in the process of the test: the same spec and the same function, without Ansible around them.

Nobody really waits: when a module sleeps, the time of the simulated PBX passes at once.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token import Token
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import SHARED, tag_of
from tests.integration.scenarios import Scenario
from tests.simulator.testing import RunningPbx


class PassingTime:
    """Real time, and what was slept away."""

    def __init__(self, pbx: RunningPbx) -> None:
        self._pbx = pbx
        self._slept = 0.0

    def sleep(self, seconds: float) -> None:
        self._slept += seconds
        self._pbx.advance(seconds)

    def monotonic(self) -> float:
        return time.monotonic() + self._slept

    def now(self) -> float:
        return time.time() + self._slept

    @property
    def clock(self) -> Clock:
        return Clock(self.sleep, self.monotonic, self.now)


def forget_token(pbx: RunningPbx) -> None:
    """The next run here asks for a token: one that it had before died if a playbook has asked for another since."""
    tag = tag_of(pbx.url, pbx.client_id, pbx.client_secret)
    SHARED.fetch(tag, lambda _: False, lambda: Token("dead", renew_at=0))


def run(pbx: RunningPbx, module: str, args: dict[str, Any], *, check_mode: bool = False) -> dict[str, Any]:
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
    params = checked.validated_parameters
    return execute(spec, params, check_mode=check_mode, diff_mode=True, clock=PassingTime(pbx).clock)


def prepare(pbx: RunningPbx, scenario: Scenario) -> None:
    """The PBX as the scenario finds it, with an empty log."""
    pbx.reset()
    # A call of the demo data ends by itself, and results of two runs would differ.
    pbx.set_calls()
    pbx.switch(**scenario.switches)
    for entity_set, rows in scenario.before.items():
        if entity_set != "tasks":
            for row in rows:
                pbx.create(entity_set, **row)
    for task in scenario.before.get("tasks", []):
        result = run(pbx, task["module"], task["args"])
        assert not result.get("failed"), result
    pbx.clear_log()
