# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls that nobody answers: what is done once stays done once, and what was not done is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.inprocess import run
from tests.simulator.testing import Simulator

BEFORE, AFTER = {"cut": "before"}, {"cut": "after"}
RESTORE = {"name": "weekly-2026-11-15.zip", "state": "restored", "confirm": "pbx.example.com", "interval": 2}
UPDATE = {"categories": ["*"], "interval": 2}


def posts(simulator: Simulator, name: str) -> int:
    return sum(one["method"] == "POST" and one["path"].endswith(name) for one in simulator.log())


def go(simulator: Simulator, module: str, args: dict[str, Any], name: str, cut: dict[str, Any]) -> dict[str, Any]:
    simulator.fault(cut, method="POST", path=name)
    return run(simulator, module, args)


@pytest.mark.parametrize(("cut", "calls"), [(AFTER, 1), (BEFORE, 2)], ids=["on the way back", "on the way there"])
def test_a_backup_is_made_once(cut: dict[str, Any], calls: int, simulator: Simulator) -> None:
    result = go(simulator, "tcx_backup", {"name": "lost.zip"}, "Pbx.Backup", cut)
    assert (result.get("msg"), result["created"]) == (None, ["lost.zip"])
    assert posts(simulator, "Pbx.Backup") == calls
    assert [row["FileName"] for row in simulator.get("Backups")["value"]].count("lost.zip") == 1


def test_a_restore_is_awaited_though_its_answer_got_lost(simulator: Simulator) -> None:
    result = go(simulator, "tcx_backup", RESTORE, "Pbx.Restore", AFTER)
    assert (result.get("msg"), result["changed"], posts(simulator, "Pbx.Restore")) == (None, True, 1)


def test_a_restore_that_got_lost_is_told_and_not_repeated(simulator: Simulator) -> None:
    result = go(simulator, "tcx_backup", {**RESTORE, "wait_timeout": 20}, "Pbx.Restore", BEFORE)
    assert result["failed"]
    assert "Afterwards: after 20 s the PBX has not begun yet" in result["msg"]
    assert posts(simulator, "Pbx.Restore") == 1


def test_an_update_is_awaited_though_its_answer_got_lost(simulator: Simulator) -> None:
    result = go(simulator, "tcx_update", UPDATE, "InstallUpdates", AFTER)
    assert result.get("msg") is None
    assert result["version"] != result["version_before"]
    assert posts(simulator, "InstallUpdates") == 1


def test_an_update_that_got_lost_is_told_and_not_repeated(simulator: Simulator) -> None:
    result = go(simulator, "tcx_update", {**UPDATE, "wait_timeout": 20}, "InstallUpdates", BEFORE)
    assert result["failed"]
    assert "Afterwards: after 20 s the PBX has not begun yet" in result["msg"]
    assert posts(simulator, "InstallUpdates") == 1
