# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The outbound rules resource on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.outbound_rules import OutboundRules, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.outbound_pbx import (
    EMERGENCY,
    PURGE,
    RULES,
    UNUSED,
    OutboundPbx,
    padded,
    route,
    rule,
)

NATIONAL = {
    "Prefix": "0",
    "NumberLengthRanges": "9-11",
    "GroupIds": [29, 28],
    "DNRanges": [{"From": "100", "To": "199"}, {"From": "210"}],
    "Routes": padded(route(12, StripDigits=1, Prepend="+49"), route(13)),
}
NATIONAL_ITEM = {
    "id": 2,
    "name": "National",
    "priority": 3,
    "emergency_rule": False,
    "prefix": "0",
    "number_length_ranges": "9-11",
    "dn_ranges": [{"from": "100", "to": "199"}, {"from": "210", "to": "210"}],
    "group_names": ["DEFAULT", "Sales"],
    "routes": [
        {"trunk_name": "Provider A", "strip_digits": 1, "prepend": "+49", "append": "", "caller_id": ""},
        {"trunk_name": "Provider B", "strip_digits": 0, "prepend": "", "append": "", "caller_id": ""},
    ],
}
NEW: Item = {"name": "New", "prefix": "9"}


def pbx(**options: Any) -> OutboundPbx:
    return OutboundPbx(
        rule(1, "Emergency", EmergencyRule=True, Prefix="112"),
        rule(2, "National", **NATIONAL),
        rule(3, "International", Prefix="00"),
        **options,
    )


def run(port: OutboundPbx, *rules: Item, listed: bool = False, **options: Any) -> Converged:
    return converge(OutboundRules(listed_order=listed, **_own(options)), port, rules, **options)


def _own(options: dict[str, Any]) -> dict[str, Any]:
    return {name: options.pop(name) for name in ("purge_filter", "force") if name in options}


