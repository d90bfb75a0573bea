# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of a PBX (contract: Pbx.ServiceInfo; REALITY.md section 7). PRIVATE to the collection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .model import Body, Item
from .port import Port

RUNNING, STOPPED = "Running", "Stopped"
# Where a pending service is going.
HEADING = {"StartPending": RUNNING, "ContinuePending": RUNNING, "StopPending": STOPPED, "PausePending": "Paused"}
STATES = {RUNNING: "started", STOPPED: "stopped"}
# Without one of these nobody answers API calls: the management console, the configuration and the web server.
API_SERVICES = ("3cxphonesystemmc01", "3cxcfgserv01", "nginx")


@dataclass(frozen=True)
class Service:
    """start_stop_enabled, restart_enabled: whether the PBX lets one do that; None if it does not say.
    processor_time: in the unit of the PBX, since the service started; not before 20.0.7."""

    name: str
    display_name: str
    status: str
    start_stop_enabled: bool | None = None
    restart_enabled: bool | None = None
    processor_time: int | None = None

    @property
    def pending(self) -> bool:
        return self.status in HEADING

    @property
    def heading(self) -> str:
        """The final status of which this one is, or is on the way to."""
        return HEADING.get(self.status, self.status)

    @property
    def state(self) -> str | None:
        """In the words of the option; None for a paused service."""
        return STATES.get(self.heading)

    @property
    def serves_api(self) -> bool:
        return self.name.casefold() in API_SERVICES

    @property
    def item(self) -> Item:
        return {
            "name": self.name,
            "display_name": self.display_name,
            "status": self.status,
            "state": self.state,
            "start_stop_enabled": self.start_stop_enabled,
            "restart_enabled": self.restart_enabled,
        }


Services = Mapping[str, Service]


def services_of(port: Port) -> dict[str, Service]:
    """All services by name. Not selected: versions differ in what they show."""
    rows = port.rows("Services", orderby="Name")
    return {row["Name"]: _service(row) for row in rows}


def read_services(port: Port) -> list[Item]:
    return [service.item for service in services_of(port).values()]


def _service(row: Body) -> Service:
    return Service(
        row["Name"],
        row.get("DisplayName") or "",
        row.get("Status") or "",
        row.get("StartStopEnabled"),
        row.get("RestartEnabled"),
        row.get("TotalProcessorTime"),
    )


class ServiceNames:
    """Finds services by name or display name, in any case: spellings differ between versions (REALITY.md section 7)."""

    def __init__(self, services: Services) -> None:
        self._names = sorted(services)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._spelled: dict[str, str] = {}
        for service in services.values():
            for word in (service.name, service.display_name):
                if word:
                    self._by_word[word.casefold()].add(service.name)
                    self._spelled[word.casefold()] = word

    def find(self, text: str) -> str:
        """The name of the one service that is called so. Raises ValueError with a remedy."""
        folded = text.strip().casefold()
        found = sorted(self._by_word.get(folded, ()))
        if not found:
            raise ValueError(f'no service is called "{text}"; {self._choice(folded)}')
        if len(found) > 1:
            raise ValueError(f'"{text}" may be {" or ".join(found)}; write one of these names')
        return found[0]

    def _choice(self, folded: str) -> str:
        near = get_close_matches(folded, self._by_word, n=3, cutoff=0.7)
        near += [word for word in self._by_word if folded and folded in word and word not in near]
        if near:
            return "did you mean " + " or ".join(f'"{self._spelled[word]}"' for word in near[:3]) + "?"
        return "the PBX has " + ", ".join(self._names)
