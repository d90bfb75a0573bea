# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of an item of every set that can be managed, on every version: made, found again, changed, removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from tests.integration.inprocess import run
from tests.simulator.testing import Simulator

ALL = {"list", "get", "create", "update", "delete"}
# What to make, and what to change about it afterwards.
LIVES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "BlackListNumbers": ({"caller_id": "+493099988877"}, {"description": "Sales calls"}),
    "Blocklist": ({"ip_addr_mask": "203.0.113.128/25"}, {"description": "scanner"}),
    "CallFlowApps": ({"number": "877", "name": "Survey"}, {"name": "Survey of today"}),
    "Contacts": (
        {"first_name": "Ada", "phone_number": "+493099988877"},
        {"email": "ada@example.com"},
    ),
    "Fax": ({"number": "877"}, {"outbound_caller_id": "+493099988877"}),
    "Fxs": ({"mac_address": "00AABBCCDDEE", "name": "Hall"}, {"codecs": ["G711", "G729"]}),
    "FxsTemplates": ({"id": "research.fxs.xml", "content": "<doc/>"}, {"content": "<doc></doc>"}),
    "Groups": ({"name": "Research"}, {"language": "DE"}),
    "Holidays": (
        {"name": "Founder's Day", "group": "DEFAULT", "day": 1, "month": 1, "day_end": 1, "month_end": 1},
        {"is_recurrent": True, "time_of_start_date": "PT18H"},
    ),
    "InboundRules": (
        {
            "trunk_dn": {"name": "Provider A"},
            "condition": "BasedOnCallerID",
            "data": "+49*",
            "office_hours_destination": {"to": "Queue", "number": "800"},
        },
        {"rule_name": "Country", "office_hours_destination": {"to": "External", "external": "+4930"}},
    ),
    "OutboundRules": (
        {"name": "Local", "prefix": "9", "routes": [{"trunk_id": "Provider A", "strip_digits": 1}]},
        {"group_ids": ["Sales"], "number_length_ranges": "9-11"},
    ),
    "Parameters": ({"name": "OURS", "value": "1"}, {"value": "2"}),
    "Parkings": ({"number": "SP877"}, {"groups": [{"name": "Sales"}]}),
    "PhoneTemplates": ({"id": "research.ph.xml", "content": "<doc/>"}, {"content": "<doc></doc>"}),
    "Playlists": ({"name": "Quiet", "files": ["a.wav"]}, {"files": ["b.wav", "a.wav"], "shuffle": True}),
    "Queues": (
        {"number": "877", "name": "Help", "agents": [{"number": "101"}, {"number": "100"}]},
        {"agents": [{"number": "100"}, {"number": "101"}], "managers": [{"number": "100"}]},
    ),
    "Receptionists": (
        {"number": "877", "name": "Menu"},
        {"forwards": [{"input": "1", "forward_type": "Queue", "forward_dn": "800"}]},
    ),
    "RingGroups": ({"number": "877", "name": "Hall"}, {"members": [{"number": "101"}], "ring_time": 30}),
    "Sbcs": ({"name": "branch", "display_name": "Branch office"}, {"display_name": "Branch"}),
    "ScheduledReports": (
        {"name": "Calls", "report_type": "CallLogs", "schedule_type": "Daily", "email_addresses": "it@example.com"},
        {"schedule_type": "Weekly"},
    ),
    "ServicePrincipals": ({"number": "apiclient1"}, {"xapi_enabled": True, "groups": [{"name": "Sales"}]}),
    "TenantProperties": ({"name": "OURS", "value": "1"}, {"value": "2", "description": "Ours"}),
    "TrunkTemplates": ({"id": "research.pv.xml", "content": "<doc/>"}, {"content": "<doc></doc>"}),
    "Trunks": (
        {"gateway": {"name": "Provider C", "host": "sip.provider-c.example"}},
        {"did_numbers": ["+493099988877"], "gateway": {"name": "Provider C", "host": "other.provider-c.example"}},
    ),
    "Users": (
        {"number": "477", "first_name": "Ada", "email_address": "ada@example.com"},
        {"groups": [{"name": "Sales", "rights": {"role_name": "managers"}}], "vm_enabled": False},
    ),
    "WebsiteLinks": ({"link": "help", "name": "Help"}, {"chat_enabled": True, "general": {"gdpr_enabled": True}}),
}


@pytest.fixture(scope="module", params=VERSIONS)
def pbx(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(version=request.param) as simulator:
        yield simulator


def manageable(version: str) -> set[str]:
    return {name for name, one in catalog_for(version).sets.items() if one.verbs == ALL}


def test_every_set_that_can_be_managed_has_a_life_here() -> None:
    assert set(LIVES) == set().union(*(manageable(version) for version in VERSIONS))


@pytest.mark.parametrize("entity_set", LIVES)
def test_life_of_an_item(pbx: Simulator, entity_set: str) -> None:
    if entity_set not in manageable(pbx.version):
        pytest.skip(f"{pbx.version} has no {entity_set} that can be created, changed and deleted")
    pbx.reset()
    born, grown = LIVES[entity_set]
    applied(pbx, entity_set, born, kind="created")
    applied(pbx, entity_set, merged(born, grown), kind="updated")
    applied(pbx, entity_set, born, kind="deleted", state="absent")


def merged(born: dict[str, Any], grown: dict[str, Any]) -> dict[str, Any]:
    both = {
        name: value for name, value in born.items() if isinstance(value, dict) and isinstance(grown.get(name), dict)
    }
    return {**born, **grown, **{name: {**value, **grown[name]} for name, value in both.items()}}


def applied(pbx: Simulator, entity_set: str, item: dict[str, Any], *, kind: str, state: str = "present") -> None:
    """Foretold, done, done again without effect, and what came out taken for input again."""
    args = {"set": entity_set, "items": [item], "state": state}
    before = pbx.state()
    foretold = run(pbx, "tcx_object", args, check_mode=True)
    assert not foretold.get("failed"), foretold["msg"]
    assert pbx.state() == before, "check mode changed the PBX"
    done = run(pbx, "tcx_object", args)
    assert not done.get("failed"), done["msg"]
    assert len(done[kind]) == 1, done
    assert (foretold["changed"], foretold["diff"]) == (done["changed"], done["diff"])
    again = run(pbx, "tcx_object", args)
    assert not again["changed"], again["diff"]
    fed_back = run(pbx, "tcx_object", {**args, "items": done["objects"]})
    assert not fed_back.get("failed"), fed_back["msg"]
    assert not fed_back["changed"], fed_back["diff"]


def test_a_list_that_is_right_costs_its_pages_and_nothing_else(pbx: Simulator) -> None:
    pbx.reset()
    for number in range(201):
        pbx.create("Contacts", FirstName="Ada", PhoneNumber=f"+4930{number:05}")
    items = [{"first_name": "Ada", "phone_number": f"+4930{number:05}"} for number in range(201)]
    listed = run(pbx, "tcx_object", {"set": "Contacts", "items": items})
    assert (listed["changed"], listed["api"]["requests"]) == (False, len(pbx.rows("Contacts")) // 100 + 1)
    named = run(pbx, "tcx_object", {"set": "Contacts", "items": items[:20]})
    assert (named["changed"], named["api"]["requests"]) == (False, 1)
