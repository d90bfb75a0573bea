# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""SystemStatus, LicenseStatus and Defs: what the PBX says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import pairs, system, updates
from tests.simulator.areas.base import Singleton
from tests.simulator.areas.services import not_running

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class SystemStatus(Singleton):
    """Figures that follow the state of the PBX, over what the seed says."""

    modelled = True

    def entity(self) -> Entity:
        pbx = self.pbx
        trunks = pbx.sets["Trunks"].entities()
        users = pbx.sets["Users"].entities()
        total = self.values.get("TotalDiskSpace", 100_000_000_000)
        usage = self.values.get("DiskUsage", 0)
        return {
            "Id": 0,
            "OS": "Linux",
            **pbx.license,
            **self.values,
            **system.modes(pbx),
            "Version": pbx.build,
            "BackupScheduled": bool(pairs.settings(pbx, "BackupSettings").get("ScheduleEnabled")),
            "AutoUpdateEnabled": bool(pairs.settings(pbx, "UpdateSettings").get("AutoUpdateEnabled")),
            "LastSuccessfulUpdate": pbx.shelf.get(updates.LAST),
            "TotalDiskSpace": total,
            "FreeDiskSpace": total * (100 - usage) // 100,
            "CallsActive": len(pbx.sets["ActiveCalls"].entities()),
            "ExtensionsTotal": len(users),
            "ExtensionsRegistered": sum(bool(user.get("IsRegistered")) for user in users),
            "UserExtensions": len(users),
            "TrunksTotal": len(trunks),
            "TrunksRegistered": sum(bool(trunk.get("IsOnline")) for trunk in trunks),
            "OutboundRules": len(pbx.sets["OutboundRules"].rows),
            "HasNotRunningServices": not_running(pbx),
            "HasUnregisteredSystemExtensions": False,
            "LastBackupDateTime": self._last_backup(),
        }

    def _last_backup(self) -> Any:
        return max((row["CreationTime"] for row in self.pbx.sets["Backups"].entities()), default=None)


class LicenseStatus(Singleton):
    """The licence; its key is served in clear, so clients must hide it."""

    modelled = True

    def entity(self) -> Entity:
        return {**self.pbx.license, "Version": self.pbx.build}


class Defs(Singleton):
    """The cheap call that proves access."""

    modelled = True


def health(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """SystemStatus/Pbx.SystemHealthStatus()."""
    trunks = pbx.sets["Trunks"].entities()
    return {
        "Id": 0,
        "Firewall": pbx.switches.on("firewall_passes"),
        "Trunks": all(trunk.get("IsOnline") for trunk in trunks),
        "Phones": True,
        "CustomTemplatesCount": 0,
        "UnsupportedFirmwaresCount": 0,
    }


CALLS = {"SystemStatus/Pbx.SystemHealthStatus()": health}
