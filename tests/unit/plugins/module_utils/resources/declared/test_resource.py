# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any set by desired state, on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.guards import Controller
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import network
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run


def queue(**more: Any) -> dict[str, Any]:
    agents = [
        {"Id": 1, "Number": "100", "Name": "Ada", "SkillGroup": "2", "Tags": []},
        {"Id": 2, "Number": "101", "Name": "Bea", "SkillGroup": "1", "Tags": []},
    ]
    return {"Id": 5, "Number": "800", "Name": "Sales", "RingTimeout": 20, "Agents": agents, **more}


# --- reading


def test_only_what_is_needed_is_read_and_no_secrets():
    pbx = Pbx(Users=[{"Id": 1, "Number": "100", "FirstName": "Ada"}])
    run(pbx, "Users", {"number": "100", "first_name": "Ada", "vmpin": "1234"})
    assert pbx.queries == [("Users", ("Id", "Number", "FirstName"), "Number eq '100'", None)]
    assert pbx.calls == []


def test_navigation_is_expanded_only_when_wanted_and_with_what_would_be_lost():
    pbx = Pbx(Users=[{"Id": 1, "Number": "100"}])
    run(pbx, "Users", {"number": "100", "groups": []}, check_mode=True)
    assert pbx.queries[-1] == ("Users", ("Id", "Number"), "Number eq '100'", "Groups($expand=Rights)")


def test_few_are_read_by_name_and_many_are_listed():
    pbx = Pbx(Contacts=[])
    few = [{"phone_number": f"+49{number}"} for number in range(20)]
    run(pbx, "Contacts", *few, check_mode=True)
    run(pbx, "Contacts", *few, {"phone_number": "+4920"}, check_mode=True)
    assert [query[2] is None for query in pbx.queries] == [False, True]


def test_some_parameters_among_hundreds_are_read_in_portions():
    pbx = Pbx(Parameters=[])
    run(pbx, "Parameters", *({"name": f"P{number}"} for number in range(60)), check_mode=True)
    assert [query[2] is None for query in pbx.queries] == [False, False, False]
    pbx.queries.clear()
    run(pbx, "Parameters", *({"name": f"P{number}"} for number in range(200)), check_mode=True)
    assert [query[2] for query in pbx.queries] == [None]


def test_a_purge_reads_all():
    pbx = Pbx(Parkings=[{"Id": 1, "Number": "SP0"}, {"Id": 2, "Number": "SP1"}])
    done = run(pbx, "Parkings", {"number": "SP0"}, purge=True)
    assert [query[2] for query in pbx.queries] == [None, None]
    assert done.labels("delete") == ["SP1"]


# --- comparing and writing


def test_the_same_in_other_words_is_no_change():
    holiday = {"Id": 1, "Name": "Day", "Group": "GRP0001", "TimeOfStartDate": "PT24H", "Day": 1}
    pbx = Pbx(Holidays=[holiday])
    done = run(pbx, "holidays", {"name": "Day", "group": "Sales", "time_of_start_date": "P1D", "Day": "1"})
    assert not done.changed
    assert done.items == ({"id": 1, "name": "Day", "group": "Sales", "time_of_start_date": "PT24H", "day": 1},)


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ([{"number": "100"}, {"number": 101}], None),
        ([{"number": "101"}, {"number": "100"}], [("101", "1"), ("100", "2")]),
        ([{"number": "100", "skill_group": "3"}], [("100", "3")]),
        ([], []),
    ],
)
def test_a_list_is_compared_by_what_is_given_and_sent_whole(wanted: list[dict[str, Any]], sent: Any):
    pbx = Pbx(Queues=[queue()])
    run(pbx, "Queues", {"number": "800", "agents": wanted})
    agents = None if sent is None else [{"Number": number, "SkillGroup": skill} for number, skill in sent]
    assert pbx.calls == ([] if sent is None else [("PATCH", "Queues(5)", {"Agents": agents})])


def test_members_without_an_order_are_a_set():
    pbx = Pbx(Queues=[queue(Managers=[{"Number": "100"}, {"Number": "101"}])])
    assert not run(pbx, "Queues", {"number": "800", "managers": [{"number": "101"}, {"number": "100"}]}).changed


