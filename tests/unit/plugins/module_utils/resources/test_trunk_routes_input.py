# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DID routes that cannot be: each told with its item, field and remedy, and nothing written."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes import TrunkRoutes
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes_dids import alike, misspelled, unknown_did
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes_peers import MANY, Peers
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.routes_pbx import RoutesPbx, rings

D0, D1 = "+498955500000", "+498955500001"


def problems(port: RoutesPbx, *routes: Item, resource: TrunkRoutes | None = None, **options: Any) -> list[str]:
    with pytest.raises(InvalidInput) as caught:
        converge(resource or TrunkRoutes(), port, routes, **options)
    assert port.calls == []
    return str(caught.value).removeprefix("Nothing was changed. ").split("; routes[")


def route(did: str = D0, trunk: str = "Provider A", destination: str | None = "800") -> Item:
    return {"did": did, "trunk": trunk, "destination": destination}


def problem(item: Item, port: RoutesPbx | None = None, **options: Any) -> str:
    return problems(port or RoutesPbx(), item, **options)[0]


def test_a_plus_that_yaml_dropped_is_seen():
    told = problem(route("498955500001"))
    assert told == (
        f'routes[0] (498955500001 on Provider A) did: "498955500001" is "{D1}" in another spelling, and DIDs compare'
        " exactly as text; write it as Provider A has it (in quotes: without them YAML drops the plus)"
    )


@pytest.mark.parametrize("spelling", ["+49 89 555 00001", "00498955500001", f" {D1}"])
def test_other_spellings_are_seen_even_where_dids_may_be_added_or_are_removed(spelling: str):
    assert f'"{D1}" in another spelling' in problem(route(spelling), resource=TrunkRoutes(add_missing_dids=True))
    assert f'"{D1}" in another spelling' in problem(route(spelling), state="absent")


def test_an_unknown_did_names_those_that_look_alike():
    told = problem(route("+49895550000"))
    assert "is not among the DIDs of Provider A; did you mean" in told
    assert "or set add_missing_dids: true to add it" in told


def test_a_did_with_spaces_is_not_added():
    told = problem(route("+44 20 7946 0000"), resource=TrunkRoutes(add_missing_dids=True))
    assert "did: has spaces" in told


def test_a_did_of_another_trunk_is_unknown_on_this_one():
    assert "it has +43120001, +43120002; correct the DID" in problem(route(D0, "Provider B"))


def test_unknown_and_useless_trunks():
    assert 'trunk: no trunk is called "Provider Q"; did you mean' in problem(route(trunk="Provider Q"))
    assert '"Branch" is a bridge to another PBX' in problem(route(trunk="Branch"))
    assert '"10015" is an internal trunk of the PBX' in problem(route(trunk="10015"))


def test_a_name_that_two_trunks_have_is_ambiguous_and_their_numbers_are_not():
    port = RoutesPbx()
    port.sets["Trunks"][1]["Gateway"]["Name"] = "Provider A"
    told = problem(route(), port)
    assert 'may be "Provider A" (10012, id 12) and "Provider A" (10013, id 13)' in told
    done = converge(TrunkRoutes(), port, [route(trunk="10012")])
    assert done.items[0]["trunk"] == "10012"


def test_destinations_that_cannot_ring():
    assert '"899" is not the number of an extension, queue' in problem(route(destination="899"))
    assert "did you mean 800 (Queue Sales)? Write its number" in problem(route(destination="sales"))
    assert "SP1 (Parking) cannot be the destination of a DID" in problem(route(destination="SP1"))
    assert "use state: absent to unroute the DID" in problem(route(destination=""))
    assert "destination: is required, since the DID has no route yet" in problem(route(destination=None))


def test_everything_wrong_is_told_at_once():
    told = problems(RoutesPbx(), route("1", "Provider A", "899"), route(D0, "Nowhere"), route(D1))
    assert [text.split("]")[0] for text in told] == ["routes[0", "0", "1"]


def test_one_did_for_two_destinations():
    assert problems(RoutesPbx(), route(D0, destination="800"), route(D0, destination="801")) == [
        f"routes[1] ({D0} on Provider A): is also routes[0]; keep one of the two"
    ]


@pytest.mark.parametrize("routed", [True, False])
def test_one_did_twice_with_its_trunk_named_in_two_ways(routed: bool):
    port = RoutesPbx()
    if routed:
        port.rule(D0, "820")
    told = problems(port, route(D0, "Provider A", "800"), route(D0, "10012", "801"))
    assert len(told) == 1
    assert "routes[0]; keep one of the two" in told[0]


def test_two_handmade_rules_for_one_did():
    port = RoutesPbx()
    first = port.rule(D0, "800")
    second = port.rule(D0, "800", OfficeHoursDestination=rings("External", external="+4930123"))
    told = problem(route(D0, destination="801"), port)
    assert f"has the inbound rules {first} and {second} (Queue 800 and External +4930123)" in told


def test_purge_trunks_have_to_be_there():
    resource = TrunkRoutes(purge=True, purge_trunks=("Provider Q",))
    told = problem(route(), resource=resource, purge=True)
    assert told.startswith('purge_trunks: no trunk is called "Provider Q"')


def test_more_removals_than_allowed():
    port = RoutesPbx()
    port.rule(D0, "800")
    port.rule(D1, "800")
    told = problems(port, route(), resource=TrunkRoutes(purge=True), purge=True, max_deletions=0)
    assert told == ["routes: this would delete 1 DID routes, more than max_deletions=0"]


def test_likely_dids():
    known = ["+498955500001", "+498955500002", "+43120001"]
    assert alike("08955500002", known)[0] == "+498955500002"
    assert misspelled("+49895550001", known) == []
    assert misspelled("+498955500001", ["498955500001"]) == []
    assert "the trunk has no DIDs at all" in unknown_did("1", "A", [])
    assert "it has 9 others, none like it" in unknown_did("1", "A", [str(n) * 9 for n in range(9)])


def peers(count: int) -> FakePort:
    rows = [{"Id": n, "Number": str(n), "Type": "Extension"} for n in range(1000, 1000 + count)]
    return FakePort(Peers=rows)


@pytest.mark.parametrize(("asked", "calls"), [(1, 1), (15, 1), (16, 2), (MANY, 10), (MANY + 1, 1)])
def test_numbers_are_looked_up_many_at_once(asked: int, calls: int):
    port, found = peers(MANY + 1), Peers()
    found.ask(port, [str(n) for n in range(1000, 1000 + asked)])
    assert port.reads == ["Peers"] * calls
    found.ask(port, ["1000"])
    assert len(port.reads) == calls
