# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import declaration_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunks import Trunks
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

EMERGENCY = "OutboundRules/Pbx.GetEmergencyOutboundRules()"
FORM = {
    "@odata.context": "x",
    "Id": 0,
    "Number": "",
    "Direction": "Both",
    "DidNumbers": [],
    "Gateway": {"Name": "", "Host": "", "Port": 5060, "TemplateFilename": "generic.pv.xml"},
}


def trunk(number: int, name: str, **more: Any) -> dict[str, Any]:
    gateway = {"Name": name, "Type": "Provider", "Host": "sip.example.com", **more.pop("Gateway", {})}
    return {"Id": number, "Number": str(9988 + number), "Gateway": gateway, "DidNumbers": [], **more}


def inbound(number: int, trunk_id: int, did: str = "", name: str = "") -> dict[str, Any]:
    condition = "BasedOnDID" if did else "ForwardAll"
    return {"Id": number, "RuleName": name, "Condition": condition, "Data": did, "TrunkDN": {"Id": trunk_id}}


def outbound(number: int, name: str, *trunks: int) -> dict[str, Any]:
    return {"Id": number, "Name": name, "Routes": [{"TrunkId": one} for one in (*trunks, -1, -1)]}


def pbx(**sets: Any) -> FakePort:
    port = FakePort(
        **{
            "Trunks": [trunk(12, "Provider A"), trunk(13, "Provider B", DidNumbers=["+4930555011", "+4930555012"])],
            "TrunkTemplates": [{"Id": "generic.pv.xml", "Name": "Generic"}],
            "OutboundRules": [],
            EMERGENCY: [],
            "InboundRules": [],
            "Groups": [],
            **sets,
        }
    )
    port.actions["Trunks/Pbx.InitTrunk"] = lambda parameters: {**FORM, "Gateway": dict(FORM["Gateway"])}
    port.actions["Trunks/Pbx.InitSlaveBridge"] = lambda parameters: {"Direction": "Both", "Gateway": {"Port": 5090}}
    return port


def run(port: FakePort, *items: Item, guarded: bool = True, always: bool = False, **options: Any) -> Converged:
    resource = Trunks(
        declaration_for("Trunks"), option="trunks", guarded=guarded, always=always, whole=options.get("purge", False)
    )
    return converge(resource, port, items, **options)


