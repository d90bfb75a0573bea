# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings that are read by a function and written whole by an action."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.shapes import Shapes
from ansible_collections.tcx.pbx.plugins.module_utils._resources.pairs import (
    BACKUP_REPOSITORY,
    BACKUP_SETTINGS,
    UPDATE_SETTINGS,
    Pair,
    Settings,
)
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.secrecy import HIDDEN
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

CONCEALED = {"Concealed": True, "Value": None}
BACKUPS = {
    "@odata.context": "https://pbx.example.com/xapi/v1/$metadata#Pbx.BackupSettings",
    "ScheduleEnabled": False,
    "Rotation": 3,
    "Schedule": {"ScheduleType": "Daily", "Time": "03:00:00.0000000", "RepeatHours": 0},
    "Contents": {"Prompts": True, "EncryptBackup": True, "EncryptBackupPassword": CONCEALED},
}


class Port(FakePort):
    """One pair with its settings. deaf: properties that the PBX accepts and does not take."""

    def __init__(self, pair: Pair, body: dict[str, Any]) -> None:
        super().__init__()
        self.body = dict(body)
        self.deaf: set[str] = set()
        self.actions[pair.reader] = lambda parameters: dict(self.body)
        self.actions[pair.writer] = self._write_settings

    def _write_settings(self, body: Any) -> None:
        taken = {name: value for name, value in body["settings"].items() if name not in self.deaf}
        self.body = {**{name: self.body.get(name) for name in self.deaf}, **taken}

    @property
    def sent(self) -> dict[str, Any]:
        [(_verb, _path, body)] = self.calls
        settings: dict[str, Any] = body["settings"]
        return settings


def settings(pair: Pair, given: dict[str, Any], version: str = "20.0.10", **options: Any) -> Settings:
    return Settings(pair, Shapes(catalog_for(version)), given, **options)


def read(port: Port, pair: Pair, given: dict[str, Any], **options: Any) -> Settings:
    found = settings(pair, given, **options)
    assert not found.problems
    found.read(port)
    return found


@pytest.fixture
def port() -> Port:
    return Port(BACKUP_SETTINGS, BACKUPS)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"rotation": 3},
        {"schedule_enabled": False, "schedule": {"time": "3:00", "schedule_type": "Daily"}},
        {"contents": {"prompts": True, "encrypt_backup_password": "hidden"}},
    ],
    ids=["nothing", "same", "same time in other words", "a password that the PBX has"],
)
def test_what_is_the_same_is_not_sent(given: dict[str, Any], port: Port) -> None:
    assert read(port, BACKUP_SETTINGS, given).changes == {}


def test_what_is_sent_is_all_that_there_was_with_the_changes(port: Port) -> None:
    found = read(port, BACKUP_SETTINGS, {"rotation": 7, "schedule": {"time": "02:30"}})
    assert found.diff == (
        {"rotation": 3, "schedule": {"schedule_type": "Daily", "time": "03:00:00.0000000", "repeat_hours": 0}},
        {"rotation": 7, "schedule": {"schedule_type": "Daily", "time": "02:30:00", "repeat_hours": 0}},
    )
    assert found.write(port) == []
    assert port.sent == {
        "ScheduleEnabled": False,
        "Rotation": 7,
        "Schedule": {"ScheduleType": "Daily", "Time": "02:30:00", "RepeatHours": 0},
        "Contents": {"Prompts": True, "EncryptBackup": True, "EncryptBackupPassword": CONCEALED},
    }, "an echo of a concealed password leaves it alone"
    assert found.item["rotation"] == 7
    assert found.sent


def test_no_password_is_shown(port: Port) -> None:
    found = read(port, BACKUP_SETTINGS, {"contents": {"encrypt_backup_password": "hidden-4711"}}, always=True)
    assert found.diff[1]["contents"]["encrypt_backup_password"] == HIDDEN
    assert "hidden-4711" not in str((found.diff, found.item, found.after))
    found.write(port)
    assert port.sent["Contents"]["EncryptBackupPassword"] == {"Value": "hidden-4711"}


@pytest.mark.parametrize("there", [None, {}, {"Concealed": False, "Value": None}])
def test_a_password_is_sent_where_there_is_none(there: Any, port: Port) -> None:
    port.body["Contents"] = {"Prompts": True, "EncryptBackupPassword": there}
    found = read(port, BACKUP_SETTINGS, {"contents": {"encrypt_backup_password": "hidden"}})
    assert list(found.changes) == ["contents"]


def test_a_password_goes_along_with_a_change_beside_it() -> None:
    port = Port(BACKUP_REPOSITORY, {"Location": {"FileSystemType": "Ftp", "FtpPath": "a", "FtpPassword": CONCEALED}})
    same = {"location": {"ftp_path": "a", "ftp_password": "hidden"}}
    assert read(port, BACKUP_REPOSITORY, same).changes == {}
    found = read(port, BACKUP_REPOSITORY, {"location": {"ftp_path": "b", "ftp_password": "hidden"}})
    found.write(port)
    assert port.sent == {"Location": {"FileSystemType": "Ftp", "FtpPath": "b", "FtpPassword": {"Value": "hidden"}}}


def test_a_pbx_without_settings_takes_some() -> None:
    port = Port(UPDATE_SETTINGS, {})
    found = read(port, UPDATE_SETTINGS, {"auto_update_enabled": True})
    assert found.write(port) == []
    assert port.sent == {"AutoUpdateEnabled": True}


def test_what_was_not_taken_is_named(port: Port) -> None:
    port.deaf = {"Rotation"}
    found = read(port, BACKUP_SETTINGS, {"rotation": 7, "schedule_enabled": True})
    assert found.write(port) == ["rotation"]


@pytest.mark.parametrize(("error", "sent"), [(Refused("no", status=400), False), (LostAnswer("lost"), True)])
def test_whether_the_pbx_may_have_taken_it_is_known(error: Exception, sent: bool, port: Port) -> None:
    def fail(verb: str, path: str) -> None:
        raise error

    port.interfere = fail
    found = read(port, BACKUP_SETTINGS, {"rotation": 7})
    with pytest.raises(type(error)):
        found.write(port)
    assert found.sent is sent


@pytest.mark.parametrize(
    ("given", "place", "words"),
    [
        ({"schedule": {"repeat_minutes": 5}}, "schedule.schedule.repeat_minutes", "20.0.8"),
        ({"schedule": {"schedule_type": "Minutely"}}, "schedule.schedule.schedule_type", "20.0.8"),
        ({"schedule": {"time": "night"}}, "schedule.schedule.time", "08:00"),
        ({"rotation": 2**40}, "schedule.rotation", "between"),
    ],
    ids=["field of a later version", "word of a later version", "no time", "too large"],
)
def test_what_cannot_be_written_is_told_with_its_place(given: dict[str, Any], place: str, words: str) -> None:
    [problem] = settings(BACKUP_SETTINGS, given, "20.0.7").problems
    assert problem.field == place
    assert words in problem.message
