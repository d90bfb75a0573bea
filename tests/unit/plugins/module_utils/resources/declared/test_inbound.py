# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inbound rules by trunk, condition and number, on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.inbound import completed
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run

TRUNKS = [
    {"Id": 7, "Number": "10000", "Gateway": {"Name": "Provider A"}},
    {"Id": 8, "Number": "10001", "Gateway": {"Name": "Provider B"}},
]


def rule(id_: int, trunk: int, condition: str, data: str, **more: Any) -> dict[str, Any]:
    return {
        "Id": id_,
        "TrunkDN": {"Id": trunk, "Number": f"1000{trunk - 7}"},
        "Condition": condition,
        "Data": data,
        "OfficeHoursDestination": {"To": "Queue", "Number": "800", "External": ""},
        **more,
    }


def pbx_with(*rules: dict[str, Any]) -> Pbx:
    return Pbx(Trunks=TRUNKS, InboundRules=list(rules))


@pytest.mark.parametrize(
    ("item", "means"),
    [
        ({"trunk_dn": {"name": "A"}}, {"condition": "BasedOnDID"}),
        ({"trunk_dn": {"name": "A"}, "condition": "ForwardAll"}, {}),
        ({"trunk_dn": {"name": "A"}, "id": 5}, {}),
        ({"id": 5}, {}),
        ({"holidays_destination": {"number": "800"}}, {"alter_destination_during_holidays": True}),
        ({"holidays_destination": {"to": "None"}}, {"alter_destination_during_holidays": True}),
        ({"holidays_destination": {"number": ""}}, {"alter_destination_during_holidays": False}),
        ({"holidays_destination": {"number": "800"}, "alter_destination_during_holidays": False}, {}),
        (
            {"out_of_office_hours_destination": {"external": "+49"}},
            {"alter_destination_during_out_of_office_hours": True},
        ),
    ],
)
def test_what_a_rule_means_that_leaves_something_out(item: dict[str, Any], means: dict[str, Any]):
    assert completed(item) == {**item, **means}
    assert completed(completed(item)) == completed(item)


@pytest.mark.parametrize("trunk", ["Provider A", "10000", {"name": "Provider A"}, {"number": "10000"}, {"id": 7}])
def test_the_trunk_goes_by_any_of_its_names(trunk: Any):
    pbx = pbx_with(rule(1, 7, "BasedOnDID", "+49"), rule(2, 8, "BasedOnDID", "+49"))
    done = run(pbx, "InboundRules", {"trunk_dn": trunk, "data": "+49", "rule_name": "Main"})
    assert pbx.calls == [("PATCH", "InboundRules(1)", {"RuleName": "Main"})]
    assert done.items[0]["trunk_dn"] == {"name": "Provider A"}


def test_a_new_rule_is_sent_with_its_trunk_as_a_peer():
    pbx = pbx_with()
    run(pbx, "InboundRules", {"trunk_dn": "Provider B", "data": "+49", "office_hours_destination": "800"})
    body = {
        "TrunkDN": {"Id": 8, "Number": "10001"},
        "Condition": "BasedOnDID",
        "Data": "+49",
        "OfficeHoursDestination": {"To": "Queue", "Number": "800"},
    }
    assert pbx.calls == [("POST", "InboundRules", body)]


def test_a_rule_without_a_number_is_not_one_of_those_with_one():
    pbx = pbx_with(rule(1, 7, "BasedOnDID", "+49"), rule(2, 7, "ForwardAll", ""))
    run(pbx, "InboundRules", {"trunk_dn": "Provider A", "condition": "ForwardAll", "rule_name": "Rest"})
    assert pbx.calls == [("PATCH", "InboundRules(2)", {"RuleName": "Rest"})]
    with pytest.raises(InvalidInput, match="office_hours_destination: is needed, since there is no such inbound rule"):
        run(pbx, "InboundRules", {"trunk_dn": "Provider A", "rule_name": "Main"})


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_rule_without_a_trunk_is_told_from_no_other(state: str):
    with pytest.raises(InvalidInput, match="cannot be told from others; give trunk_dn and condition and data"):
        run(pbx_with(rule(1, 7, "BasedOnDID", "+49")), "InboundRules", {"data": "+49"}, state=state)


def test_an_id_gives_a_rule_another_number():
    pbx = pbx_with(rule(1, 7, "BasedOnDID", "+49"))
    run(pbx, "InboundRules", {"id": 1, "trunk_dn": "Provider A", "condition": "BasedOnDID", "data": "+43"})
    assert pbx.calls == [("PATCH", "InboundRules(1)", {"Data": "+43"})]


# --- purging


def four() -> Pbx:
    pbx = pbx_with(
        rule(1, 7, "BasedOnDID", "+491"),
        rule(2, 7, "BasedOnCallerID", "+492"),
        rule(3, 8, "BasedOnCallerID", "+492"),
        rule(4, 7, "BasedOnCallerID", "+493"),
    )
    pbx.actions["InboundRules/Pbx.BulkInboundRulesDelete"] = lambda body: None
    return pbx


@pytest.mark.parametrize(
    ("purge_filter", "gone"),
    [
        ({"trunk_dn": "Provider B"}, {3}),
        ({"trunk_dn": ["10000", "Provider B"], "condition": "BasedOnCallerID"}, {2, 3, 4}),
        ({"TrunkDN": {"number": "10000"}, "data": ["+491", "+493"]}, {1, 4}),
        ({"office_hours_destination": "801"}, set()),
        ({"office_hours_destination": {"number": "Sales"}, "condition": "BasedOnDID"}, {1}),
    ],
)
def test_a_purge_filter_takes_what_items_take(purge_filter: dict[str, Any], gone: set[int]):
    done = run(four(), "InboundRules", purge=True, purge_filter=purge_filter, check_mode=True)
    assert {change.record.id for change in done.changes} == gone


@pytest.mark.parametrize(
    ("purge_filter", "message"),
    [
        ({"trunk_dn": "Provider C"}, 'purge_filter: trunk_dn: no trunk is called "Provider C"'),
        ({"condition": "BasedOnDid"}, 'condition "BasedOnDid" is none of'),
        ({"trunk": "Provider A"}, "purge_filter: InboundRule has no field trunk"),
    ],
)
def test_a_purge_filter_that_means_nothing(purge_filter: dict[str, Any], message: str):
    with pytest.raises(InvalidInput) as raised:
        run(four(), "InboundRules", purge=True, purge_filter=purge_filter)
    assert message in str(raised.value)


def test_many_go_in_one_call():
    pbx = four()
    run(pbx, "InboundRules", purge=True, purge_filter={"condition": "BasedOnCallerID"})
    assert pbx.calls[0] == ("POST", "InboundRules/Pbx.BulkInboundRulesDelete", {"ids": [2, 3, 4]})
