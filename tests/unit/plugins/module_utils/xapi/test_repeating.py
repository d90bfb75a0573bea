# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is sent again, what is never sent again, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    LostAnswer,
    Malformed,
    Refused,
    ServerFault,
    Unreachable,
    XapiError,
)
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    CUT,
    Doing,
    Reply,
    Server,
    entities,
    html,
    json_reply,
)

Call = Callable[[Client], Any]

REPEATABLE: dict[str, Call] = {
    "get": lambda client: client.get("Defs"),
    "rows": lambda client: client.rows("Blocklist"),
    "function": lambda client: client.function("Updates/Pbx.GetUpdates"),
    "update": lambda client: client.update("Blocklist(1)", {"Description": "x"}),
    "delete": lambda client: client.delete("Blocklist(1)"),
    "repeatable action": lambda client: client.action("Trunks/Pbx.SetRoutes", {}, repeatable=True),
}
NOT_REPEATABLE: dict[str, Call] = {
    "create": lambda client: client.create("Blocklist", {"Description": "x"}),
    "action": lambda client: client.action("OutboundRules/Pbx.MoveUpDown", {"id": 3, "up": True}),
}
# Troubles after which nobody knows whether the request was carried out.
UNCERTAIN: dict[str, Doing] = {
    "cut": CUT,
    "half an answer": Reply(200, b'{"value"', missing=20),
    "502": html(502),
    "503": Reply(503),
    "504": html(504, "504 Gateway Time-out"),
}


def named(calls: dict[str, Any]) -> Any:
    return [pytest.param(value, id=name) for name, value in calls.items()]


@pytest.mark.parametrize("trouble", named(UNCERTAIN))
@pytest.mark.parametrize("call", named(REPEATABLE))
def test_repeatable_calls_outlive_trouble(pbx: Server, client: Client, call: Call, trouble: Doing) -> None:
    pbx.answers(trouble, trouble, entities())
    call(client)
    assert len(pbx.seen) == 3
    assert len({(seen.method, seen.target, seen.body) for seen in pbx.seen}) == 1
    assert client.counters.as_dict() == {"requests": 3, "retries": 2, "tokens": 1}


@pytest.mark.parametrize("trouble", named(UNCERTAIN))
@pytest.mark.parametrize("call", named(NOT_REPEATABLE))
def test_other_calls_are_never_repeated_blindly(
    pbx: Server, client: Client, time: FakeTime, call: Call, trouble: Doing
) -> None:
    pbx.answers(trouble, json_reply({}))
    with pytest.raises(LostAnswer, match="may have been carried out: look at the PBX") as caught:
        call(client)
    assert len(pbx.seen) == 1
    assert time.naps == []
    assert caught.value.method == "POST"
    assert caught.value.status == (trouble.status if isinstance(trouble, Reply) and trouble.status > 500 else None)


@pytest.mark.parametrize("call", named(REPEATABLE | NOT_REPEATABLE))
def test_what_was_not_carried_out_is_repeated(pbx: Server, client: Client, call: Call) -> None:
    pbx.answers(Reply(429, headers={"Retry-After": "3"}), Reply(429), entities())
    call(client)
    assert len(pbx.seen) == 3


@pytest.mark.parametrize("call", named(REPEATABLE | NOT_REPEATABLE))
def test_a_refused_connection_is_tried_again(pbx: Server, client: Client, time: FakeTime, call: Call) -> None:
    client.ping()
    pbx.stop()
    time.on_nap = lambda count: pbx.restart() if count == 3 else None
    call(client)
    assert len(time.naps) == 3
    assert len(pbx.seen) == 2
    assert client.counters.retries == 3


@pytest.mark.parametrize("call", named(REPEATABLE | NOT_REPEATABLE))
def test_a_pbx_that_stays_away_is_unreachable(pbx: Server, client: Client, time: FakeTime, call: Call) -> None:
    pbx.stop()
    start = time.now
    with pytest.raises(Unreachable, match=r"could not be reached: Connection refused.*60 s \(retry_for\)"):
        call(client)
    assert time.now - start == pytest.approx(60)
    assert pbx.seen == []


def test_an_unknown_host_is_unreachable(make_client: MakeClient, time: FakeTime) -> None:
    client = make_client("http://no-such-host.invalid", retry_for=5)
    with pytest.raises(Unreachable, match="no-such-host"):
        client.ping()
    assert sum(time.naps) == pytest.approx(5)


def test_a_silent_pbx_counts_as_a_lost_connection(pbx: Server, make_client: MakeClient, hold: Any) -> None:
    client = make_client(pbx.url, timeout=0.3)
    client.ping()
    pbx.answers(Reply(204, hold=hold), Reply(204), Reply(204, hold=hold))
    client.update("Blocklist(1)", {})
    assert pbx.methods == ["GET", "PATCH", "PATCH"]
    with pytest.raises(LostAnswer, match="no answer within the timeout"):
        client.create("Blocklist", {})


