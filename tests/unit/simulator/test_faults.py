# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: which requests they hit, what they do, and whether the effect took place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import Api

BODY = {"IPAddrMask": "198.51.100.99"}


def fault(api: Api, action: dict[str, Any], times: int | None = 1, **match: Any) -> None:
    answer = api.control("POST", "faults", {"match": match, "action": action, "times": times})
    assert answer.status == 200, answer.body


def blocked(api: Api) -> bool:
    return bool(api.rows("Blocklist?$filter=IPAddrMask eq '198.51.100.99/32'"))


def last(api: Api) -> dict[str, Any]:
    entry: dict[str, Any] = api.control("GET", "log").json["log"][-1]
    return entry


def test_a_status_replaces_the_answer_and_nothing_happens(api: Api) -> None:
    fault(api, {"status": 503, "headers": {"Retry-After": "2"}})
    answer = api.post("Blocklist", BODY)
    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "2", b"")
    assert (last(api)["status"], last(api)["effect"], last(api)["fault"]) == (503, False, "status, headers")
    assert not blocked(api)
    assert api.post("Blocklist", BODY).status == 201


def test_html_text_and_json_bodies(api: Api) -> None:
    fault(api, {"status": 502, "html": "<h1>Bad Gateway</h1>"})
    fault(api, {"status": 400, "body": "plain"})
    fault(api, {"status": 400, "body": {"error": "text"}})
    kinds = [(answer.headers["content-type"], answer.body) for answer in (api.get("Defs") for _turn in range(3))]
    assert kinds == [
        ("text/html", b"<h1>Bad Gateway</h1>"),
        ("text/plain", b"plain"),
        ("application/json; charset=utf-8", b'{"error":"text"}'),
    ]


def test_a_cut_before_the_effect_and_one_after_it(api: Api) -> None:
    fault(api, {"cut": "before"})
    assert api.post("Blocklist", BODY).status is None
    assert (last(api)["status"], last(api)["effect"]) == (None, False)
    assert not blocked(api)
    fault(api, {"cut": "after"})
    assert api.post("Blocklist", BODY).status is None
    assert blocked(api)
    posts = [entry for entry in api.control("GET", "log").json["log"] if entry["method"] == "POST"]
    assert [(entry["status"], entry["effect"]) for entry in posts] == [(None, False), (None, True)]


def test_an_answer_may_lie_about_the_effect(api: Api) -> None:
    fault(api, {"status": 502, "effect": True})
    assert api.post("Blocklist", BODY).status == 502
    assert blocked(api)


def test_hanging_ends_in_a_cut(api: Api) -> None:
    fault(api, {"hang": 0.01})
    assert api.post("Blocklist", BODY).status is None
    assert not blocked(api)
    fault(api, {"hang": 0.01, "cut": "after"})
    assert api.post("Blocklist", BODY).status is None
    assert blocked(api)


def test_a_delay_only_delays(api: Api) -> None:
    fault(api, {"delay": 0.05})
    assert api.get("Defs").status == 200
    assert last(api)["duration"] >= 0.05


def test_method_and_path_choose_the_requests(api: Api) -> None:
    fault(api, {"status": 503}, times=None, method="POST", path="/Blocklist")
    fault(api, {"status": 504}, times=None, path=r"Trunks\(\d+\)$")
    trunk = api.id_of("Trunks", "Provider A")
    assert [api.get("Blocklist").status, api.post("Blocklist", BODY).status] == [200, 503]
    assert [api.get("Trunks").status, api.get(f"Trunks({trunk})").status] == [200, 504]


def test_nth_counts_matching_requests_from_now(api: Api) -> None:
    api.get("Defs")
    fault(api, {"status": 503}, nth=3)
    assert [api.get("Defs").status for _turn in range(5)] == [200, 200, 503, 200, 200]
    assert api.control("GET", "faults").json == {"faults": []}


def test_after_lets_some_pass_and_times_limits_the_rest(api: Api) -> None:
    fault(api, {"status": 503}, after=1, times=2)
    assert [api.get("Defs").status for _turn in range(5)] == [200, 503, 503, 200, 200]


def test_faults_of_one_kind_act_one_after_the_other(api: Api) -> None:
    fault(api, {"status": 503})
    fault(api, {"status": 504})
    assert [api.get("Defs").status for _turn in range(3)] == [503, 504, 200]


def test_positions_of_several_faults_are_counted_together(api: Api) -> None:
    fault(api, {"status": 501}, nth=1)
    fault(api, {"status": 502}, nth=2)
    fault(api, {"status": 503}, nth=3)
    assert [api.get("Defs").status for _turn in range(4)] == [501, 502, 503, 200]


def test_the_token_endpoint_can_be_hit_too(api: Api) -> None:
    fault(api, {"status": 403, "body": "Too many requests"}, path="/connect/token")
    assert api.ask_token().status == 403
    assert api.ask_token().status == 200


def test_faults_can_be_taken_back_and_are_gone_after_a_reset(api: Api) -> None:
    for way in (("DELETE", "faults"), ("POST", "reset")):
        fault(api, {"status": 503}, times=None)
        assert api.get("Defs").status == 503
        assert api.control(*way).status == 200
        assert api.get("Defs").status == 200


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "action: must be an object"),
        ({"action": {}}, "says nothing to do"),
        ({"action": {"status": "503"}}, "action.status: '503' has the wrong type"),
        ({"action": {"explode": 1}}, "action.explode: unknown; known: status"),
        ({"action": {"cut": "sometimes"}}, "action.cut: must be before or after"),
        ({"action": {"hold": "maybe"}}, "action.hold"),
        ({"action": {"status": 503}, "times": 0}, "times"),
        ({"action": {"status": 503}, "match": {"nth": 0}}, "match.nth: 0 is too small"),
        ({"action": {"status": 503}, "match": {"path": "("}}, "match.path"),
        ({"action": {"status": 503}, "match": {"verb": "GET"}}, "match.verb: unknown; known: method"),
        ({"action": {"status": 503}, "when": 1}, "unknown key 'when'"),
        ([{"action": {"delay": -1}}], "action.delay"),
        ("text", "must be an object"),
    ],
)
def test_a_bad_fault_is_a_400_that_says_why(api: Api, body: Any, reason: str) -> None:
    answer = api.control("POST", "faults", body)
    assert answer.status == 400
    assert reason in answer.json["error"]
    assert api.control("GET", "faults").json == {"faults": []}
