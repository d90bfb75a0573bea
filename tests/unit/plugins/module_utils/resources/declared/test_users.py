# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: profiles by name, one call for many, roles, and what they are known by."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run

MANY = "Users/Pbx.MultiUserUpdate"


def user(id_: int = 1, **more: Any) -> dict[str, Any]:
    profiles = [
        {"Id": 1, "Name": "Available", "NoAnswerTimeout": 20, "RingMyMobile": True},
        {"Id": 2, "Name": "Away", "CustomMessage": "Back soon"},
    ]
    return {"Id": id_, "Number": str(99 + id_), "FirstName": "Ada", "ForwardingProfiles": profiles, **more}


def pbx_of(*users: dict[str, Any]) -> Pbx:
    """A PBX that takes profiles by name, as REALITY.md section 9 has it of this call."""
    pbx = Pbx(Users=list(users))

    def write(body: dict[str, Any]) -> None:
        for one in pbx.sets["Users"]:
            if one["Id"] in body["ids"]:
                there = {profile["Name"]: profile for profile in one.get("ForwardingProfiles", [])}
                given = {profile["Name"]: profile for profile in body["user"].get("ForwardingProfiles", [])}
                profiles = [{**there.get(name, {}), **profile} for name, profile in {**there, **given}.items()]
                one.update({**body["user"], "ForwardingProfiles": profiles})

    pbx.actions[MANY] = write
    return pbx


def profiles_sent(timeout: int) -> list[dict[str, Any]]:
    return [
        {"Name": "Available", "NoAnswerTimeout": timeout, "RingMyMobile": True},
        {"Name": "Away", "CustomMessage": "Back soon"},
    ]


# --- profiles


def test_a_profile_is_written_by_its_name_and_the_others_with_it():
    pbx = pbx_of(user())
    done = run(pbx, "Users", {"number": "100", "forwarding_profiles": [{"name": "Available", "no_answer_timeout": 30}]})
    assert pbx.calls == [("POST", MANY, {"ids": [1], "user": {"ForwardingProfiles": profiles_sent(30)}})]
    assert done.diff == {
        "before": {"100": {"number": "100", "forwarding_profiles": [{"name": "Available", "no_answer_timeout": 20}]}},
        "after": {"100": {"number": "100", "forwarding_profiles": [{"name": "Available", "no_answer_timeout": 30}]}},
    }
    assert [one["name"] for one in done.items[0]["forwarding_profiles"]] == ["Available", "Away"]


def test_a_profile_that_is_as_wanted_is_no_change():
    pbx = pbx_of(user())
    run(pbx, "Users", {"number": "100", "forwarding_profiles": [{"name": "Away", "custom_message": "Back soon"}]})
    assert pbx.calls == []


def test_an_unknown_profile_is_told_with_the_near_one():
    wanted = {"number": "100", "forwarding_profiles": [{"name": "Awai", "custom_message": "Gone"}]}
    with pytest.raises(InvalidInput, match=r'forwarding_profiles\[0\]: there is no name "Awai"; did you mean Away'):
        run(pbx_of(user()), "Users", wanted)


def test_a_profile_without_its_name_is_told():
    with pytest.raises(InvalidInput, match="give its name, one of Available, Away"):
        run(pbx_of(user()), "Users", {"number": "100", "forwarding_profiles": [{"custom_message": "Gone"}]})


def test_other_fields_are_written_first():
    pbx = pbx_of(user())
    profile = {"name": "Available", "no_answer_timeout": 30}
    run(pbx, "Users", {"number": "100", "first_name": "Bea", "forwarding_profiles": [profile]})
    assert [call[:2] for call in pbx.calls] == [("PATCH", "Users(1)"), ("POST", MANY)]
    assert pbx.calls[0][2] == {"FirstName": "Bea"}


def test_half_of_a_change_is_a_change():
    pbx = pbx_of(user())

    def refuse(body: dict[str, Any]) -> None:
        raise Refused("no", status=400)

    pbx.actions[MANY] = refuse
    profile = {"name": "Available", "no_answer_timeout": 30}
    done = run(pbx, "Users", {"number": "100", "first_name": "Bea", "forwarding_profiles": [profile]})
    assert (done.failed, done.changed) == (True, True)
    done = run(pbx, "Users", {"number": "100", "forwarding_profiles": [profile]})
    assert (done.failed, done.changed) == (True, False)


