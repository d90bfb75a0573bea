# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The IP blocklist (REALITY.md section 4)."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found, refused
from tests.simulator.odata.values import instant

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def network_of(text: str) -> Network:
    """``192.0.2.1``, ``192.0.2.0/24`` and ``192.0.2.0/255.255.255.0`` as networks; INVALID_IP_MASK otherwise."""
    try:
        return ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise refused("IPAddrMask", "INVALID_IP_MASK") from None


def written(network: Network, sent: str, notation: str) -> str:
    """A network in the notation of the switch; IPv6 has no dotted masks."""
    if notation == "as_sent":
        return sent
    if notation == "bare" and network.num_addresses == 1:
        return str(network.network_address)
    if notation == "dotted" and network.version == 4:
        return network.with_netmask
    return str(network)


class Blocklist(EntitySet):
    """Blocked and allowed networks. What the PBX added by itself expires by the clock."""

    modelled = True
    read_only = frozenset(("AddedBy",))

    def defaults(self) -> Entity:
        return {"BlockType": "Block", "AddedBy": "Manual", "Description": "", "ExpiresAt": None}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.networks: dict[Network, int] = {}  # how many entries each network has
        self.next_expiry = float("inf")

    def entities(self) -> list[Entity]:
        self._sweep()
        return super().entities()

    def find(self, key: Any) -> Entity | None:
        self._sweep()
        return super().find(key)

    def _sweep(self) -> None:
        now = self.pbx.clock.now()
        if now < self.next_expiry:
            return
        for row in [row for row in self.rows.values() if _expiry(row) <= now]:
            self.delete(row)
        self.next_expiry = min((_expiry(row) for row in self.rows.values()), default=float("inf"))

    def changed(self, entity: Entity, before: Entity | None) -> None:
        if before is not None:
            self._count(before, -1)
        self._count(entity, 1)
        self.next_expiry = min(self.next_expiry, _expiry(entity))

    def released(self, entity: Entity) -> None:
        self._count(entity, -1)

    def _count(self, entity: Entity, step: int) -> None:
        network = network_of(entity["IPAddrMask"])
        self.networks[network] = self.networks.get(network, 0) + step
        if not self.networks[network]:
            del self.networks[network]

    def accept(self, draft: Entity, before: Entity | None) -> None:
        sent = draft.get("IPAddrMask")
        if not sent:
            raise refused("IPAddrMask", "XAPI.REQUIRED")
        network = network_of(sent)
        if before is None or sent != before["IPAddrMask"]:
            self._refuse_twin(network, before)
            draft["IPAddrMask"] = written(network, sent, self.pbx.switches.word("blocklist_notation"))
        fresh = before is None or draft.get("ExpiresAt") != before.get("ExpiresAt")
        past = _expiry(draft) <= self.pbx.clock.now()
        if fresh and past and self.pbx.switches.word("blocklist_past_expiry") == "refuse":
            raise refused("ExpiresAt", "ALREADY_EXPIRED")

    def _refuse_twin(self, network: Network, before: Entity | None) -> None:
        self._sweep()
        own = before is not None and network_of(before["IPAddrMask"]) == network
        if self.networks.get(network, 0) > own and self.pbx.switches.word("blocklist_duplicates") == "refuse":
            raise refused("IPAddrMask", "XAPI.ALREADY_IN_USE")


def _expiry(row: Entity) -> float:
    text = row.get("ExpiresAt")
    return instant(text).timestamp() if text else float("inf")


def bulk_delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Blocklist/Pbx.BulkIpsDelete."""
    blocklist = pbx.sets["Blocklist"]
    ids = arguments.get("ids", [])
    if pbx.switches.word("blocklist_unknown_ids") == "404" and any(blocklist.find(key) is None for key in ids):
        raise not_found()
    for key in ids:
        row = blocklist.find(key)
        if row is not None:
            blocklist.delete(row)


CALLS = {"Blocklist/Pbx.BulkIpsDelete": bulk_delete}
