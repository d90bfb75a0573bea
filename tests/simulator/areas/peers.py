# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Peers: one read-only view over everything that has a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import memberships
from tests.simulator.areas.base import EntitySet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Peers(EntitySet):
    """Users, queues, ring groups, IVRs, route points, faxes, parkings, trunks and departments."""

    modelled = True

    def entities(self) -> list[Entity]:
        return self.pbx.peers()

    def find_by(self, name: str, value: Any) -> Entity | None:
        return self.pbx.peer(value) if name == "Number" else super().find_by(name, value)


def member_of(pbx: Pbx, peer: Entity) -> list[Entity]:
    """Peer.MemberOf: the departments of a peer."""
    found = pbx.numbers.get(peer["Number"])
    if found is None:
        return []
    return [
        {
            "GroupID": group["GroupId"],
            "Name": group["Name"],
            "Number": group["Number"],
            "IsPrimary": position == 0,
            "RoleName": (group["Rights"] or {}).get("RoleName"),
        }
        for position, group in enumerate(memberships.groups_of(pbx, found[1]))
    ]


def by_numbers(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
    """Peers/Pbx.RetreivePeersByNumbers (the contract's spelling)."""
    wanted = (arguments.get("peersRequest") or {}).get("DnNumbers") or []
    return [peer for number in wanted if (peer := pbx.peer(number)) is not None]


def report_peers(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """Peers/Pbx.GetReportPeers()."""
    return pbx.peers()


CALLS = {
    "Peers/Pbx.RetreivePeersByNumbers": by_numbers,
    "Peers/Pbx.GetReportPeers()": report_peers,
}
