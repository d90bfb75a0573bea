# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The block list follows its feeds, touches nothing else, and does not follow feeds that are broken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks
from tests.simulator.testing import Simulator


@pytest.fixture
def feeds(tmp_path: Path) -> dict[str, Any]:
    """Three feeds, one of each format."""
    (tmp_path / "drop.txt").write_text("; all\n100.0.0.0/24 ; SBL1\n100.0.1.0/24 ; SBL2\n", encoding="utf-8")
    (tmp_path / "own.csv").write_text("Addr;Why\n100.0.0.7;within\n203.0.113.0/24;there\n", encoding="utf-8")
    told = {"data": [{"cidr": "2001:db8:1::/48", "expires": "2031-01-01T00:00:00Z"}, {"cidr": "192.168.0.0/24"}]}
    (tmp_path / "cloud.json").write_text(json.dumps(told), encoding="utf-8")
    listed = [
        str(tmp_path / "drop.txt"),
        {"source": str(tmp_path / "own.csv"), "name": "own-list", "fields": {"network": "Addr", "description": "Why"}},
        {"source": str(tmp_path / "cloud.json"), "items": "data"},
    ]
    return {"blocklist_sync_feeds": listed}


def entries(simulator: Simulator) -> dict[str, dict[str, Any]]:
    return {entry["IPAddrMask"]: entry for entry in simulator.rows("Blocklist")}


def test_feeds_are_previewed_followed_and_followed_again(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], feeds: dict[str, Any], tmp_path: Path
) -> None:
    book = Runbook("blocklist_sync", ansible, connection, tmp_path)
    before = entries(simulator)
    preview = book.run("--check", "--diff", **feeds)
    assert preview.rc == 0, preview.text
    assert entries(simulator) == before
    run = book.run(**feeds)
    assert run.rc == 0, run.text
    assert changed_tasks(run) == changed_tasks(preview)
    new = {network: entry["Description"] for network, entry in entries(simulator).items() if network not in before}
    assert new == {
        "100.0.0.0/24": "[feed:drop] SBL1",
        "100.0.1.0/24": "[feed:drop] SBL2",
        "2001:db8:1::/48": "[feed:cloud]",
    }
    assert entries(simulator).items() >= before.items(), "somebody else's entries were touched"
    report = book.report()
    assert (report["result"], report["counts"]["changes"]["created"]) == ("done", 3)
    assert [check["value"] for check in report["checks"]] == [
        "2 networks, 0 before",
        "2 networks, 0 before",
        "1 networks, 0 before",
    ]
    assert any("192.168.0.0/24 is not blocked" in note for note in report["notes"])

    simulator.clear_log()
    again = book.run(**feeds)
    assert changed_tasks(again) == []
    assert simulator.writes() == []

    # What a feed lists no longer goes, and nothing else.
    (tmp_path / "drop.txt").write_text("100.0.1.0/24 ; SBL2\n", encoding="utf-8")
    assert book.run(**feeds).rc == 0
    assert "100.0.0.0/24" not in entries(simulator)
    assert "[feed:own-list] within" in [entry["Description"] for entry in entries(simulator).values()]
    assert entries(simulator).items() >= before.items()


def test_a_feed_that_has_shrunk_is_not_believed(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "drop.txt"
    place.write_text("\n".join(f"100.0.{number}.0/24" for number in range(10)), encoding="utf-8")
    book = Runbook("blocklist_sync", main_ansible, connection, tmp_path)
    assert book.run(blocklist_sync_feeds=str(place)).rc == 0
    before = entries(simulator)
    place.write_text("100.0.0.0/24\n", encoding="utf-8")
    run = book.run(blocklist_sync_feeds=str(place), blocklist_sync_maximum_shrink="80")
    assert run.rc == 2
    assert entries(simulator) == before
    first, reason = book.report()["failure"]["msg"].splitlines()
    assert first == "The feeds are not believed."
    assert reason.startswith("feed drop lists 1 networks and has 10 on the PBX; it has lost 90 %, more than 80 %")
    assert book.run(blocklist_sync_feeds=str(place), blocklist_sync_maximum_shrink="90").rc == 0
    assert sum("[feed:drop]" in entry["Description"] for entry in entries(simulator).values()) == 1


def test_nothing_is_touched_if_one_feed_cannot_be_read(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], feeds: dict[str, Any], tmp_path: Path
) -> None:
    book = Runbook("blocklist_sync", main_ansible, connection, tmp_path)
    gone = "https://127.0.0.1:1/list"
    headers = {gone: {"X-Key": "not-for-the-log"}}
    run = book.run("-vvv", blocklist_sync_feeds=[*feeds["blocklist_sync_feeds"], gone], blocklist_sync_headers=headers)
    assert run.rc == 2
    assert "not-for-the-log" not in run.text
    assert book.report()["failure"]["msg"].startswith("https://127.0.0.1:1/list: ")
    assert simulator.writes() == []

    (tmp_path / "drop.txt").write_text("100.0.0.0/24\nexample.com\n", encoding="utf-8")
    assert book.run(**feeds).rc == 2
    assert f'{tmp_path / "drop.txt"}:2: "example.com" is not an IP address' in book.report()["failure"]["msg"]
    assert simulator.writes() == []
    assert book.run(**feeds, blocklist_sync_bad_lines="skip").rc == 0
    assert any("drop.txt:2" in note for note in book.report()["notes"])


def test_the_controller_is_never_blocked(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    """Even if nobody has said that its network is an own one."""
    (tmp_path / "feed.txt").write_text("127.0.0.0/8\n", encoding="utf-8")
    book = Runbook("blocklist_sync", main_ansible, connection, tmp_path)
    run = book.run(blocklist_sync_feeds=str(tmp_path / "feed.txt"), blocklist_sync_never_block_private=[])
    assert run.rc == 2
    assert "would block 127.0.0.1" in book.report()["failure"]["msg"]
    assert simulator.writes() == []
