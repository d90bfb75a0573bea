# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface: log, state, drift, switches, clock, clients, calls, coverage."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.simulator.api import CLIENT, SECRET, Api


def log(api: Api, options: str = "") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = api.control("GET", f"log{options}").json["log"]
    return entries


def state(api: Api) -> Any:
    return api.control("GET", "state").json


def test_the_log_tells_what_was_asked_and_what_came_of_it(api: Api) -> None:
    api.get("Blocklist?$top=1")
    api.post("Blocklist", {"IPAddrMask": "bad"})
    api.call("DELETE", "Blocklist(1)", if_match="*")
    first, second, third = log(api)
    assert (first["method"], first["path"], first["query"]) == ("GET", "/xapi/v1/Blocklist", "$top=1")
    assert (first["status"], first["effect"], first["authorized"]) == (200, True, True)
    assert (second["status"], second["effect"], second["request"]) == (400, False, {"IPAddrMask": "bad"})
    assert (third["status"], third["headers"]) == (204, {"if-match": "*"})
    assert [first["seq"] + 1, first["seq"] + 2] == [second["seq"], third["seq"]]
    assert log(api, f"?since={second['seq']}") == [third]
    api.control("DELETE", "log")
    assert log(api) == []


def test_secrets_do_not_get_into_the_log(api: Api) -> None:
    api.ask_token()
    trunk = api.id_of("Trunks", "Provider A")
    api.patch(f"Trunks({trunk})", {"AuthPassword": {"Value": "hunter2"}, "AuthID": "me"})
    api.post("Users", {"AuthPassword": "hunter2", "VMPIN": "4711"})
    api.post("CallFlowApps", {"Name": "x", "ScriptCode": "hunter2"})
    raw = api.control("GET", "log").body
    assert b"hunter2" not in raw
    assert b"4711" not in raw
    assert SECRET.encode() not in raw
    assert api.token.encode() not in raw
    assert log(api)[0]["request"]["client_id"] == CLIENT
    assert log(api)[1]["request"] == {"AuthPassword": {"Value": "***"}, "AuthID": "me"}


def test_response_bodies_come_when_asked_for(api: Api) -> None:
    api.get("Defs?$select=Id")
    assert "response" not in log(api)[0]
    assert log(api, "?bodies=1")[0]["response"]["Id"] == 0


def test_an_observer_leaves_no_trace(api: Api) -> None:
    api.control("POST", "faults", {"action": {"status": 503}, "match": {"nth": 1}})
    seen = api.send("GET", "/xapi/v1/Defs", headers={"x-simulator-observer": "1"})
    assert seen.status == 200
    assert log(api) == []
    assert api.get("Defs").status == 503


def test_equal_pbxs_have_equal_states() -> None:
    assert state(Api()) == state(Api())


def test_a_change_shows_in_the_state_and_its_reversal_restores_it(api: Api) -> None:
    before = state(api)
    made = api.post("Blocklist", {"IPAddrMask": "198.51.100.99"}).json
    assert state(api) != before
    api.delete(f"Blocklist({made['Id']})")
    assert state(api) == before


def test_the_state_names_things_instead_of_numbering_them(api: Api) -> None:
    shown = state(api)
    rule = next(row for row in shown["sets"]["InboundRules"] if row["RuleName"] == "Sales")
    assert rule["Trunk"] == "Provider A"
    outbound = next(row for row in shown["sets"]["OutboundRules"] if row["Name"] == "National")
    assert outbound["Routes"][0]["TrunkName"] == "Provider A"
    assert "TrunkId" not in outbound["Routes"][0]
    assert outbound["GroupNames"] == ["DEFAULT", "Sales", "Support", "Warehouse"]
    assert "Id" not in outbound
    with_ids = api.control("GET", "state?ids=1").json
    assert all("Id" in row for row in with_ids["sets"]["OutboundRules"])


def test_deleting_and_making_the_same_again_gives_the_same_state(api: Api) -> None:
    before = state(api)
    rule = api.get("OutboundRules(5)").json
    api.delete("OutboundRules(5)")
    body = {k: v for k, v in rule.items() if k not in ("@odata.context", "Id", "Priority", "GroupNames")}
    assert api.post("OutboundRules", body).json["Id"] == 6
    assert state(api) == before


def test_reset_brings_everything_back_but_keeps_tokens() -> None:
    api = Api(service_delay=5)
    before = state(api)
    api.delete("Blocklist(1)")
    api.post("Services/Pbx.Stop", {"options": {"ServiceNames": ["3CXIVR01"]}})
    api.control("PATCH", "switches", {"etag": "on", "service_delay": 1})
    api.control("POST", "clock", {"advance": 100})
    assert api.control("POST", "reset").status == 200
    assert state(api) == before
    assert log(api) == []
    assert (api.pbx.switches.word("etag"), api.pbx.switches.number("service_delay")) == ("none", 5)
    assert api.pbx.clock.offset == 0
    assert api.get("Defs").status == 200
    assert len(api.rows("ActiveCalls")) == 1


