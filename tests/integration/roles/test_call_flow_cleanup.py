# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call flow apps that nobody needs are found, kept and removed, and can be put back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks
from tests.simulator.testing import Simulator


def numbers(simulator: Simulator) -> list[str]:
    return sorted(app["Number"] for app in simulator.rows("CallFlowApps"))


def test_it_only_looks_unless_told_otherwise(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("call_flow_cleanup", main_ansible, connection, tmp_path)
    run = book.run(call_flow_cleanup_directory=str(tmp_path / "kept"))
    assert run.rc == 0, run.text
    assert changed_tasks(run) == []
    assert simulator.writes() == []
    assert not (tmp_path / "kept").exists()
    report = book.report()
    assert report["result"] == "preview"
    assert report["notes"] == ['831 "Old Christmas menu": unused', '832 "Order status": unused']


def test_apps_are_kept_removed_and_can_be_put_back(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("call_flow_cleanup", ansible, connection, tmp_path)
    # As a survey gives them.
    values: dict[str, Any] = {
        "call_flow_cleanup_dry_run": "false",
        "call_flow_cleanup_keep": "Order *",
        "call_flow_cleanup_patterns": "83?",
        "call_flow_cleanup_directory": "kept",
    }
    script = next(app["ScriptCode"] for app in simulator.rows("CallFlowApps") if app["Number"] == "831")
    run = book.run("-vvv", **values)
    assert run.rc == 0, run.text
    assert numbers(simulator) == ["830", "832"]
    assert "ChristmasMenu" not in run.text, "the script is shown"
    [kept] = (tmp_path / "kept").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    content = yaml.safe_load(kept.read_text(encoding="utf-8"))
    assert [app["script_code"] for app in content["call_flow_apps"]] == [script]
    assert content["audio_files"] == {"831": ["jingle.wav"]}
    assert content["departments"] == {"831": ["DEFAULT"]}
    report = book.report()
    assert report["files"]["snapshot"] == str(kept)
    assert any('830 "Callback survey" (matches 83?) is left alone' in note for note in report["notes"])

    assert changed_tasks(book.run(**values)) == []
    assert book.report()["result"] == "nothing to do"

    restore = {"tcx.pbx.tcx_call_flow_apps": {"apps": "{{ (lookup('file', place) | from_yaml).call_flow_apps }}"}}
    assert ansible.play([{**restore, "vars": {"place": str(kept)}}], env=connection).rc == 0
    back = next(app for app in simulator.rows("CallFlowApps") if app["Number"] == "831")
    assert (back["Name"], back["ScriptCode"]) == ("Old Christmas menu", script)


def test_more_than_the_limit_and_wrong_reasons_are_refused(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("call_flow_cleanup", main_ansible, connection, tmp_path)
    place = tmp_path / "kept"
    run = book.run(
        call_flow_cleanup_dry_run=False,
        call_flow_cleanup_max_deletions=1,
        call_flow_cleanup_directory=str(place),
    )
    assert run.rc == 2
    assert not place.exists(), "scripts were kept for nothing"
    assert "max_deletions=1" in book.report()["failure"]["msg"]
    assert book.run(call_flow_cleanup_select="ancient").rc == 2
    assert "select knows unused and invalid, and not ancient" in book.report()["failure"]["msg"]
    assert simulator.writes() == []
