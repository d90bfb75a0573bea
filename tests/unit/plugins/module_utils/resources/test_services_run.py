# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services on a PBX that takes its time."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.services import services_of
from ansible_collections.tcx.pbx.plugins.module_utils._resources.services_plan import find_wishes, plan, stopped_along
from ansible_collections.tcx.pbx.plugins.module_utils._resources.services_run import Outcome, ServiceRun
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    AuthFailed,
    Forbidden,
    LostAnswer,
    Refused,
    ServerFault,
)
from ansible_collections.tcx.pbx.tests.unit.service_pbx import CONSOLE, IVR, NGINX, QUEUE, SIP, Clock, ServicePbx


@pytest.fixture
def clock() -> Clock:
    return Clock()


def run(pbx: ServicePbx, *items: Item, always: bool = False, **options: Any) -> ServiceRun:
    before = services_of(pbx)
    wishes, problems = find_wishes(items, before)
    assert not problems
    done = ServiceRun(pbx, before, sleep=pbx.clock.sleep, clock=pbx.clock, **options)
    done.perform(wishes, plan(wishes, before, always=always))
    return done


def told(done: ServiceRun) -> list[tuple[str, str, str]]:
    return [(one.act.name, one.act.verb, one.status) for one in done.outcomes]


def only(done: ServiceRun) -> Outcome:
    assert len(done.outcomes) == 1
    return done.outcomes[0]


class TestWaiting:
    def test_stopping_waits_through_pending(self, clock: Clock):
        pbx = ServicePbx(clock, delay=7)
        done = run(pbx, {"name": IVR, "state": "stopped"})
        assert told(done) == [(IVR, "stop", "done")]
        assert done.services[IVR].status == "Stopped"
        assert 7 <= sum(clock.pauses) <= 9

    def test_pauses_grow_and_stay_below_two_seconds(self, clock: Clock):
        run(ServicePbx(clock, delay=20), {"name": IVR, "state": "stopped"})
        assert clock.pauses[:4] == [0.5, 0.75, 1.125, 1.6875]
        assert set(clock.pauses[4:]) == {2.0}

    def test_one_call_for_all_of_a_verb(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[QUEUE])
        done = run(
            pbx,
            {"name": IVR, "state": "stopped"},
            {"name": SIP, "state": "stopped"},
            {"name": QUEUE, "state": "started"},
        )
        assert pbx.verbs() == [("Stop", [IVR, SIP]), ("Start", [QUEUE])]
        assert {one.status for one in done.outcomes} == {"done"}

    def test_time_over_is_a_failure_that_names_the_state(self, clock: Clock):
        done = run(ServicePbx(clock, delay=600), {"name": IVR, "state": "stopped"}, timeout=5)
        assert only(done).status == "failed"
        assert only(done).message == "it is StopPending after 5 s; look at the PBX, or raise wait_timeout"
        assert only(done).sent
        assert sum(clock.pauses) == pytest.approx(5)

    def test_what_goes_down_again_is_not_waited_for_until_the_end(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[IVR])
        pbx.crash = {IVR}
        done = run(pbx, {"name": IVR, "state": "started"})
        assert only(done).message.startswith("it went back to Stopped")
        assert sum(clock.pauses) < 15

    def test_without_waiting_nothing_is_waited_for(self, clock: Clock):
        pbx = ServicePbx(clock)
        done = run(pbx, {"name": IVR, "state": "stopped"}, {"name": SIP, "state": "restarted"}, wait=False)
        assert clock.pauses == []
        assert pbx.verbs() == [("Stop", [IVR]), ("Restart", [SIP])]
        assert told(done) == [(IVR, "stop", "done"), (SIP, "restart", "done")]
        assert done.services[IVR].status == "StopPending"

    def test_without_waiting_a_start_is_sent_once(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[IVR, SIP])
        run(pbx, {"name": IVR, "state": "started"}, {"name": SIP, "state": "restarted"}, wait=False)
        assert pbx.verbs() == [("Start", [IVR]), ("Restart", [SIP])]

    def test_a_service_on_its_way_is_waited_for_without_a_call(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[IVR])
        pbx.head_for(IVR, "Running")
        done = run(pbx, {"name": IVR, "state": "started"})
        assert pbx.calls == []
        assert done.services[IVR].status == "Running"

    def test_a_service_that_never_arrives_is_a_failure(self, clock: Clock):
        pbx = ServicePbx(clock, delay=600, stopped=[IVR])
        pbx.head_for(IVR, "Running")
        done = run(pbx, {"name": IVR, "state": "started"}, timeout=3)
        assert only(done).status == "failed" and not only(done).sent
        assert "it is StartPending after 3 s" in only(done).message

    def test_a_service_on_its_way_down_comes_to_rest_before_it_is_started(self, clock: Clock):
        pbx = ServicePbx(clock, delay=2)
        pbx.head_for(IVR, "Stopped")
        started_at: list[str] = []
        pbx.interfere = lambda verb, path: started_at.append(pbx.status(IVR))
        assert only(run(pbx, {"name": IVR, "state": "started"})).status == "done"
        assert started_at == ["Stopped"]


