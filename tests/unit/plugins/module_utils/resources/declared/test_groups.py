# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments: numbers from the PBX, what cannot go, and rights of roles."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run

DELETE = "Groups/Pbx.DeleteCompanyById"


def pbx_of(*groups: dict[str, Any]) -> Pbx:
    pbx = Pbx(Groups=list(groups))

    def delete(body: dict[str, Any]) -> None:
        pbx.sets["Groups"] = [one for one in pbx.sets["Groups"] if one["Id"] != body["id"]]

    pbx.actions[DELETE] = delete
    return pbx


def group(id_: int = 30, **more: Any) -> dict[str, Any]:
    return {"Id": id_, "Name": f"Department {id_}", "Number": f"GRP00{id_}", **more}


def test_a_number_that_no_department_has_is_refused():
    with pytest.raises(InvalidInput, match="number: no department has it, and the PBX alone gives it to new ones"):
        run(pbx_of(), "Groups", {"name": "Berlin", "number": "GRP0099"})


def test_a_department_is_renamed_by_its_number_and_called_by_its_name():
    pbx = pbx_of(group())
    done = run(pbx, "Groups", {"number": "GRP0030", "name": "Berlin"})
    assert pbx.calls == [("PATCH", "Groups(30)", {"Name": "Berlin"})]
    assert done.labels("update") == ["Department 30"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ({"IsDefault": True}, "is a department that the PBX needs"),
        ({"Name": "___FAVORITES___100"}, "is a department that the PBX needs"),
        ({"Number": "FGRP0001"}, "is a department that the PBX needs"),
        ({"HasMembers": True}, "still has members; move them to another department"),
    ],
)
def test_what_cannot_go_is_told_before_anything_goes(kind: dict[str, Any], reason: str):
    pbx = pbx_of(group(), group(31, **kind))
    with pytest.raises(InvalidInput, match=reason):
        run(pbx, "Groups", {"id": 30}, {"id": 31}, state="absent")
    assert pbx.calls == []


def test_a_purge_leaves_to_the_pbx_what_is_its_own():
    pbx = pbx_of(group(28, IsDefault=True), group(29, Name="___FAVORITES___100"), group(30), group(31))
    done = run(pbx, "Groups", {"name": "Department 31"}, purge=True)
    assert done.labels("delete") == ["Department 30"]
    assert pbx.calls == [("POST", DELETE, {"id": 30})]


def test_a_deletion_whose_answer_got_lost_is_looked_at_and_not_repeated():
    pbx = pbx_of(group())
    pbx.interfere = lambda verb, path: LostAnswer("no answer")
    done = run(pbx, "Groups", {"name": "Department 30"}, state="absent")
    assert (done.failed, done.changed, len(pbx.calls)) == (False, True, 1)


def test_a_version_that_the_user_pinned_travels_with_delete():
    pbx = pbx_of(group())
    run(pbx, "Groups", {"name": "Department 30", "if_match": 'W/"1"'}, state="absent")
    assert pbx.calls == [("DELETE", "Groups(30)", {"if_match": 'W/"1"'})]


def test_one_right_of_one_role_is_written_with_all_roles():
    rights = [{"RoleName": "users", "CanBargeIn": False}, {"RoleName": "managers", "AllowIVR": True}]
    pbx = pbx_of(group(Rights=rights))
    done = run(pbx, "Groups", {"name": "Department 30", "rights": [{"role_name": "managers", "can_barge_in": True}]})
    managers = {"RoleName": "managers", "AllowIVR": True, "CanBargeIn": True}
    assert pbx.calls == [("PATCH", "Groups(30)", {"Rights": [rights[0], managers]})]
    before, after = (done.diff[side]["Department 30"]["rights"] for side in ("before", "after"))
    assert (before, after) == ([{"role_name": "managers"}], [{"role_name": "managers", "can_barge_in": True}])


def test_members_are_written_at_the_member():
    with pytest.raises(InvalidInput, match="members: cannot be set here: two writers on one list lose entries"):
        run(pbx_of(), "Groups", {"name": "Berlin", "members": []})
