# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""API clients over the API: a secret, tokens, a role, and the end of all of them."""

from __future__ import annotations

from tests.unit.simulator.api import CLIENT, Api


def principal(api: Api, number: str = "newclient", role: str = "system_admins") -> int:
    group = api.id_of("Groups", "DEFAULT")
    body = {"Number": number, "Groups": [{"GroupId": group, "Rights": {"RoleName": role}}]}
    answer = api.post("ServicePrincipals", body)
    assert answer.status == 201, answer.body
    return int(answer.json["Id"])


def secret_of(api: Api, key: int) -> str:
    return str(api.post(f"ServicePrincipals({key})/Pbx.GenerateAppToken").json["value"])


def status_with(api: Api, token: str, path: str = "Users") -> int | None:
    return api.call("GET", path, authorization=f"Bearer {token}").status


def test_a_generated_secret_gets_a_token_with_the_role_of_the_principal(api: Api) -> None:
    key = principal(api)
    secret = secret_of(api, key)
    token = api.new_token("newclient", secret)
    assert status_with(api, token) == 200
    assert status_with(api, token, "CallHistoryView") == 403
    assert secret.encode() not in api.get("ServicePrincipals").body


def test_a_new_secret_kills_the_former_one_and_its_tokens(api: Api) -> None:
    key = principal(api)
    first = secret_of(api, key)
    token = api.new_token("newclient", first)
    second = secret_of(api, key)
    assert first != second
    assert api.ask_token("newclient", first).status == 401
    assert status_with(api, token) == 401
    assert api.ask_token("newclient", second).status == 200


def test_a_deleted_client_gets_nothing_any_more(api: Api) -> None:
    key = principal(api)
    secret = secret_of(api, key)
    token = api.new_token("newclient", secret)
    assert api.delete(f"ServicePrincipals({key})").status == 204
    assert status_with(api, token) == 401
    assert api.ask_token("newclient", secret).status == 401


def test_a_client_can_lock_itself_out_until_the_reset(api: Api) -> None:
    assert api.delete(f"ServicePrincipals({api.id_of('ServicePrincipals', CLIENT)})").status == 204
    assert api.get("Defs").status == 401
    api.control("POST", "reset")
    assert api.get("Defs").status == 200
    assert CLIENT in [row["Number"] for row in api.rows("ServicePrincipals")]


def test_a_role_that_changes_counts_for_the_next_token(api: Api) -> None:
    key = principal(api, role="users")
    secret = secret_of(api, key)
    assert status_with(api, api.new_token("newclient", secret)) == 403
    group = api.id_of("Groups", "DEFAULT")
    owner = [{"GroupId": group, "Rights": {"RoleName": "system_owners"}}]
    assert api.patch(f"ServicePrincipals({key})", {"Groups": owner}).status == 204
    assert status_with(api, api.new_token("newclient", secret), "CallHistoryView") == 200


def test_client_ids_are_unique_fixed_and_no_numbers_of_others(api: Api) -> None:
    key = principal(api)
    assert api.post("ServicePrincipals", {}).code == "Number XAPI.REQUIRED"
    assert api.post("ServicePrincipals", {"Number": "newclient"}).code == "Number XAPI.ALREADY_IN_USE"
    assert api.post("ServicePrincipals", {"Number": "101"}).code == "Number XAPI.ALREADY_IN_USE"
    assert api.patch(f"ServicePrincipals({key})", {"Number": "other"}).code == "Number XAPI.FORBIDDEN_CHANGE"
    assert "newclient" not in [peer["Number"] for peer in api.rows("Peers")]


def test_the_version_is_on_answers_about_tokens_unless_switched() -> None:
    assert "x-3cx-version" in Api().ask_token().headers
    api = Api(version_header="xapi")
    assert "x-3cx-version" not in api.ask_token().headers
    assert "x-3cx-version" in api.get("Defs").headers
