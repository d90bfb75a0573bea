# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is heard during a run becomes an overview, whatever became of the PBXs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fleet import Fleet
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.gathering import Gathering, directory_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import report_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.summary import stats_of
from tests.unit.plugins.plugin_utils.report.examples import NOON, told


@pytest.fixture
def gathering() -> Gathering:
    found = Gathering(NOON)
    found.playbook("evening")
    found.playbook("night")
    found.play(["a", "b", "c"])
    found.task("tcx.pbx.example : Look", "ansible.builtin.assert")
    return found


def kept(place: Path, host: str, **more: Any) -> dict[str, Any]:
    """The summary of a report that lies in this directory."""
    report = report_of(told(host=host, **more), directory=str(place), now=NOON)
    Path(report["files"]["report"]).write_text(json.dumps(report), encoding="utf-8")
    return stats_of(report)


def results(fleet: Fleet | None) -> dict[str, str]:
    assert fleet is not None
    return {site.host: site.result for site in fleet.sites}


def test_reports_are_read(gathering: Gathering, tmp_path: Path) -> None:
    reports = {"a": kept(tmp_path, "a"), "b": kept(tmp_path, "b", pbx={"version": "20.0.8"}, result="nothing to do")}
    fleet = gathering.fleet(NOON, reports, {"a": False, "b": False, "c": False})
    assert results(fleet) == {"b": "nothing to do", "a": "done"}
    assert fleet is not None
    assert fleet.title == "Example"
    assert fleet.headline == "1 done, 1 nothing to do"
    assert [site.version for site in fleet.sites] == ["20.0.8", ""]
    assert directory_of(reports) == str(tmp_path)


def test_all_failed_before_any_report(gathering: Gathering) -> None:
    gathering.failed("a", "Look", {"msg": "refused with ?client_secret=hush"})
    gathering.unreachable("b", "Look", {"msg": "no route"})
    gathering.failed(
        "c", "Loop", {"msg": "All items", "results": [{"msg": "fine"}, {"failed": True, "msg": "bad one"}]}
    )
    fleet = gathering.fleet(NOON, {}, {"a": True, "b": True, "c": True})
    assert results(fleet) == {"a": "failed", "b": "unreachable", "c": "failed"}
    assert fleet is not None
    assert {site.host: site.failure for site in fleet.sites} == {
        "a": "Look: refused with ?client_secret=********",
        "b": "Look: no route",
        "c": "Loop: bad one",
    }
    assert fleet.title == "evening, night"
    assert directory_of({}) == ""


def test_whose_turn_never_came_is_told(gathering: Gathering, tmp_path: Path) -> None:
    assert results(gathering.fleet(NOON, {"a": kept(tmp_path, "a")}, {"a": False})) == {
        "b": "not started",
        "c": "not started",
        "a": "done",
    }


def test_a_failure_after_the_report_is_not_hidden_by_it(gathering: Gathering, tmp_path: Path) -> None:
    gathering.failed("a", "Afterwards", {"msg": "late"})
    fleet = gathering.fleet(NOON, {"a": kept(tmp_path, "a")}, {"a": True, "b": False, "c": False})
    assert results(fleet) == {"a": "failed"}
    assert fleet is not None and fleet.sites[0].failure == "Afterwards: late"


def test_a_failed_report_keeps_its_own_words(gathering: Gathering, tmp_path: Path) -> None:
    gathering.failed("a", "Fail", {"msg": "The window failed."})
    summary = kept(tmp_path, "a", result="rolled back", failure={"msg": "It was refused."})
    fleet = gathering.fleet(NOON, {"a": summary}, {"a": True, "b": False, "c": False})
    assert results(fleet) == {"a": "rolled back"}
    assert fleet is not None and fleet.sites[0].failure == "It was refused."


@pytest.mark.parametrize("content", [None, "no JSON", "[]", '{"host": "a"}'])
def test_a_report_that_cannot_be_read_leaves_its_summary(
    gathering: Gathering, tmp_path: Path, content: str | None
) -> None:
    summary = kept(tmp_path, "a", changes=[{"area": "Rules", "item": "x", "action": "created"}])
    path = Path(summary["report"])
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    fleet = gathering.fleet(NOON, {"a": summary}, {"a": False, "b": False, "c": False})
    assert fleet is not None
    assert [(site.result, site.changes["created"], site.page) for site in fleet.sites] == [("done", 1, "")]
    assert (fleet.title, fleet.sites[0].runbook) == ("Example", "Example")


def test_a_rescued_failure_is_none(gathering: Gathering) -> None:
    gathering.failed("a", "Try", {"msg": "no"})
    assert gathering.fleet(NOON, {}, {"a": False, "b": False, "c": False}) is None


def test_runs_without_this_collection_are_left_alone() -> None:
    other = Gathering(NOON)
    other.play(["a"])
    other.task("Install", "ansible.builtin.package")
    other.failed("a", "Install", {"msg": "no"})
    assert other.fleet(NOON, {}, {"a": True}) is None


def test_overview_as_data(gathering: Gathering, tmp_path: Path) -> None:
    fleet = gathering.fleet(NOON, {"a": kept(tmp_path, "a")}, {"a": False, "b": False})
    assert fleet is not None
    data = json.loads(json.dumps(fleet.as_data()))
    assert data["results"] == {"not started": 1, "done": 1}
    assert [host["host"] for host in data["hosts"]] == ["c", "a"]
    assert data["started"] == "2026-11-24T12:00:00Z"
