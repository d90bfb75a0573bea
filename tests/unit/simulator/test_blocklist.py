# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The blocklist: notations, duplicates, expiry, what the PBX adds by itself."""

from __future__ import annotations

import pytest

from tests.unit.simulator.api import Api


def block(api: Api, network: str, **more: str) -> dict[str, str]:
    answer = api.post("Blocklist", {"IPAddrMask": network, **more})
    assert answer.status == 201, answer.body
    entity: dict[str, str] = answer.json
    return entity


@pytest.mark.parametrize(
    ("notation", "host", "network"),
    [
        ("cidr", "198.51.100.9/32", "198.51.100.32/28"),
        ("dotted", "198.51.100.9/255.255.255.255", "198.51.100.32/255.255.255.240"),
        ("bare", "198.51.100.9", "198.51.100.32/28"),
        ("as_sent", "198.51.100.9/255.255.255.255", "198.51.100.33/28"),
    ],
)
def test_the_stored_notation_is_a_switch(notation: str, host: str, network: str) -> None:
    api = Api(seed="empty", blocklist_notation=notation)
    assert block(api, "198.51.100.9/255.255.255.255")["IPAddrMask"] == host
    assert block(api, "198.51.100.33/28")["IPAddrMask"] == network


@pytest.mark.parametrize("bad", ["198.51.100.9/33", "198.51.100.9/255.0.255.0", "host.example.com", "198.51.100"])
def test_a_mask_that_is_none_is_refused(api: Api, bad: str) -> None:
    assert api.post("Blocklist", {"IPAddrMask": bad}).code == "IPAddrMask INVALID_IP_MASK"


def test_the_network_is_required(api: Api) -> None:
    assert api.post("Blocklist", {"Description": "x"}).code == "IPAddrMask XAPI.REQUIRED"


@pytest.mark.parametrize("twin", ["203.0.113.0/24", "203.0.113.0/255.255.255.0", "203.0.113.99/24"])
def test_the_same_network_in_any_notation_is_refused(api: Api, twin: str) -> None:
    assert api.post("Blocklist", {"IPAddrMask": twin}).code == "IPAddrMask XAPI.ALREADY_IN_USE"
    assert Api(blocklist_duplicates="tolerate").post("Blocklist", {"IPAddrMask": twin}).status == 201


def test_a_network_is_free_again_after_deletion_and_change(api: Api) -> None:
    assert api.delete("Blocklist(1)").status == 204
    again = block(api, "203.0.113.0/24")
    assert api.patch(f"Blocklist({again['Id']})", {"IPAddrMask": "203.0.113.0/25"}).status == 204
    block(api, "203.0.113.0/24")


def test_an_entry_may_be_patched_with_its_own_network(api: Api) -> None:
    assert api.patch("Blocklist(1)", {"IPAddrMask": "203.0.113.0/255.255.255.0", "Description": "new"}).status == 204
    assert api.get("Blocklist(1)").json["Description"] == "new"


def test_the_origin_is_made_by_the_server(api: Api) -> None:
    assert block(api, "198.51.100.9", AddedBy="AutoBlacklist")["AddedBy"] == "Manual"
    auto = api.rows("Blocklist?$filter=AddedBy eq 'AutoBlacklist'")
    assert len(auto) == 3
    assert api.patch(f"Blocklist({auto[0]['Id']})", {"AddedBy": "Manual"}).status == 204
    assert api.get(f"Blocklist({auto[0]['Id']})").json["AddedBy"] == "AutoBlacklist"


def test_automatic_entries_leave_by_the_clock() -> None:
    api = Api(token_life=1_000_000)

    def left() -> int:
        return len(api.rows("Blocklist?$filter=AddedBy eq 'AutoBlacklist'"))

    assert left() == 3
    for expected in (2, 1, 0):
        api.pbx.clock.advance(86_400)
        assert left() == expected
    assert len(api.rows("Blocklist")) == 10


def test_an_expiry_in_the_past_is_refused_unless_switched(api: Api) -> None:
    past = {"IPAddrMask": "198.51.100.9", "ExpiresAt": "2020-01-01T00:00:00Z"}
    assert api.post("Blocklist", past).code == "ExpiresAt ALREADY_EXPIRED"
    assert Api(blocklist_past_expiry="accept").post("Blocklist", past).status == 201


def test_many_go_in_one_call(api: Api) -> None:
    assert api.post("Blocklist/Pbx.BulkIpsDelete", {"ids": [1, 2, 999]}).status == 204
    assert [row["Id"] for row in api.rows("Blocklist?$filter=Id le 3")] == [3]


def test_unknown_ids_may_fail_the_whole_call() -> None:
    api = Api(blocklist_unknown_ids="404")
    assert api.post("Blocklist/Pbx.BulkIpsDelete", {"ids": [1, 999]}).status == 404
    assert api.get("Blocklist(1)").status == 200


def test_thousands_of_entries_are_no_burden() -> None:
    api = Api(seed="empty")
    blocklist = api.pbx.sets["Blocklist"]
    for number in range(5_000):
        blocklist.create({"IPAddrMask": f"10.{number // 250}.{number % 250}.1"})
    assert api.get("Blocklist?$count=true&$top=1").json["@odata.count"] == 5_000
    assert api.post("Blocklist", {"IPAddrMask": "10.3.3.1"}).code == "IPAddrMask XAPI.ALREADY_IN_USE"
