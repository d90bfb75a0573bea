# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all directory numbers share: one space of ids, one of numbers, departments, references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas import memberships, played_files, references
from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity

ROUTABLE = frozenset(("Extension", "Queue", "RingGroup", "IVR", "RoutePoint", "Fax"))


class DnSet(EntitySet):
    """A set of DNs. ``first_number``: where the server starts to look for a free number."""

    modelled = True
    peer_type = "None"
    first_number = 100
    in_use_switch = "dn_delete_in_use"
    read_only = frozenset(("IsRegistered",))

    def display_name(self, entity: Entity) -> str:
        """The name under which others show this DN."""
        return str(entity.get("Name") or "")

    def free_number(self) -> str:
        """The first number that no DN has."""
        candidate = self.first_number
        while str(candidate) in self.pbx.numbers:
            candidate += 1
        return str(candidate)

    def next_id(self) -> int:
        return self.pbx.next_dn_id()

    def defaults(self) -> Entity:
        return {"Number": None, "TranscriptionMode": "Inherit" if self._transcribes() else None}

    def _transcribes(self) -> bool:
        return "Inherit" in self.pbx.catalog.enums.get("TranscriptionType", ())

    def accept(self, draft: Entity, before: Entity | None) -> None:
        if before is not None and draft.get("Number") != before["Number"]:
            raise refused("Number", "XAPI.FORBIDDEN_CHANGE")
        if before is None:
            draft["Number"] = draft.get("Number") or self.free_number()
            if draft["Number"] in self.pbx.numbers:
                raise refused("Number", "XAPI.ALREADY_IN_USE")
        memberships.accept(self.pbx, draft)
        references.refuse_unknown(self.pbx, draft, before)
        played_files.refuse_missing(self.pbx, draft, before)

    def changed(self, entity: Entity, before: Entity | None) -> None:
        if before is None:
            self.pbx.numbers[entity["Number"]] = (self, entity)

    def releasing(self, entity: Entity) -> None:
        if self.pbx.switches.word(self.in_use_switch) == "refuse" and references.users_of(self.pbx, entity["Number"]):
            raise refused("Number", "XAPI.ALREADY_IN_USE")

    def released(self, entity: Entity) -> None:
        del self.pbx.numbers[entity["Number"]]
        references.drop_memberships(self.pbx, entity["Number"])
        if self.pbx.switches.word(self.in_use_switch) == "clear":
            references.clear(self.pbx, entity["Number"])
