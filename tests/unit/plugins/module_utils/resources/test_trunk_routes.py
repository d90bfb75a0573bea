# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DID routes on a PBX of dicts: what is written, and what survives it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes import TrunkRoutes
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused, ServerFault
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.routes_pbx import (
    A,
    B,
    RoutesPbx,
    TakeOver,
    rings,
)

D0, D1, D2, D3 = (f"+498955500{n:03}" for n in range(4))
SET = "Trunks/Pbx.SetRoutes"


def to(did: str, destination: str | None = None, trunk: str = "Provider A", **more: Any) -> Item:
    return {"did": did, "trunk": trunk, "destination": destination, **more}


def run(port: RoutesPbx, *routes: Item, resource: TrunkRoutes | None = None, **options: Any) -> Converged:
    return converge(resource or TrunkRoutes(), port, routes, **options)


def purge(port: RoutesPbx, *routes: Item, trunks: tuple[str, ...] = ()) -> tuple[Converged, TrunkRoutes]:
    resource = TrunkRoutes(purge=True, purge_trunks=trunks)
    return run(port, *routes, resource=resource, purge=True), resource


# --- routing


def test_a_new_route_leaves_the_other_dids_of_the_destination_alone_on_all_trunks():
    port = RoutesPbx()
    port.rule(D1, "800")
    port.rule("+43120001", "800", B)
    done = run(port, to(D0, "800", display_name="Sales"))
    assert done.labels("create") == [f"{D0} on Provider A"]
    assert port.sent() == [
        {
            "routes": {
                "Id": 61,
                "Routes": [
                    {"DID": D1, "TrunkId": A, "DisplayName": f"Name of {D1}"},
                    {"DID": "+43120001", "TrunkId": B, "DisplayName": "Name of +43120001"},
                    {"DID": D0, "TrunkId": A, "DisplayName": "Sales"},
                ],
            }
        }
    ]
    assert (port.where(D1), port.where("+43120001", B), port.where(D0)) == (["800"], ["800"], ["800"])


def test_what_is_as_wanted_is_not_written():
    port = RoutesPbx()
    port.rule(D0, "800", RuleName="Sales")
    assert not run(port, to(D0, "800", display_name="Sales")).changed
    assert port.calls == []


def test_the_trunk_may_be_named_by_its_number():
    port = RoutesPbx()
    port.rule(D0, "800")
    assert not run(port, to(D0, "800", "10012")).changed
    assert run(port, to(D1, "800", "10012"), check_mode=True).items[0]["trunk"] == "Provider A"


def test_a_did_of_the_same_digits_on_another_trunk_is_another_did():
    port = RoutesPbx()
    port.sets["Trunks"][1]["DidNumbers"].append(D0)
    port.rule(D0, "800")
    run(port, to(D0, "801", "Provider B"))
    assert (port.where(D0, A), port.where(D0, B)) == (["800"], ["801"])


def test_a_did_moves_with_one_call_and_keeps_its_name():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "800")
    done = run(port, to(D0, "801"))
    assert port.written() == [(62, [D0])]
    assert (port.where(D0), port.where(D1), port.name_of(D0)) == (["801"], ["800"], f"Name of {D0}")
    assert done.diff["before"][f"{D0} on Provider A"]["destination"] == "800"
    assert done.diff["after"][f"{D0} on Provider A"]["destination"] == "801"


def test_a_renamed_route_keeps_its_destination():
    port = RoutesPbx()
    port.rule(D0, "800")
    assert run(port, to(D0, display_name="Sales")).labels("update") == [f"{D0} on Provider A"]
    assert (port.where(D0), port.name_of(D0)) == (["800"], "Sales")


def test_two_destinations_can_swap_their_dids():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "801")
    assert not run(port, to(D0, "801"), to(D1, "800")).failed
    assert (port.where(D0), port.where(D1)) == (["801"], ["800"])


def test_no_did_is_without_a_route_between_two_calls():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "801")
    port.rule(D2, "820")
    seen: list[tuple[int, ...]] = []

    def look(_verb: str, _path: str) -> None:
        seen.append(tuple(len(port.where(did)) for did in (D0, D1, D2)))

    port.interfere = look
    run(port, to(D0, "801"), to(D1, "820"), to(D2, "800"), to(D3, "800"))
    assert len(port.written()) == 3
    assert set(seen) == {(1, 1, 1)}


def test_many_dids_cost_one_call_for_each_destination():
    port = RoutesPbx()
    dids = [f"+49301{n:04}" for n in range(1000)]
    port.sets["Trunks"][0]["DidNumbers"] += dids
    run(port, *(to(did, "800" if n % 2 else "801") for n, did in enumerate(dids)))
    assert [path for _verb, path, _body in port.calls] == ["Defs/Pbx.GetRoutes", SET, SET]
    assert port.reads == ["Trunks", "InboundRules", "Peers", "InboundRules"]
    assert not run(port, *(to(did, "800" if n % 2 else "801") for n, did in enumerate(dids))).changed


