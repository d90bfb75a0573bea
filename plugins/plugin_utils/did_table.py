# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a table of DIDs become routes of a PBX. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.directory import Directory
from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes_rules import RINGING
from ansible_collections.tcx.pbx.plugins.plugin_utils.did_numbers import known_did, new_did
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems, Row
from ansible_collections.tcx.pbx.plugins.plugin_utils.tables import Column

COLUMNS = (
    Column("did", ("number", "phone number", "rufnummer", "nummer", "durchwahl", "telefonnummer"), required=True),
    Column("trunk", ("provider", "leitung", "amt", "anbieter")),
    Column("destination", ("extension", "target", "ziel", "nebenstelle", "ziel nebenstelle"), required=True),
    Column("display_name", ("name", "anzeigename", "bezeichnung", "label")),
)
# As in a table of outbound rules.
CLEARED = "-"
# 801,0 is what a column of numbers makes of 801.
DECIMAL = re.compile(r"^(\d+)[.,]0+$")

Route = dict[str, str]


@dataclass(frozen=True)
class Site:
    """What this PBX has. trunks: as tcx_info shows them. destinations: as its Peers, with number, name and type."""

    trunks: Sequence[Mapping[str, Any]]
    destinations: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Wishes:
    """trunk: for rows that name none. trunk_names: what a trunk of the table is called on this PBX.

    add_missing: DIDs that a trunk lacks are added to it. add_plus: to such numbers that may have lost theirs.
    """

    trunk: str = ""
    trunk_names: Mapping[str, str] = field(default_factory=dict)
    add_missing: bool = False
    add_plus: bool = False


class DidTable:
    """Reads rows against one PBX; notes tell what was understood differently from how it is written."""

    def __init__(self, site: Site, wishes: Wishes) -> None:
        self._wishes = wishes
        self._trunks = {_id(trunk, place): trunk for place, trunk in enumerate(site.trunks)}
        self._trunk_names = Directory("trunk", ((id_, _names(trunk)) for id_, trunk in self._trunks.items()))
        ringing = [one for one in site.destinations if one.get("type", RINGING[0]) in RINGING and one.get("number")]
        self._numbers = {_id(one, place): str(one["number"]) for place, one in enumerate(ringing)}
        self._destinations = Directory("destination", ((_id(one, n), _names(one)) for n, one in enumerate(ringing)))
        self.notes: list[str] = []

    def routes(self, rows: Iterable[Row]) -> list[Route]:
        """Raises BadInput with everything that is wrong, each with its place."""
        problems, routes = Problems(), []
        seen: dict[tuple[str, str], Row] = {}
        for row in rows:
            route = self._route(row, problems)
            if route is None:
                continue
            first = seen.setdefault((route["trunk"], route["did"]), row)
            if first is row:
                routes.append(route)
            else:
                problems.add(row.place("did"), f"{route['did']} stands in {first.where} already")
        problems.raise_if_any()
        return routes

    def _route(self, row: Row, problems: Problems) -> Route | None:
        """None if the row is wrong; all of its mistakes are told."""
        route: Route = {}
        with problems.at(row.place("destination")):
            route["destination"] = self._destination(row.values["destination"])
        trunk = None
        # Where no trunk is named, it is the number that leads to it.
        with problems.at(row.place("trunk" if row.values.get("trunk") else "did")):
            trunk = self._trunk(row)
        if trunk is not None:
            with problems.at(row.place("did")):
                route |= {"trunk": str(trunk["name"]), "did": self._did(row, trunk)}
        with problems.at(row.place("display_name")):
            route |= _display_name(row)
        return route if {"destination", "did"} <= route.keys() else None

    def _destination(self, text: str) -> str:
        if not text:
            raise ValueError("is empty; say where this DID rings, or leave the line out")
        found = DECIMAL.match(text)
        number = found.group(1) if found else text
        if number in self._numbers.values():
            return number
        return self._numbers[self._destinations.resolve(number)]

    def _trunk(self, row: Row) -> Mapping[str, Any]:
        text = row.values.get("trunk") or self._wishes.trunk
        if text:
            return self._trunks[self._trunk_names.resolve(self._wishes.trunk_names.get(text, text))]
        did = row.values["did"]
        having = [trunk for trunk in self._trunks.values() if did and known_did(did, _dids(trunk))]
        if len(having) != 1:
            names = " and ".join(str(trunk["name"]) for trunk in having) or "no trunk"
            remedy = "name the trunk" if having else "look at the number, or name the trunk"
            raise ValueError(f'no trunk is given, and {names} of the PBX has "{did}"; {remedy}')
        return having[0]

    def _did(self, row: Row, trunk: Mapping[str, Any]) -> str:
        text = row.values["did"]
        if not text:
            raise ValueError("is empty")
        did = known_did(text, _dids(trunk))
        if did is None and not self._wishes.add_missing:
            raise ValueError(
                f'trunk "{trunk["name"]}" has no DID {text}; look at the number, add it to the trunk, '
                "or let missing DIDs be added (did_routing_add_missing_dids)"
            )
        if did is None:
            did = new_did(text, add_plus=self._wishes.add_plus)
        if did != text:
            self.notes.append(f"{row.place('did')}: {text} was read as {did}")
        return did


def _display_name(row: Row) -> Route:
    """Nothing if the table says nothing."""
    text = row.values.get("display_name")
    if text and len(text.splitlines()) > 1:
        raise ValueError("goes on in another line; is a quotation mark missing or one too many?")
    return {"display_name": "" if text == CLEARED else text} if text else {}


def _id(one: Mapping[str, Any], place: int) -> int:
    """Of the PBX; the place in the list for what comes without."""
    return int(one.get("id", place))


def _names(one: Mapping[str, Any]) -> tuple[str | None, ...]:
    return (one.get("name"), one.get("number"))


def _dids(trunk: Mapping[str, Any]) -> Sequence[str]:
    return trunk.get("did_numbers") or ()
