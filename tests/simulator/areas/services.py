# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""System services: states that move through Pending, dependencies, and outages (REALITY.md section 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

RUNNING, STOPPED = "Running", "Stopped"
PENDING = {RUNNING: "StartPending", STOPPED: "StopPending"}
SIP_SERVER = "3CXPhoneSystem01"
DRAGGED = ("3CXCallFlow01", "3CXIVR01", "3CXQueueManager01")
SERVES_API = frozenset(("3CXPhoneSystemMC01", "3CXCfgServ01", "nginx"))
PROTECTED = SERVES_API | {"postgresql@15-main"}
STANDARD = {
    "postgresql@15-main": "PostgreSQL",
    "nginx": "nginx",
    "3CXCfgServ01": "3CX PhoneSystem 01 Config Server",
    "3CXPhoneSystemMC01": "3CX PhoneSystem 01 Management Console",
    "3CXPhoneSystem01": "3CX PhoneSystem 01 SIP Server",
    "3CXMediaServer": "3CX PhoneSystem Media Server",
    "3CXIVR01": "3CX PhoneSystem 01 IVR Server",
    "3CXQueueManager01": "3CX PhoneSystem 01 Queue Manager",
    "3CXCallFlow01": "3CX PhoneSystem 01 Call Flow Server",
    "3CXSystemService01": "3CX PhoneSystem 01 System Server",
    "3CXAudioProvider01": "3CX PhoneSystem 01 Audio Provider",
    "3CXEventNotificationManager": "3CX PhoneSystem 01 Event Notification Manager",
    "3CXGatewayService": "3CX PhoneSystem Gateway Service",
}


class Services(EntitySet):
    """Services by Name. ``_steps`` are the states still to come, each with the moment it begins."""

    modelled = True

    def key_name(self) -> str:
        return "Name"

    def add(self, name: str, display_name: str, status: str) -> None:
        """Puts a service in place; used by seeds and by the control interface."""
        self.rows[name] = {
            "Name": name,
            "DisplayName": display_name,
            "MemoryUsed": 50_000_000 + 1_000_000 * len(self.rows),
            "ThreadCount": 20 + len(self.rows),
            "HandleCount": 200 + len(self.rows),
            "StartStopEnabled": name not in PROTECTED,
            "RestartEnabled": True,
            "_steps": [(0.0, status)],
            "_enabled": True,
        }

    def entities(self) -> list[Entity]:
        every = super().entities()
        if self.pbx.switches.word("service_disabled") == "hidden":
            return [row for row in every if row["_enabled"]]
        return every

    def status(self, row: Entity) -> str:
        """The state at this moment."""
        now = self.pbx.clock.now()
        return next(str(state) for moment, state in reversed(row["_steps"]) if moment <= now)

    def view(self, entity: Entity) -> Entity:
        """The service with its present state and load."""
        now = self.pbx.clock.now()
        running = self.status(entity) == RUNNING
        return {
            **entity,
            "Status": self.status(entity),
            "MemoryUsed": entity["MemoryUsed"] if running else 0,
            "ThreadCount": entity["ThreadCount"] if running else 0,
            "HandleCount": entity["HandleCount"] if running else 0,
            "TotalProcessorTime": int(now * 10) % 10_000_000 if running else 0,
            "CpuUsage": 1 if running else 0,
            "SampleTime": self.pbx.clock.stamp(),
        }

    def head_for(self, row: Entity, *states: str) -> None:
        """Lets a service go to these states one after the other, each through its Pending state."""
        moment = self.pbx.clock.now()
        current = self.status(row)
        steps: list[tuple[float, str]] = [(0.0, current)]
        for state in states:
            if state != current:
                steps.append((moment, PENDING[state]))
                moment += self.pbx.switches.number("service_delay")
                steps.append((moment, state))
                current = state
        row["_steps"] = steps


def not_running(pbx: Pbx) -> bool:
    """SystemStatus.HasNotRunningServices."""
    services = _services(pbx)
    return any(row["_enabled"] and services.status(row) != RUNNING for row in services.rows.values())


