# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of services after a call that changes their state. PRIVATE to the collection.

A 204 means "accepted"; the state then moves through pending ones (REALITY.md section 7).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from .services import RUNNING, STOPPED, Service, Services
from .services_plan import Act

# A restart that was accepted and shows nothing but Running is over after so many seconds.
GRACE = 3.0
# So long after a call whose answer is no "yes", a sign that it was carried out may still come.
SIGN = 10.0
# Looks at a service that went back to where it was, until that is taken for final.
BACK = 3


class Watch:
    """Follows the services of one call.

    accepted: the PBX said yes, or was cut off by what it was told to do.
    may_hide: services that were just disabled, which a PBX may leave out of its list (REALITY.md open point 7).
    """

    def __init__(
        self,
        acts: Sequence[Act],
        before: Services,
        *,
        now: float,
        accepted: bool = True,
        may_hide: Collection[str] = (),
    ) -> None:
        self.names = tuple(act.name for act in acts)
        self._goal = STOPPED if acts[0].verb == "stop" else RUNNING
        self._restart = acts[0].verb == "restart"
        self._accepted = accepted
        self._may_hide = may_hide
        self._before = before
        self._since = now
        self._error = ""
        self._last: dict[str, Service] = {}
        self._signs: set[str] = set()
        self._tried: set[str] = set()
        self._back: Counter[str] = Counter()

    def see(self, services: Services) -> None:
        self._error = ""
        self._last = {name: services[name] for name in self.names if name in services}
        for service in self._last.values():
            self._follow(service)

    def miss(self, error: str) -> None:
        """The API did not answer, which for what serves it is a sign of restarting."""
        self._error = error
        self._signs |= {name for name in self.names if self._before[name].serves_api}

    def _follow(self, service: Service) -> None:
        if moved(self._before[service.name], service):
            self._signs.add(service.name)
        if service.pending and service.heading == self._goal:
            self._tried.add(service.name)
            self._back[service.name] = 0
        elif service.heading != self._goal and service.name in self._tried:
            self._back[service.name] += 1

    def over(self, now: float) -> bool:
        """Whether looking longer can bring nothing new."""
        return not self._error and all(self._final(name, now - self._since) for name in self.names)

    def _final(self, name: str, elapsed: float) -> bool:
        if self._back[name] >= BACK:
            return True
        if name not in self._signs and elapsed >= (GRACE if self._accepted and self._there(name) else SIGN):
            return self._there(name) or not self._accepted
        return self._there(name) and (not self._restart or name in self._signs)

    def _there(self, name: str) -> bool:
        if name not in self._last:
            return self._goal == STOPPED and name in self._may_hide
        return self._last[name].status == self._goal

    def verdict(self, name: str, timeout: float) -> tuple[str, str]:
        """(status of the outcome, message)."""
        if self._error:
            return "unknown", f"the PBX did not answer again within {timeout:g} s: {self._error}"
        if self._there(name):
            return self._proof(name)
        status = self._last[name].status if name in self._last else "not in the list of services"
        if self._back[name] >= BACK:
            return "failed", f"it went back to {status}; the event log of the PBX may tell why"
        if not self._accepted and name not in self._signs:
            return "failed", f"it stayed {status}"
        return "failed", f"it is {status} after {timeout:g} s; look at the PBX, or raise wait_timeout"

    def _proof(self, name: str) -> tuple[str, str]:
        if not self._restart or self._accepted or name in self._signs:
            return "done", ""
        return "unknown", "nothing shows that the restart took place; look, and repeat it if it did not"


def moved(before: Service, now: Service) -> bool:
    """Whether something happened to the service. Processor time counts from its start."""
    if before.status != now.status:
        return True
    if before.processor_time is None or now.processor_time is None:
        return False
    return now.processor_time < before.processor_time