def test_drift_behind_the_back_of_the_api(api: Api) -> None:
    made = api.control("POST", "entities/Blocklist", {"IPAddrMask": "198.51.100.99", "AddedBy": "AutoBlacklist"})
    assert made.json["AddedBy"] == "AutoBlacklist"
    changed = api.control("PATCH", "entities/OutboundRules('National')", {"Prefix": "9"})
    assert changed.json["Prefix"] == "9"
    assert api.control("PATCH", "entities/Trunks('Provider A')", {"IsOnline": False}).json["IsOnline"] is False
    assert api.control("DELETE", "entities/Users('113')").status == 200
    assert api.control("PATCH", "state", {"Queues": {"800": {"Name": "New"}}, "Blocklist": {"1": None}}).status == 200
    assert api.rows("Queues?$filter=Number eq '800'")[0]["Name"] == "New"
    assert api.get("Blocklist(1)").status == 404
    assert api.rows("Users?$filter=Number eq '113'") == []
    assert [entry["method"] for entry in log(api)] == ["GET", "GET", "GET"]


@pytest.mark.parametrize(
    ("method", "path", "body", "reason"),
    [
        ("POST", "entities/Nope", {}, "Nope: no such set"),
        ("PATCH", "entities/Blocklist(999)", {}, "nothing has the key 999"),
        ("GET", "entities/Blocklist", None, "use POST"),
        ("PATCH", "state", {"Blocklist": []}, "must map keys"),
        ("PATCH", "switches", {"nope": 1}, "unknown switch 'nope'"),
        ("PATCH", "switches", {"etag": "perhaps"}, "'perhaps' is not one of none, on"),
        ("PATCH", "switches", {"service_delay": -1}, "not a finite number from 0 up"),
        ("PATCH", "switches", {"service_delay": "soon"}, "is not a number"),
        ("PATCH", "switches", [], "must be an object"),
        ("POST", "clock", {"advance": -1}, "advance"),
        ("POST", "clock", {}, "missing 'advance'"),
        ("POST", "clients", {"client_id": "BAD", "client_secret": "x"}, "lower-case"),
        ("POST", "calls", {}, "must be a list"),
        ("POST", "calls", [{"caller": "x"}], "missing 'callee'"),
        ("POST", "calls", [{"caller": "x", "callee": "y", "ends_in": "soon"}], "ends_in"),
        ("POST", "release", {"drop": "yes"}, "drop"),
    ],
)
def test_bad_control_input_is_a_400_that_says_why(api: Api, method: str, path: str, body: Any, reason: str) -> None:
    before = state(api)
    answer = api.control(method, path, body)
    assert answer.status == 400
    assert reason in answer.json["error"]
    assert state(api) == before


def test_bad_json_and_unknown_paths(api: Api) -> None:
    assert api.send("POST", "/_sim/clock", b"{").status == 400
    answer = api.control("GET", "nope")
    assert answer.status == 404
    assert "GET /_sim/log" in answer.json["error"]


def test_a_refusal_of_the_model_is_told_in_full(api: Api) -> None:
    answer = api.control("POST", "entities/Blocklist", {"IPAddrMask": "bad"})
    assert answer.status == 400
    assert "INVALID_IP_MASK" in answer.json["error"]["error"]["message"]


def test_switches_explain_themselves(api: Api) -> None:
    shown = api.control("GET", "switches").json["etag"]
    assert shown["value"] == "none"
    assert shown["values"] == ["none", "on"]
    assert shown["section"]
    api.control("PATCH", "switches", {"etag": "on"})
    assert "@odata.etag" in api.get("Blocklist(1)").json


def test_a_patch_of_several_switches_is_all_or_nothing(api: Api) -> None:
    assert api.control("PATCH", "switches", {"etag": "on", "page_size": 0}).status == 400
    assert api.pbx.switches.word("etag") == "none"


def test_tokens_can_be_revoked_and_clients_added(api: Api) -> None:
    api.control("POST", "tokens/revoke")
    assert api.get("Defs").status == 401
    api.control("POST", "clients", {"client_id": "second", "client_secret": "s", "role": "admin"})
    assert api.ask_token("second", "s").status == 200


def test_calls_can_be_set(api: Api) -> None:
    calls = [{"caller": "1", "callee": "2", "ends_in": 10}, {"caller": "3", "callee": "4"}]
    assert api.control("POST", "calls", calls).json == {"calls": 2}
    api.control("POST", "clock", {"advance": 11})
    assert [row["Caller"] for row in api.rows("ActiveCalls")] == ["3"]


def test_coverage_tells_how_true_each_operation_is(api: Api) -> None:
    found = api.control("GET", "coverage").json
    assert found["sets"]["Blocklist"] == "modelled"
    assert found["sets"]["TenantProperties"] == "stored"
    assert found["singletons"]["LoggingSettings"] == "stored"
    assert found["calls"]["POST Services/Pbx.Stop"] == "stateful"
    assert found["calls"]["GET ReportQueueCallbacks/Pbx.GetQueueCallbacksData()"] == "canned"
    assert found["operations"]["PATCH Users(#)"] == "modelled"
    assert len(found["operations"]) == sum(found["counts"].values()) == 601
    assert set(found["counts"]) == {"canned", "modelled", "stateful", "stored"}