def test_a_new_user_gets_the_profile_once_the_pbx_has_made_its_own():
    pbx = pbx_of()
    created = pbx.create

    def create(path: str, body: dict[str, Any]) -> dict[str, Any]:
        row = created(path, body)
        row["ForwardingProfiles"] = user()["ForwardingProfiles"]
        return {"Id": row["Id"], "Number": row["Number"]}

    pbx.create = create  # type: ignore[method-assign]
    run(pbx, "Users", {"number": "140", "forwarding_profiles": [{"name": "Available", "no_answer_timeout": 30}]})
    assert pbx.calls == [
        ("POST", "Users", {"Number": "140"}),
        ("POST", MANY, {"ids": [1001], "user": {"ForwardingProfiles": profiles_sent(30)}}),
    ]


# --- many at once


def test_the_same_profile_for_two_users_is_one_call():
    pbx = pbx_of(user(1), user(2))
    profiles = [{"name": "Available", "no_answer_timeout": 30}]
    run(pbx, "Users", *({"number": number, "forwarding_profiles": profiles} for number in ("100", "101")))
    assert [(path, body["ids"]) for _verb, path, body in pbx.calls] == [(MANY, [1, 2])]


def test_an_empty_value_might_mean_to_leave_it_alone_and_is_written_one_by_one():
    pbx = pbx_of(user(1, Mobile="+49301"), user(2, Mobile="+49302"))
    run(pbx, "Users", {"number": "100", "mobile": ""}, {"number": "101", "mobile": ""})
    assert [call[:2] for call in pbx.calls] == [("PATCH", "Users(1)"), ("PATCH", "Users(2)")]


# --- who is who


def test_a_mail_address_is_the_same_in_capitals():
    pbx = pbx_of(user(EmailAddress="Ada@Example.com"))
    done = run(pbx, "Users", {"email_address": "ada@example.COM", "first_name": "Bea"})
    assert pbx.calls == [("PATCH", "Users(1)", {"FirstName": "Bea"})]
    assert done.labels("update") == ["100"]


def test_a_number_never_changes():
    with pytest.raises(InvalidInput, match="number: is 100 and never changes; delete the user and create another"):
        run(pbx_of(user()), "Users", {"id": 1, "number": "199"})


def test_without_number_and_mail_address_nobody_is_meant():
    with pytest.raises(InvalidInput, match="cannot be told from others; give number or email_address"):
        run(pbx_of(), "Users", {"first_name": "Ada"})


# --- roles


def test_a_role_in_short():
    pbx = pbx_of()
    run(pbx, "Users", {"number": "140", "groups": [{"name": "Sales", "role": "managers"}]})
    body = {"Number": "140", "Groups": [{"GroupId": 29, "Rights": {"RoleName": "managers"}}]}
    assert pbx.calls == [("POST", "Users", body)]


def test_two_roles_in_one_department():
    group = {"name": "Sales", "role": "managers", "rights": {"role_name": "users"}}
    with pytest.raises(InvalidInput, match=r"groups\[0\].role: is not what rights says; keep one of the two"):
        run(pbx_of(), "Users", {"number": "140", "groups": [group]})


def test_a_role_that_nobody_can_have():
    with pytest.raises(InvalidInput, match=r'"manager" is none of system_owners, .*did you mean managers'):
        run(pbx_of(), "Users", {"number": "140", "groups": [{"name": "Sales", "role": "manager"}]})


def test_a_new_role_takes_the_rights_of_the_former_one_away_and_the_old_keeps_them():
    there = [{"GroupId": 29, "Rights": {"RoleName": "users", "CanBargeIn": True}}]
    pbx = pbx_of(user(Groups=there))
    run(pbx, "Users", {"number": "100", "groups": ["Sales"]})
    run(pbx, "Users", {"number": "100", "groups": [{"name": "Sales", "role": "managers"}]})
    assert [call[2] for call in pbx.calls] == [{"Groups": [{"GroupId": 29, "Rights": {"RoleName": "managers"}}]}]


# --- reading


def test_a_build_that_refuses_two_expansions_at_once_is_asked_one_by_one():
    pbx = pbx_of(user(Groups=[{"GroupId": 29, "Rights": {"RoleName": "users"}}]))
    listed = pbx.rows

    def rows(path: str, **options: Any) -> list[dict[str, Any]]:
        if "Groups($expand=Rights)," in str(options.get("expand")):
            raise Refused("The query specified in the URI is not valid.", status=400)
        expanded = {"Groups", "ForwardingProfiles"} - {str(options.get("expand")).partition("(")[0]}
        return [{name: value for name, value in row.items() if name not in expanded} for row in listed(path, **options)]

    pbx.rows = rows  # type: ignore[method-assign]
    profiles = [{"name": "Away", "custom_message": "Back soon"}]
    item = {"number": "100", "groups": [{"name": "Sales", "role": "users"}], "forwarding_profiles": profiles}
    assert not run(pbx, "Users", item).changed
    assert [query[3] for query in pbx.queries if query[0] == "Users"] == [
        None,
        "Groups($expand=Rights)",
        "ForwardingProfiles",
    ]