def _services(pbx: Pbx) -> Services:
    services = pbx.sets["Services"]
    if not isinstance(services, Services):
        raise TypeError("Services is not modelled")
    return services


def _named(pbx: Pbx, arguments: dict[str, Any]) -> list[Entity]:
    names = (arguments.get("options") or {}).get("ServiceNames") or []
    if not names:
        raise refused("ServiceNames", "XAPI.REQUIRED")
    services = _services(pbx)
    unknown = [name for name in names if name not in services.rows]
    mode = pbx.switches.word("service_unknown")
    if unknown and mode == "404":
        raise not_found()
    if unknown and mode == "400":
        raise refused("ServiceNames", "XAPI.NOT_FOUND")
    return [services.rows[name] for name in names if name in services.rows]


def _allowed(pbx: Pbx, rows: list[Entity]) -> None:
    mode = pbx.switches.word("service_protected")
    if mode != "accept" and any(not row["StartStopEnabled"] for row in rows):
        raise refused("ServiceNames", "XAPI.NOT_SUPPORTED", int(mode))


def _dragged(pbx: Pbx, rows: list[Entity]) -> list[Entity]:
    services = _services(pbx)
    if not pbx.switches.on("service_drag") or all(row["Name"] != SIP_SERVER for row in rows):
        return []
    named = {row["Name"] for row in rows}
    return [services.rows[name] for name in DRAGGED if name in services.rows and name not in named]


def start(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Services/Pbx.Start: a disabled service is refused."""
    rows = _named(pbx, arguments)
    _allowed(pbx, rows)
    if any(not row["_enabled"] for row in rows):
        raise refused("ServiceNames", "XAPI.NOT_SUPPORTED")
    for row in rows:
        _services(pbx).head_for(row, RUNNING)


def stop(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Services/Pbx.Stop: the SIP server takes its dependents with it."""
    rows = _named(pbx, arguments)
    _allowed(pbx, rows)
    for row in rows + _dragged(pbx, rows):
        _services(pbx).head_for(row, STOPPED)


def restart(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Services/Pbx.Restart: dependents of the SIP server restart too; some restarts cut the API off."""
    rows = _named(pbx, arguments)
    if any(not row["_enabled"] for row in rows):
        raise refused("ServiceNames", "XAPI.NOT_SUPPORTED")
    for row in rows + [row for row in _dragged(pbx, rows) if row["_enabled"]]:
        _services(pbx).head_for(row, STOPPED, RUNNING)
    if any(row["Name"] in SERVES_API for row in rows):
        pbx.outage.begin()


def restart_all(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Services/Pbx.RestartAll, up to 20.0.7: every service that is enabled."""
    services = _services(pbx)
    for row in services.rows.values():
        if row["_enabled"]:
            services.head_for(row, STOPPED, RUNNING)
    pbx.outage.begin()


def restart_system(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Services/Pbx.RestartOperatingSystem: connections are refused until it is up; enabled services run then."""
    services = _services(pbx)
    delay = pbx.switches.number("system_restart")
    for row in services.rows.values():
        state = RUNNING if row["_enabled"] else STOPPED
        row["_steps"] = [(0.0, STOPPED), (pbx.clock.now() + delay, state)]
    pbx.outage.begin(delay)


def enable(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Services/Pbx.Enable: may be started again; does not start."""
    for row in _named(pbx, arguments):
        row["_enabled"] = True


def disable(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Services/Pbx.Disable: stops and stays stopped until enabled."""
    rows = _named(pbx, arguments)
    _allowed(pbx, rows)
    for row in rows:
        row["_enabled"] = False
        _services(pbx).head_for(row, STOPPED)


CALLS = {
    "Services/Pbx.Start": start,
    "Services/Pbx.Stop": stop,
    "Services/Pbx.Restart": restart,
    "Services/Pbx.RestartAll": restart_all,
    "Services/Pbx.RestartOperatingSystem": restart_system,
    "Services/Pbx.Enable": enable,
    "Services/Pbx.Disable": disable,
}
