# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup that is made while somebody waits for it."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.backups_create import (
    BUSY,
    Creation,
    Made,
    can_create,
    contents_of,
)
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.backup_pbx import BackupPbx, pace
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock

LOST = LostAnswer("POST Backups/Pbx.Backup: the connection was lost")


@pytest.fixture
def pbx() -> BackupPbx:
    return BackupPbx(Clock())


def create(pbx: BackupPbx, timeout: float = 60.0, told: list[str] | None = None) -> Made:
    return Creation(pbx, "a.zip", {"Prompts": True}, pace(pbx.clock, timeout, told=told)).run()


def posted(pbx: BackupPbx) -> int:
    return sum(path == "Backups/Pbx.Backup" for _verb, path, _body in pbx.calls)


def test_contents_are_all_but_recordings() -> None:
    assert contents_of({})["recordings"] is False
    assert contents_of({})["license"] is True
    assert contents_of({"prompts": False})["prompts"] is False


def test_a_password_encrypts() -> None:
    assert contents_of({"encrypt_backup_password": "x"})["encrypt_backup"] is True
    assert contents_of({})["encrypt_backup"] is False


def test_it_is_finished_when_its_size_rests(pbx: BackupPbx) -> None:
    pbx.growth = 6.0
    made = create(pbx)
    assert made.sent and not made.trouble
    assert made.backup is not None and made.backup.size == 700
    assert pbx.clock.now - 1000 >= 3 + 6 + 2, "the size has to be the same for two seconds"
    assert pbx.calls == [
        ("POST", "Backups/Pbx.Backup", {"description": {"Name": "a.zip", "Contents": {"Prompts": True}}})
    ]


def test_another_backup_is_waited_for(pbx: BackupPbx) -> None:
    told: list[str] = []
    pbx.files["other.zip"] = pbx.clock.now
    made = create(pbx, told=told)
    assert made.backup is not None
    assert told[0].startswith(BUSY)
    assert any(line.startswith("the backup a.zip is not listed yet (") for line in told)


def test_a_pbx_that_stays_busy_gets_no_call(pbx: BackupPbx) -> None:
    pbx.delay = 1000.0
    pbx.files["other.zip"] = pbx.clock.now
    made = create(pbx)
    assert (made.backup, made.sent, posted(pbx)) == (None, False, 0)
    assert "cannot make a backup now" in made.trouble and "raise wait_timeout" in made.trouble


def test_a_name_that_came_up_meanwhile_is_as_good(pbx: BackupPbx) -> None:
    pbx.files["a.zip"] = pbx.clock.now
    made = create(pbx)
    assert made.backup is not None and not made.sent


def test_a_refusal_is_raised(pbx: BackupPbx) -> None:
    def refuse(verb: str, path: str) -> None:
        raise Refused("TOO_MANY_BACKUPS", status=400, codes=("TOO_MANY_BACKUPS",))

    pbx.interfere = refuse
    with pytest.raises(Refused):
        create(pbx)


def test_an_answer_that_got_lost_on_the_way_back_is_no_reason_to_call_again(pbx: BackupPbx) -> None:
    pbx.interfere = lambda verb, path: LOST
    made = create(pbx)
    assert made.backup is not None and made.sent and posted(pbx) == 1


def test_a_call_that_got_lost_is_sent_once_more_after_a_look(pbx: BackupPbx) -> None:
    pbx.deaf = 1
    pbx.interfere = lambda verb, path: LOST if pbx.deaf else None
    made = create(pbx)
    assert made.backup is not None and posted(pbx) == 2


def test_a_call_that_got_lost_twice_is_told(pbx: BackupPbx) -> None:
    pbx.deaf = 2
    pbx.interfere = lambda verb, path: LOST
    made = create(pbx)
    assert (made.backup, made.sent, posted(pbx)) == (None, True, 2)
    assert made.trouble == str(LOST)


def test_time_over_is_told_with_the_last_look(pbx: BackupPbx) -> None:
    pbx.delay = 1000.0
    made = create(pbx, timeout=30)
    assert (made.backup, made.sent) == (None, True)
    assert made.trouble.startswith("after 30 s the backup a.zip is not listed yet. Look at the PBX")


@pytest.mark.parametrize(
    ("answer", "can"), [({"value": False}, False), ({"value": True}, True), ({}, True), (None, True)]
)
def test_a_pbx_that_does_not_say_whether_it_can_is_asked(answer: object, can: bool) -> None:
    port = FakePort()
    port.actions["Backups/Pbx.GetCanCreateBackup"] = lambda parameters: answer
    assert can_create(port) is can
