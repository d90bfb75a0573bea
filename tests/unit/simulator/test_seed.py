# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds: the built-in ones, and what a bad one is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.simulator.facts.grammar import VERSIONS
from tests.simulator.seed import SeedError
from tests.unit.simulator.api import Api


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("seed", ["demo", "empty"])
def test_the_built_in_seeds_fit_every_version(version: str, seed: str) -> None:
    api = Api(version, seed)
    assert api.get("SystemStatus").json["FQDN"] == "pbx.example.com"
    assert api.get("Defs").headers["x-3cx-version"].startswith(f"{version}.")


def test_the_demo_pbx_is_what_the_documentation_says(api: Api) -> None:
    def numbers(set_name: str) -> list[str]:
        return [row["Number"] for row in api.rows(f"{set_name}?$select=Number&$orderby=Number")]

    assert [row["Name"] for row in api.rows("Groups?$orderby=Id")] == ["DEFAULT", "Sales", "Support", "Warehouse"]
    assert numbers("Users") == [str(number) for number in range(100, 114)]
    assert numbers("Queues") == ["800", "801"]
    assert numbers("RingGroups") == ["810", "811"]
    assert numbers("Receptionists") == ["820", "821"]
    assert numbers("CallFlowApps") == ["830", "831", "832"]
    assert numbers("Trunks") == ["10000", "10001", "10002"]
    assert [row["Name"] for row in api.rows("OutboundRules?$orderby=Priority")] == [
        "Emergency",
        "Internal mobile",
        "National",
        "International",
        "Legacy fax route",
    ]
    assert len(api.rows("DidNumbers")) == 12
    assert len(api.rows("Blocklist?$filter=AddedBy eq 'Manual'")) == 10
    assert len(api.rows("Backups")) == 2
    assert len(api.rows("ActiveCalls")) == 1


def test_an_empty_pbx_has_what_every_pbx_has() -> None:
    api = Api(seed="empty")
    assert [row["Name"] for row in api.rows("Groups")] == ["DEFAULT"]
    assert len(api.rows("Services")) == 13
    assert api.rows("Users") == api.rows("Trunks") == []


