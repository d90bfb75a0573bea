# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX that goes away and comes back: after an update, after a restore. PRIVATE to the collection.

A 204 means "accepted": the API goes away some time later, is away for minutes, and old tokens are worth nothing then
(REALITY.md section 9). So "it is as before" proves nothing until there was a sign that something happened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from .._xapi.errors import XapiError
from .services import RUNNING, Service, Services, services_of
from .services_watch import moved
from .waiting import Doors, PingPort, version_of

# Good looks in a row, since the API may be there for a moment between two restarts.
STEADY = 2
NOTHING_YET = "the PBX has not begun yet"


@dataclass(frozen=True)
class Standing:
    """version: such as 20.0.10.1234. services: by name."""

    version: str
    services: Services

    @property
    def running(self) -> list[str]:
        return [name for name, service in self.services.items() if service.heading == RUNNING]


def standing(port: PingPort) -> Standing:
    """One look that fails at once if nobody answers."""
    return Standing(version_of(port), services_of(port))


class Comeback:
    """Looks whether the PBX is back.

    goal: what the new standing still lacks, "" for nothing. needs_sign: whether being as before is not enough.
    signs: whether something was seen to happen. now: the last standing.
    """

    def __init__(
        self, port: PingPort, before: Standing, goal: Callable[[Standing], str], *, needs_sign: bool = True
    ) -> None:
        self._port = port
        self._before = before
        self._goal = goal
        self._needs_sign = needs_sign
        self._doors = Doors()
        self._steady = 0
        self.signs = False
        self.now = before

    def look(self) -> str:
        """ "" if the PBX is back, else what is still lacking. Raises an XapiError that does not pass."""
        try:
            lacking = self._judged(standing(self._port))
        except XapiError as exc:
            lacking = self._doors.bear(exc)
            self.signs = True
        else:
            self._doors.opened()
        self._steady = 0 if lacking else self._steady + 1
        return lacking or ("" if self._steady >= STEADY else "the PBX is back; looking once more")

    def _judged(self, now: Standing) -> str:
        self.signs = self.signs or self._is_sign(now)
        self.now = now
        if self._needs_sign and not self.signs:
            return NOTHING_YET
        return still(self.stopped) or self._goal(now)

    def _is_sign(self, now: Standing) -> bool:
        before = self._before.services
        changed = any(name in before and moved(before[name], service) for name, service in now.services.items())
        return changed or now.version != self._before.version or set(now.services) != set(before)

    @property
    def stopped(self) -> list[Service]:
        """Services that ran before and do not run now. A new version may have others than the old one."""
        renewed = self.now.version != self._before.version
        found = []
        for name in self._before.running:
            service = self.now.services.get(name)
            if service is None and not renewed:
                found.append(replace(self._before.services[name], status="not listed"))
            elif service is not None and service.status != RUNNING:
                found.append(service)
        return found


def still(services: Sequence[Service]) -> str:
    """A sentence on services that do not run, "" if there is none."""
    if not services:
        return ""
    return "services do not run yet: " + ", ".join(f"{service.name} ({service.status})" for service in services)
