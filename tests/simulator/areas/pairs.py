# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings behind a pair of a function and an action, such as GetBackupSettings and SetBackupSettings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import merged
from tests.simulator.odata import concealed

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Name, which is the type's: the function that reads, the action that writes, and the parameter of the action.
PAIRS = {
    "BackupSettings": ("Backups/Pbx.GetBackupSettings()", "Backups/Pbx.SetBackupSettings", "settings"),
    "BackupRepositorySettings": (
        "Backups/Pbx.GetBackupRepositorySettings()",
        "Backups/Pbx.SetBackupRepositorySettings",
        "settings",
    ),
    "BackupFailoverSettings": (
        "Backups/Pbx.GetBackupFailoverSettings()",
        "Backups/Pbx.SetBackupFailoverSettings",
        "settings",
    ),
    "RestoreSettings": ("Backups/Pbx.GetRestoreSettings()", "Backups/Pbx.SetRestoreSettings", "settings"),
    "RecordingRepositorySettings": (
        "Recordings/Pbx.GetRecordingRepositorySettings()",
        "Recordings/Pbx.SetRecordingRepositorySettings",
        "settings",
    ),
    "ContactsDirSearchSettings": (
        "Contacts/Pbx.GetDirSearchSettings()",
        "Contacts/Pbx.SetDirSearchSettings",
        "dirSearchSettings",
    ),
    "UpdateSettings": ("GetUpdateSettings()", "SetUpdateSettings", "settings"),
}


def settings(pbx: Pbx, name: str) -> Entity:
    """The present settings of that name."""
    held: Entity = pbx.shelf.setdefault(name, {})
    return held


def write(pbx: Pbx, name: str, value: Entity) -> None:
    """Writes settings; whether what is left out is cleared or stays nobody has recorded."""
    before = settings(pbx, name)
    if pbx.switches.word("pairs_write") == "merge":
        draft = merged(pbx, name, before, value)
    else:
        draft = concealed.kept(pbx.types, name, dict(value), before)
    pbx.shelf[name] = draft


class Reader:
    """The function of a pair."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
        return settings(pbx, self.name)


class Writer:
    """The action of a pair."""

    def __init__(self, name: str, parameter: str) -> None:
        self.name = name
        self.parameter = parameter

    def __call__(self, pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
        write(pbx, self.name, arguments.get(self.parameter, {}))


CALLS: dict[str, Call] = {reader: Reader(name) for name, (reader, _writer, _parameter) in PAIRS.items()} | {
    writer: Writer(name, parameter) for name, (_reader, writer, parameter) in PAIRS.items()
}
