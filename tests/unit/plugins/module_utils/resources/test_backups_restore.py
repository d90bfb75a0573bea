# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A restore, and a PBX that comes back from it or not."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.backups import Backup
from ansible_collections.tcx.pbx.plugins.module_utils._resources.backups_restore import (
    Extras,
    Restored,
    extras_of,
    restore,
)
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused, TlsUntrusted
from ansible_collections.tcx.pbx.tests.unit.backup_pbx import LOCKED_OUT, NAMES, RESTORE, BackupPbx, pace
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

LOST = LostAnswer("POST Pbx.Restore: the connection was lost")


@pytest.fixture
def pbx() -> BackupPbx:
    return BackupPbx(Clock())


def go(pbx: BackupPbx, timeout: float = 60.0, told: list[str] | None = None) -> Restored:
    return restore(pbx, Backup("a.zip"), 4711, "", pace(pbx.clock, timeout, told=told))


def test_the_footprint_is_that_of_the_backup(pbx: BackupPbx) -> None:
    pbx.function_answers["Backups('a.zip')/Pbx.GetBackupExtras"] = {"Footprint": 4711, "IsEncrypted": True}
    assert extras_of(pbx, Backup("a.zip")) == Extras(4711, True, "")


def test_it_waits_through_the_outage(pbx: BackupPbx) -> None:
    told: list[str] = []
    assert go(pbx, told=told) == Restored(True, pbx.version)
    assert pbx.calls == [("POST", RESTORE, {"footprint": 4711, "password": ""})]
    assert pbx.clock.now - 1000 >= pbx.away[1]
    assert told[0].startswith("the PBX has not begun yet (0 of 60 s)")
    assert any("the API does not answer: Connection refused" in line for line in told)


def test_being_as_before_is_no_proof(pbx: BackupPbx) -> None:
    """A PBX that never goes away did not restore anything, whatever it answered."""
    pbx.deaf = 1
    done = go(pbx, timeout=30)
    assert done.sent
    assert done.trouble.startswith("after 30 s the PBX has not begun yet")


def test_services_that_ran_have_to_run(pbx: BackupPbx) -> None:
    pbx.stopped = {NAMES[1]}
    assert f"services do not run yet: {NAMES[1]} (Stopped)" in go(pbx).trouble


def test_another_version_is_told(pbx: BackupPbx) -> None:
    pbx.version_after = "20.0.4.1"
    assert "the version was 20.0.10.1234 and is 20.0.4.1" in go(pbx).trouble


def test_a_lost_answer_is_judged_by_what_happens(pbx: BackupPbx) -> None:
    pbx.interfere = lambda verb, path: LOST
    assert go(pbx) == Restored(True, pbx.version)
    assert len(pbx.calls) == 1


def test_a_lost_answer_and_nothing_happening_is_told(pbx: BackupPbx) -> None:
    pbx.deaf = 1
    pbx.interfere = lambda verb, path: LOST
    assert go(pbx, timeout=30).trouble.startswith(f"{LOST} Afterwards: after 30 s the PBX has not begun yet")
    assert len(pbx.calls) == 1, "a restore is never repeated"


def test_credentials_that_are_of_no_use_any_more_are_told_after_a_few_looks(pbx: BackupPbx) -> None:
    pbx.closed = [LOCKED_OUT]
    done = go(pbx)
    assert "the backup may hold another API client" in done.trouble
    assert pbx.clock.now - 1000 < 20, "each look may cost a token"


def test_another_certificate_ends_the_waiting(pbx: BackupPbx) -> None:
    pbx.closed = [TlsUntrusted("self-signed certificate")]
    done = go(pbx)
    assert done.sent and done.trouble == "self-signed certificate"


def test_a_refusal_is_raised(pbx: BackupPbx) -> None:
    def refuse(verb: str, path: str) -> None:
        raise Refused("BACKUP_NOT_FOUND_OR_INVALID", status=400)

    pbx.interfere = refuse
    with pytest.raises(Refused):
        go(pbx)
