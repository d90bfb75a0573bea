# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""States of the PBX that were kept by name, to come back to as often as one likes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.simulator.pbx import FILES

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx, Snapshot


@dataclass(frozen=True)
class Savepoint:
    """What a backup holds, the backups themselves, and the build."""

    snapshot: Snapshot
    backups: dict[str, Entity]
    build: str


class Savepoints:
    """Kept until the process ends, also over a reset."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.kept: dict[str, Savepoint] = {}

    def save(self, name: str) -> None:
        """Keeps the state as it is now; ValueError while something is under way that would end in another state."""
        if self.pbx.agenda.busy() or self.pbx.outage.stage() != "up":
            raise ValueError("something is under way, such as an update; let time pass with POST /_sim/clock")
        self.kept[name] = Savepoint(self.pbx.snapshot(), _copied(self.pbx.sets[FILES].rows), self.pbx.build)

    def restore(self, name: str) -> None:
        """The state of then; what is under way will not happen. ValueError for a name that nothing was kept under."""
        if name not in self.kept:
            known = ", ".join(sorted(self.kept)) or "none"
            raise ValueError(f"name: there is no savepoint {name!r}; known: {known}")
        found = self.kept[name]
        self.pbx.agenda.clear()
        self.pbx.outage.reset()
        self.pbx.restore(found.snapshot)
        self.pbx.sets[FILES].rows = _copied(found.backups)
        self.pbx.build = found.build


def _copied(backups: dict[str, Entity]) -> dict[str, Entity]:
    return {name: dict(row) for name, row in backups.items()}
