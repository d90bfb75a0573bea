# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits says so on the console, and what fetches a file leaves it for its owner only."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ansible import Ansible, Run
from tests.simulator.testing import Simulator

CALL = {"caller": "+491555012345", "callee": "101", "ends_in": 3}
SECRET = "a sentence for nobody"


def wait(**keywords: Any) -> dict[str, Any]:
    return {"name": "subject", "tcx.pbx.tcx_wait": {"max_calls": 0, "wait_timeout": 60}, **keywords}


def go(ansible: Ansible, env: dict[str, str], task: dict[str, Any], *args: str, as_module: bool = False) -> Run:
    return ansible.play([task], *args, env=env, settings={"vars": {"tcx_module_process": as_module}})


def test_what_is_waited_for_is_told(ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    simulator.set_calls(CALL)
    run = go(ansible, connection, wait())
    assert run.rc == 0, run.text
    assert "pbx | tcx_wait: no active calls: 1 active calls (0 of 60 s)" in run.stdout
    assert 1 <= run.of("subject").result["elapsed"] <= 30


def test_a_module_process_has_no_console(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    simulator.set_calls(CALL)
    run = go(main_ansible, connection, wait(), as_module=True)
    assert run.rc == 0, run.text
    assert "active calls" not in run.stdout


def test_a_task_that_logs_nothing_tells_nothing(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    simulator.set_calls(CALL)
    run = go(main_ansible, connection, wait(no_log=True))
    assert run.rc == 0, run.text
    assert "active calls" not in run.stdout


def test_a_preview_does_not_wait(main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    simulator.set_calls({**CALL, "ends_in": None})
    run = go(main_ansible, connection, wait(), "--check")
    assert run.rc == 0, run.text
    result = run.of("subject").result
    assert (result["holds"], result["elapsed"]) == (False, 0)


@pytest.mark.parametrize("as_module", [False, True], ids=["worker", "module"])
def test_a_fetched_backup_is_for_its_owner_only(
    as_module: bool, main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    dest = tmp_path / "backup.zip"
    task = {"name": "subject", "tcx.pbx.tcx_backup": {"name": "weekly-2026-11-15.zip", "dest": str(dest)}}
    run = go(main_ansible, connection, task, "-vvv", as_module=as_module)
    assert run.rc == 0, run.text
    result = run.of("subject").result
    assert result["changed"]
    assert dest.stat().st_mode & 0o777 == 0o600
    assert result["download"]["size"] == dest.stat().st_size
    assert result["download"]["checksum"] == hashlib.sha256(dest.read_bytes()).hexdigest()
    assert [path.name for path in tmp_path.glob("*backup.zip*")] == ["backup.zip"], "no part of it is left over"
    assert "/files/" not in run.text, "whoever has the link can fetch the file"
    simulator.clear_log()
    again = go(main_ansible, connection, task, as_module=as_module).of("subject").result
    assert (again["changed"], again["download"]) == (False, result["download"])
    assert not [one for one in simulator.log() if "/files/" in one["path"]], "the copy was fetched again"


def test_passwords_are_shown_nowhere(main_ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    options = {
        "name": "secret.zip",
        "contents": {"encrypt_backup_password": SECRET},
        "schedule": {"contents": {"encrypt_backup": True, "encrypt_backup_password": SECRET}},
        "repository": {"location": {"file_system_type": "Sftp", "sftp_path": "x/y", "sftp_password": SECRET}},
    }
    for as_module in (False, True):
        simulator.reset()
        task = {"name": "subject", "tcx.pbx.tcx_backup": options}
        run = go(main_ansible, connection, task, "-vvvv", "--diff", as_module=as_module)
        assert run.rc == 0, run.text
        assert SECRET not in run.text
        assert run.of("subject").result["updated"] == ["schedule", "repository"]
