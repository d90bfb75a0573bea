# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What may be waited for: whether it holds, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.waiting_conditions import (
    Condition,
    ExtensionsRegistered,
    FewCalls,
    Look,
    ServicesRun,
    TrunksRegistered,
    Verdict,
    VersionIs,
    online,
    ran,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.waiting_watcher import NEVER_READ, Watcher
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import TlsUntrusted, Unreachable
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort


class Pbx(FakePort):
    """away: what a look meets instead of an answer."""

    def __init__(self, **sets: list[dict[str, Any]]) -> None:
        super().__init__(**sets)
        self.away: Exception | None = None
        self.status = {"ExtensionsRegistered": 9, "ExtensionsTotal": 12}

    def ping(self, retry: bool = True) -> str:
        if self.away is not None:
            raise self.away
        return self.version

    def get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
        self.reads.append(path)
        return self.status


@pytest.fixture
def pbx() -> Pbx:
    return Pbx(
        Services=[
            {"Name": "3CXIVR01", "DisplayName": "IVR Server", "Status": "Running"},
            {"Name": "3CXQueueManager01", "Status": "StartPending"},
        ],
        Trunks=[
            {"Id": 1, "Number": "10000", "Gateway": {"Name": "Provider A"}, "IsOnline": True},
            {"Id": 2, "Number": "10001", "Gateway": {"Name": "Provider B"}},
        ],
        ActiveCalls=[{"Id": 5}, {"Id": 6}],
    )


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (FewCalls(2), Verdict(True, "2 active calls")),
        (FewCalls(1), Verdict(False, "2 active calls")),
        (ServicesRun(("3cxivr01", "ivr server")), Verdict(True, "all run")),
        (ServicesRun(("3CXIVR01", "3CXQueueManager01")), Verdict(False, "3CXQueueManager01 is StartPending")),
        (TrunksRegistered(("Provider A", "10000")), Verdict(True, "all are registered")),
        (TrunksRegistered(("Provider A", "10001")), Verdict(False, "Provider B is not registered")),
        (ExtensionsRegistered(0.9, 10), Verdict(True, "9 extensions registered, 9 wanted")),
        (ExtensionsRegistered(0.91, 10), Verdict(False, "9 extensions registered, 10 wanted")),
        (ExtensionsRegistered(0.75, None), Verdict(True, "9 extensions registered, 9 wanted")),
        (ExtensionsRegistered(1.0, 0), Verdict(True, "9 extensions registered, 0 wanted")),
        (VersionIs("20.0.10"), Verdict(True, "version 20.0.10.1234")),
        (VersionIs("20.0.10.1234"), Verdict(True, "version 20.0.10.1234")),
        (VersionIs("20.0.1"), Verdict(False, "version 20.0.10.1234")),
    ],
    ids=lambda value: value.name if not isinstance(value, Verdict) else value.reading,
)
def test_a_condition(condition: Condition, verdict: Verdict, pbx: Pbx) -> None:
    assert condition.judge(Look(pbx)) == verdict


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ServicesRun(("3CXIVR02",)), 'no service is called "3CXIVR02"; did you mean "3CXIVR01"?'),
        (TrunksRegistered(("Provider C",)), 'no trunk is called "Provider C"; did you mean'),
    ],
    ids=["service", "trunk"],
)
def test_a_name_that_is_not_listed_does_not_hold(condition: Condition, words: str, pbx: Pbx) -> None:
    verdict = condition.judge(Look(pbx))
    assert not verdict.holds
    assert verdict.reading.startswith(words)
    assert verdict.unknown == (verdict.reading,)


def test_a_look_reads_no_more_than_is_asked_for_and_that_once(pbx: Pbx) -> None:
    look = Look(pbx)
    for condition in (FewCalls(0), FewCalls(1), ServicesRun(("3CXIVR01",))):
        condition.judge(look)
    assert pbx.reads == ["ActiveCalls", "Services"]


def test_lists_of_tcx_info_are_input() -> None:
    services = [{"name": "a", "state": "started"}, {"name": "b", "state": "stopped"}, {"name": "c", "state": None}]
    trunks = [{"name": "A", "number": "1", "is_online": True}, {"name": "B", "number": "2", "is_online": False}]
    assert ran(services) == ["a"]
    assert online(trunks) == ["1"]


class TestWatcher:
    def test_all_that_is_lacking_is_told(self, pbx: Pbx) -> None:
        watcher = Watcher(pbx, [FewCalls(0), VersionIs("21"), ServicesRun(("3CXIVR01",))])
        assert watcher.look() == "no active calls: 2 active calls; version 21: version 20.0.10.1234"
        assert not watcher.holds
        pbx.sets["ActiveCalls"], pbx.version = [], "21.0.0.1"
        assert watcher.look() == ""
        assert watcher.holds
        assert [one["holds"] for one in watcher.report] == [True] * 4

    def test_without_conditions_the_api_is_waited_for(self, pbx: Pbx) -> None:
        pbx.away = Unreachable("x", detail="refused")
        watcher = Watcher(pbx, [])
        assert watcher.look() == "the API does not answer: refused"
        pbx.away = None
        assert watcher.look() == ""

    def test_what_held_before_the_api_went_away_does_not_hold_any_more(self, pbx: Pbx) -> None:
        watcher = Watcher(pbx, [FewCalls(5), FewCalls(1)])
        watcher.look()
        pbx.away = Unreachable("x", detail="refused")
        assert watcher.look() == "the API does not answer: refused"
        api, calls = watcher.report[:2]
        assert not api["holds"] and not calls["holds"]
        assert calls["reading"] == "2 active calls", "the last reading stays"

    def test_what_was_never_read_says_so(self, pbx: Pbx) -> None:
        pbx.away = Unreachable("x", detail="refused")
        watcher = Watcher(pbx, [FewCalls(5)])
        watcher.look()
        assert watcher.report[1]["reading"] == NEVER_READ

    def test_what_does_not_pass_is_raised(self, pbx: Pbx) -> None:
        pbx.away = TlsUntrusted("certificate")
        with pytest.raises(TlsUntrusted):
            Watcher(pbx, []).look()
