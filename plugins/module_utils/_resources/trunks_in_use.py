# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No trunk and no DID goes while calls run over it, unless that is forced. PRIVATE to the collection.

With a trunk go its routes in outbound rules and all its inbound rules, with a DID the inbound rule that routes it
(contract: Pbx.OutboundRoute, Pbx.InboundRule, Pbx.DidNumber; REALITY.md sections 5 and 6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .model import Change, Item, Problem
from .port import Port

BY_DID = "BasedOnDID"
EMERGENCY = "OutboundRules/Pbx.GetEmergencyOutboundRules()"
SHOWN = 10


@dataclass(frozen=True)
class Inbound:
    """An inbound rule of a trunk. did: "" for a rule that is not about one."""

    title: str
    did: str


class TrunksInUse:
    """What the PBX sends and takes over its trunks; read when a trunk or a DID goes, and not before."""

    def __init__(self) -> None:
        self._outbound: dict[int | str, list[str]] = {}
        self._inbound: dict[int | str, list[Inbound]] = {}

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        if any(change.kind == "delete" for change in changes):
            self._outbound = _outbound(port)
        if any(change.kind == "delete" or lost_dids(change) for change in changes):
            self._inbound = _inbound(port)

    def problems(self, changes: Sequence[Change]) -> Iterator[Problem]:
        for change in changes:
            if change.kind == "delete" and change.record is not None:
                yield from self._trunk(change, change.record.id)
            elif change.record is not None:
                yield from self._dids(change, change.record.id)

    def _trunk(self, change: Change, id_: int | str) -> Iterator[Problem]:
        users = [*self._outbound.get(id_, ()), *(rule.title for rule in self._inbound.get(id_, ()))]
        if users:
            message = f"is still used by {_listed(users)}; change these first, or set force: true"
            yield Problem(change.index, change.label, "", message)

    def _dids(self, change: Change, id_: int | str) -> Iterator[Problem]:
        lost = lost_dids(change)
        users = [rule.title for rule in self._inbound.get(id_, ()) if rule.did in lost]
        if users:
            message = (
                f"replaces the whole list and leaves out DIDs of {_listed(users)}; list these as well, "
                "unroute them first with tcx_trunk_routes, or set force: true"
            )
            yield Problem(change.index, change.label, "did_numbers", message)


def lost_dids(change: Change) -> set[str]:
    """The DIDs that a trunk no longer has after an update."""
    if change.record is None or "did_numbers" not in change.values:
        return set()
    return _dids(change.record.item) - _dids(change.values)


def _dids(item: Item) -> set[str]:
    return set(item.get("did_numbers") or ())


def _outbound(port: Port) -> dict[int | str, list[str]]:
    """Titles of outbound rules by trunk. The usual list may or may not have the emergency rules among it."""
    emergency = port.rows(EMERGENCY, select=("Id", "Name", "Routes"))
    apart = {row["Id"] for row in emergency}
    usual = [row for row in port.rows("OutboundRules", select=("Id", "Name", "Routes")) if row["Id"] not in apart]
    found: dict[int | str, list[str]] = defaultdict(list)
    for kind, rows in (("emergency rule", emergency), ("outbound rule", usual)):
        for row in rows:
            for trunk in {route.get("TrunkId") for route in row.get("Routes") or ()}:
                found[trunk].append(f'{kind} "{row.get("Name") or row["Id"]}"')
    return found


def _inbound(port: Port) -> dict[int | str, list[Inbound]]:
    rows = port.rows("InboundRules", select=("Id", "RuleName", "Condition", "Data"), expand="TrunkDN")
    found: dict[int | str, list[Inbound]] = defaultdict(list)
    for row in rows:
        trunk = (row.get("TrunkDN") or {}).get("Id")
        if trunk is not None:
            found[trunk].append(_rule(row))
    return found


def _rule(row: Mapping[str, Any]) -> Inbound:
    called = " ".join(str(row[name]) for name in ("RuleName", "Data") if row.get(name))
    did = row["Data"] if row.get("Condition") == BY_DID and row.get("Data") else ""
    return Inbound(f'inbound rule "{called or row["Id"]}"', did)


def _listed(users: Sequence[str]) -> str:
    more = [f"{len(users) - SHOWN} more"] if len(users) > SHOWN else []
    return ", ".join([*users[:SHOWN], *more])