def test_a_route_that_getroutes_tells_and_the_rules_do_not_survives():
    port = RoutesPbx()
    port.rule(D1, "800", Condition="ForwardAll")
    run(port, to(D0, "800"))
    assert port.written() == [(61, [D1, D0])]


def test_a_route_that_getroutes_does_not_tell_is_looked_at_again_and_survives():
    port = RoutesPbx()
    port.rule(D1, "800")
    port.forgotten.add("800")
    run(port, to(D0, "800"))
    assert port.written() == [(61, [D1, D0])]
    assert port.reads.count("InboundRules") == 3


# --- how a PBX may take over


def test_a_did_that_stays_at_the_old_destination_is_taken_from_it():
    port = RoutesPbx("both")
    port.rule(D0, "800")
    port.rule(D1, "800")
    done = run(port, to(D0, "801"))
    assert not done.failed
    assert port.written() == [(62, [D0]), (61, [D1])]
    assert port.where(D0) == ["801"]


def test_a_pbx_that_refuses_to_take_over_gets_the_rules_turned():
    port = RoutesPbx("refuse")
    port.rule(D0, "800")
    done = run(port, to(D0, "801"), to(D1, "801"))
    assert not done.failed
    assert (port.where(D0), port.where(D1), port.name_of(D0)) == (["801"], ["801"], f"Name of {D0}")
    aim = rings("Queue", "801")
    following = ("OfficeHoursDestination", "OutOfOfficeHoursDestination", "HolidaysDestination")
    assert [body for verb, _path, body in port.calls if verb == "PATCH"] == [dict.fromkeys(following, aim)]


def test_two_rules_for_one_did_become_one():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D0, "801")
    assert not run(port, to(D0, "801")).failed
    assert port.where(D0) == ["801"]
    assert port.written() == [(61, [])]


# --- unrouting


def test_absent_unroutes_and_leaves_the_rest():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "800")
    done = run(port, to(D0), state="absent")
    assert done.labels("delete") == [f"{D0} on Provider A"]
    assert (port.where(D0), port.where(D1)) == ([], ["800"])
    assert not run(port, to(D0), to(D3), state="absent").changed


def test_the_last_did_of_a_destination_goes_also_where_an_empty_list_clears_nothing():
    port = RoutesPbx(empty_clears=False)
    number = port.rule(D0, "800")
    assert not run(port, to(D0), state="absent").failed
    assert port.sent("InboundRules/Pbx.BulkInboundRulesDelete") == [{"ids": [number]}]
    assert port.where(D0) == []


def test_a_route_to_a_number_that_is_gone_can_be_unrouted():
    port = RoutesPbx()
    number = port.rule(D0, "199")
    assert not run(port, to(D0), state="absent").failed
    assert port.sent("InboundRules/Pbx.BulkInboundRulesDelete") == [{"ids": [number]}]


def test_purge_stays_within_the_trunks_that_are_named():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "801")
    port.rule("+43120001", "800", B)
    done, _resource = purge(port, to(D0, "800"))
    assert done.labels("delete") == [f"{D1} on Provider A"]
    assert port.where("+43120001", B) == ["800"]
    done, _resource = purge(port, trunks=("Provider B",))
    assert done.labels("delete") == ["+43120001 on Provider B"]
    assert port.where(D0) == ["800"]


def test_purge_and_a_move_on_the_same_destinations_are_one_call_each():
    port = RoutesPbx()
    for did, number in ((D0, "800"), (D1, "800"), (D2, "801")):
        port.rule(did, number)
    done, _resource = purge(port, to(D0, "801"))
    assert not done.failed
    assert sorted(port.written()) == [(61, []), (62, [D0])]
    assert (port.where(D0), port.where(D1), port.where(D2)) == (["801"], [], [])


# --- DIDs that a trunk lacks


def test_missing_dids_are_added_to_what_the_trunk_then_has():
    port = RoutesPbx()
    known = list(port.sets["Trunks"][1]["DidNumbers"])
    resource = TrunkRoutes(add_missing_dids=True)
    done = run(port, to("+43120003", "800", "Provider B"), to("+43120004", "801", "Provider B"), resource=resource)
    patches = [(path, body) for verb, path, body in port.calls if verb == "PATCH"]
    assert patches == [(f"Trunks({B})", {"DidNumbers": [*known, "+43120003", "+43120004"]})]
    assert done.diff["after"]["+43120003 on Provider B"]["new_did"] is True
    assert port.where("+43120004", B) == ["801"]