def test_of_a_structured_value_the_rest_is_kept():
    gateway = {"Id": 7, "Name": "Provider", "Host": "old.example.com", "Port": 5060, "ProxyHost": None}
    pbx = Pbx(Trunks=[{"Id": 7, "Number": "10000", "Gateway": gateway}])
    done = run(pbx, "Trunks", {"gateway": {"name": "Provider", "host": "new.example.com"}})
    sent = {"Name": "Provider", "Host": "new.example.com", "Port": 5060}
    assert pbx.calls == [("PATCH", "Trunks(7)", {"Gateway": sent})]
    assert done.diff["after"] == {"Provider": {"gateway": {"host": "new.example.com"}}}


@pytest.mark.parametrize(
    ("wanted", "sent"),
    [
        ({"to": "Queue", "number": "801"}, {"To": "Queue", "Number": "801", "External": ""}),
        ({"number": "801"}, {"To": "Queue", "Number": "801", "External": ""}),
        ({"to": "External", "external": "+49"}, {"To": "External", "Number": "", "External": "+49"}),
    ],
)
def test_a_destination_that_turns_elsewhere_forgets_where_it_led(wanted: dict[str, str], sent: dict[str, str]):
    there = {"To": "Queue", "Number": "800", "External": "", "Name": "Sales", "Type": "Queue", "Tags": []}
    pbx = Pbx(RingGroups=[{"Id": 5, "Number": "810", "ForwardNoAnswer": there}])
    run(pbx, "RingGroups", {"number": "810", "forward_no_answer": wanted})
    assert pbx.calls == [("PATCH", "RingGroups(5)", {"ForwardNoAnswer": sent})]


def test_other_departments_of_a_user_keep_their_rights():
    rights = {"RoleName": "managers", "CanBargeIn": True, "Invalid": None}
    member = {"Id": 28, "GroupId": 28, "Name": "DEFAULT", "Number": "GRP0000", "Rights": rights, "MemberName": "Ada"}
    pbx = Pbx(Users=[{"Id": 1, "Number": "100", "Groups": [member]}])
    run(pbx, "Users", {"number": "100", "groups": ["DEFAULT", {"number": "GRP0001", "rights": {"role_name": "users"}}]})
    groups = [
        {"GroupId": 28, "Rights": {"RoleName": "managers", "CanBargeIn": True}},
        {"GroupId": 29, "Rights": {"RoleName": "users"}},
    ]
    assert pbx.calls == [("PATCH", "Users(1)", {"Groups": groups})]


def test_another_role_does_not_keep_single_rights_of_the_former():
    member = {"GroupId": 28, "Name": "DEFAULT", "Rights": {"RoleName": "managers", "CanBargeIn": True}}
    pbx = Pbx(Users=[{"Id": 1, "Number": "100", "Groups": [member]}])
    run(pbx, "Users", {"number": "100", "groups": [{"name": "DEFAULT", "rights": {"role_name": "users"}}]})
    assert pbx.calls == [("PATCH", "Users(1)", {"Groups": [{"GroupId": 28, "Rights": {"RoleName": "users"}}]})]


def test_routes_fill_their_five_slots():
    pbx = Pbx(OutboundRules=[], Trunks=[{"Id": 12, "Number": "10000", "Gateway": {"Name": "Provider"}}])
    run(pbx, "OutboundRules", {"name": "Local", "routes": [{"trunk_id": "Provider", "strip_digits": 1}]})
    routes = pbx.calls[0][2]["Routes"]
    assert [route["TrunkId"] for route in routes] == [12, -1, -1, -1, -1]
    again = run(pbx, "OutboundRules", {"name": "Local", "routes": [{"trunk_id": "10000", "strip_digits": 1}]})
    assert not again.changed


