# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The health check from the outside: what it finds, when it fails, and that it only looks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook
from tests.simulator.testing import Simulator

# The backups and updates of the demo PBX are as old as its seed.
OLD = {"health_check_skip": "backup_age, updates\nconsole_restriction"}


@pytest.fixture
def book(main_ansible: Ansible, connection: dict[str, str], tmp_path: Path) -> Runbook:
    return Runbook("health_check", main_ansible, connection, tmp_path)


def statuses(book: Runbook) -> dict[str, str]:
    return {check["name"]: check["status"] for check in book.report()["checks"]}


def test_what_is_wrong_is_told_and_nothing_is_touched(
    ansible: Ansible, connection: dict[str, str], simulator: Simulator, tmp_path: Path
) -> None:
    book = Runbook("health_check", ansible, connection, tmp_path)
    stopped = simulator.request("POST", "Services/Pbx.Stop", json={"options": {"ServiceNames": ["3CXIVR01"]}})
    assert stopped.status_code == 204
    simulator.advance(60)
    simulator.change("Trunks", "10001", IsOnline=False)
    before = simulator.state()
    simulator.clear_log()
    run = book.run(health_check_backup_age_warning="0", health_check_backup_age_critical="-1")
    assert run.rc == 0, run.text
    assert simulator.writes() == []
    assert simulator.state() == before
    bad = {name for name, status in statuses(book).items() if status != "ok"}
    assert bad == {"services", "trunks", "backup_age", "console_restriction", "updates"}
    assert book.report()["result"] == "critical"
    assert "3CXIVR01 does not run." in run.stdout
    assert "Provider B is not registered." in run.stdout


def test_it_fails_from_the_status_on_that_was_chosen(book: Runbook, simulator: Simulator) -> None:
    simulator.change_settings("SystemStatus", IsAuditLogEnabled=False)
    assert book.run(**OLD, health_check_fail_on="critical").rc == 0
    assert book.report()["result"] == "warning"
    run = book.run(**OLD, health_check_fail_on="warning")
    assert run.rc == 2, run.text
    assert "1 of 10 checks are not in order: audit_log." in run.stdout


def test_what_the_pbx_refuses_to_tell_is_unknown(book: Runbook, simulator: Simulator) -> None:
    simulator.fault({"status": 403}, path="Backups", times=None)
    run = book.run("--check", health_check_skip="updates", health_check_fail_on="critical")
    assert run.rc == 0, run.text
    assert "UNKNOWN: backup_age:" in run.stdout
    assert not book.reports.exists()


def test_a_pbx_that_does_not_answer_fails_with_a_report(
    main_ansible: Ansible, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("health_check", main_ansible, {**connection, "TCX_CLIENT_SECRET": "wrong"}, tmp_path)
    run = book.run()
    assert run.rc == 2, run.text
    assert statuses(book) == {"api": "critical"}
    assert "The PBX could not be looked at" in book.report()["headline"]
    assert book.report()["failure"]["task"] == "Read the PBX"


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"health_check_disk_warning": 95}, "limits.disk: critical (90) is below warning (95)"),
        ({"health_check_skip": "disk, discs"}, 'there is no check called "discs"'),
        ({"health_check_trunks_critical": "two"}, "health_check_trunks_critical"),
    ],
)
def test_senseless_limits_are_refused_before_anything_is_asked(
    variables: dict[str, object], words: str, book: Runbook, simulator: Simulator
) -> None:
    run = book.run(**variables)
    assert run.rc == 2, run.text
    assert words in run.stdout
    assert simulator.calls() == []
