# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: made in the background, listed when finished, restored with an outage (REALITY.md section 9)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tests.simulator.areas import updates
from tests.simulator.areas.base import EntitySet
from tests.simulator.areas.calling import there
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

SIZE = 52_428_800
LINKS = "/files/backups/"


class Backups(EntitySet):
    """Backup files by name.

    ``_ready`` is the moment when one is listed, ``_snapshot`` the state that it holds (None: that of the seed),
    ``_password`` its password if it is encrypted.
    """

    modelled = True

    def add(self, name: str, size: int, created: str, ready: float) -> Entity:
        """Puts a backup in place."""
        self.rows[name] = {
            "FileName": name,
            "Size": size,
            "CreationTime": created,
            "DownloadLink": quote(link(name)),
            "_ready": ready,
            "_snapshot": None,
            "_password": None,
        }
        return self.rows[name]

    def entities(self) -> list[Entity]:
        now = self.pbx.clock.now()
        return [row for row in self.rows.values() if row["_ready"] <= now]

    def find(self, key: Any) -> Entity | None:
        return next((row for row in self.entities() if row["FileName"] == key), None)

    def running(self) -> bool:
        """True while a backup is being made."""
        return len(self.entities()) < len(self.rows)


def link(name: str) -> str:
    """Where the file is; who knows it needs no token."""
    return f"{LINKS}{hashlib.sha256(name.encode()).hexdigest()[:32]}/{name}"


def content(row: Entity) -> bytes:
    """As many bytes as the listing says."""
    line = f"simulated backup {row['FileName']}\n".encode()
    size: int = row["Size"]
    return (line * (size // len(line) + 1))[:size]


def _backups(pbx: Pbx) -> Backups:
    backups = pbx.sets["Backups"]
    if not isinstance(backups, Backups):
        raise TypeError("Backups is not modelled")
    return backups


def backup(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Backups/Pbx.Backup: accepted at once, listed later; it holds the state of this moment."""
    backups = _backups(pbx)
    description = arguments.get("description") or {}
    name = description.get("Name")
    if not name:
        raise refused("Name", "XAPI.REQUIRED")
    if name in backups.rows:
        raise refused("Name", "XAPI.DUPLICATE")
    if backups.running() and pbx.switches.word("backup_running") == "refuse":
        raise refused("Name", "XAPI.NOT_SUPPORTED")
    limit = pbx.switches.number("backup_limit")
    if limit and len(backups.rows) >= limit:
        raise refused("Name", "TOO_MANY_BACKUPS")
    delay = pbx.switches.number("backup_delay")
    snapshot = pbx.snapshot()
    row = backups.add(name, SIZE, pbx.clock.stamp(delay), pbx.clock.now() + delay)
    row["_snapshot"] = snapshot
    contents = description.get("Contents") or {}
    if contents.get("EncryptBackup"):
        row["_password"] = (contents.get("EncryptBackupPassword") or {}).get("Value") or ""


def can_create(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """Backups/Pbx.GetCanCreateBackup()."""
    return not _backups(pbx).running()


def footprint(row: Entity) -> int:
    """What GetBackupExtras says and Restore wants to hear."""
    return int(row["Size"])


def extras(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Backups('name')/Pbx.GetBackupExtras()."""
    row = there(target)
    return {"Footprint": footprint(row), "IsEncrypted": row["_password"] is not None, "Version": pbx.build}


def restore(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """Backups('name')/Pbx.Restore: accepted at once; the API goes away and comes back with the state of then."""
    row = there(target)
    wrong = arguments.get("footprint") != footprint(row)
    if wrong and pbx.switches.word("restore_footprint") == "check":
        raise refused("footprint", "BACKUP_NOT_FOUND_OR_INVALID")
    if row["_password"] is not None and arguments.get("password") != row["_password"]:
        raise refused("password", "BACKUP_NOT_FOUND_OR_INVALID")

    def restored() -> None:
        if row["_snapshot"] is None:
            pbx.replant()
        else:
            pbx.restore(row["_snapshot"])
        updates.away(pbx, "restore_outage", "restore_tokens")

    pbx.agenda.after(pbx.switches.number("restore_delay"), restored)


def purge(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Backups/Pbx.PurgeLocalBackups: no backup remains."""
    _backups(pbx).rows.clear()


def local_size(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> int:
    """Backups/Pbx.GetLocalBackupSize(): bytes of all backups."""
    return sum(int(row["Size"]) for row in _backups(pbx).entities())


CALLS = {
    "Backups/Pbx.Backup": backup,
    "Backups/Pbx.GetCanCreateBackup()": can_create,
    "Backups(#)/Pbx.GetBackupExtras()": extras,
    "Backups(#)/Pbx.Restore": restore,
    "Backups/Pbx.PurgeLocalBackups": purge,
    "PurgeLocalBackups": purge,
    "Backups/Pbx.GetLocalBackupSize()": local_size,
}
