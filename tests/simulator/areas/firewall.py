# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The firewall check: runs for a while, then has a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import Singleton

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

CHECK = "FirewallCheck"


class Firewall(Singleton):
    """The state of the check."""

    modelled = True

    def entity(self) -> Entity:
        running = bool(self.pbx.shelf.get(CHECK, {}).get("Running"))
        return {"Id": "0", "Running": running, "Stopping": False, "Html": "" if running else "<p>Passed</p>"}


def start(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Firewall/Pbx.StartCheck."""
    check = {"Running": True}
    pbx.shelf[CHECK] = check
    pbx.agenda.after(pbx.switches.number("firewall_check"), lambda: check.update(Running=False))


def stop(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Firewall/Pbx.StopCheck."""
    pbx.shelf[CHECK] = {"Running": False}


def result(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """Firewall/Pbx.GetLastResult(): what SystemHealthStatus says too."""
    return pbx.switches.on("firewall_passes")


CALLS = {
    "Firewall/Pbx.StartCheck": start,
    "Firewall/Pbx.StopCheck": stop,
    "Firewall/Pbx.GetLastResult()": result,
}
