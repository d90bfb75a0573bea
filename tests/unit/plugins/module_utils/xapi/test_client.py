# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every verb: what goes over the wire, and what comes back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import odata
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Malformed
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import SECRET, MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    VERSION,
    Reply,
    Server,
    html,
    json_reply,
)


def test_the_token_request_is_a_form_at_the_origin(pbx: Server, client: Client) -> None:
    client.rows("Blocklist")
    (asked,) = pbx.token_requests
    assert (asked.method, asked.target) == ("POST", "/connect/token")
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.form == {"client_id": "ansible", "client_secret": SECRET, "grant_type": "client_credentials"}
    assert "authorization" not in asked.headers


def test_get_sends_the_token_and_asks_for_json(pbx: Server, client: Client) -> None:
    pbx.answers(json_reply({"FQDN": "pbx.example.com"}))
    assert client.get("SystemStatus", {"$select": ["FQDN", "Version"]}) == {"FQDN": "pbx.example.com"}
    (seen,) = pbx.seen
    assert (seen.method, seen.target) == ("GET", "/xapi/v1/SystemStatus?$select=FQDN,Version")
    assert seen.headers["authorization"] == f"Bearer {pbx.live}"
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["odata-version"] == seen.headers["odata-maxversion"] == "4.0"
    assert not {"prefer", "content-type", "if-match", "cookie"} & set(seen.headers)


def test_get_of_nothing_is_empty(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(204))
    assert client.get("Users(5)/Forward") == {}


@pytest.mark.parametrize(
    ("reply", "value"),
    [(json_reply("Requested"), "Requested"), (json_reply({"value": 5}), {"value": 5}), (Reply(204), None)],
    ids=["bare", "object", "empty"],
)
def test_a_value_is_any_json(pbx: Server, client: Client, reply: Reply, value: Any) -> None:
    pbx.answers(reply)
    assert client.value("SystemStatus/Pbx.GetRemoteAccessStatus()") == value
    assert pbx.seen[0].target == "/xapi/v1/SystemStatus/Pbx.GetRemoteAccessStatus()"


def test_the_version_is_that_of_the_last_answer(pbx: Server, client: Client) -> None:
    pbx.answers(json_reply({}), json_reply({}, X_3CX_Version="20.0.9.7"), Reply(404))
    assert client.version is None
    client.get("Defs")
    assert client.version == VERSION
    client.get("Defs")
    assert client.version == "20.0.9.7"


def test_create_returns_the_entity(pbx: Server, client: Client) -> None:
    pbx.answers(json_reply({"@odata.context": "c", "Id": 17, "Name": "Zürich"}, 201, Location="http://x/Blocklist(17)"))
    assert client.create("Blocklist", {"Name": "Zürich"}) == {"@odata.context": "c", "Id": 17, "Name": "Zürich"}
    (seen,) = pbx.seen
    assert (seen.method, seen.path, json.loads(seen.body)) == ("POST", "Blocklist", {"Name": "Zürich"})
    assert seen.headers["content-type"] == "application/json"


@pytest.mark.parametrize("reply", [Reply(201), Reply(204), Reply(201, b"Created")], ids=["empty", "204", "words"])
def test_create_without_an_entity_lets_the_caller_look(pbx: Server, client: Client, reply: Reply) -> None:
    pbx.answers(reply)
    assert client.create("Blocklist", {}) == {}
    assert pbx.methods == ["POST"]


def test_a_page_instead_of_an_entity_is_no_creation(pbx: Server, client: Client) -> None:
    pbx.answers(html(200, "Log in"))
    with pytest.raises(Malformed, match="POST Blocklist"):
        client.create("Blocklist", {})


def test_update_sends_only_what_is_given(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(204), json_reply({"Id": 5}))
    client.update("OutboundRules(5)", {"Prefix": "0"})
    client.update(odata.key("OutboundRules", 5), {"Prefix": "1"}, if_match='W/"7"')
    first, second = pbx.seen
    assert (first.method, first.path, json.loads(first.body)) == ("PATCH", "OutboundRules(5)", {"Prefix": "0"})
    assert "if-match" not in first.headers
    assert second.headers["if-match"] == 'W/"7"'