SMALL = """
system: {fqdn: pbx.example.net}
departments: [{name: North}]
users: [{number: 200, first_name: Ada, department: North, properties: {Mobile: "+4915550100"}}]
queues: [{number: 500, name: Help, agents: [200]}]
call_flow_apps: [{number: 600, name: App, script: "class A {}"}]
ivrs:
  - {number: 700, name: Day, forwards: [{input: 1, to: 701}, {input: 2, to: 600}]}
  - {number: 701, name: Night, forwards: [{input: 1, to: 700}], timeout_to: 200}
trunks: [{name: Line, dids: ["+4955501"]}]
routes: [{did: "+4955501", trunk: Line, to: 200, voicemail: true}]
outbound_rules: [{name: Out, prefix: 0, departments: [North], routes: [{trunk: Line, strip: 1}]}]
blocklist: [{network: 192.0.2.1, expires_in: 60}]
services: [{name: 3CXIVR01, status: Stopped}, {name: Custom, display_name: Mine, enabled: false}]
switches: {etag: "on", service_delay: 2}
sets: {Contacts: [{FirstName: Grace}]}
singletons: {MailSettings: {MailServer: mail.example.net}}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "site.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_seed_of_ones_own(tmp_path: Path) -> None:
    api = Api("20.0.10", write(tmp_path, SMALL))
    assert [(row["Number"], row["Mobile"]) for row in api.rows("Users")] == [("200", "+4915550100")]
    assert api.get("SystemStatus").json["FQDN"] == "pbx.example.net"
    rule = api.rows("InboundRules")[0]
    assert rule["OfficeHoursDestination"]["To"] == "VoiceMail"
    menus = api.rows("Receptionists?$orderby=Number&$expand=Forwards")
    assert [[key["PeerType"] for key in menu["Forwards"]] for menu in menus] == [["IVR", "RoutePoint"], ["IVR"]]
    outbound = api.rows("OutboundRules")[0]
    assert (outbound["GroupNames"], outbound["Routes"][0]["TrunkName"]) == (["North"], "Line")
    states = {row["Name"]: row["Status"] for row in api.rows("Services")}
    assert states == {"3CXIVR01": "Stopped", "Custom": "Running"}
    assert "@odata.etag" in api.rows("Contacts")[0]
    assert api.get("MailSettings").json["MailServer"] == "mail.example.net"
    api.pbx.clock.advance(61)
    assert api.rows("Blocklist") == []


def test_a_switch_of_the_caller_wins_over_the_seed(tmp_path: Path) -> None:
    assert "@odata.etag" not in Api("20.0.10", write(tmp_path, SMALL), etag="none").rows("Contacts")[0]


def test_a_seed_is_loaded_whatever_the_switches_refuse() -> None:
    strict: dict[str, Any] = {
        "outbound_short_routes": "refuse",
        "outbound_duplicates": "refuse",
        "outbound_limit": 1,
        "limit_users": 1,
    }
    api = Api(**strict)
    assert len(api.rows("OutboundRules")) == 5
    assert api.post("OutboundRules", {"Name": "x", "Routes": []}).status == 400
    assert Api(blocklist_notation="dotted").get("Blocklist(1)").json["IPAddrMask"] == "203.0.113.0/255.255.255.0"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nope: []", "site.yml: nope: unknown section; known: switches, system"),
        ("users: {}", "site.yml: users: must be a list"),
        ("users: [1]", "site.yml: users[0]: must be a mapping"),
        ("users: [{}]", "site.yml: users[0]: missing 'number'"),
        ("users: [{number: 1, age: 2}]", "site.yml: users[0]: age: unknown key; known: number"),
        ("users: [{number: 1}, {number: 1}]", "site.yml: users[1]: Number: WARNINGS.XAPI.ALREADY_IN_USE"),
        ("users: [{number: 1, department: X}]", "site.yml: users[0]: no department named 'X'"),
        ("queues: [{number: 1, name: Q, agents: [9]}]", "site.yml: queues[0]: Agents: WARNINGS.XAPI.NOT_FOUND"),
        ("ivrs: [{number: 1, name: I, timeout_to: 9}]", "site.yml: ivrs[0]: no peer has the number 9"),
        ("routes: [{did: 1, trunk: T, to: 9}]", "site.yml: routes[0]: nothing that can ring has the number 9"),
        ("outbound_rules: [{name: O, routes: [{trunk: T}]}]", "site.yml: outbound_rules[0]: no trunk named 'T'"),
        ("trunks: [{name: T, kind: smoke}]", "site.yml: trunks[0]: kind: 'smoke' is not one of provider"),
        ("blocklist: [{network: x}]", "site.yml: blocklist[0]: IPAddrMask: WARNINGS.INVALID_IP_MASK"),
        ("blocklist: [{network: 192.0.2.1, expires_at: soon}]", "site.yml: blocklist[0]: not an instant: 'soon'"),
        ("services: [{name: S, status: Tired}]", "site.yml: services[0]: status: 'Tired' is not"),
        ("sets: {Nope: []}", "site.yml: sets: Nope: no such set"),
        ("singletons: {Nope: {}}", "site.yml: singletons: Nope: no such singleton"),
        ("sets: {Contacts: [{Nope: 1}]}", "site.yml: sets: Contact.Nope: no version has such a property"),
        ("sets: {Contacts: [{FirstName: 1}]}", "sets: Contacts: not of the type that Contact wants: FirstName"),
        ("functions: {Nope: {}}", "site.yml: functions: Nope: unknown; known: BackupSettings"),
        ("history: {meetings: 3}", "site.yml: history: meetings: unknown key; known: calls"),
        ("updates: [{name: U, category: Toys}]", "site.yml: updates[0]: category: 'Toys' is not one of TcxPbx"),
        ("switches: {etag: maybe}", "site.yml: switches: switch etag: 'maybe' is not one of"),
        ("[]", "must be a mapping"),
        ("a: [", "site.yml"),
    ],
)
def test_a_bad_seed_is_told_file_and_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SeedError) as caught:
        Api("20.0.10", write(tmp_path, text))
    assert message in str(caught.value)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_set_of_the_demo_has_something_to_look_at(version: str) -> None:
    assert [name for name, entity_set in Api(version).pbx.sets.items() if not entity_set.entities()] == []


def test_what_a_version_lacks_is_left_out_of_a_seed(tmp_path: Path) -> None:
    text = """
sets: {Holidays: [{Name: Fair}], Contacts: [{FirstName: Ada}]}
singletons: {SyslogSettings: {CategoryConfig: {}}, LoggingSettings: {KeepLogsDays: 5}}
functions: {BackupSettings: {Rotation: 4}, FaxFiles: 2, ActivityLog: []}
history: {calls: 3}
updates: [{name: Ours, version: 20.0.4.2000}]
system: {debian_upgrade: true, properties: {BackupScheduled: true}}
"""
    api = Api("20.0.4", write(tmp_path, text))
    assert [row["FirstName"] for row in api.rows("Contacts")] == ["Ada"]
    assert api.get("LoggingSettings").json["KeepLogsDays"] == 5
    assert api.get("Backups/Pbx.GetBackupSettings()").json["Rotation"] == 4
    assert api.get("FaxServerSettings/Pbx.GetFaxFilesSize()").json["value"] == 240_000
    assert len(api.rows("CallHistoryView")) == 3
    assert [row["ServerVersion"] for row in api.get("GetUpdates()").json["Entries"]] == ["20.0.4.2000"]
    assert api.get("HasDebianUpgrade()").json["value"] is True
    assert api.get("SystemStatus").json["BackupScheduled"] is True


def test_a_seed_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"none\.yml"):
        Api("20.0.10", tmp_path / "none.yml")