def test_a_rule_is_known_by_its_trunk_however_that_is_named():
    rule = {
        "Id": 3,
        "TrunkDN": {"Id": 12, "Number": "10000"},
        "Condition": "BasedOnDID",
        "Data": "+49",
        "RuleName": "x",
    }
    pbx = Pbx(InboundRules=[rule], Trunks=[{"Id": 12, "Number": "10000", "Gateway": {"Name": "Provider"}}])
    for trunk in ({"name": "Provider"}, {"number": "10000"}, "Provider"):
        wanted = {"trunk_dn": trunk, "condition": "BasedOnDID", "data": "+49", "rule_name": "x"}
        assert not run(pbx, "InboundRules", wanted).changed
    done = run(pbx, "InboundRules", {"trunk_dn": "Provider", "condition": "BasedOnDID", "data": "+49"}, state="absent")
    assert done.labels("delete") == ["Provider BasedOnDID +49"]


def test_an_empty_text_clears_and_null_leaves_alone():
    pbx = Pbx(Contacts=[{"Id": 1, "PhoneNumber": "+49", "Email": "a@example.com", "Title": "Dr"}])
    run(pbx, "Contacts", {"phone_number": "+49", "email": "", "title": None})
    assert pbx.calls == [("PATCH", "Contacts(1)", {"Email": ""})]


def test_a_new_trunk_begins_with_the_form_of_its_template():
    pbx = Pbx(Trunks=[])
    form = {"Id": 0, "Number": "", "Direction": "Both", "Gateway": {"Name": "", "Port": 5060, "TemplateFilename": "x"}}
    pbx.actions["Trunks/Pbx.InitTrunk"] = lambda parameters: form
    run(pbx, "Trunks", {"gateway": {"name": "New", "template_filename": "x"}, "auth_password": "secret-word"})
    body = {
        "Direction": "Both",
        "Gateway": {"Name": "New", "Port": 5060, "TemplateFilename": "x"},
        "AuthPassword": {"Value": "secret-word"},
    }
    assert pbx.calls == [("POST", "Trunks", body)]


# --- secrets


def test_a_secret_is_written_to_new_items_and_stays_out_of_everything_else():
    pbx = Pbx(Users=[])
    done = run(pbx, "Users", {"number": "100", "auth_password": "secret-word"})
    assert pbx.calls == [("POST", "Users", {"Number": "100", "AuthPassword": "secret-word"})]
    assert "secret-word" not in str((done.items, done.diff))


def test_a_secret_of_what_exists_is_written_only_if_always():
    item = {"number": "100", "auth_password": "secret-word"}
    pbx = Pbx(Users=[{"Id": 1, "Number": "100", "AuthPassword": "other"}])
    assert not run(pbx, "Users", item).changed
    done = run(pbx, "Users", item, always=True)
    assert (done.changed, done.failed) == (True, False)
    assert pbx.calls == [("PATCH", "Users(1)", {"AuthPassword": "secret-word"})]
    assert "secret-word" not in str((done.items, done.diff))


def test_a_secret_of_a_new_item_is_written_once_even_if_always():
    pbx = Pbx(Users=[])
    done = run(pbx, "Users", {"number": "100", "auth_password": "secret-word"}, always=True)
    assert (done.failed, len(pbx.calls)) == (False, 1), done.message


def test_the_value_of_a_parameter_that_sounds_like_a_secret_is_compared_and_not_shown():
    pbx = Pbx(Parameters=[{"Id": 1, "Name": "SMTP_PASSWORD", "Value": "old-word"}])
    assert not run(pbx, "Parameters", {"name": "SMTP_PASSWORD", "value": "old-word"}).changed
    done = run(pbx, "Parameters", {"name": "SMTP_PASSWORD", "value": "new-word"})
    assert pbx.calls == [("PATCH", "Parameters(1)", {"Value": "new-word"})]
    assert done.diff == {
        "before": {"SMTP_PASSWORD": {"name": "SMTP_PASSWORD"}},
        "after": {"SMTP_PASSWORD": {"name": "SMTP_PASSWORD"}},
    }
    assert "word" not in str(done.items)


