# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The blocklist resource on a PBX of dicts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.blocklist import Blocklist, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import network
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def pbx(**changes: Any) -> FakePort:
    port = FakePort(
        Blocklist=[
            entry(1, "203.0.113.0/24", Description="scanner", **changes),
            entry(2, "198.51.100.7", ExpiresAt="2027-01-31T00:00:00Z"),
            entry(3, "192.0.2.66", AddedBy="AutoBlacklist"),
        ]
    )

    def bulk_delete(body: dict[str, Any]) -> None:
        port.sets["Blocklist"] = [row for row in port.sets["Blocklist"] if row["Id"] not in body["ids"]]

    port.actions["Blocklist/Pbx.BulkIpsDelete"] = bulk_delete
    return port


def entry(number: int, mask: str, **more: Any) -> dict[str, Any]:
    return {"Id": number, "IPAddrMask": mask, "BlockType": "Block", "AddedBy": "Manual", **more}


def run(port: FakePort, *entries: Item, resource: Blocklist | None = None, **options: Any) -> Converged:
    return converge(resource or Blocklist(clock=lambda: NOW), port, entries, **options)


@pytest.mark.parametrize("mask", ["203.0.113.0/24", "203.0.113.0/255.255.255.0"])
def test_a_network_in_any_notation_is_the_same_entry(mask: str):
    port = pbx()
    assert not run(port, {"ip_addr_mask": mask, "description": "scanner"}).changed
    assert port.calls == []


def test_the_notation_of_the_pbx_is_used_for_new_entries():
    port = FakePort(Blocklist=[entry(1, "203.0.113.0/255.255.255.0"), entry(2, "192.0.2.1/255.255.255.255")])
    run(port, {"ip_addr_mask": "198.51.100.0/24"}, {"ip_addr_mask": "198.51.100.7"})
    sent = [call[2]["IPAddrMask"] for call in port.calls]
    assert sent == ["198.51.100.0/255.255.255.0", "198.51.100.7/255.255.255.255"]


@pytest.mark.parametrize(
    ("notation", "sent"),
    [("cidr", "198.51.100.7/32"), ("dotted", "198.51.100.7/255.255.255.255"), ("auto", "198.51.100.7")],
)
def test_the_notation_can_be_chosen(notation: str, sent: str):
    port = FakePort(Blocklist=[])
    run(port, {"ip_addr_mask": "198.51.100.7"}, resource=Blocklist(mask_notation=notation))
    assert port.calls[0][2] == {"IPAddrMask": sent, "BlockType": "Block"}


def test_expiry_is_an_instant_and_can_be_cleared():
    port = pbx()
    assert not run(port, {"ip_addr_mask": "198.51.100.7", "expires_at": "2027-01-31T01:00:30+01:00"}).changed
    run(port, {"ip_addr_mask": "198.51.100.7", "expires_at": ""})
    assert port.calls == [("PATCH", "Blocklist(2)", {"ExpiresAt": None})]


def test_what_has_expired_is_not_written_anew():
    port = pbx()
    assert not run(port, {"ip_addr_mask": "192.0.2.99", "expires_at": "2026-11-22T11:59:00Z"}).changed


def test_block_becomes_allow_on_the_same_entry():
    port = pbx()
    done = run(port, {"ip_addr_mask": "203.0.113.0/24", "block_type": "Allow"})
    assert port.calls == [("PATCH", "Blocklist(1)", {"BlockType": "Allow"})]
    assert done.diff["before"] == {"203.0.113.0/24": {"ip_addr_mask": "203.0.113.0/24", "block_type": "Block"}}


def test_an_entry_without_a_type_keeps_the_one_it_has():
    port = pbx(BlockType="Allow")
    assert not run(port, {"ip_addr_mask": "203.0.113.0/24"}).changed


def test_double_entries_are_changed_and_removed_together():
    port = pbx()
    port.sets["Blocklist"].append(entry(9, "203.0.113.0/255.255.255.0"))
    done = run(port, {"ip_addr_mask": "203.0.113.0/24"}, state="absent")
    assert port.calls == [("POST", "Blocklist/Pbx.BulkIpsDelete", {"ids": [1, 9]})]
    assert done.labels("delete") == ["203.0.113.0/24", "203.0.113.0/24"]
    assert len(done.diff["before"]) == 2


def test_purge_takes_manual_entries_only_unless_told():
    port = pbx()
    done = run(port, {"ip_addr_mask": "203.0.113.0/24"}, purge=True)
    assert done.labels("delete") == ["198.51.100.7"]
    everything = PurgeFilter(added_by=("Manual", "AutoBlacklist"))
    done = run(pbx(), purge=True, resource=Blocklist(purge_filter=everything))
    assert len(done.labels("delete")) == 3


def test_purge_meets_all_conditions_of_its_filter():
    scanners = Blocklist(purge_filter=PurgeFilter(block_type="Block", description="scan"))
    assert run(pbx(), purge=True, resource=scanners).labels("delete") == ["203.0.113.0/24"]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"ip_addr_mask": "203.0.113.9/24"}, r"entries\[0\] \(203.0.113.0/24\) ip_addr_mask: .* has host bits set"),
        ({"ip_addr_mask": "scanner"}, r"entries\[0\] \(scanner\) ip_addr_mask: .* is not an IP address"),
        ({"ip_addr_mask": "192.0.2.1", "expires_at": "soon"}, r"expires_at: \"soon\" is not a time"),
    ],
)
def test_bad_input_is_told_before_anything_is_read(item: Item, words: str):
    port = pbx()
    with pytest.raises(InvalidInput, match=words):
        run(port, item)
    assert port.reads == []


def test_one_network_twice_in_the_list_is_told_with_both_places():
    with pytest.raises(InvalidInput, match=r"entries\[1\] \(192.0.2.0/24\): is also entries\[0\]"):
        run(pbx(), {"ip_addr_mask": "192.0.2.0/24"}, {"ip_addr_mask": "192.0.2.0/255.255.255.0"})


def test_whoever_is_protected_is_not_blocked():
    port, careful = pbx(), Blocklist(never_block=[network("192.0.2.10")])
    with pytest.raises(InvalidInput, match=r"entries\[1\] \(192.0.2.0/24\): would block 192.0.2.10"):
        run(port, {"ip_addr_mask": "198.51.100.1"}, {"ip_addr_mask": "192.0.2.0/24"}, resource=careful)
    assert port.calls == []
    allowed = {"ip_addr_mask": "192.0.2.10", "block_type": "Allow"}
    assert run(port, {"ip_addr_mask": "192.0.2.0/24"}, allowed, resource=careful).changed


def test_taking_away_what_protects_is_refused():
    port = FakePort(Blocklist=[entry(1, "0.0.0.0/0.0.0.0"), entry(2, "192.0.2.10", BlockType="Allow")])
    careful = Blocklist(never_block=[network("192.0.2.10")])
    with pytest.raises(InvalidInput, match=r"by the 0\.0\.0\.0/0 Block entry"):
        run(port, {"ip_addr_mask": "192.0.2.10"}, state="absent", resource=careful)


def test_one_refused_entry_does_not_stop_the_others():
    port = pbx()

    def refuse(verb: str, path: str) -> None:
        if len(port.calls) == 1:
            raise Refused("POST Blocklist: INVALID_IP_MASK")

    port.interfere = refuse
    done = run(port, {"ip_addr_mask": "192.0.2.1"}, {"ip_addr_mask": "192.0.2.2"})
    assert done.labels("create") == ["192.0.2.2"]
    assert "entries[0] (192.0.2.1) create failed: POST Blocklist: INVALID_IP_MASK" in done.message
