# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: renewed when due or rejected, never more often; what the token endpoint may answer."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    AuthFailed,
    Forbidden,
    Malformed,
    NotFound,
    Redirected,
    ServerFault,
    TokenFlood,
    XapiError,
)
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import SECRET, MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Server,
    entities,
    html,
    json_reply,
)


def jwt(**claims: object) -> str:
    parts = [json.dumps({"alg": "ES256"}), json.dumps(claims), "signature"]
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


def test_a_rejected_token_is_renewed_once(pbx: Server, client: Client) -> None:
    client.ping()
    pbx.live = "another program's"
    client.update("Blocklist(1)", {})
    assert pbx.methods == ["GET", "PATCH", "PATCH"]
    assert len(pbx.token_requests) == 2
    assert client.counters.as_dict() == {"requests": 3, "retries": 1, "tokens": 2}


def test_a_creation_answered_401_was_not_carried_out(pbx: Server, client: Client) -> None:
    client.ping()
    pbx.live = "another program's"
    pbx.answers(json_reply({"Id": 1}, 201))
    assert client.create("Blocklist", {}) == {"Id": 1}


def test_a_rejected_new_token_is_the_end(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.otherwise = lambda seen: Reply(401)
    with pytest.raises(AuthFailed, match=r"GET Groups: HTTP 401\. .*role .*too low.*same API client") as caught:
        client.get("Groups")
    assert len(pbx.token_requests) == 2
    assert caught.value.status == 401
    assert time.naps == []


def test_a_role_that_is_too_low_does_not_cost_a_token_per_call(pbx: Server, client: Client) -> None:
    """Else a handful of calls would run into the flood limit (REALITY.md section 1)."""
    pbx.otherwise = lambda seen: Reply(401) if seen.path == "Groups" else entities()
    for _attempt in range(5):
        with pytest.raises(AuthFailed):
            client.get("Groups")
        client.rows("Blocklist")
    assert len(pbx.token_requests) == 2


def test_the_newer_token_of_somebody_else_is_taken(pbx: Server, make_client: MakeClient) -> None:
    first, second = make_client(pbx.url), make_client(pbx.url)
    first.ping()
    second.ping()
    pbx.live = "none"
    first.ping()
    pbx.token_requests.clear()
    pbx.seen.clear()
    # The second learns of it by itself, without a 401: it looks into the shared memory for each call.
    second.ping()
    assert (len(pbx.seen), pbx.token_requests) == (1, [])


def test_a_given_token_is_used_as_it_is(pbx: Server, make_client: MakeClient) -> None:
    pbx.live = "ready-made"
    client = make_client(pbx.url, access_token=" ready-made\n", client_id=None, client_secret=None)
    client.ping()
    pbx.live = "newer"
    with pytest.raises(AuthFailed, match=r"GET Defs: HTTP 401.*refused the access_token") as caught:
        client.ping()
    assert pbx.token_requests == []
    assert caught.value.path == "Defs"
    assert client.counters.tokens == 0


def test_a_token_is_renewed_before_it_expires(pbx: Server, client: Client, time: FakeTime) -> None:
    client.ping()
    time.now += 3600 - 61
    client.ping()
    assert len(pbx.token_requests) == 1
    time.now += 2
    client.ping()
    assert len(pbx.token_requests) == 2


def test_life_counts_by_the_clock_of_the_pbx(pbx: Server, client: Client, time: FakeTime) -> None:
    """A controller whose clock is a day ahead would else think every token expired."""
    pbx_now = time.now - 86400
    pbx.live = jwt(exp=pbx_now + 600, MaxRole="system_owners")
    date = format_datetime(datetime.fromtimestamp(pbx_now, UTC), usegmt=True)
    pbx.token_script = [json_reply({"access_token": pbx.live, "expires_in": 60}, Date=date)]
    client.ping()
    time.now += 530
    client.ping()
    assert len(pbx.token_requests) == 1
    time.now += 20
    client.ping()
    assert len(pbx.token_requests) == 2


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"error": "unauthorized", "error_description": "The request requires valid ..."}, 401),
        json_reply({"error": "invalid_client"}, 400),
        Reply(401),
    ],
    ids=["401", "400", "empty"],
)
def test_a_wrong_secret(pbx: Server, client: Client, time: FakeTime, reply: Reply) -> None:
    pbx.token_script = [reply]
    with pytest.raises(AuthFailed, match=r"POST /connect/token .*client_secret.*Integrations > API") as caught:
        client.ping()
    assert caught.value.status == reply.status
    assert caught.value.path == "/connect/token"
    assert SECRET not in str(caught.value)
    assert (len(pbx.token_requests), pbx.seen, time.naps) == (1, [], [])


@pytest.mark.parametrize("status", [403, 429])
def test_a_flood_of_tokens(pbx: Server, client: Client, time: FakeTime, status: int) -> None:
    pbx.token_script = [Reply(status, b"Too many requests")]
    with pytest.raises(TokenFlood, match=r"Too many requests.*180 s.*own API client"):
        client.ping()
    assert (len(pbx.token_requests), time.naps) == (1, [])


def test_a_429_that_says_how_long_is_waited_for(pbx: Server, client: Client, time: FakeTime) -> None:
    pbx.token_script = [Reply(429, headers={"Retry-After": "9"})]
    client.ping()
    assert time.naps == [9.0]


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(404), NotFound),
        (html(404, "Not found"), NotFound),
        (Reply(405), NotFound),
        (html(200, "Welcome"), Malformed),
        (json_reply({"token_type": "Bearer"}), Malformed),
        (json_reply({"access_token": ""}), Malformed),
        (json_reply({"access_token": 5}), Malformed),
        (json_reply({"access_token": "two words"}), Malformed),
        (json_reply(["access_token"]), Malformed),
        (Reply(200), Malformed),
    ],
)
def test_something_else_than_a_pbx(pbx: Server, client: Client, reply: Reply, error: type[XapiError]) -> None:
    pbx.token_script = [reply]
    with pytest.raises(error, match=r"management address of a 3CX v20 PBX \(port 443 .* 5001"):
        client.ping()
    assert len(pbx.token_requests) == 1


def test_the_token_endpoint_in_trouble(pbx: Server, client: Client) -> None:
    pbx.token_script = [Reply(500)]
    with pytest.raises(ServerFault, match="/connect/token"):
        client.ping()


def test_a_secret_never_follows_a_redirect(pbx: Server, client: Client, other: Server) -> None:
    other.checks_token = False
    pbx.token_script = [Reply(307, headers={"Location": other.url + "/connect/token"})]
    with pytest.raises(Redirected, match=f"redirect to {other.url}, which is not followed"):
        client.ping()
    assert other.token_requests == other.seen == []


def test_403_names_role_and_console_restriction(pbx: Server, client: Client) -> None:
    pbx.live = jwt(exp=4_000_000_000, MaxRole="users")
    pbx.token_script = [json_reply({"access_token": pbx.live, "expires_in": 3600})]
    pbx.answers(Reply(403))
    with pytest.raises(Forbidden, match=r"System Owner.*console restriction.*role 'users'") as caught:
        client.rows("Users")
    assert caught.value.status == 403
    assert len(pbx.seen) == 1
