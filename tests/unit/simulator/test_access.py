# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth2: tokens, their life, roles, floods."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.unit.simulator.api import CLIENT, SECRET, Api

FORM = {"content-type": "application/x-www-form-urlencoded"}


def claims(token: str) -> dict[str, Any]:
    header, payload, signature = token.split(".")
    assert json.loads(padded(header)) == {"alg": "ES256", "typ": "JWT"}
    assert len(padded(signature)) == 64
    content: dict[str, Any] = json.loads(padded(payload))
    return content


def padded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def with_token(api: Api, token: str, path: str = "Defs") -> int | None:
    return api.call("GET", path, authorization=f"Bearer {token}").status


def test_the_answer_has_the_recorded_shape(api: Api) -> None:
    answer = api.ask_token()
    assert answer.status == 200
    assert set(answer.json) == {"token_type", "expires_in", "access_token", "refresh_token"}
    assert (answer.json["token_type"], answer.json["refresh_token"]) == ("Bearer", None)


def test_the_token_is_a_jwt_that_tells_its_end_and_role(api: Api) -> None:
    found = claims(api.new_token())
    assert found["unique_name"] == CLIENT
    assert found["MaxRole"] == "system_owners"
    assert "GlobalAdmin" in found["role"]
    assert found["exp"] - found["nbf"] in (3599, 3600)


@pytest.mark.parametrize(
    ("version", "unit", "expected"),
    [
        ("20.0.8", "auto", 60),
        ("20.0.9", "auto", 3600),
        ("20.0.10", "auto", 3600),
        ("20.0.10", "minutes", 60),
        ("20.0.4", "seconds", 3600),
    ],
)
def test_the_unit_of_expires_in_changed_with_20_0_9(version: str, unit: str, expected: int) -> None:
    assert Api(version, token_unit=unit).ask_token().json["expires_in"] == expected


def test_a_multipart_form_works_too(api: Api) -> None:
    parts = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
    body = "".join(f'--xx\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items())
    kind = {"content-type": "multipart/form-data; boundary=xx"}
    answer = api.send("POST", "/connect/token", f"{body}--xx--\r\n".encode(), kind)
    assert with_token(api, answer.json["access_token"]) == 200


def test_a_new_token_kills_the_previous_one_of_the_same_client_only(api: Api) -> None:
    api.app.add_client("other", "other-secret")
    first, other = api.new_token(), api.new_token("other", "other-secret")
    second = api.new_token()
    assert [with_token(api, token) for token in (first, second, other)] == [401, 200, 200]
    many = Api(token_single="off")
    assert [with_token(many, token) for token in (many.new_token(), many.new_token())] == [200, 200]


def test_a_token_ends_by_the_clock() -> None:
    api = Api(token_life=100)
    token = api.new_token()
    api.pbx.clock.advance(99)
    assert with_token(api, token) == 200
    api.pbx.clock.advance(1)
    assert with_token(api, token) == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic eDp5"])
def test_no_or_a_wrong_token_is_an_empty_401(api: Api, header: str) -> None:
    answer = api.call("GET", "Defs", authorization=header)
    assert (answer.status, answer.body) == (401, b"")
    assert api.call("GET", "Nope", authorization=header).status == 401


def test_bodies_of_refusals_are_switches() -> None:
    api = Api(body_401="json", body_404="string", body_403="text")
    assert api.call("GET", "Defs", authorization="").json["error"]["code"] == "401"
    assert api.get("Nope").json == {"error": "Not found"}
    api.app.add_client("low", "low-secret", "user")
    refused = api.call("GET", "Users", authorization=f"Bearer {api.new_token('low', 'low-secret')}")
    assert (refused.status, refused.body) == (403, b"Forbidden")


@pytest.mark.parametrize(("client", "secret"), [(CLIENT, "wrong"), ("nobody", SECRET), ("", "")])
def test_wrong_credentials(client: str, secret: str) -> None:
    documented, stub = Api(), Api(token_wrong_secret="400")
    answer = documented.ask_token(client, secret)
    assert (answer.status, answer.json["error"]) == (401, "unauthorized")
    answer = stub.ask_token(client, secret)
    assert (answer.status, answer.json) == (400, {"error": "invalid_client"})


def test_only_client_credentials_by_post(api: Api) -> None:
    assert api.send("GET", "/connect/token").status == 405
    assert api.send("POST", "/connect/token", b"grant_type=password", FORM).status == 400


def test_a_flood_of_token_requests_is_refused_for_a_while() -> None:
    api = Api(token_flood_limit=3)
    statuses = [api.ask_token().status for _turn in range(4)]
    assert statuses == [200, 200, 403, 403]  # the first token was taken by the fixture
    assert b"Too many" in api.ask_token().body
    api.pbx.clock.advance(181)
    assert api.ask_token().status == 200
    strict = Api(token_flood_limit=1, token_flood_status="429")
    assert strict.ask_token().status == 429


def test_a_general_throttle_says_when_to_come_again() -> None:
    api = Api(throttle_limit=3)
    assert [api.get("Defs").status for _turn in range(3)] == [200, 200, 429]
    wait = int(api.get("Defs").headers["retry-after"])
    assert 0 < wait <= 61
    api.pbx.clock.advance(wait)
    assert api.get("Defs").status == 200


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("owner", {"Defs": 200, "Users": 200, "Groups": 200, "Recordings": 200, "ScheduledReports": 200}),
        ("admin", {"Defs": 200, "Users": 200, "Groups": 200, "Recordings": 403, "ScheduledReports": 403}),
        ("user", {"Defs": 200, "Users": 403, "Groups": 403, "Recordings": 403, "ScheduledReports": 403}),
    ],
)
def test_each_role_may_see_its_part(api: Api, role: str, expected: dict[str, int]) -> None:
    api.app.add_client(role, "secret", role)
    token = api.new_token(role, "secret")
    assert {path: with_token(api, token, path) for path in expected} == expected


def test_groups_may_be_a_401_for_a_low_role() -> None:
    api = Api(role_groups="401")
    api.app.add_client("low", "secret", "user")
    assert with_token(api, api.new_token("low", "secret"), "Groups") == 401


def test_behind_a_console_restriction_a_token_opens_nothing() -> None:
    api = Api(console_restriction="on")
    assert claims(api.token)["MaxRole"] == "users"
    assert [api.get(path).status for path in ("Defs", "Users", "Blocklist")] == [403, 403, 403]


@pytest.mark.parametrize(("client", "role"), [("UPPER", "owner"), ("with-dash", "owner"), ("ok", "king")])
def test_bad_clients_are_refused(api: Api, client: str, role: str) -> None:
    with pytest.raises(ValueError, match=r"client id|role"):
        api.app.add_client(client, "secret", role)