def test_a_trunk_that_takes_no_dids_fails_its_routes_only():
    port = RoutesPbx()

    def refuse(_verb: str, path: str) -> None:
        if path.startswith("Trunks("):
            raise Refused("no more DIDs", status=400)

    port.interfere = refuse
    resource = TrunkRoutes(add_missing_dids=True)
    routes = to("+43120003", "800", "Provider B"), to("+43120004", "801", "Provider B"), to(D0, "820")
    done = run(port, *routes, resource=resource)
    assert [outcome.status for outcome in done.outcomes] == ["failed", "failed", "done"]
    assert "no more DIDs" in done.message
    assert len([path for _verb, path, _body in port.calls if path.startswith("Trunks(")]) == 1


def test_added_dids_count_as_a_change_even_if_they_cannot_be_routed():
    port = RoutesPbx()

    def refuse(_verb: str, path: str) -> None:
        if path == SET:
            raise Refused("no", status=400)

    port.interfere = refuse
    done = run(port, to("+43120003", "800", "Provider B"), resource=TrunkRoutes(add_missing_dids=True))
    assert (done.failed, done.changed) == (True, True)
    port.interfere = lambda verb, path: None
    assert run(port, to("+43120003", "800", "Provider B")).labels("create") == ["+43120003 on Provider B"]


# --- rules that are more than a route


def test_own_hours_stay_when_a_did_moves():
    port = RoutesPbx()
    hours = {"AlterDestinationDuringOutOfOfficeHours": True, "OutOfOfficeHoursDestination": rings("VoiceMail", "100")}
    number = port.rule(D0, "800", **hours)
    done = run(port, to(D0, "801"), to(D1, "801"))
    assert ("PATCH", f"InboundRules({number})") in [call[:2] for call in port.calls]
    row = port.sets["InboundRules"][0]
    assert (row["OfficeHoursDestination"]["Number"], row["OutOfOfficeHoursDestination"]["Number"]) == ("801", "100")
    assert done.items[0]["out_of_office_hours_destination"] == "VoiceMail 100"
    assert done.diff["after"][f"{D0} on Provider A"]["out_of_office_hours_destination"] == "VoiceMail 100"
    assert port.written() == [(62, [D0, D1])]


def test_other_hours_that_are_not_in_force_are_none():
    port = RoutesPbx()
    port.rule(D0, "800", OutOfOfficeHoursDestination=rings("VoiceMail", "100"))
    assert run(port, to(D0, "800")).items[0]["out_of_office_hours_destination"] is None


@pytest.mark.parametrize("place", [rings("External", external="+4930123"), rings("VoiceMail", "100")])
def test_a_rule_that_rings_no_number_is_shown_and_can_be_replaced(place: dict[str, Any]):
    port = RoutesPbx()
    port.rule(D0, "800", OfficeHoursDestination=place)
    before = run(port, to(D0)).items[0]
    assert (before["destination"], before["office_hours_destination"]) == (
        None,
        f"{place['To']} {place['Number'] or place['External']}",
    )
    done = run(port, before)
    assert not done.changed
    done = run(port, to(D0, "800"))
    assert done.diff["before"][f"{D0} on Provider A"]["office_hours_destination"] == before["office_hours_destination"]
    assert done.diff["after"][f"{D0} on Provider A"]["office_hours_destination"] is None
    assert port.where(D0) == ["800"]


def test_a_rule_that_rings_no_number_can_be_renamed_without_a_destination():
    port = RoutesPbx()
    number = port.rule(D0, "800", OfficeHoursDestination=rings("External", external="+4930123"))
    run(port, to(D0, display_name="On call"))
    assert port.calls == [("PATCH", f"InboundRules({number})", {"RuleName": "On call"})]


def test_purge_leaves_what_rings_no_number_and_says_so():
    port = RoutesPbx()
    port.rule(D0, "800", OfficeHoursDestination=rings("External", external="+4930123"))
    done, resource = purge(port, to(D1, "800"))
    assert (done.labels("delete"), port.where(D0)) == ([], ["+4930123"])
    assert len(resource.notices()) == 1
    assert resource.notices()[0].startswith(f"{D0} on Provider A is not listed and purge leaves it: External +4930123")
    _done, resource = purge(port, to(D1, "800"), to(D0))
    assert resource.notices() == []


def test_absent_removes_it_and_tells_what_it_was():
    port = RoutesPbx()
    number = port.rule(D0, "800", OfficeHoursDestination=rings("External", external="+4930123"))
    resource = TrunkRoutes()
    run(port, to(D0), resource=resource, state="absent")
    assert port.sent("InboundRules/Pbx.BulkInboundRulesDelete") == [{"ids": [number]}]
    assert resource.notices() == [
        f"{D0} on Provider A: its inbound rule says more than a DID route can, and goes with it: External +4930123"
    ]


