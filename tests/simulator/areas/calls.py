# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls in progress; a call may have an end by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class ActiveCalls(EntitySet):
    """Calls set by the seed or by the control interface. ``_ends`` is the moment of hanging up, or None."""

    modelled = True

    def add(self, caller: str, callee: str, ends_in: float | None) -> Entity:
        """Puts a call in progress."""
        now = self.pbx.clock.now()
        key = self.next_id()
        self.rows[key] = {
            "Id": key,
            "Caller": caller,
            "Callee": callee,
            "Status": "Talking",
            "EstablishedAt": self.pbx.clock.stamp(),
            "LastChangeStatus": self.pbx.clock.stamp(),
            "_ends": None if ends_in is None else now + ends_in,
        }
        return self.rows[key]

    def entities(self) -> list[Entity]:
        now = self.pbx.clock.now()
        self.rows = {key: row for key, row in self.rows.items() if row["_ends"] is None or row["_ends"] > now}
        return super().entities()

    def find(self, key: Any) -> Entity | None:
        return next((row for row in self.entities() if row["Id"] == key), None)

    def view(self, entity: Entity) -> Entity:
        """The call with the server's clock."""
        return {**entity, "ServerNow": self.pbx.clock.stamp()}


def drop(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """ActiveCalls(id)/Pbx.DropCall: answers with an empty object."""
    if target is not None:
        pbx.sets["ActiveCalls"].delete(target)
    return {}


CALLS = {"ActiveCalls(#)/Pbx.DropCall": drop}