def test_delete_sends_no_body(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(204), Reply(204))
    client.delete(odata.key("Backups", "it's 1/2.zip"))
    client.delete("Blocklist(1)", if_match="*")
    first, second = pbx.seen
    assert (first.method, first.path, first.body) == ("DELETE", "Backups('it''s 1/2.zip')", b"")
    assert "%2F" in first.target
    assert second.headers["if-match"] == "*"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(204), None),
        (Reply(200), None),
        (json_reply({"value": [{"Id": 55}]}), {"value": [{"Id": 55}]}),
        (json_reply([1, 2]), [1, 2]),
        (json_reply(None), None),
    ],
    ids=["204", "empty", "object", "list", "null"],
)
def test_action_returns_the_whole_answer(pbx: Server, client: Client, reply: Reply, expected: Any) -> None:
    pbx.answers(reply)
    assert client.action("Defs/Pbx.GetRoutes", {"ids": [55]}) == expected
    (seen,) = pbx.seen
    assert (seen.method, seen.path, json.loads(seen.body)) == ("POST", "Defs/Pbx.GetRoutes", {"ids": [55]})
    assert "prefer" not in seen.headers


def test_an_action_may_have_no_body(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(204))
    client.action("Services/Pbx.RestartOperatingSystem")
    (seen,) = pbx.seen
    assert seen.body == b""
    assert seen.headers["content-length"] == "0"
    assert "content-type" not in seen.headers


def test_function_keeps_the_order_of_its_parameters(pbx: Server, client: Client) -> None:
    pbx.answers(json_reply({"value": 1}), json_reply({"Key": "k"}))
    client.function("ActivityLog/Pbx.GetLogs", startDate="a b", extension="", path=None, call="+49", limit=5)
    assert client.function("Updates/Pbx.GetUpdates") == {"Key": "k"}
    first, second = pbx.seen
    assert first.path == "ActivityLog/Pbx.GetLogs(startDate='a b',extension='',path=null,call='+49',limit=5)"
    assert "%2B49" in first.target
    assert second.path == "Updates/Pbx.GetUpdates()"


def test_ping_reads_least_and_tells_the_version(pbx: Server, client: Client) -> None:
    pbx.answers(json_reply({"@odata.context": "x", "Id": 0}))
    assert client.ping() == VERSION
    assert [seen.target for seen in pbx.seen] == ["/xapi/v1/Defs?$select=Id"]


@pytest.mark.parametrize("body", [b"<html></html>", b"{not json", b'"text"', b"[1]", b"5", b"", b"[" * 100_000])
def test_an_object_must_be_an_object(pbx: Server, client: Client, body: bytes) -> None:
    pbx.answers(Reply(200, body))
    with pytest.raises(Malformed, match=r"GET LicenseStatus .*HTTP 200"):
        client.get("LicenseStatus")


def test_a_malformed_answer_to_an_action_may_have_done_it(pbx: Server, client: Client) -> None:
    pbx.answers(html(200))
    with pytest.raises(Malformed, match="may have been carried out"):
        client.action("Trunks/Pbx.SetRoutes", {})


@pytest.mark.parametrize("path", ["", "/Users", "Users?x=1", "Users#1", "http://x/Users", "Users (1)"])
def test_a_wrong_path_is_a_fault_of_the_caller(pbx: Server, client: Client, path: str) -> None:
    with pytest.raises(ValueError, match="not a path"):
        client.get(path)
    assert pbx.seen == []


def test_counters(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(503), json_reply({}), json_reply({}))
    client.get("Defs")
    client.get("Defs")
    assert client.counters.as_dict() == {"requests": 3, "retries": 1, "tokens": 1}


def test_connections_are_kept_alive(pbx: Server, client: Client) -> None:
    for _attempt in range(5):
        client.rows("Blocklist")
    assert {seen.connection for seen in (*pbx.seen, *pbx.token_requests)} == {1}


def test_a_creation_risks_no_idle_connection(pbx: Server, client: Client) -> None:
    """A server may close a kept-alive connection just then, and nobody could tell whether it was created."""
    pbx.answers(json_reply({}), json_reply({}, 201), json_reply({}, 201), Reply(204))
    client.get("Defs")
    client.create("Blocklist", {})
    client._sleep(60)
    client.create("Blocklist", {})
    client._sleep(60)
    client.update("Blocklist(1)", {})
    assert [seen.connection for seen in pbx.seen] == [1, 1, 2, 2]


def test_two_clients_share_one_token(pbx: Server, make_client: MakeClient) -> None:
    first, second = make_client(pbx.url), make_client(pbx.url + "/xapi/v1/")
    first.rows("Blocklist")
    second.rows("Blocklist")
    assert len(pbx.token_requests) == 1
    assert second.counters.as_dict() == {"requests": 1, "retries": 0, "tokens": 0}
