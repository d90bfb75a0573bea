# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking again and again, and what is borne while a PBX starts."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.waiting import Doors, Pace, version_of
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    AuthFailed,
    Forbidden,
    ServerFault,
    TlsUntrusted,
    TokenFlood,
    Unreachable,
    XapiError,
)
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def pace(clock: Clock, told: list[str], timeout: float = 100.0, interval: float = 5.0) -> Pace:
    return Pace(timeout, interval, told.append, sleep=clock.sleep, clock=clock)


def test_what_holds_at_once_is_not_waited_for(clock: Clock) -> None:
    told: list[str] = []
    assert pace(clock, told).until(lambda: "") == ""
    assert (told, clock.pauses) == ([], [])


def test_pauses_grow_up_to_the_interval(clock: Clock) -> None:
    pace(clock, [], timeout=40).until(lambda: "no")
    assert clock.pauses[:4] == [0.5, 0.75, 1.125, 1.6875]
    assert max(clock.pauses) == 5.0
    assert sum(clock.pauses) == 40


def test_no_pause_is_longer_than_the_interval(clock: Clock) -> None:
    pace(clock, [], timeout=1, interval=0.25).until(lambda: "no")
    assert set(clock.pauses) == {0.25}


def test_the_last_look_is_at_the_end(clock: Clock) -> None:
    """What comes true in the last pause is seen."""
    assert pace(clock, [], timeout=10).until(lambda: "" if clock.now >= 1010 else "no") == ""
    assert pace(clock, [], timeout=10).until(lambda: "late") == "late"


def test_several_waits_share_the_time(clock: Clock) -> None:
    shared = pace(clock, [], timeout=10)
    assert shared.elapsed == 0
    shared.until(lambda: "" if clock.now >= 1004 else "first")
    clock.sleep(1)
    assert shared.until(lambda: "second") == "second"
    assert clock.now == pytest.approx(1010, abs=0.01)
    assert shared.elapsed == pytest.approx(10, abs=0.01)


def test_what_is_lacking_is_told_when_it_changes_and_now_and_then(clock: Clock) -> None:
    told: list[str] = []
    pace(clock, told, timeout=70).until(lambda: "few" if clock.now >= 1004 else "many")
    assert told == ["many (0 of 70 s)", "few (4 of 70 s)", "few (35 of 70 s)", "few (65 of 70 s)"]


@pytest.mark.parametrize("error", [Unreachable("x", detail="refused"), ServerFault("x", status=502)])
def test_what_passes_is_borne_however_often(error: XapiError) -> None:
    doors = Doors()
    assert {doors.bear(error) for _time in range(9)} == {
        "the API does not answer: " + ("HTTP 502" if error.status else "refused")
    }


@pytest.mark.parametrize("error", [AuthFailed("x", status=401), Forbidden("x", status=403)])
def test_a_closed_door_is_borne_twice_in_a_row(error: XapiError) -> None:
    doors = Doors()
    for _time in range(2):
        assert doors.bear(error).startswith("the API does not let us in: HTTP 40")
    doors.opened()
    for _time in range(2):
        doors.bear(error)
    with pytest.raises(type(error)):
        doors.bear(error)


@pytest.mark.parametrize("error", [TlsUntrusted("certificate"), TokenFlood("too many", status=403)])
def test_what_does_not_pass_is_raised_at_once(error: XapiError) -> None:
    with pytest.raises(type(error)):
        Doors().bear(error)


@pytest.mark.parametrize(("told", "version"), [("20.0.8.1", "20.0.8.1"), ("", "20.0.9.2")])
def test_a_proxy_may_keep_the_version_to_itself(told: str, version: str) -> None:
    class Port(FakePort):
        def ping(self, retry: bool = True) -> str:
            assert not retry
            return told

        def get(self, path: str, query: dict[str, object] | None = None) -> dict[str, object]:
            assert (path, query) == ("SystemStatus", {"$select": "Version"})
            return {"Version": "20.0.9.2"}

    assert version_of(Port()) == version