# --- refusing


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"number": "800", "ring_timeout": "soon"}, r'ring_timeout: has to be a whole number, not "soon"'),
        ({"number": "800", "ring_timeout": 2**31}, "has to be between -2147483648 and 2147483647"),
        ({"number": "800", "name": True}, "name: has to be text, not True; put it in quotes"),
        ({"number": "800", "agents": "100"}, r'agents: has to be a list, not "100"'),
        ({"number": "800", "agents": [["100"]]}, r"agents\[0\]: has to be a dictionary with keys such as"),
        ({"number": "800", "Name": "a", "name": "b"}, "Name: is name once more; keep one of the two"),
        ({"ring_timeout": 20}, r"items\[0\] \(new\): cannot be told from others; give number or name"),
        ({"number": "800", "groups": ["Nobody"]}, r'groups\[0\]: no department is called "Nobody"'),
        ({"number": "800", "reset_queue_statistics_schedule": {"time": "25:00"}}, "time: has to be a time of day"),
    ],
)
def test_bad_input_is_told_with_its_path_and_nothing_is_written(item: dict[str, Any], words: str):
    pbx = Pbx(Queues=[])
    with pytest.raises(InvalidInput, match=words):
        run(pbx, "Queues", item)
    assert pbx.calls == []


def test_a_field_of_another_version_is_told_with_the_versions_that_have_it():
    with pytest.raises(InvalidInput, match=r"music_on_hold: exists from 20\.0\.10 on, and the PBX has 20\.0\.8"):
        run(Pbx("20.0.8.1109"), "Groups", {"name": "Sales", "music_on_hold": "quiet.wav"})


def test_a_set_of_another_version_is_told():
    with pytest.raises(InvalidInput, match=r"items: Holidays exists from 20\.0\.6 on, and the PBX has 20\.0\.5"):
        run(Pbx("20.0.5"), "Holidays", {"name": "Day", "group": "Sales"})
    with pytest.raises(InvalidInput, match=r"Holidays can be changed and deleted, not created; that is possible from"):
        run(Pbx("20.0.6", Holidays=[]), "Holidays", {"name": "Day"})


def test_what_the_secret_was_is_not_told():
    with pytest.raises(InvalidInput, match="vmpin: has to be text, not this value") as caught:
        run(Pbx(Users=[]), "Users", {"number": "100", "vmpin": {"oops": "hidden-word"}})
    assert "hidden-word" not in str(caught.value)


def test_a_number_never_changes():
    pbx = Pbx(Parkings=[{"Id": 1, "Number": "SP0"}])
    with pytest.raises(InvalidInput, match=r"number: is SP0 and never changes; delete the parking place"):
        run(pbx, "Parkings", {"id": 1, "number": "SP9"})


def test_two_of_one_name_are_told_apart_by_number_or_id():
    pbx = Pbx(Queues=[queue(), queue(Id=6, Number="801")])
    with pytest.raises(InvalidInput, match=r'"800" \(id 5\), "801" \(id 6\) match; give the id'):
        run(pbx, "Queues", {"name": "Sales", "ring_timeout": 30})
    run(pbx, "Queues", {"name": "Sales", "id": 6, "ring_timeout": 30})
    assert pbx.calls == [("PATCH", "Queues(6)", {"RingTimeout": 30})]


def test_members_of_a_department_are_written_by_the_members():
    with pytest.raises(InvalidInput, match="members: cannot be set here: two writers on one list lose entries"):
        run(Pbx(), "Groups", {"name": "Sales", "members": [{"number": "100"}]})


def test_the_controller_stays_connected():
    here = Controller((network("192.0.2.7"),), "ansible")
    pbx = Pbx(Blocklist=[], ServicePrincipals=[{"Id": 1, "Number": "ansible", "XAPIEnabled": True}])
    with pytest.raises(InvalidInput, match=r"would block 192\.0\.2\.7, which is the controller's own address"):
        run(pbx, "Blocklist", {"ip_addr_mask": "192.0.2.0/24"}, controller=here)
    with pytest.raises(InvalidInput, match="is the API client that this task uses"):
        run(pbx, "ServicePrincipals", {"number": "ansible"}, controller=here, state="absent")
    with pytest.raises(InvalidInput, match="would lose the API"):
        run(pbx, "ServicePrincipals", {"number": "ansible", "xapi_enabled": False}, controller=here)
    assert run(pbx, "Blocklist", {"ip_addr_mask": "192.0.2.0/24"}, controller=here, guarded=False).changed