def test_a_rule_that_only_ends_the_call_is_no_route():
    port = RoutesPbx()
    port.rule(D0, "800", OfficeHoursDestination=rings())
    assert not run(port, to(D0), state="absent").changed
    assert run(port, to(D0, "800")).labels("create") == [f"{D0} on Provider A"]


def test_a_route_that_changes_though_nobody_asked_is_told():
    port = RoutesPbx()
    port.rule(D1, "800")
    resource = TrunkRoutes()

    def disturb(_verb: str, path: str) -> None:
        if path == SET:
            port.sets["InboundRules"][0]["AlterDestinationDuringHolidays"] = True
            port.sets["InboundRules"][0]["HolidaysDestination"] = rings("VoiceMail", "101")

    port.interfere = disturb
    run(port, to(D0, "800"), resource=resource)
    told = f"{D1} on Provider A was Queue 800 and is now Queue 800, on holidays VoiceMail 101"
    assert resource.notices() == [f"{told}, though this task was not to change it"]


# --- what goes wrong


def test_an_answer_that_was_lost_after_the_effect_is_done():
    port = RoutesPbx()
    port.interfere = lambda verb, path: LostAnswer("cut") if path == SET else None
    done = run(port, to(D0, "800"))
    assert [outcome.status for outcome in done.outcomes] == ["done"]
    assert len(port.written()) == 1


def test_an_answer_that_was_lost_before_the_effect_is_tried_once_more():
    port = RoutesPbx()
    port.rule(D0, "801")
    cuts = [LostAnswer("cut")]

    def cut(_verb: str, path: str) -> None:
        if path == SET and cuts:
            raise cuts.pop()

    port.interfere = cut
    assert not run(port, to(D0, "800")).failed
    assert port.where(D0) == ["800"]
    assert len(port.written()) == 2


def test_a_refused_destination_does_not_stop_the_others_and_loses_no_did():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "801")

    def refuse(_verb: str, path: str) -> None:
        if path == SET and port.sent()[-1]["routes"]["Id"] == 62:
            raise ServerFault("broken", status=500)

    port.interfere = refuse
    done = run(port, to(D0, "801"), to(D2, "800"), to(D1, "820"))
    assert [outcome.status for outcome in done.outcomes] == ["failed", "done", "done"]
    assert (port.where(D0), port.where(D1), port.where(D2)) == (["800"], ["820"], ["800"])
    assert f"routes[0] ({D0} on Provider A)" in done.message


def test_what_the_pbx_never_takes_is_a_failure():
    port = RoutesPbx()
    port.actions[SET] = lambda body: None
    done = run(port, to(D0, "800"))
    assert done.failed
    assert "accepted the call but the DID route is not there" in done.message
    assert len(port.sent()) == 2


def test_check_mode_reads_only_and_predicts_the_diff():
    port = RoutesPbx()
    port.rule(D0, "800")
    routes = (to(D0, "801"), to(D1, "820", display_name="Menu"))
    foreseen = run(port, *routes, check_mode=True)
    assert port.calls == []
    done = run(port, *routes)
    assert (foreseen.changed, foreseen.diff) == (done.changed, done.diff)


class Killed(Exception):
    """The run ends here, as by SIGKILL."""


@pytest.mark.parametrize("take_over", ["take", "both", "refuse"])
def test_a_run_that_is_killed_at_any_call_loses_no_route_and_the_next_one_ends_as_wanted(take_over: TakeOver):
    routes = (to(D0, "801"), to(D1, "800"), to(D2, "820"), to("+43120009", "800", "Provider B"))
    for position in range(12):
        port = RoutesPbx(take_over)
        for did, number in ((D0, "800"), (D1, "801"), (D2, "800"), (D3, "801")):
            port.rule(did, number)
        port.interfere = killer(port, position)
        try:
            run(port, *routes, resource=TrunkRoutes(add_missing_dids=True))
            assert position > 3
        except Killed:
            assert all(port.where(did) for did in (D0, D1, D2, D3))
        port.interfere = lambda verb, path: None
        assert not run(port, *routes, resource=TrunkRoutes(add_missing_dids=True)).failed
        assert [port.where(did) for did in (D0, D1, D2, D3)] == [["801"], ["800"], ["820"], ["801"]]
        assert port.where("+43120009", B) == ["800"]


def killer(port: RoutesPbx, position: int) -> Callable[[str, str], None]:
    def kill(_verb: str, _path: str) -> None:
        if len(port.calls) > position:
            raise Killed

    return kill