class TestDragging:
    def test_what_was_dragged_down_and_is_listed_to_run_is_started(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.drag = {SIP: (IVR, QUEUE)}
        done = run(pbx, {"name": SIP, "state": "restarted"}, {"name": IVR, "state": "started"})
        assert pbx.verbs() == [("Restart", [SIP]), ("Start", [IVR])]
        assert told(done) == [(SIP, "restart", "done"), (IVR, "start", "done")]

    def test_what_was_dragged_down_and_is_not_listed_is_told(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[QUEUE])
        pbx.drag = {SIP: (IVR, QUEUE)}
        before = services_of(pbx)
        done = run(pbx, {"name": SIP, "state": "stopped"})
        assert [service.name for service in stopped_along(before, done.services, [SIP])] == [IVR]


class TestRestarting:
    def test_it_is_over_when_the_service_has_left_and_is_back(self, clock: Clock):
        pbx = ServicePbx(clock, delay=2)
        done = run(pbx, {"name": IVR, "state": "restarted"})
        assert told(done) == [(IVR, "restart", "done")]
        assert 4 <= sum(clock.pauses) <= 7

    def test_an_accepted_one_that_nobody_saw_is_over_after_a_while(self, clock: Clock):
        done = run(ServicePbx(clock, delay=0.1), {"name": IVR, "state": "restarted"})
        assert only(done).status == "done"
        assert 3 <= sum(clock.pauses) <= 5

    def test_processor_time_that_falls_is_a_sign(self, clock: Clock):
        pbx = ServicePbx(clock, delay=0.1)
        pbx.extra[IVR] = lambda: {"TotalProcessorTime": 900_000 if clock.now == 1000 else 12}
        assert only(run(pbx, {"name": IVR, "state": "restarted"})).status == "done"
        assert len(clock.pauses) == 1

    def test_a_stopped_one_comes_to_run(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[IVR])
        done = run(pbx, {"name": IVR, "state": "restarted"})
        assert pbx.verbs() == [("Restart", [IVR])]
        assert done.services[IVR].status == "Running"

    @pytest.mark.parametrize("name", [CONSOLE, NGINX])
    def test_what_serves_the_api_may_cut_its_own_answer_off(self, clock: Clock, name: str):
        pbx = ServicePbx(clock)
        pbx.outage_after_restart = 30
        pbx.interfere = lambda verb, path: LostAnswer("the connection was cut")
        done = run(pbx, {"name": name, "state": "restarted"})
        assert told(done) == [(name, "restart", "done")]
        assert [verb for verb, _names in pbx.verbs()] == ["Restart"]
        assert 30 <= sum(clock.pauses) <= 33
        assert pbx.pings > pbx.looks

    def test_an_api_that_does_not_come_back_is_told(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.outage_after_restart = 1000
        done = run(pbx, {"name": NGINX, "state": "restarted"}, timeout=60)
        assert only(done).status == "unknown"
        assert only(done).message == "the PBX did not answer again within 60 s: the PBX refuses connections"

    def test_an_outage_in_between_does_not_end_the_waiting(self, clock: Clock):
        pbx = ServicePbx(clock, delay=20)
        pbx.outage = (1005, 1015)
        assert only(run(pbx, {"name": IVR, "state": "stopped"})).status == "done"

    def test_a_lost_answer_is_not_repeated_and_looked_after(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: LostAnswer("the connection was cut")
        assert told(run(pbx, {"name": IVR, "state": "restarted"})) == [(IVR, "restart", "done")]
        assert len(pbx.calls) == 1

    def test_a_lost_answer_without_any_sign_is_told(self, clock: Clock):
        pbx = ServicePbx(clock)

        def lose(verb: str, path: str) -> None:
            raise LostAnswer("POST Restart: no answer came.")

        pbx.interfere = lose
        done = run(pbx, {"name": IVR, "state": "restarted"})
        assert only(done).status == "unknown"
        assert only(done).message == (
            "POST Restart: no answer came. Afterwards: nothing shows that the restart took place; "
            "look, and repeat it if it did not"
        )
        assert len(pbx.calls) == 1
        assert sum(clock.pauses) < 15

    def test_a_lost_answer_without_waiting_is_a_doubt(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: LostAnswer("no answer")
        done = run(pbx, {"name": IVR, "state": "restarted"}, wait=False)
        assert only(done).status == "unknown"
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: LostAnswer("no answer")
        assert only(run(pbx, {"name": NGINX, "state": "restarted"}, wait=False)).status == "done"


def test_all_but_a_restart_may_be_repeated_by_the_wire(clock: Clock):
    pbx = ServicePbx(clock, stopped=[QUEUE])
    off, on = {"state": "stopped", "enabled": False}, {"state": "started", "enabled": True}
    run(pbx, {"name": IVR, **off}, {"name": QUEUE, **on}, {"name": SIP, "state": "restarted"})
    assert pbx.repeatable == {"Disable", "Enable", "Stop", "Start"}
    assert len(pbx.calls) == 5


class TestEnabling:
    def test_disabling_goes_before_stopping(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[QUEUE])
        off, on = {"state": "stopped", "enabled": False}, {"state": "started", "enabled": True}
        run(pbx, {"name": IVR, **off}, {"name": QUEUE, **on})
        assert pbx.verbs() == [("Disable", [IVR]), ("Enable", [QUEUE]), ("Stop", [IVR]), ("Start", [QUEUE])]

    def test_on_change_leaves_alone_what_does_not_change(self, clock: Clock):
        pbx = ServicePbx(clock)
        run(pbx, {"name": IVR, "state": "started", "enabled": True})
        assert pbx.calls == []

    def test_always_sends_it_always(self, clock: Clock):
        pbx = ServicePbx(clock)
        done = run(pbx, {"name": IVR, "state": "started", "enabled": True}, {"name": SIP, "enabled": True}, always=True)
        assert pbx.verbs() == [("Enable", [IVR, SIP])]
        assert clock.pauses == []
        assert {one.status for one in done.outcomes} == {"done"}

    def test_a_service_that_cannot_be_disabled_is_not_stopped_either(self, clock: Clock):
        pbx = ServicePbx(clock)

        def refuse(verb: str, path: str) -> None:
            if path.endswith("Disable"):
                raise Refused("POST Disable: HTTP 400", status=400)

        pbx.interfere = refuse
        done = run(pbx, {"name": IVR, "state": "stopped", "enabled": False})
        assert told(done) == [(IVR, "disable", "failed"), (IVR, "stop", "skipped")]
        assert not any(one.sent for one in done.outcomes)
        assert [verb for verb, _names in pbx.verbs()] == ["Disable"]

    def test_a_disabled_service_that_disappears_counts_as_stopped(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: pbx.hidden.add(IVR)
        assert told(run(pbx, {"name": IVR, "state": "stopped", "enabled": False}))[-1] == (IVR, "stop", "done")
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: pbx.hidden.add(IVR)
        missing = only(run(pbx, {"name": IVR, "state": "stopped"}, timeout=5))
        assert "not in the list of services" in missing.message


class TestMishaps:
    def test_a_refused_bulk_call_is_taken_apart(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.refused = {SIP}
        done = run(pbx, *({"name": name, "state": "stopped"} for name in (IVR, SIP, QUEUE)))
        assert pbx.verbs() == [("Stop", [IVR, SIP, QUEUE]), ("Stop", [IVR]), ("Stop", [SIP]), ("Stop", [QUEUE])]
        assert sorted(told(done)) == [(IVR, "stop", "done"), (SIP, "stop", "failed"), (QUEUE, "stop", "done")]
        assert "NOT_SUPPORTED" in next(one.message for one in done.outcomes if one.act.name == SIP)

    def test_what_a_refused_bulk_call_did_all_the_same_is_not_done_twice(self, clock: Clock):
        pbx = ServicePbx(clock)

        def half(verb: str, path: str) -> None:
            if len(pbx.calls) == 1:
                pbx.head_for(IVR, "Stopped", "Running")
                raise Refused("POST Restart: HTTP 400", status=400)

        pbx.interfere = half
        done = run(pbx, {"name": IVR, "state": "restarted"}, {"name": QUEUE, "state": "restarted"})
        assert pbx.verbs() == [("Restart", [IVR, QUEUE]), ("Restart", [QUEUE])]
        assert {one.status for one in done.outcomes} == {"done"}

    def test_what_is_not_allowed_is_not_waited_for(self, clock: Clock):
        pbx = ServicePbx(clock)

        def forbid(verb: str, path: str) -> None:
            raise Forbidden("POST Stop: HTTP 403", status=403)

        pbx.interfere = forbid
        assert only(run(pbx, {"name": IVR, "state": "stopped"})).message == "POST Stop: HTTP 403"
        assert clock.pauses == []

    def test_a_fault_of_the_server_is_looked_after(self, clock: Clock):
        pbx = ServicePbx(clock)
        pbx.interfere = lambda verb, path: ServerFault("POST Stop: HTTP 500", status=500)
        assert only(run(pbx, {"name": IVR, "state": "stopped"})).status == "done"

    def test_a_fault_of_the_server_without_effect_is_a_failure_soon(self, clock: Clock):
        pbx = ServicePbx(clock)

        def fail(verb: str, path: str) -> None:
            raise ServerFault("POST Stop: HTTP 500.", status=500)

        pbx.interfere = fail
        done = run(pbx, {"name": IVR, "state": "stopped"})
        assert (only(done).status, only(done).sent) == ("failed", False)
        assert only(done).message == "POST Stop: HTTP 500. Afterwards: it stayed Running"
        assert sum(clock.pauses) < 15

    def test_nothing_else_is_tried_when_no_call_can_succeed(self, clock: Clock):
        pbx = ServicePbx(clock, stopped=[QUEUE])

        def reject(verb: str, path: str) -> None:
            raise AuthFailed("the secret is wrong", status=401)

        pbx.interfere = reject
        done = run(pbx, {"name": IVR, "state": "stopped"}, {"name": QUEUE, "state": "started"})
        assert told(done) == [(IVR, "stop", "failed"), (QUEUE, "start", "skipped")]
        assert len(pbx.calls) == 1

    def test_a_rejected_token_ends_the_waiting(self, clock: Clock):
        pbx = ServicePbx(clock, delay=50)
        before = pbx.rows

        def rows(path: str, **options: Any) -> Any:
            if clock.now > 1005:
                raise AuthFailed("the secret is wrong", status=401)
            return before(path, **options)

        pbx.rows = rows  # type: ignore[method-assign]
        done = run(pbx, {"name": IVR, "state": "stopped"})
        assert only(done).status == "unknown"
        assert sum(clock.pauses) < 10