def refusal(port: FakePort, *items: Item, **options: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        run(port, *items, **options)
    assert port.calls == []
    return str(caught.value)


def test_the_form_of_the_template_is_filled_in_and_its_empty_key_is_not_sent() -> None:
    port = pbx()
    run(port, {"name": "Provider C", "template": "generic.pv.xml", "host": "sip.c.example", "auth_password": "hush"})
    assert port.calls == [
        (
            "POST",
            "Trunks",
            {
                "Direction": "Both",
                "DidNumbers": [],
                "Gateway": {
                    "Name": "Provider C",
                    "Host": "sip.c.example",
                    "Port": 5060,
                    "TemplateFilename": "generic.pv.xml",
                },
                "AuthPassword": {"Value": "hush"},
            },
        )
    ]


def test_a_password_is_plain_text_on_20_0_4_and_a_secret_all_the_same() -> None:
    port = pbx()
    port.version = "20.0.4.10"
    done = run(port, {"name": "Provider A", "auth_password": "hush"}, always=True)
    assert port.calls == [("PATCH", "Trunks(12)", {"AuthPassword": "hush"})]
    assert "hush" not in str((done.items, done.diff))


def test_a_bridge_needs_no_template() -> None:
    port = pbx()
    run(port, {"name": "Branch", "gateway": {"type": "BridgeSlave"}})
    assert port.calls[0][2]["Gateway"] == {"Port": 5090, "Name": "Branch", "Type": "BridgeSlave"}


def test_the_template_of_a_trunk_that_exists_is_history() -> None:
    port = pbx()
    assert not run(port, {"name": "Provider A", "template": "unknown.pv.xml"}).changed


@pytest.mark.parametrize(
    ("sets", "user"),
    [
        ({"OutboundRules": [outbound(1, "National", 12)]}, 'outbound rule "National"'),
        ({EMERGENCY: [outbound(1, "Police", 13, 12)]}, 'emergency rule "Police"'),
        ({"InboundRules": [inbound(1, 12, "+4989", "Main")]}, 'inbound rule "Main +4989"'),
        ({"InboundRules": [inbound(7, 12)]}, 'inbound rule "7"'),
    ],
)
def test_a_trunk_in_use_is_not_removed(sets: dict[str, Any], user: str) -> None:
    told = refusal(pbx(**sets), {"name": "Provider A"}, state="absent")
    assert f"trunks[0] (Provider A): is still used by {user}; change these first, or set force: true" in told


def test_an_emergency_rule_that_is_in_both_lists_is_told_once() -> None:
    rules = [outbound(1, "Police", 12)]
    told = refusal(pbx(OutboundRules=rules, **{EMERGENCY: rules}), {"name": "Provider A"}, state="absent")
    assert told.count("Police") == 1


def test_of_very_many_users_some_are_told() -> None:
    rules = [inbound(number, 12, f"+49{number}") for number in range(30)]
    told = refusal(pbx(InboundRules=rules), {"name": "Provider A"}, state="absent")
    assert "20 more" in told
    assert told.count("inbound rule") == 10


def test_forced_nothing_is_read_of_the_rules() -> None:
    port = pbx(OutboundRules=[outbound(1, "National", 12)])
    run(port, {"name": "Provider A"}, state="absent", guarded=False)
    assert [call[1] for call in port.calls] == ["Trunks(12)"]
    assert not {"OutboundRules", EMERGENCY, "InboundRules"} & set(port.reads)


def test_a_trunk_that_only_others_use_goes() -> None:
    port = pbx(OutboundRules=[outbound(1, "National", 13)], InboundRules=[inbound(1, 13, "+4930555011")])
    assert run(port, {"name": "Provider A"}, state="absent").labels("delete") == ["Provider A"]


def test_dids_without_a_rule_may_be_left_out_and_added() -> None:
    port = pbx(InboundRules=[inbound(1, 13, "+4930555011"), inbound(2, 13)])
    run(port, {"name": "Provider B", "did_numbers": ["+4930555013", "+4930555011"]})
    assert port.calls == [("PATCH", "Trunks(13)", {"DidNumbers": ["+4930555013", "+4930555011"]})]


def test_a_routed_did_is_not_left_out_by_mistake() -> None:
    port = pbx(InboundRules=[inbound(1, 13, "+4930555011", "Front desk")])
    told = refusal(port, {"name": "Provider B", "did_numbers": ["+4930555012"]})
    assert 'did_numbers: replaces the whole list and leaves out DIDs of inbound rule "Front desk +4930555011"' in told


def test_rules_are_read_when_something_goes_and_not_before() -> None:
    port = pbx()
    run(port, {"name": "Provider B", "did_numbers": ["+4930555011", "+4930555012", "+4930555013"]})
    assert "InboundRules" not in port.reads


def test_an_internal_trunk_stays() -> None:
    port = pbx(
        Trunks=[trunk(12, "Own", Gateway={"Internal": True}), trunk(13, "Branch", Gateway={"Type": "BridgeMaster"})]
    )
    assert "is internal to the PBX" in refusal(port, {"name": "Own"}, state="absent", guarded=False)
    assert not run(port, purge=True).changed


def test_a_number_of_another_trunk_is_told_before_anything_is_written() -> None:
    told = refusal(pbx(), {"name": "Provider C", "number": "10000", "template": "generic.pv.xml"})
    assert 'number: is the number of "Provider A"; give its id (12) to rename it' in told


def test_an_id_renames() -> None:
    port = pbx()
    assert run(port, {"id": 12, "name": "Provider Z"}).labels("update") == ["Provider A"]
    assert port.sets["Trunks"][0]["Gateway"]["Name"] == "Provider Z"
    assert port.sets["Trunks"][0]["Gateway"]["Host"] == "sip.example.com"
