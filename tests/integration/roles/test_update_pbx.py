# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Updates from the outside: done, done again, refused, given up, and gone wrong."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.controllers import ROOT
from tests.integration.ansible import Ansible, Run
from tests.integration.roles.running import Runbook, changed_tasks, words
from tests.simulator.testing import Simulator

INSTALL = "InstallUpdates"
INSTALLED = "Update | Install, and wait until the PBX is back"


class Updating(Runbook):
    def __init__(self, ansible: Ansible, connection: dict[str, str], place: Path) -> None:
        super().__init__("update_pbx", ansible, connection, place)
        self.directory = place / "updates"
        self.lock = self.directory / "pbx" / "update.lock"

    def go(self, *args: str, **values: object) -> Run:
        return self.run(*args, update_pbx_directory=str(self.directory), **values)


@pytest.fixture
def pbx(simulator: Simulator) -> Simulator:
    """Nobody phones."""
    simulator.set_calls()
    simulator.clear_log()
    return simulator


@pytest.fixture
def updating(main_ansible: Ansible, connection: dict[str, str], tmp_path: Path) -> Updating:
    return Updating(main_ansible, connection, tmp_path)


def installs(simulator: Simulator) -> int:
    return sum(INSTALL in call for call in simulator.calls("POST"))


def test_an_update_is_installed_once(
    ansible: Ansible, connection: dict[str, str], pbx: Simulator, tmp_path: Path
) -> None:
    updating = Updating(ansible, connection, tmp_path)
    run = updating.go("--diff", update_pbx_backup_password="a sentence for nobody")
    assert run.rc == 0, run.text
    assert "a sentence for nobody" not in run.text
    report = updating.report()
    assert report["result"] == "done"
    assert report["pbx"]["version"] == pbx.get("SystemStatus")["Version"] == "20.0.10.1131"
    assert {check["name"] for check in report["checks"]} >= {"api", "services", "trunks"}
    assert {check["status"] for check in report["checks"]} == {"ok"}
    [copy] = updating.lock.parent.iterdir()
    assert copy.name in [one["FileName"] for one in pbx.rows("Backups")]
    pbx.clear_log()
    again = updating.go()
    assert (again.rc, changed_tasks(again), pbx.writes()) == (0, [], []), again.text
    assert updating.report()["result"] == "nothing to do"


def test_a_preview_of_two_at_once_writes_nothing_and_shows_them_in_turn(
    main_ansible: Ansible, connection: dict[str, str], pbx: Simulator, tmp_path: Path
) -> None:
    shared = {"report_directory": str(tmp_path / "reports"), "update_pbx_directory": str(tmp_path / "updates")}
    run = main_ansible.playbook(
        *(ROOT / "playbooks" / "update_pbx.yml", "--check", "--diff"),
        env=connection,
        inventory={
            "all": {
                "hosts": {"first": main_ansible.local(), "second": main_ansible.local()},
                "vars": {**shared, "tcx_batches": 2},
            }
        },
    )
    assert run.rc == 0, run.text
    assert pbx.writes() == []
    assert "3CX Phone System would be installed." in words(run)
    assert not any(Path(place).exists() for place in shared.values())
    # Whoever phones while the first one is updated is not cut off.
    turns = [(one.host, one.task.rpartition(" : ")[2]) for one in run.results if one.status == "ok"]
    assert turns.index(("first", INSTALLED)) < turns.index(("second", "Drain | Wait"))


def test_a_step_can_be_left_out(updating: Updating, pbx: Simulator) -> None:
    run = updating.go("--tags", "backup")
    assert run.rc == 0, run.text
    assert installs(pbx) == 0
    assert any(str(one["FileName"]).startswith("before-update-") for one in pbx.rows("Backups"))


def test_calls_that_do_not_end_keep_it_from_being_sent(updating: Updating, pbx: Simulator) -> None:
    pbx.set_calls({"caller": "100", "callee": "101", "ends_in": 3600})
    run = updating.go(update_pbx_drain_timeout="2", update_pbx_backup="no")
    assert run.rc == 2, run.text
    assert pbx.writes() == []
    report = updating.report()
    assert report["failure"]["remedy"] == "No update was sent to the PBX."
    assert [(step["name"], step["status"]) for step in report["steps"]] == [("look", "ok"), ("drain", "failed")]
    assert not updating.lock.exists()


def test_what_does_not_come_back_is_told_with_the_way_back(updating: Updating, pbx: Simulator) -> None:
    pbx.hold(1, path=INSTALL)
    with ThreadPoolExecutor(1) as aside:
        started = aside.submit(updating.go, update_pbx_verify_timeout=3)
        assert pbx.held(60)
        pbx.change("Trunks", "10001", IsOnline=False)
        pbx.release()
        run = started.result()
    assert run.rc == 2, run.text
    report = updating.report()
    bad = {check["name"]: check["msg"] for check in report["checks"] if check["status"] != "ok"}
    assert list(bad) == ["trunks"] and "Provider B" in bad["trunks"]
    [backup] = [one["FileName"] for one in pbx.rows("Backups") if one["FileName"].startswith("before-update-")]
    assert f"name={backup} state=restored confirm=pbx.example.com" in report["failure"]["remedy"]
    assert "not version 20.0.10.1107" in words(run)


def test_no_two_runs_update_the_same_pbx(updating: Updating, pbx: Simulator) -> None:
    updating.lock.mkdir(parents=True)
    run = updating.go()
    assert run.rc == 2, run.text
    assert "Another run is updating pbx, or one was killed" in words(run)
    assert pbx.writes() == [] and updating.lock.exists()
    run = updating.go(update_pbx_take_over="true", update_pbx_backup=False)
    assert run.rc == 0, run.text
    assert installs(pbx) == 1 and not updating.lock.exists()


def test_the_first_pbx_that_fails_ends_it(
    main_ansible: Ansible, connection: dict[str, str], pbx: Simulator, tmp_path: Path
) -> None:
    shared = {"report_directory": str(tmp_path / "reports"), "update_pbx_directory": str(tmp_path / "updates")}
    early = {"update_pbx_start": "2020-01-01T00:00:00Z", "update_pbx_end": "2020-01-02T00:00:00Z"}
    hosts = {"first": {**main_ansible.local(), **early}, "second": main_ansible.local()}
    run = main_ansible.playbook(
        ROOT / "playbooks" / "update_pbx.yml", env=connection, inventory={"all": {"hosts": hosts, "vars": shared}}
    )
    assert run.rc == 2, run.text
    assert "updates may begin from 2020-01-01" in words(run)
    assert {one.host for one in run.results} == {"first"}
    assert pbx.writes() == []
