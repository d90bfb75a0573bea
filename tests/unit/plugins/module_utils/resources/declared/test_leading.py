# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where calls go: by number alone, by name, outside, nowhere; on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import NUMBERS, Pbx, run

MORE = [
    {"Id": 8, "Number": "830", "Name": "Survey", "Type": "RoutePoint"},
    {"Id": 9, "Number": "SP0", "Name": "SP0", "Type": "Parking"},
]


def written(pbx: Pbx, place: Any) -> Any:
    """What becomes of a ring group that ends calls."""
    pbx.sets["RingGroups"] = [{"Id": 5, "Number": "810", "ForwardNoAnswer": {"To": "None"}}]
    run(pbx, "RingGroups", {"number": "810", "forward_no_answer": place})
    return pbx.calls[-1][2]["ForwardNoAnswer"] if pbx.calls else None


@pytest.mark.parametrize(
    ("place", "sent"),
    [
        ("800", {"To": "Queue", "Number": "800"}),
        (800, {"To": "Queue", "Number": "800"}),
        ("Support", {"To": "Queue", "Number": "801"}),
        ({"number": "Ada"}, {"To": "Extension", "Number": "100"}),
        ("830", {"To": "RoutePoint", "Number": "830"}),
        ({"external": "+4930"}, {"To": "External", "External": "+4930"}),
        ({"to": "VoiceMail", "number": "100"}, {"To": "VoiceMail", "Number": "100"}),
        ({"to": "VoiceMail", "number": "800"}, {"To": "VoiceMail", "Number": "800"}),
        ({"to": "Deflect", "external": "+4930"}, {"To": "Deflect", "External": "+4930"}),
    ],
)
def test_the_kind_of_place_follows_from_the_number(place: Any, sent: dict[str, str]):
    there = written(Pbx(Peers=[*NUMBERS, *MORE]), place)
    assert {name: value for name, value in there.items() if value} == sent


@pytest.mark.parametrize("place", ["", {"to": "None"}, {"number": ""}])
def test_nowhere_is_no_change_where_calls_end(place: Any):
    assert written(Pbx(), place) is None


def test_a_number_that_nobody_has_may_stay_where_calls_end():
    there = {"To": "None", "Number": "899", "External": ""}
    pbx = Pbx(RingGroups=[{"Id": 5, "Number": "810", "ForwardNoAnswer": there, "RingTime": 9}])
    fed_back = {"to": "None", "number": "899", "external": ""}
    run(pbx, "RingGroups", {"number": "810", "forward_no_answer": fed_back, "ring_time": 20})
    assert pbx.calls == [("PATCH", "RingGroups(5)", {"RingTime": 20})]


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("899", 'forward_no_answer.number: no extension or other number is called "899"'),
        ("Salse", 'no extension or other number is called "Salse"'),
        ({"to": "Extension", "number": "800"}, "to: is Extension, but 800 is a Queue; write Queue or VoiceMail"),
        ({"to": "Queue"}, "number: is needed with to Queue"),
        ("SP0", "to: is needed, because nothing says how calls get to SP0, which is a Parking"),
        ({"to": "Queue", "number": "SP0"}, "to: is Queue, but SP0 is a Parking"),
        ({"too": "Queue"}, "too: Destination has no such field; did you mean to"),
        (True, "has to be a dictionary"),
    ],
)
def test_what_cannot_be_meant(place: Any, message: str):
    pbx = Pbx(Peers=[*NUMBERS, *MORE])
    with pytest.raises(InvalidInput) as raised:
        written(pbx, place)
    assert message in str(raised.value)
    assert pbx.calls == []


def test_a_route_may_be_a_number_too():
    pbx = Pbx(Queues=[{"Id": 5, "Number": "800", "HolidaysRoute": {"Prompt": "a.wav", "Route": {"To": "None"}}}])
    run(pbx, "Queues", {"number": "800", "holidays_route": "100"})
    route = {"Prompt": "a.wav", "Route": {"To": "Extension", "Number": "100", "External": ""}}
    assert pbx.calls == [("PATCH", "Queues(5)", {"HolidaysRoute": route})]


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ({"input": "1", "forward_dn": "801"}, {"ForwardDN": "801", "ForwardType": "Queue"}),
        ({"input": 1, "forward_dn": "Ada"}, {"ForwardDN": "100", "ForwardType": "Extension"}),
        ({"input": "1", "forward_type": "EndCall"}, {"ForwardDN": "", "ForwardType": "EndCall"}),
    ],
)
def test_a_key_that_turns_elsewhere_forgets_where_it_led(key: dict[str, Any], sent: dict[str, str]):
    there = {"Id": 1, "Input": "1", "ForwardDN": "800", "ForwardType": "Queue", "CustomData": "", "PeerType": "Queue"}
    pbx = Pbx(Receptionists=[{"Id": 5, "Number": "820", "Forwards": [there]}])
    run(pbx, "Receptionists", {"number": "820", "forwards": [key]})
    assert pbx.calls == [("PATCH", "Receptionists(5)", {"Forwards": [{"Input": "1", **sent, "CustomData": ""}]})]


@pytest.mark.parametrize(("number", "kind"), [("801", "Queue"), ("", "EndCall")])
def test_a_field_of_the_item_itself_leads_somewhere_too(number: str, kind: str):
    pbx = Pbx(Receptionists=[{"Id": 5, "Number": "820", "TimeoutForwardDN": "100", "TimeoutForwardType": "Extension"}])
    done = run(pbx, "Receptionists", {"number": "820", "timeout_forward_dn": number})
    assert pbx.calls == [("PATCH", "Receptionists(5)", {"TimeoutForwardDN": number, "TimeoutForwardType": kind})]
    assert not done.failed
    pbx.calls.clear()
    assert not run(pbx, "Receptionists", {"number": "820", "timeout_forward_dn": number}).changed


def test_what_goes_is_not_asked_where_it_leads():
    pbx = Pbx(RingGroups=[{"Id": 5, "Number": "810"}], InboundRules=[], Receptionists=[], Users=[])
    run(pbx, "RingGroups", {"number": "810", "forward_no_answer": "899"}, state="absent", guarded=False)
    assert pbx.calls == [("DELETE", "RingGroups(5)", {"if_match": None})]


def test_numbers_are_looked_up_together_and_names_only_where_no_number_fits():
    pbx = Pbx(Queues=[])
    run(pbx, "Queues", {"number": "877", "agents": ["100", "Bea"], "forward_no_answer": "800"}, check_mode=True)
    asked = [query[2] for query in pbx.queries if query[0] == "Peers"]
    # The PBX of dicts answers each question with all that it has, so that every number is found at once.
    assert asked == ["(Number eq '100' or Number eq 'Bea' or Number eq '800')", "Name eq 'Bea'"]


def test_of_very_many_numbers_all_peers_are_listed():
    peers = [{"Id": number, "Number": str(number), "Name": "", "Type": "Extension"} for number in range(1000, 1300)]
    pbx = Pbx(Peers=peers, Queues=[])
    run(pbx, "Queues", {"number": "877", "agents": [peer["Number"] for peer in peers]}, check_mode=True)
    assert [query[2] for query in pbx.queries if query[0] == "Peers"] == [None]
