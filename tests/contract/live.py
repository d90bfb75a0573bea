# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a running simulator holds, in the form in which driving.py asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.simulator.facts.catalog import Catalog, load
from tests.simulator.testing import Simulator

PAGE = 100


@dataclass(frozen=True)
class LiveSet:
    """One set. Looking at it leaves no trace in the log."""

    simulator: Simulator
    name: str
    key: str | None

    def key_name(self) -> str:
        return self.key or "Id"

    def entities(self) -> list[dict[str, Any]]:
        """All rows, as a listing shows them; of a set that cannot be listed, as they are kept."""
        if "GET" not in load(self.simulator.version).operations.get(self.name, {}):
            return self.simulator.rows(self.name, ids=True)
        found: list[dict[str, Any]] = []
        while len(found) % PAGE == 0:
            page = self.simulator.get(f"{self.name}?$skip={len(found)}")["value"]
            found += page
            if not page:
                break
        return found

    @property
    def rows(self) -> dict[Any, dict[str, Any]]:
        return {row[self.key_name()]: row for row in self.entities()}

    def find_by(self, name: str, value: Any) -> dict[str, Any]:
        return next(row for row in self.entities() if row.get(name) == value)


@dataclass(frozen=True)
class Shelf:
    """What is only seen through functions."""

    simulator: Simulator

    def __getitem__(self, name: str) -> Any:
        if name == "UpdateKey":
            # Each listing of updates has a key of its own, and only the last one is good.
            return self.simulator.get("GetUpdates()")["Key"]
        return self.simulator.state(ids=True)["functions"][name]


class LivePbx:
    """Stands where driving.py expects the PBX of this process."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    @cached_property
    def catalog(self) -> Catalog:
        return load(self._simulator.version)

    @cached_property
    def sets(self) -> dict[str, LiveSet]:
        return {name: LiveSet(self._simulator, name, facts.key) for name, facts in self.catalog.sets.items()}

    @cached_property
    def shelf(self) -> Shelf:
        return Shelf(self._simulator)
