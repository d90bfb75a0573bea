# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the PBX says each number rings for, asked just before it is written. PRIVATE to the collection.

SetRoutes replaces all DIDs of one destination (REALITY.md section 6), so what is not asked for has to be sent along,
on whatever trunk it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from .port import Port
from .trunk_routes_peers import Peers
from .trunk_routes_rules import Key, Rule

Route = dict[str, Any]
PROPS = ("DID", "TrunkId", "DisplayName")
# Peers in one GetRoutes. No limit is known; 100 is that of a page.
AT_ONCE = 100


class Standing:
    """Routes by the number of their destination.

    together: for each number the ones that are asked for with it, when the first of them is written.
    rules: from the last reading. again: a fresh reading of them.
    """

    def __init__(
        self,
        peers: Peers,
        together: Mapping[str, Sequence[str]],
        rules: Sequence[Rule],
        again: Callable[[Port], list[Rule]],
    ) -> None:
        self._peers = peers
        self._together = together
        self._rules = rules
        self._again = again
        self._routes: dict[str, dict[Key, Route]] = {}

    def routes(self, port: Port, number: str) -> dict[Key, Route]:
        unknown = [one for one in self._together[number] if one not in self._routes]
        if unknown:
            self._ask(port, unknown)
        return self._routes[number]

    def display_name(self, number: str, key: Key) -> str | None:
        return self._routes.get(number, {}).get(key, {}).get("DisplayName")

    def _ask(self, port: Port, numbers: Sequence[str]) -> None:
        self._peers.ask(port, numbers)
        peers = {peer.id: number for number in numbers if (peer := self._peers.get(number))}
        self._routes |= {number: {} for number in numbers}
        for row in self._answers(port, list(peers)):
            if row.get("Id") in peers:
                self._routes[peers[row["Id"]]] = {route_key(route): route for route in map(_kept, _listed(row))}
        self._add_untold(port, numbers)

    def _answers(self, port: Port, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
        for start in range(0, len(ids), AT_ONCE):
            asked = {"ids": list(ids[start : start + AT_ONCE])}
            yield from (port.action("Defs/Pbx.GetRoutes", asked, repeatable=True) or {}).get("value") or ()

    def _add_untold(self, port: Port, numbers: Sequence[str]) -> None:
        """Routes that the rules showed and GetRoutes does not: looked at again, since losing one is worse."""
        if not any(True for _rule in self._untold(self._rules, numbers)):
            return
        for rule in list(self._untold(self._again(port), numbers)):
            self._routes[str(rule.office.rings)][rule.key] = route_of(rule.key, rule.name)

    def _untold(self, rules: Iterable[Rule], numbers: Sequence[str]) -> Iterable[Rule]:
        return (
            rule
            for rule in rules
            if rule.plain and (number := rule.office.rings) in numbers and rule.key not in self._routes[str(number)]
        )


def route_of(key: Key, name: str | None) -> Route:
    """Without a name the PBX chooses one."""
    route: Route = {"DID": key[1], "TrunkId": key[0]}
    return route if name is None else {**route, "DisplayName": name}


def route_key(route: Route) -> Key:
    return (route["TrunkId"], route["DID"])


def _listed(row: dict[str, Any]) -> list[Route]:
    return list(row.get("Routes") or ())


def _kept(route: Route) -> Route:
    return {name: route[name] for name in PROPS if route.get(name) is not None}
