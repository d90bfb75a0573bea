# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues, ring groups, IVRs, fax extensions and parkings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.dn import DnSet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def _members(pbx: Pbx, draft: Entity, name: str, extra: tuple[str, ...] = ()) -> None:
    """Reduces a member list to numbers; the members must be extensions."""
    kept = []
    for given in draft.get(name) or []:
        peer = pbx.numbers.get(given.get("Number") or "")
        if peer is None or peer[0].peer_type != "Extension":
            raise refused(name, "XAPI.NOT_FOUND")
        kept.append({"Number": given["Number"], **{key: given[key] for key in extra if key in given}})
    draft[name] = kept


def member_view(pbx: Pbx, member: Entity) -> Entity:
    """A member with the id and name of its extension."""
    peer = pbx.numbers.get(member["Number"])
    if peer is None:
        return member
    return {**member, "Id": peer[1]["Id"], "Name": peer[0].display_name(peer[1]), "Tags": []}


class NamedDn(DnSet):
    """A DN with a Name that must be there."""

    named = True

    def defaults(self) -> Entity:
        return {**super().defaults(), "IsRegistered": True, "Groups": []}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        if self.named and not draft.get("Name"):
            if before is not None:
                raise refused("Name", "XAPI.CAN_NOT_BE_EMPTY_STRING")
            draft["Name"] = f"{self.peer_type} {draft['Number']}"


class Queues(NamedDn):
    """Call queues."""

    peer_type = "Queue"
    first_number = 800

    def defaults(self) -> Entity:
        return {**super().defaults(), "PollingStrategy": "RingAll", "RingTimeout": 20, "MasterTimeout": 1800}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        _members(self.pbx, draft, "Agents", ("SkillGroup",))
        _members(self.pbx, draft, "Managers")


class RingGroups(NamedDn):
    """Ring groups."""

    peer_type = "RingGroup"
    first_number = 810

    def defaults(self) -> Entity:
        return {**super().defaults(), "RingStrategy": "RingAll", "RingTime": 20}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        _members(self.pbx, draft, "Members")


class Receptionists(NamedDn):
    """IVRs (digital receptionists). Forwards are replaced as a whole and numbered by the server."""

    peer_type = "IVR"
    first_number = 820

    def defaults(self) -> Entity:
        return {**super().defaults(), "IVRType": "Default", "Timeout": 5, "TimeoutForwardType": "EndCall"}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        forwards = draft.get("Forwards") or []
        draft["Forwards"] = [
            {"CustomData": "", **forward, "Id": position + 1} for position, forward in enumerate(forwards)
        ]


def forward_view(pbx: Pbx, forward: Entity) -> Entity:
    """An IVR key with the type of the peer it leads to."""
    peer = pbx.numbers.get(forward.get("ForwardDN") or "")
    return {**forward, "PeerType": peer[0].peer_type if peer else "None"}


class Fax(DnSet):
    """Fax extensions."""

    peer_type = "Fax"
    first_number = 888

    def display_name(self, entity: Entity) -> str:
        return f"Fax {entity['Number']}"


class Parkings(DnSet):
    """Shared parking places, numbered SP0 and up."""

    peer_type = "Parking"

    def display_name(self, entity: Entity) -> str:
        return str(entity["Number"])

    def free_number(self) -> str:
        return next(f"SP{n}" for n in range(100_000) if f"SP{n}" not in self.pbx.numbers)


def free_number(set_name: str) -> Callable[[Pbx, Entity | None, dict[str, Any]], Any]:
    """The GetFirstAvailable...Number() of a set."""

    def call(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
        dn_set = pbx.sets[set_name]
        return {"Number": dn_set.free_number()} if isinstance(dn_set, DnSet) else None

    return call


CALLS = {
    "Queues/Pbx.GetFirstAvailableQueueNumber()": free_number("Queues"),
    "RingGroups/Pbx.GetFirstAvailableRingGroupNumber()": free_number("RingGroups"),
    "Receptionists/Pbx.GetFirstAvailableReceptionistNumber()": free_number("Receptionists"),
    "Trunks/Pbx.GetFirstAvailableTrunkNumber()": free_number("Trunks"),
}
