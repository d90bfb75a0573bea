# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports from the outside: the files of a run, its statistics, and the overview of many PBXs. No PBX is needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.integration.ansible import Ansible, Run

SCRIPT = "<script>alert(1)</script>"
DATA = {
    "runbook": "example",
    "title": "Example",
    "id": "20261124T190000Z",
    "started": "2026-11-24T19:00:00Z",
    "ended": "2026-11-24T19:02:05Z",
    "result": "done",
    "headline": "A queue was renamed.",
    "changes": [
        {
            "area": "Queues",
            "item": SCRIPT,
            "action": "updated",
            "before": {"name": "Sales", "auth_password": "hush"},
            "after": {"name": SCRIPT, "auth_password": "hush"},
        }
    ],
}
# Fails as a task on a PBX that is down does, without waiting for it.
DOWN = {"url": "https://127.0.0.1:1", "client_id": "ansible", "client_secret": "hush-hush", "retry_for": 0}


def report(place: Path, **more: Any) -> dict[str, Any]:
    """The task that ends a runbook."""
    return {
        "name": "Report",
        "ansible.builtin.include_role": {"name": "tcx.pbx.report"},
        "vars": {"report_directory": str(place), "report_data": {**DATA, **more}},
    }


def look(hosts: str) -> dict[str, Any]:
    return {"name": "Look", "tcx.pbx.tcx_info": DOWN, "when": f"inventory_hostname in {hosts.split()}"}


def together(ansible: Ansible, tasks: list[dict[str, Any]], *args: str, env: Mapping[str, str], **settings: Any) -> Run:
    """On four hosts, with the overview."""
    hosts = {name: ansible.local() for name in ("berlin", "madrid", "oslo", "vienna")}
    enabled = {"ANSIBLE_CALLBACKS_ENABLED": "results_json,tcx.pbx.fleet_report", **env}
    return ansible.play(tasks, *args, env=enabled, inventory={"all": {"hosts": hosts}}, settings=settings)


def overview(place: Path) -> dict[str, Any]:
    [path] = place.glob("fleet.*.report.json")
    assert {one.stat().st_mode & 0o777 for one in place.glob("fleet.*")} == {0o600}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_run_leaves_a_page_data_and_statistics(ansible: Ansible, tmp_path: Path) -> None:
    place = tmp_path / "reports"
    run = ansible.play([report(place)], env={"ANSIBLE_SHOW_CUSTOM_STATS": "true"})
    assert run.rc == 0, run.text
    assert not [one.task for one in run.results if one.result.get("changed")]
    assert place.stat().st_mode & 0o777 == 0o700
    page, data = place / "pbx.20261124T190000Z.report.html", place / "pbx.20261124T190000Z.report.json"
    assert {path.stat().st_mode & 0o777 for path in (page, data)} == {0o600}
    text = page.read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "<script" not in text
    assert json.loads(data.read_text(encoding="utf-8"))["changes"][0]["item"] == SCRIPT
    assert "hush" not in text + data.read_text(encoding="utf-8") + run.text
    stats = run.of("Leave the result to other tools").result["ansible_stats"]
    assert stats["data"]["tcx_report"]["pbx"]["counts"]["changes"] == {"created": 0, "updated": 1, "deleted": 0}
    assert stats["data"]["tcx_report"]["pbx"]["page"] == str(page)
    assert "Example on pbx: done (2 min 05 s)" in run.stdout
    assert "CUSTOM STATS" in run.stdout


def test_a_preview_writes_nothing(main_ansible: Ansible, tmp_path: Path) -> None:
    place = tmp_path / "reports"
    run = together(main_ansible, [report(place, result="preview")], "--check", "--diff", env={})
    assert run.rc == 0, run.text
    assert not place.exists()
    assert "Report: not written in a preview" in run.stdout
    assert "Example: 4 preview" in run.stdout
    assert "Overview: not written in a preview" in run.stdout


def test_what_makes_no_sense_is_refused_by_its_place(main_ansible: Ansible, tmp_path: Path) -> None:
    """And where nothing can be written, it is told all the same how the run went."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    nowhere = {"block": [report(tmp_path / "file")], "rescue": [{"ansible.builtin.meta": "noop"}]}
    steps = [{"name": "look", "status": "ok"}, {"name": "apply", "status": "ok", "started": "yesterday"}]
    run = main_ansible.play([nowhere, report(tmp_path / "reports", steps=steps)])
    assert run.rc == 2
    assert "Example on pbx: done" in run.stdout and "file is not a directory" in run.stdout
    assert 'steps[1].started: "yesterday" is not a time' in " ".join(run.stdout.split()), run.text
    assert not (tmp_path / "reports").exists()


def test_an_overview_tells_of_every_pbx_whatever_became_of_it(ansible: Ansible, tmp_path: Path) -> None:
    """Three at a time: one is down, one fails after its report, and the fourth's turn never comes."""
    place = tmp_path / "reports"
    late = {"name": "Afterwards", "ansible.builtin.fail": {"msg": "late"}, "when": "inventory_hostname == 'oslo'"}
    settings = {"serial": 3, "max_fail_percentage": 50}
    run = together(ansible, [look("madrid"), report(place), late], env={}, **settings)
    assert run.rc == 2, run.text
    found = overview(place)
    assert [(host["host"], host["result"]) for host in found["hosts"]] == [
        ("madrid", "failed"),
        ("oslo", "failed"),
        ("vienna", "not started"),
        ("berlin", "done"),
    ]
    reasons = {host["host"]: host["failure"] for host in found["hosts"]}
    assert reasons["madrid"].startswith("Look: ") and "could not be reached" in reasons["madrid"]
    assert reasons["oslo"] == "Afterwards: late"
    assert "Example: 1 done, 1 not started, 2 failed" in run.stdout
    assert f"Overview: {place}/fleet." in run.stdout
    [page] = place.glob("fleet.*.report.html")
    text = page.read_text(encoding="utf-8")
    assert 'href="./berlin.20261124T190000Z.report.html"' in text
    assert "hush" not in text + json.dumps(found)


def test_an_overview_is_there_when_all_failed(main_ansible: Ansible, tmp_path: Path) -> None:
    """No report says where reports are kept, so the environment does."""
    tasks = [look("berlin madrid oslo vienna"), report(tmp_path / "elsewhere")]
    run = together(main_ansible, tasks, env={"TCX_REPORT_DIRECTORY": str(tmp_path / "night")})
    assert run.rc == 2, run.text
    assert overview(tmp_path / "night")["results"] == {"failed": 4}
    assert not (tmp_path / "elsewhere").exists()


def test_a_directory_that_cannot_be_written_does_not_change_the_result(main_ansible: Ansible, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    run = together(main_ansible, [report(tmp_path / "reports")], env={"TCX_REPORT_DIRECTORY": str(tmp_path / "file")})
    assert run.rc == 0, run.text
    assert "Overview: NOT WRITTEN: directory: " in run.stdout


def test_runs_without_this_collection_get_no_overview(main_ansible: Ansible, tmp_path: Path) -> None:
    task = {"name": "Something else", "ansible.builtin.fail": {"msg": "no"}}
    run = together(main_ansible, [task], env={"TCX_REPORT_DIRECTORY": str(tmp_path / "night")})
    assert run.rc == 2
    assert "Overview" not in run.stdout
    assert not (tmp_path / "night").exists()