# --- purging and many at once


def test_a_purge_takes_what_meets_the_filter_and_never_what_the_pbx_needs():
    departments = [
        {"Id": 28, "Name": "DEFAULT", "IsDefault": True, "Language": "EN"},
        {"Id": 29, "Name": "Sales", "Language": "DE"},
        {"Id": 30, "Name": "Support", "Language": "EN"},
        {"Id": 31, "Name": "___FAVORITES___100", "Language": "EN"},
    ]
    done = run(Pbx(Groups=departments), "Groups", purge=True, purge_filter={"Language": ["EN", "FR"]}, check_mode=True)
    assert done.labels("delete") == ["Support"]


@pytest.mark.parametrize(
    ("version", "action"),
    [("20.0.10", "Contacts/Pbx.DeleteContactsById"), ("20.0.8", "Contacts/Pbx.BatchContactsDelete")],
)
def test_many_go_by_the_call_that_the_version_has(version: str, action: str):
    pbx = Pbx(version, Contacts=[{"Id": number, "PhoneNumber": f"+49{number}"} for number in range(3)])
    pbx.actions[action] = lambda body: pbx.sets["Contacts"].clear()
    run(pbx, "Contacts", purge=True)
    assert pbx.calls == [("POST", action, {"ids": [0, 1, 2]})]


def test_what_a_deletion_of_many_could_not_remove_fails_alone_with_its_reason():
    pbx = Pbx(Users=[{"Id": 1, "Number": "100"}, {"Id": 2, "Number": "101"}])

    def delete(body: dict[str, Any]) -> dict[str, Any]:
        pbx.sets["Users"] = [row for row in pbx.sets["Users"] if row["Number"] == "100"]
        return {"value": [{"ExtensionNumber": "100", "Error": "WARNINGS.OPERATOR_CANNOT_BE_DELETED"}]}

    pbx.actions["Users/Pbx.BatchDelete"] = delete
    done = run(pbx, "Users", {"number": "100"}, {"number": "101"}, state="absent", guarded=False)
    assert done.labels("delete") == ["101"]
    assert "(100) delete failed: WARNINGS.OPERATOR_CANNOT_BE_DELETED" in done.message


def test_the_same_for_many_users_is_one_call():
    pbx = Pbx(Users=[{"Id": number, "Number": f"10{number}", "Mobile": "+1"} for number in range(3)])

    def update(body: dict[str, Any]) -> None:
        for row in pbx.sets["Users"]:
            if row["Id"] in body["ids"]:
                row.update(body["user"])

    pbx.actions["Users/Pbx.MultiUserUpdate"] = update
    done = run(pbx, "Users", *({"number": f"10{number}", "mobile": "+49"} for number in range(3)))
    assert pbx.calls == [("POST", "Users/Pbx.MultiUserUpdate", {"ids": [0, 1, 2], "user": {"Mobile": "+49"}})]
    assert done.labels("update") == ["100", "101", "102"]


def test_emergency_calls_can_go_out_afterwards():
    route = {"TrunkId": 12, "StripDigits": 0}
    rules = [
        {"Id": 3, "Name": "Emergency", "EmergencyRule": True, "Routes": [route, {"TrunkId": -1}]},
        {"Id": 4, "Name": "Local", "EmergencyRule": False, "Routes": [route]},
    ]
    pbx = Pbx(OutboundRules=rules, Trunks=[{"Id": 12, "Number": "10000", "Gateway": {"Name": "Provider"}}])
    assert run(pbx, "OutboundRules", purge=True, check_mode=True).labels("delete") == ["Local"]
    for item, options in (({"name": "Emergency"}, {"state": "absent"}), ({"name": "Emergency", "routes": []}, {})):
        with pytest.raises(InvalidInput, match="without an outbound rule for emergency calls"):
            run(pbx, "OutboundRules", item, **options)
        assert run(pbx, "OutboundRules", item, guarded=False, check_mode=True, **options).changed
    assert pbx.calls == []