def refused(port: OutboundPbx, *rules: Item, **options: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        run(port, *rules, **options)
    assert port.calls == []
    return str(caught.value)


# --- showing and comparing


def test_ids_become_names_and_unused_slots_are_not_shown() -> None:
    records = OutboundRules().read(pbx())
    assert [record.item["name"] for record in records] == ["Emergency", "National", "International"]
    assert records[1].item == NATIONAL_ITEM


def test_what_is_shown_changes_nothing_when_given_back() -> None:
    port = pbx()
    shown = [record.item for record in OutboundRules().read(port)]
    assert not run(port, *shown, listed=True).changed
    assert port.calls == []


@pytest.mark.parametrize(
    "same",
    [
        {"number_length_ranges": "9,10,11"},
        {"group_names": ["GRP0000", "Sales", "Sales"]},
        {"dn_ranges": [{"from": "210", "to": "210"}, {"from": "100", "to": "150"}, {"from": "151", "to": "199"}]},
        {"routes": [{"trunk_name": "10000", "strip_digits": 1, "prepend": "+49"}, {"trunk_name": "Provider B"}]},
        {"priority": 77},
    ],
)
def test_the_same_in_other_words_is_no_change(same: Item) -> None:
    port = pbx()
    assert not run(port, {"name": "National", **same}).changed
    assert port.calls == []


@pytest.mark.parametrize(
    ("change", "sent"),
    [
        ({"prefix": "0,+49"}, {"Prefix": "0,+49"}),
        ({"prefix": ""}, {"Prefix": ""}),
        ({"number_length_ranges": "9 - 12"}, {"NumberLengthRanges": "9-12"}),
        ({"dn_ranges": []}, {"DNRanges": []}),
        ({"dn_ranges": [{"from": "100"}]}, {"DNRanges": [{"From": "100"}]}),
        ({"group_names": ["Sales"]}, {"GroupIds": [29]}),
        ({"emergency_rule": True}, {"EmergencyRule": True}),
        ({"routes": []}, {"Routes": [UNUSED] * 5}),
        ({"routes": [{"trunk_name": "Provider B"}]}, {"Routes": padded(route(13))}),
        (
            {
                "routes": [
                    {"trunk_name": "Provider B"},
                    {"trunk_name": "Provider A", "strip_digits": 1, "prepend": "+49"},
                ]
            },
            {"Routes": padded(route(13), route(12, StripDigits=1, Prepend="+49"))},
        ),
    ],
)
def test_only_what_differs_is_sent(change: Item, sent: dict[str, Any]) -> None:
    port = pbx()
    done = run(port, {"name": "National", **change})
    assert port.calls == [("PATCH", "OutboundRules(2)", sent)]
    assert (done.changed, done.failed, done.labels("update")) == (True, False, ["National"])


@pytest.mark.parametrize("slot", [{"TrunkId": 0, "TrunkName": ""}, {"TrunkId": None}, {}, UNUSED])
def test_every_kind_of_unused_slot_is_unused(slot: dict[str, Any]) -> None:
    port = OutboundPbx(rule(2, "National", Routes=[slot, route(13), slot]))
    assert not run(port, {"name": "National", "routes": [{"trunk_name": "Provider B"}]}).changed


def test_a_diff_shows_routes_complete_and_by_their_usual_names() -> None:
    done = run(pbx(), {"name": "National", "routes": [{"trunk_name": "10000"}]}, check_mode=True)
    complete = {"trunk_name": "Provider A", "strip_digits": 0, "prepend": "", "append": "", "caller_id": ""}
    assert done.diff["after"] == {"National": {"name": "National", "routes": [complete]}}
    assert done.diff["before"] == {"National": {"name": "National", "routes": NATIONAL_ITEM["routes"]}}


def test_trunks_and_departments_out_of_sight_keep_the_name_the_pbx_tells() -> None:
    port = OutboundPbx(
        rule(2, "Odd", Routes=padded(route(77, TrunkName="Gone"), route(78)), GroupIds=[29, 30, 99]),
    )
    item = OutboundRules().read(port)[0].item
    assert [one["trunk_name"] for one in item["routes"]] == ["Gone", "id 78"]
    assert item["group_names"] == ["Sales", "id 99"]


def test_a_hidden_department_is_named_by_the_pbx() -> None:
    port = OutboundPbx(rule(2, "Odd", GroupIds=[29, 99]))
    port.sets["Groups"].append({"Id": 99, "Name": "Other company"})
    port.sets["Groups"] = [row for row in port.sets["Groups"] if row["Id"] != 30]
    rows, resource = port.rows(RULES), OutboundRules()
    port.sets["Groups"].pop()
    resource.load(port, (), "present")
    assert resource.item(rows[0])["group_names"] == ["Other company", "Sales"]


# --- creating, renaming, removing


def test_a_new_rule_is_sent_whole_with_five_slots() -> None:
    port = pbx()
    done = run(port, {"name": " Mobile ", "prefix": "015-017", "routes": [{"trunk_name": "Provider A"}]})
    assert port.calls == [
        (
            "POST",
            RULES,
            {
                "Name": "Mobile",
                "EmergencyRule": False,
                "Prefix": "015-017",
                "NumberLengthRanges": "",
                "DNRanges": [],
                "GroupIds": [],
                "Routes": padded(route(12)),
            },
        )
    ]
    assert done.labels("create") == ["Mobile"]
    assert done.items[0]["id"] == 1001
    assert not run(port, {"name": "Mobile", "prefix": "015-017"}).changed


def test_an_id_renames() -> None:
    port = pbx()
    run(port, {"id": 3, "name": "Abroad"})
    assert port.calls == [("PATCH", "OutboundRules(3)", {"Name": "Abroad"})]
    assert not run(port, {"id": 3, "name": "Abroad"}).changed


def test_two_rules_of_one_name_need_an_id() -> None:
    port = OutboundPbx(rule(2, "National"), rule(3, "National"))
    message = refused(port, {"name": "National", "prefix": "0"})
    assert 'rules[0] (National) id: "National" (id 2), "National" (id 3) match' in message
    run(port, {"name": "National", "id": 3, "prefix": "0"})
    assert port.calls == [("PATCH", "OutboundRules(3)", {"Prefix": "0"})]


def test_absent_removes_all_in_one_call() -> None:
    port = pbx()
    done = run(port, {"name": "National"}, {"id": 3}, {"name": "Not there"}, state="absent")
    assert port.calls == [("POST", PURGE, {"purgeObject": {"Ids": [2, 3]}})]
    assert done.labels("delete") == ["National", "International"]
    assert not run(port, {"name": "National"}, state="absent").changed


def test_nothing_to_remove_sends_no_purge() -> None:
    port = pbx()
    assert not run(port, {"name": "Not there"}, state="absent").changed
    assert port.calls == []


def test_a_users_etag_goes_with_a_single_delete() -> None:
    port = pbx()
    run(port, {"name": "National", "if_match": 'W/"1"'}, {"name": "International"}, state="absent")
    assert port.calls == [
        ("DELETE", "OutboundRules(2)", {"if_match": 'W/"1"'}),
        ("POST", PURGE, {"purgeObject": {"Ids": [3]}}),
    ]


# --- purge and emergencies


def test_purge_leaves_emergency_rules_alone() -> None:
    port = pbx()
    done = run(port, {"name": "National"}, purge=True)
    assert port.calls == [("POST", PURGE, {"purgeObject": {"Ids": [3]}})]
    assert done.labels("delete") == ["International"]


def test_purge_takes_emergency_rules_if_told_but_not_the_last_one() -> None:
    wanted = PurgeFilter(include_emergency=True)
    port = pbx()
    message = refused(port, {"name": "National"}, purge=True, purge_filter=wanted)
    assert "rules (Emergency): this would leave the PBX without an outbound rule for emergency calls" in message
    run(port, {"name": "National"}, purge=True, purge_filter=wanted, force=True)
    assert port.names() == ["National"]


def test_purge_can_be_limited_by_name_and_department() -> None:
    port = OutboundPbx(
        rule(1, "Old fax", GroupIds=[29]), rule(2, "Old mobile", GroupIds=[28, 29]), rule(3, "Old rest"), rule(4, "New")
    )
    run(port, purge=True, purge_filter=PurgeFilter(name="Old", group_names=("GRP0001",)))
    assert port.names() == ["Old mobile", "Old rest", "New"]


def test_purge_with_an_unknown_department_is_refused() -> None:
    message = refused(pbx(), purge=True, purge_filter=PurgeFilter(group_names=("Sale",)))
    assert 'purge_filter.group_names[0]: no department is called "Sale"; did you mean "Sales"?' in message


@pytest.mark.parametrize(
    ("rules", "options"),
    [
        ([{"name": "Emergency"}], {"state": "absent"}),
        ([{"name": "Emergency", "emergency_rule": False}], {}),
        ([{"name": "Emergency", "routes": []}], {}),
    ],
)
def test_the_last_emergency_rule_does_not_go_by_accident(rules: list[Item], options: dict[str, Any]) -> None:
    message = refused(pbx(), *rules, **options)
    assert "rules[0] (Emergency): this would leave the PBX without" in message
    assert "keep one that has emergency_rule: true and a route, or set force: true" in message
    assert run(pbx(), *rules, force=True, **options).changed


def test_an_emergency_rule_may_go_if_another_comes() -> None:
    port = pbx()
    run(
        port,
        {"name": "Emergency", "emergency_rule": False},
        {"name": "Emergency 2", "emergency_rule": True, "routes": [{"trunk_name": "Provider B"}]},
    )
    assert [row["EmergencyRule"] for row in port.sets[RULES]] == [False, False, False, True]


@pytest.mark.parametrize(("purge", "kept"), [(False, False), (True, False), (False, True), (True, True)])
def test_an_emergency_rule_goes_when_its_successor_is_there_and_not_before(purge: bool, kept: bool) -> None:
    port = pbx()

    def interfere(verb: str, path: str) -> Exception | None:
        if kept and path == RULES:
            raise Refused("limit reached")
        return None

    port.interfere = interfere
    successor: Item = {"name": "Successor", "emergency_rule": True, "routes": [{"trunk_name": "Provider B"}]}
    if purge:
        done = run(port, successor, purge=True, purge_filter=PurgeFilter(include_emergency=True))
    else:
        done = run(port, {"name": "Emergency", "emergency_rule": False}, successor)
    serving = [row["Name"] for row in port.sets[RULES] if row["EmergencyRule"]]
    assert serving == (["Emergency"] if kept else ["Successor"])
    assert done.failed == kept
    if kept:
        assert "was left alone, since no other outbound rule for emergency calls has come up" in done.message
    else:
        assert port.calls[-1][1] == (PURGE if purge else "OutboundRules(1)")


def test_emergency_rules_that_the_list_lacks_are_found() -> None:
    port = pbx(apart=True)
    assert [row["Name"] for row in port.rows(RULES)] == ["National", "International"]
    assert not run(port, {"name": "Emergency", "prefix": "112", "emergency_rule": True}).changed
    assert EMERGENCY in port.reads


# --- order


def test_the_order_is_left_alone_unless_asked_for() -> None:
    assert not run(pbx(), {"name": "International"}, {"name": "National"}).changed


def test_listed_rules_are_put_in_order() -> None:
    port = pbx()
    done = run(port, {"name": "International"}, {"name": "National"}, listed=True)
    assert port.names() == ["Emergency", "International", "National"]
    assert len(port.calls) == 1
    assert (done.changed, done.failed, done.labels("update")) == (True, False, ["National"])
    assert done.diff == {
        "before": {"evaluation order": {"rules": ["Emergency", "National", "International"]}},
        "after": {"evaluation order": {"rules": ["Emergency", "International", "National"]}},
    }
    assert not run(port, {"name": "International"}, {"name": "National"}, listed=True).changed


def test_check_mode_foretells_the_order_with_creations_removals_and_renames() -> None:
    rules: list[Item] = [
        {"name": "Mobile", "routes": [{"trunk_name": "Provider A"}]},
        {"id": 3, "name": "Abroad"},
        {"name": "Emergency"},
    ]
    foretold = run(pbx(), *rules, listed=True, purge=True, check_mode=True)
    port = pbx()
    done = run(port, *rules, listed=True, purge=True)
    assert port.names() == ["Mobile", "Abroad", "Emergency"]
    assert done.diff == foretold.diff
    for kind in ("create", "update", "delete"):
        assert done.labels(kind) == foretold.labels(kind)
    assert foretold.labels("update") == ["International", "Emergency"]
    assert foretold.diff["after"]["evaluation order"] == {"rules": ["Mobile", "Abroad", "Emergency"]}


def test_a_new_rule_passes_unlisted_ones_and_they_stay() -> None:
    port = OutboundPbx(rule(1, "First"), rule(2, "A"), rule(3, "B"), rule(4, "Rest"))
    done = run(port, NEW, {"name": "A"}, {"name": "B"}, listed=True)
    assert port.names() == ["First", "New", "A", "B", "Rest"]
    assert (done.labels("create"), done.labels("update")) == (["New"], [])


def test_emergency_rules_kept_apart_are_ordered_for_themselves() -> None:
    port = OutboundPbx(
        rule(1, "Police", EmergencyRule=True),
        rule(2, "Fire", EmergencyRule=True),
        rule(3, "National"),
        rule(4, "Mobile"),
        apart=True,
    )
    done = run(port, {"name": "Mobile"}, {"name": "Fire"}, {"name": "National"}, {"name": "Police"}, listed=True)
    assert (port.names(emergency=True), port.names()) == (["Fire", "Police"], ["Mobile", "National"])
    assert (done.failed, len(port.calls)) == (False, 2)


def test_a_hidden_emergency_rule_is_passed_on_the_way() -> None:
    port = OutboundPbx(
        rule(1, "National"), rule(2, "Police", EmergencyRule=True), rule(3, "Mobile"), rule(4, "Rest"), hidden=True
    )
    done = run(port, {"name": "Mobile"}, {"name": "National"}, {"name": "Rest"}, listed=True)
    assert (port.names(), done.failed) == (["Police", "Mobile", "National", "Rest"], False)


@pytest.mark.parametrize("took_effect", [True, False])
@pytest.mark.parametrize("lost", range(3))
def test_a_lost_answer_to_a_move_is_looked_at_first(took_effect: bool, lost: int) -> None:
    port = OutboundPbx(rule(1, "A"), rule(2, "B"), rule(3, "C"))
    seen: list[str] = []

    def interfere(verb: str, path: str) -> Exception | None:
        seen.append(path)
        if len(seen) != lost + 1:
            return None
        if took_effect:
            return LostAnswer("no answer")
        raise LostAnswer("no answer")

    port.interfere = interfere
    done = run(port, {"name": "C"}, {"name": "B"}, {"name": "A"}, listed=True)
    assert port.names() == ["C", "B", "A"]
    assert (done.failed, done.changed) == (False, True)
    assert len(port.calls) == (3 if took_effect else 4)


def test_an_order_that_fails_half_way_says_that_something_changed() -> None:
    port = OutboundPbx(rule(1, "A"), rule(2, "B"), rule(3, "C"))
    count: list[str] = []

    def interfere(verb: str, path: str) -> Exception | None:
        count.append(path)
        if len(count) > 1:
            raise Refused("no")
        return None

    port.interfere = interfere
    done = run(port, {"name": "C"}, {"name": "A"}, {"name": "B"}, listed=True)
    assert (done.failed, done.changed, done.labels("update")) == (True, True, [])
    assert "rules (evaluation order) update failed: no" in done.message


def test_rules_that_could_not_be_created_do_not_keep_the_others_from_their_places() -> None:
    port = OutboundPbx(rule(1, "A"), rule(2, "B"))

    def interfere(verb: str, path: str) -> Exception | None:
        if path == RULES:
            raise Refused("limit reached")
        return None

    port.interfere = interfere
    done = run(port, NEW, {"name": "B"}, {"name": "A"}, listed=True)
    assert port.names() == ["B", "A"]
    assert (done.failed, done.changed) == (True, True)
    assert "rules[0] (New) create failed: limit reached" in done.message
    assert '"New" is not there to be put in its place; the other rules are in theirs' in done.message


@pytest.mark.parametrize("took_effect", [True, False])
def test_a_lost_answer_to_a_creation_makes_one_rule_in_its_place(took_effect: bool) -> None:
    port = pbx()

    def interfere(verb: str, path: str) -> Exception | None:
        if path != RULES:
            return None
        port.interfere = lambda verb, path: None
        if took_effect:
            return LostAnswer("no answer")
        raise LostAnswer("no answer")

    port.interfere = interfere
    done = run(port, {"name": "Mobile", "prefix": "015"}, {"name": "National"}, listed=True)
    assert port.names() == ["Emergency", "Mobile", "National", "International"]
    assert (done.failed, done.labels("create")) == (False, ["Mobile"])


def test_a_pbx_that_does_not_move_rules_is_told() -> None:
    port = pbx()
    port.actions["OutboundRules/Pbx.MoveUpDown"] = lambda body: None
    done = run(port, {"name": "International"}, {"name": "National"}, listed=True)
    assert "the PBX accepted the call but did not take: order" in done.message


# --- mishaps


def test_a_purge_without_an_answer_is_looked_at_first() -> None:
    port = pbx()
    port.interfere = lambda verb, path: LostAnswer("no answer")
    done = run(port, {"name": "National"}, state="absent")
    assert (len(port.calls), done.failed, done.labels("delete")) == (1, False, ["National"])


def test_one_refusal_does_not_stop_the_others() -> None:
    port = pbx()

    def interfere(verb: str, path: str) -> Exception | None:
        if path == "OutboundRules(2)":
            raise Refused("Prefix: no")
        return None

    port.interfere = interfere
    done = run(port, {"name": "National", "prefix": "1"}, {"name": "International", "prefix": "2"})
    assert (done.failed, done.changed, done.labels("update")) == (True, True, ["International"])
    assert [outcome.as_dict()["status"] for outcome in done.outcomes] == ["failed", "done"]


def test_everything_wrong_is_told_at_once_and_nothing_is_written() -> None:
    six = [{"trunk_name": "Provider A"}] * 6
    message = refused(
        pbx(),
        {"name": "Fine", "prefix": "1"},
        {"name": "National", "number_length_ranges": "11-9", "prefix": "0,,1"},
        {"name": " "},
        {"name": "Fine"},
        {"name": "Ranges", "dn_ranges": [{"to": "100"}, {"from": "199", "to": "100"}]},
        {"name": "Routes", "routes": six},
        {"name": "Route", "routes": [{"trunk_name": " ", "strip_digits": 300}]},
    )
    assert message.startswith("Nothing was changed.")
    for part in (
        'rules[1] (National) number_length_ranges: "11-9" runs backwards; write 9-11',
        'rules[1] (National) prefix: "0,,1" has an empty part',
        "rules[2] ( ) name: is empty; write the name of the rule",
        "rules[3] (Fine): is also rules[0]; keep one of the two",
        'rules[4] (Ranges) dn_ranges[0]: has no "from"; write from: "100" and to: "199"',
        'rules[4] (Ranges) dn_ranges[1]: from "199" to "100" runs backwards; exchange from and to',
        "rules[5] (Routes) routes: a rule has 5 routes at most and this one 6; leave 1 out",
        "rules[6] (Route) routes[0].trunk_name: is missing; write the name or the number of a trunk",
        "rules[6] (Route) routes[0].strip_digits: 300 is out of range; write 0 to 255",
    ):
        assert part in message


def test_unknown_references_are_told_with_near_misses() -> None:
    message = refused(
        pbx(),
        {"name": "One", "routes": [{"trunk_name": "Provider A"}, {"trunk_name": "Provder B"}]},
        {"name": "Two", "group_names": ["Sales", "___FAVORITES___100"]},
    )
    assert 'rules[0] (One) routes[1].trunk_name: no trunk is called "Provder B"; did you mean "Provider B"' in message
    assert 'rules[1] (Two) group_names[1]: no department is called "___FAVORITES___100"' in message
    assert 'the PBX has "DEFAULT", "Sales"' in message


def test_an_unknown_id_without_a_name_is_told() -> None:
    message = refused(pbx(), {"id": 99, "prefix": "1"}, listed=True)
    assert "rules[0] (id 99) id: no rule has this id; give the name of the rule" in message
    assert not run(pbx(), {"id": 99}, state="absent").changed


def test_a_misspelt_name_is_no_new_rule() -> None:
    message = refused(pbx(), {"name": "International"}, {"name": "Natonal", "emergency_rule": True}, listed=True)
    assert 'rules[1] (Natonal) name: no outbound rule is called "Natonal"; did you mean "National" or' in message
    assert "For a new rule give at least a prefix, number lengths, extensions, departments or routes" in message


def test_absent_needs_only_the_name_to_be_right() -> None:
    done = run(pbx(), {"name": "National", "prefix": ",,", "routes": [{"trunk_name": "Gone"}]}, state="absent")
    assert done.labels("delete") == ["National"]
