# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_service, from options to result."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.services import manage_services
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock as XapiClock
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.service_pbx import IVR, NGINX, QUEUE, SIP, Clock, ServicePbx


class FakeTask:
    """The parts of a task that the operation uses."""

    def __init__(self, client: ServicePbx, check_mode: bool, **params: Any) -> None:
        names = ("name", "state", "enabled", "services")
        defaults = {"update_enabled": "on_change", "wait": True, "wait_timeout": 120.0}
        self.params = {**dict.fromkeys(names), **defaults, **params}
        self.client = client
        self.clock = XapiClock(client.clock.sleep, client.clock)
        self.check_mode = check_mode
        self.warnings: list[str] = []

    def warn(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def pbx() -> ServicePbx:
    clock = Clock()
    return ServicePbx(clock)


def run(pbx: ServicePbx, *, check_mode: bool = False, **params: Any) -> tuple[dict[str, Any], list[str]]:
    task = FakeTask(pbx, check_mode, **params)
    return manage_services(task), task.warnings  # type: ignore[arg-type]


def test_names_share_a_state(pbx: ServicePbx):
    result, warnings = run(pbx, name=[IVR, QUEUE], state="stopped")
    assert (result["changed"], result["stopped_services"], result["started_services"]) == (True, [IVR, QUEUE], [])
    assert [item["state"] for item in result["services"]] == ["stopped", "stopped"]
    assert "failed" not in result and warnings == []
    again, _warnings = run(pbx, name=[IVR, QUEUE], state="stopped")
    assert (again["changed"], again["stopped_services"], len(pbx.calls)) == (False, [], 1)


def test_each_service_may_have_its_own_wish_and_a_result_is_input(pbx: ServicePbx):
    result, _warnings = run(pbx, services=[{"name": IVR, "state": "stopped"}, {"name": NGINX}])
    assert result["stopped_services"] == [IVR]
    again, _warnings = run(pbx, services=result["services"])
    assert not again["changed"]
    assert again["services"] == result["services"]


@pytest.mark.parametrize("state", ["stopped", "restarted"])
def test_check_mode_foretells_all_but_the_calls(pbx: ServicePbx, state: str):
    foretold, _warnings = run(pbx, check_mode=True, name=[IVR], state=state)
    assert pbx.calls == [] and pbx.clock.pauses == []
    assert foretold == run(pbx, name=[IVR], state=state)[0]


def test_what_stopped_along_is_a_warning(pbx: ServicePbx):
    pbx.drag = {SIP: (IVR, QUEUE)}
    _result, warnings = run(pbx, name=[SIP], state="stopped")
    assert len(warnings) == 1
    assert f"not running now: {IVR}, {QUEUE}." in warnings[0]


def test_failures_are_told_per_service(pbx: ServicePbx):
    pbx.refused = {SIP}
    result, _warnings = run(pbx, services=[{"name": IVR, "state": "stopped"}, {"name": SIP, "state": "restarted"}])
    assert result["failed"] and result["changed"]
    assert result["msg"] == (
        f"1 of 2 calls for services succeeded; services[1] ({SIP}) restart failed: "
        "POST Services: HTTP 400: NOT_SUPPORTED"
    )
    assert [(one["item"], one["status"]) for one in result["outcomes"]] == [(IVR, "done"), (SIP, "failed")]
    assert list(result["diff"]["after"]) == [IVR]
    assert (result["stopped_services"], result["restarted_services"]) == ([IVR], [])


def test_a_failure_of_everything_is_no_change(pbx: ServicePbx):
    def refuse(verb: str, path: str) -> None:
        raise Refused("no", status=400)

    pbx.interfere = refuse
    result, _warnings = run(pbx, name=[IVR], state="stopped")
    assert result["failed"] and not result["changed"]
    assert result["diff"] == {"before": {}, "after": {}}


def test_names_without_a_wish_are_a_mistake(pbx: ServicePbx):
    with pytest.raises(OptionError, match="give state, or enabled, or both"):
        run(pbx, name=[IVR])


def test_mistakes_are_told_before_the_first_call(pbx: ServicePbx):
    with pytest.raises(InvalidInput, match=r"name\[0\] \(nginx\) state: the PBX protects this service"):
        run(pbx, name=[NGINX, IVR], state="stopped")
    with pytest.raises(InvalidInput, match=r"services\[0\] \(3CXIVR01\) enabled: the PBX does not show"):
        run(pbx, services=[{"name": IVR, "enabled": True}])
    assert pbx.calls == []


def test_a_service_on_its_way_is_waited_for_unless_told_not_to(pbx: ServicePbx):
    pbx.head_for(IVR, "Stopped")
    result, _warnings = run(pbx, name=[IVR], state="stopped", wait=False)
    assert (result["changed"], result["services"][0]["status"], pbx.clock.pauses) == (False, "StopPending", [])
    result, _warnings = run(pbx, name=[IVR], state="stopped")
    assert (result["changed"], result["services"][0]["status"]) == (False, "Stopped")
