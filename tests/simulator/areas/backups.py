# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: made in the background, listed when finished (REALITY.md section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

SIZE = 52_428_800


class Backups(EntitySet):
    """Backup files by name. ``_ready`` is the moment when one is listed."""

    modelled = True

    def add(self, name: str, size: int, created: str, ready: float) -> None:
        """Puts a backup in place."""
        self.rows[name] = {
            "FileName": name,
            "Size": size,
            "CreationTime": created,
            "DownloadLink": f"/xapi/v1/Backups/Download?file={name}",
            "_ready": ready,
        }

    def entities(self) -> list[Entity]:
        now = self.pbx.clock.now()
        return [row for row in self.rows.values() if row["_ready"] <= now]

    def find(self, key: Any) -> Entity | None:
        return next((row for row in self.entities() if row["FileName"] == key), None)

    def running(self) -> bool:
        """True while a backup is being made."""
        return len(self.entities()) < len(self.rows)


def _backups(pbx: Pbx) -> Backups:
    backups = pbx.sets["Backups"]
    if not isinstance(backups, Backups):
        raise TypeError("Backups is not modelled")
    return backups


def backup(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Backups/Pbx.Backup: accepted at once, listed later."""
    backups = _backups(pbx)
    name = (arguments.get("description") or {}).get("Name")
    if not name:
        raise refused("Name", "XAPI.REQUIRED")
    if name in backups.rows:
        raise refused("Name", "XAPI.DUPLICATE")
    if backups.running() and pbx.switches.word("backup_running") == "refuse":
        raise refused("Name", "XAPI.NOT_SUPPORTED")
    delay = pbx.switches.number("backup_delay")
    backups.add(name, SIZE, pbx.clock.stamp(delay), pbx.clock.now() + delay)


def can_create(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """Backups/Pbx.GetCanCreateBackup()."""
    return not _backups(pbx).running()


CALLS = {
    "Backups/Pbx.Backup": backup,
    "Backups/Pbx.GetCanCreateBackup()": can_create,
}
