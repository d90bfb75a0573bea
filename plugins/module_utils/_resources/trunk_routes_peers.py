# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers that a DID can ring at. PRIVATE to the collection.

Contract: Pbx.Peer, one set over extensions, queues, ring groups, IVRs and more. Its id is what SetRoutes wants
(REALITY.md section 6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .._xapi.odata import member_filters
from .port import Port
from .trunk_routes_rules import RINGING

SELECT = ("Id", "Number", "Name", "Type")
# Numbers in one filter: ASP.NET refuses filters of more than 100 nodes, and each comparison has about five.
AT_ONCE = 15
# For more numbers than this, all peers in pages of 100 are fewer calls than filters.
MANY = 10 * AT_ONCE


@dataclass(frozen=True)
class Peer:
    id: int
    number: str
    name: str
    type: str

    def __str__(self) -> str:
        return f"{self.number} ({self.type}{' ' if self.name else ''}{self.name})"


class Peers:
    """Asks for what it does not know yet, many at once."""

    def __init__(self) -> None:
        self._found: dict[str, dict[int, Peer]] = defaultdict(dict)
        self._asked: set[str] = set()
        self._all = False

    def ask(self, port: Port, numbers: Iterable[str]) -> None:
        new = [number for number in dict.fromkeys(numbers) if number not in self._asked]
        if self._all or not new:
            return
        if len(new) > MANY:
            self.ask_all(port)
            return
        for some in member_filters("Number", new, AT_ONCE):
            self._add(port.rows("Peers", select=SELECT, filter=some))
        self._asked.update(new)

    def ask_all(self, port: Port) -> None:
        if not self._all:
            self._add(port.rows("Peers", select=SELECT))
            self._all = True

    def _add(self, rows: Iterable[dict[str, Any]]) -> None:
        for row in rows:
            number = row.get("Number")
            if number:
                peer = Peer(row["Id"], number, row.get("Name") or "", row.get("Type") or "None")
                self._found[number][peer.id] = peer

    def get(self, number: str) -> Peer | None:
        """The one that can ring at this number."""
        able = self._able(number)
        return able[0] if len(able) == 1 else None

    def _able(self, number: str) -> list[Peer]:
        return [peer for peer in self._found.get(number, {}).values() if peer.type in RINGING]

    def problem(self, number: str) -> str:
        """Why `get` has no answer, and the remedy."""
        others = list(self._found.get(number, {}).values())
        if len(self._able(number)) > 1:
            return f"{number} may be {self._named(self._able(number))}; give one of them another number on the PBX"
        if others:
            return f"{self._named(others)} cannot be the destination of a DID; {_TAKES}"
        kinds = "an extension, queue, ring group, IVR, fax or route point"
        return f'"{number}" is not the number of {kinds}{self._meant(number)}'

    def _meant(self, text: str) -> str:
        """A name instead of a number is a likely mistake; after `ask_all` it can be told."""
        folded = text.casefold()
        named = [peer for group in self._found.values() for peer in group.values() if peer.name.casefold() == folded]
        able = [peer for peer in named if peer.type in RINGING]
        return f"; did you mean {self._named(able[:3])}? Write its number" if able else f"; {_TAKES}"

    def _named(self, peers: Iterable[Peer]) -> str:
        return " or ".join(str(peer) for peer in peers)


_TAKES = "write the number of one that the PBX has"
