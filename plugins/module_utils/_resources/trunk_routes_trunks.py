# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks as DID routes see them: their names and their DIDs. PRIVATE to the collection.

Contract: Pbx.Trunk, Pbx.Gateway; the natural key is Gateway.Name, Number is a virtual one (REALITY.md section 9).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .directory import Directory
from .port import Port

BRIDGES = ("BridgeMaster", "BridgeSlave", "BridgeSlaveOverTunnel")
SELECT = ("Id", "Number", "Gateway", "DidNumbers")


class Trunks:
    """Bridges to other PBXs and internal trunks are known, but not by name: DIDs are a matter of providers."""

    def __init__(self, rows: Iterable[dict[str, Any]] = ()) -> None:
        rows = list(rows)
        self._names = Directory("trunk", ((row["Id"], _names(row)) for row in rows if not _why_not(row)))
        self._why_not = {name: why for row in rows if (why := _why_not(row)) for name in _names(row) if name}
        self._by_number: dict[str | None, int] = {row["Number"]: row["Id"] for row in rows if row.get("Number")}
        self._ids = {row["Id"] for row in rows}
        self._dids = {row["Id"]: tuple(row.get("DidNumbers") or ()) for row in rows}

    @classmethod
    def read(cls, port: Port) -> Trunks:
        return cls(port.rows("Trunks", select=SELECT))

    def resolve(self, text: str) -> int:
        """The id. Raises ValueError with a remedy."""
        try:
            return self._names.resolve(text)
        except ValueError:
            why = self._why_not.get(text.strip())
            if why is None:
                raise
        raise ValueError(f'"{text}" is {why}, DIDs are routed on the trunks of providers; leave it out')

    def id_or_none(self, text: str) -> int | None:
        try:
            return self._names.resolve(text)
        except ValueError:
            return None

    def name_of(self, trunk_id: int) -> str | None:
        """The name for people; None for a trunk that cannot be named here."""
        return self._names.name_of(trunk_id)

    def dids(self, trunk_id: int) -> tuple[str, ...]:
        return self._dids.get(trunk_id, ())

    def id_of_peer(self, peer: dict[str, Any]) -> int | None:
        """Of an InboundRule's TrunkDN: by its number, the natural key of a DN, else by its id."""
        by_id: int | None = peer.get("Id")
        return self._by_number.get(peer.get("Number"), by_id if by_id in self._ids else None)


def _names(row: dict[str, Any]) -> tuple[str | None, str | None]:
    return (row.get("Gateway") or {}).get("Name"), row.get("Number")


def _why_not(row: dict[str, Any]) -> str:
    gateway = row.get("Gateway") or {}
    if gateway.get("Internal"):
        return "an internal trunk of the PBX"
    return "a bridge to another PBX" if gateway.get("Type") in BRIDGES else ""
