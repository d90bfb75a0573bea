# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_wait, from options to result."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._task.wait import conditions_of, wait_for_conditions
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock as TaskClock
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Unreachable
from ansible_collections.tcx.pbx.plugins.modules.tcx_wait import SPEC
from ansible_collections.tcx.pbx.tests.unit.service_pbx import IVR, QUEUE, Clock, ServicePbx


class FakeTask:
    def __init__(self, pbx: ServicePbx, check_mode: bool, params: dict[str, Any]) -> None:
        self.params = with_defaults(params)
        self.client = pbx
        self.check_mode = check_mode
        self.clock = TaskClock(pbx.clock.sleep, pbx.clock, pbx.clock)
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)


def with_defaults(params: dict[str, Any]) -> dict[str, Any]:
    return {**{name: option.get("default") for name, option in SPEC.options.items()}, **params}


@pytest.fixture
def pbx() -> ServicePbx:
    return ServicePbx(Clock(), delay=10, stopped=[IVR])


def run(pbx: ServicePbx, *, check_mode: bool = False, **params: Any) -> tuple[dict[str, Any], list[str]]:
    task = FakeTask(pbx, check_mode, params)
    return wait_for_conditions(task), task.told  # type: ignore[arg-type]


def test_it_waits_and_tells(pbx: ServicePbx) -> None:
    pbx.head_for(IVR, "Running")
    result, told = run(pbx, services=[IVR])
    assert (result["changed"], result["holds"], "failed" in result) == (False, True, False)
    assert 10 <= result["elapsed"] <= 15
    assert told == [f"running: {IVR}: {IVR} is StartPending (0 of 600 s)"]


def test_it_waits_for_the_api_as_well(pbx: ServicePbx) -> None:
    pbx.outage = (pbx.clock.now, pbx.clock.now + 7)
    result, told = run(pbx)
    assert result["holds"]
    assert result["conditions"] == [
        {"condition": "api", "wanted": "the API answers", "reading": "it answers, version 20.0.10.1", "holds": True}
    ]
    assert told[0].startswith("the API does not answer: ")


def test_time_over_names_each_condition_that_does_not_hold(pbx: ServicePbx) -> None:
    result, _told = run(pbx, services=[IVR, QUEUE], version="20.0.10", wait_timeout=20.0)
    assert result["failed"]
    assert result["msg"] == (
        f"1 of 3 conditions do not hold after 20 s: services (wanted running: {IVR}, {QUEUE}; "
        f"last reading: {IVR} is Stopped)"
    )
    assert [one["holds"] for one in result["conditions"]] == [True, True, False]


def test_a_preview_looks_once_and_does_not_fail(pbx: ServicePbx) -> None:
    result, told = run(pbx, check_mode=True, services=[IVR])
    assert (result["holds"], result["elapsed"], "failed" in result) == (False, 0, False)
    assert (pbx.clock.pauses, told, pbx.looks) == ([], [], 1)


def test_a_preview_may_wait(pbx: ServicePbx) -> None:
    pbx.head_for(IVR, "Running")
    result, _told = run(pbx, check_mode=True, services=[IVR], check_mode_wait=True)
    assert result["holds"] and pbx.clock.pauses


def test_a_preview_finds_wrong_names(pbx: ServicePbx) -> None:
    with pytest.raises(InvalidInput, match='services: no service is called "3CXIVR09"; did you mean "3CXIVR01"'):
        run(pbx, check_mode=True, services=["3CXIVR09"])


def test_a_preview_of_a_pbx_that_is_away_fails(pbx: ServicePbx) -> None:
    pbx.outage = (pbx.clock.now, pbx.clock.now + 7)
    with pytest.raises(Unreachable):
        run(pbx, check_mode=True)


def test_names_given_twice_are_one_condition() -> None:
    before = [{"name": IVR, "state": "started"}, {"name": QUEUE, "state": "stopped"}]
    [condition] = conditions_of(with_defaults({"services": [IVR], "services_before": before}))
    assert condition.wanted == f"running: {IVR}"


def test_lists_in_which_nothing_ran_are_no_condition() -> None:
    nothing = {"services_before": [{"name": IVR, "state": "stopped"}], "trunks_before": [{"name": "A"}]}
    assert conditions_of(with_defaults(nothing)) == []


@pytest.mark.parametrize(
    ("params", "wanted"),
    [
        ({"extensions_before": 12}, "registered: 100% of the 12 extensions registered before"),
        ({"extensions_before": 12, "extensions_share": 0.9}, "registered: 90% of the 12 extensions registered before"),
        ({"extensions_share": 0.5}, "registered: 50% of all extensions"),
        ({"max_calls": 0}, "no active calls"),
        ({"max_calls": 3}, "at most 3 active calls"),
    ],
    ids=["all of before", "share of before", "share of all", "no calls", "some calls"],
)
def test_conditions_are_told_in_words(params: dict[str, Any], wanted: str) -> None:
    [condition] = conditions_of(with_defaults(params))
    assert condition.wanted == wanted


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"max_calls": -1}, "max_calls: cannot be less than 0"),
        ({"extensions_share": 90.0}, "extensions_share: is a share"),
        ({"version": " "}, 'version: " " is no version'),
        ({"version": ">=20"}, 'version: ">=20" is no version'),
        ({"services_before": [{"state": "started"}]}, r"services_before\[0\]: has no name"),
        ({"wait_timeout": 0.0}, "wait_timeout: give more than 0 seconds"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else value.partition(":")[0],
)
def test_what_makes_no_sense_is_told_before_any_call(params: dict[str, Any], words: str, pbx: ServicePbx) -> None:
    with pytest.raises(InvalidInput, match=words):
        run(pbx, **params)
    assert (pbx.pings, pbx.looks) == (0, 0)