@pytest.mark.parametrize("call", named(REPEATABLE | NOT_REPEATABLE))
@pytest.mark.parametrize(
    ("status", "error"), [(400, Refused), (405, Refused), (409, Refused), (500, ServerFault), (501, ServerFault)]
)
def test_anything_else_is_told_at_once(
    pbx: Server, client: Client, time: FakeTime, call: Call, status: int, error: type[XapiError]
) -> None:
    pbx.answers(Reply(status))
    with pytest.raises(error) as caught:
        call(client)
    assert caught.value.status == status
    assert len(pbx.seen) == 1
    assert time.naps == []


def test_the_pauses_grow_and_differ(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.otherwise = lambda seen: Reply(503)
    with pytest.raises(ServerFault, match="restarting") as caught:
        client.get("Defs")
    assert caught.value.status == 503
    for nap, most in zip(time.naps[:-1], [0.5, 1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10], strict=False):
        assert most / 2 <= nap <= most
    assert sum(time.naps) == pytest.approx(60)
    assert len(pbx.seen) == len(time.naps) + 1


def test_no_retry_time_means_one_request(pbx: Server, make_client: MakeClient, time: FakeTime) -> None:
    client = make_client(pbx.url, retry_for=0)
    pbx.answers(Reply(503))
    with pytest.raises(ServerFault):
        client.get("Defs")
    assert len(pbx.seen) == 1
    assert time.naps == []


def test_retry_after_in_seconds_and_as_a_date(pbx: Server, client: Client, time: FakeTime) -> None:
    later = format_datetime(datetime.fromtimestamp(time.now + 7 + 12, UTC), usegmt=True)
    pbx.answers(Reply(503, headers={"Retry-After": "7"}), Reply(429, headers={"Retry-After": later}), json_reply({}))
    client.get("Defs")
    assert time.naps == [7.0, 12.0]


@pytest.mark.parametrize("asked", ["soon", "-5", "", "Thu, 99 Foo 2027 00:00:00 GMT"])
def test_a_senseless_retry_after_is_passed_over(pbx: Server, client: Client, time: FakeTime, asked: str) -> None:
    pbx.answers(Reply(503, headers={"Retry-After": asked}), json_reply({}))
    client.get("Defs")
    assert len(time.naps) == 1
    assert time.naps[0] <= 0.5


def test_a_pause_beyond_the_retry_time_is_not_begun(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.answers(Reply(429, headers={"Retry-After": "61"}))
    with pytest.raises(ServerFault, match="limits the rate") as caught:
        client.get("Defs")
    assert time.naps == []
    assert caught.value.wait == 61


def test_the_token_request_shares_the_retry_time(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.token_script = [html(502), CUT]
    pbx.answers(html(502), json_reply({}))
    client.get("Defs")
    assert len(pbx.token_requests) == 3
    assert len(time.naps) == 3
    assert [round(nap * 2) / 2 for nap in time.naps] == sorted(round(nap * 2) / 2 for nap in time.naps)


def test_a_404_to_a_repeated_delete_means_done(pbx: Server, client: Client) -> None:
    pbx.answers(CUT, Reply(404))
    client.delete("Blocklist(1)")
    assert pbx.methods == ["DELETE", "DELETE"]


@pytest.mark.parametrize("trouble", [Reply(429), Reply(401)], ids=["429", "401"])
def test_a_404_after_a_delete_that_was_not_carried_out_is_an_error(pbx: Server, client: Client, trouble: Reply) -> None:
    pbx.answers(trouble, Reply(404))
    with pytest.raises(XapiError, match="HTTP 404"):
        client.delete("Blocklist(1)")


def test_a_404_to_a_repeated_change_is_an_error(pbx: Server, client: Client) -> None:
    pbx.answers(CUT, Reply(404))
    with pytest.raises(XapiError, match="HTTP 404"):
        client.update("Blocklist(1)", {})


@pytest.mark.parametrize("name", ["update", "delete", "repeatable action"])
def test_a_change_that_never_got_an_answer_may_have_happened(pbx: Server, client: Client, name: str) -> None:
    pbx.otherwise = lambda seen: CUT
    with pytest.raises(LostAnswer, match="may have been carried out"):
        REPEATABLE[name](client)


def test_a_reading_call_that_never_got_an_answer_is_only_unreachable(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: CUT
    with pytest.raises(Unreachable):
        client.get("Defs")


def test_a_502_that_stays_says_that_the_change_may_have_happened(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: html(502)
    with pytest.raises(ServerFault, match=r"an HTML page titled '502 Bad Gateway'.*may have been carried out"):
        client.update("Blocklist(1)", {})


def test_ping_without_retry_is_one_request(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.answers(html(502))
    with pytest.raises(ServerFault):
        client.ping(retry=False)
    pbx.stop()
    with pytest.raises(Unreachable):
        client.ping(retry=False)
    assert len(pbx.seen) == 1
    assert time.naps == []


def test_a_page_with_status_200_is_not_repeated(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.answers(html(200, "Log in"))
    with pytest.raises(Malformed, match="text/html"):
        client.get("Defs")
    assert time.naps == []
