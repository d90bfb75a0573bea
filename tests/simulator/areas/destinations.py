# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Destinations: the client writes To, Number, External; the server echoes Name, Type and Tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Destination.To by the type of the peer it leads to.
TO_PEER = {
    "Extension": "Extension",
    "Queue": "Queue",
    "RingGroup": "RingGroup",
    "IVR": "IVR",
    "RoutePoint": "RoutePoint",
    "Fax": "Fax",
}


def echo(pbx: Pbx, destination: Entity) -> Entity:
    """The destination with what the server adds (REALITY.md section 6)."""
    peer = pbx.numbers.get(destination.get("Number") or "")
    written = {name: destination.get(name) for name in ("To", "Number", "External")}
    if peer is None:
        return written
    return {**written, "Name": peer[0].display_name(peer[1]), "Type": peer[0].peer_type, "Tags": []}


def to_peer(number: str, peer_type: str) -> Entity:
    """The destination that rings a peer."""
    return {"To": TO_PEER[peer_type], "Number": number, "External": ""}


def nowhere() -> Entity:
    """The destination that ends the call."""
    return {"To": "None", "Number": "", "External": ""}
