# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules (contract: Pbx.OutboundRule; REALITY.md section 5). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .._xapi.errors import Conflict, Refused, XapiError
from .directory import Directory
from .dn_ranges import sent_ranges, shown_ranges, spelled_ranges
from .model import Body, Change, Field, Item, Place, Problem, Record, Wanted
from .outbound_guards import hollow, is_nameless, no_emergency_left, others_serve, replacing
from .outbound_order import ORDER, Sequences, found, moves_to, order_change
from .outbound_routes import check_routes, shown_routes, slots, spelled_route, unknown_trunks
from .port import Port
from .ranges import compact, extensions, lengths, lenient, prefixes, same_extensions
from .resource import Resource
from .steps import BulkDelete, PartlyDone, Step

EMERGENCY_RULES = "OutboundRules/Pbx.GetEmergencyOutboundRules()"
MOVE = "OutboundRules/Pbx.MoveUpDown"


@dataclass(frozen=True)
class PurgeFilter:
    """Which unlisted rules a purge may remove.

    name: only rules whose name contains it. group_names: only rules for these departments and no other.
    include_emergency: emergency rules too, which a purge otherwise leaves alone.
    """

    name: str | None = None
    group_names: tuple[str, ...] | None = None
    include_emergency: bool = False


class OutboundRules(Resource):
    """Rules known by name, in the order of evaluation."""

    noun, plural, option = "outbound rule", "outbound rules", "rules"
    entity_set = "OutboundRules"
    fields = (
        Field("name", "Name", empty=""),
        Field("priority", "Priority", writable=False, in_diff=False),
        Field("emergency_rule", "EmergencyRule", empty=False),
        Field("prefix", "Prefix", same=lenient(prefixes), wire=compact, empty=""),
        Field("number_length_ranges", "NumberLengthRanges", same=lenient(lengths), wire=compact, empty=""),
        Field(
            "dn_ranges",
            "DNRanges",
            same=same_extensions,
            show=shown_ranges,
            wire=sent_ranges,
            empty=[],
        ),
        Field("group_names", "GroupNames", same=frozenset, empty=[]),
        Field("routes", "Routes", empty=[]),
    )
    defaults = {
        "emergency_rule": False,
        "prefix": "",
        "number_length_ranges": "",
        "dn_ranges": [],
        "group_names": [],
        "routes": [],
    }
    # Not repeatable: what an unknown id among the ids does is not known, so a lost answer is looked at first.
    bulk_delete = BulkDelete(
        "OutboundRules/Pbx.Purge", lambda ids: {"purgeObject": {"Ids": ids}}, most=100_000, repeatable=False
    )

    def __init__(
        self, *, listed_order: bool = False, purge_filter: PurgeFilter | None = None, force: bool = False
    ) -> None:
        """listed_order: evaluate the listed rules in the order of the list.
        force: allow that no emergency rule with a route is left."""
        self._listed_order = listed_order
        self._purge_filter = purge_filter or PurgeFilter()
        self._force = force
        self._trunks = Directory("trunk", ())
        self._departments = Directory("department", ())
        self._hidden: frozenset[int] = frozenset()
        self._loaded = False
        self._standing = Sequences()

    # --- who is who

    def label(self, item: Item) -> str:
        return str(item.get("name") or f"id {item.get('id')}")

    def identity_names(self) -> tuple[str, ...]:
        return ("name",)

    def key_of(self, item: Item) -> Hashable | None:
        return (item.get("name") or "").strip() or None

    # --- checking input

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        if "name" in item and not item["name"].strip():
            yield "name", "is empty; write the name of the rule"
        if state == "present":
            yield from _problem("prefix", prefixes, item)
            yield from _problem("number_length_ranges", lengths, item)
            for number, one in enumerate(item.get("dn_ranges", ())):
                yield from _problem(f"dn_ranges[{number}]", extensions, {f"dn_ranges[{number}]": [one]})
            yield from check_routes(item.get("routes", ()))

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        trunks = port.rows("Trunks", select=("Id", "Number", "Gateway"))
        self._trunks = Directory("trunk", (_trunk(row) for row in trunks))
        groups = port.rows("Groups", select=("Id", "Name", "Number"))
        self._hidden = frozenset(row["Id"] for row in groups if _is_system_group(row))
        departments = (row for row in groups if row["Id"] not in self._hidden)
        self._departments = Directory(
            "department", ((row["Id"], (row.get("Name"), row.get("Number"))) for row in departments)
        )
        self._loaded = True

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        if state == "present":
            yield from self._unknown_departments("group_names", item.get("group_names", ()))
            yield from unknown_trunks(item.get("routes", ()), self._trunks)

    def _unknown_departments(self, place: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        for number, name in enumerate(names):
            try:
                self._departments.resolve(name)
            except ValueError as exc:
                yield f"{place}[{number}]", str(exc)

    def spelled(self, item: Item) -> Item:
        spelled = dict(item)
        if "name" in item:
            spelled["name"] = item["name"].strip()
        if "dn_ranges" in item:
            spelled["dn_ranges"] = spelled_ranges(item["dn_ranges"])
        if "group_names" in item:
            spelled["group_names"] = self._usual_names(item["group_names"])
        if "routes" in item:
            spelled["routes"] = [spelled_route(route, self._trunks) for route in item["routes"]]
        return spelled

    def _usual_names(self, names: Iterable[str]) -> list[str]:
        ids = {self._departments.resolve(name) for name in names}
        return sorted(self._departments.name_of(id_) or "" for id_ in ids)

    # --- the PBX's side

    @property
    def select(self) -> tuple[str, ...]:
        return (*super().select, "GroupIds")

    def read(self, port: Port) -> list[Record]:
        """All rules in the order of evaluation. The normal list may lack emergency rules, so both are read."""
        if not self._loaded:
            self.load(port, (), "present")
        normal = port.rows(self.entity_set, select=self.select)
        known = {row["Id"] for row in normal}
        emergency = [
            {**row, "EmergencyRule": True}
            for row in port.rows(EMERGENCY_RULES, select=self.select)
            if row["Id"] not in known
        ]
        if {_rank(row) for row in normal}.isdisjoint(_rank(row) for row in emergency):
            self._standing = Sequences((), self._ranked([*normal, *emergency]))
        else:
            self._standing = Sequences(self._ranked(emergency), self._ranked(normal))
        return self._standing.all

    def _ranked(self, rows: Iterable[Body]) -> tuple[Record, ...]:
        return tuple(self.record(row) for row in sorted(rows, key=lambda row: (_rank(row), row["Id"])))

    def item(self, body: Body) -> Item:
        return {
            **super().item(body),
            "group_names": self._shown_departments(body),
            "routes": shown_routes(body.get("Routes") or (), self._trunks),
        }

    def _shown_departments(self, body: Body) -> list[str]:
        """By the ids. The PBX's own names help where a department is hidden from us, if they can be told apart."""
        ids, names = body.get("GroupIds") or [], body.get("GroupNames") or []
        told = dict(zip(ids, names, strict=True)) if len(ids) == len(names) else {}
        return sorted(
            self._departments.name_of(id_) or told.get(id_) or f"id {id_}" for id_ in ids if id_ not in self._hidden
        )

    def body(self, values: Item) -> Body:
        body = super().body(values)
        if "GroupNames" in body:
            body["GroupIds"] = sorted(self._departments.resolve(name) for name in body.pop("GroupNames"))
        if "Routes" in body:
            body["Routes"] = slots(body["Routes"], self._trunks)
        return body

    # --- planning

    def purgeable(self, record: Record) -> bool:
        wanted, item = self._purge_filter, record.item
        if item["emergency_rule"] and not wanted.include_emergency:
            return False
        if wanted.name is not None and wanted.name not in item["name"]:
            return False
        return wanted.group_names is None or self._only_for(item["group_names"], wanted.group_names)

    def _only_for(self, names: Sequence[str], allowed: Iterable[str]) -> bool:
        """A rule without departments is for all of them, so it is not only for these."""
        try:
            return bool(names) and set(names) <= set(self._usual_names(allowed))
        except ValueError:
            return False  # refuse() tells

    def arranged(
        self,
        wanted: Sequence[Wanted],
        matches: Mapping[Place, Sequence[Record]],
        records: Sequence[Record],
        changes: Sequence[Change],
    ) -> Sequence[Change]:
        if not self._listed_order or any(is_nameless(change) for change in changes):
            return changes
        order = order_change(self._standing, wanted, matches, changes)
        return changes if order is None else [*changes, order]

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        for place, message in self._unknown_departments(
            "purge_filter.group_names", self._purge_filter.group_names or ()
        ):
            yield Problem(None, "", place, message)
        yield from hollow(records, changes)
        if not self._force:
            yield from no_emergency_left(records, changes)

    # --- writing

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        """The order comes last, when everything is there that it is about. An emergency rule that is replaced goes
        when its successor is there."""
        others = [change for change in changes if ORDER not in change.values]
        orders = [change for change in changes if ORDER in change.values]
        late = [] if self._force else replacing(self._standing.all, others)
        early = [change for change in others if change not in late]
        return [
            *super().steps(early),
            *(self._careful(step) for step in super().steps(late)),
            *(self._order_step(change, look=bool(others)) for change in orders),
        ]

    def _careful(self, step: Step) -> Step:
        def run(port: Port) -> None:
            if not others_serve(self.read(port), step.changes):
                raise Refused("was left alone, since no other outbound rule for emergency calls has come up")
            step.run(port)

        return Step(step.changes, run)

    def _order_step(self, change: Change, *, look: bool) -> Step:
        """look: read first, since other calls have changed what was read last."""

        def run(port: Port) -> None:
            if look:
                self.read(port)
            there, missing = found(self._standing, change.values[ORDER])
            done = False
            try:
                for move in moves_to(self._standing, there):
                    port.action(MOVE, {"id": move.item, "up": move.up})
                    done = True
                if missing:
                    names = ", ".join(f'"{name}"' for name in missing)
                    raise Conflict(f"{names} is not there to be put in its place; the other rules are in theirs")
            except XapiError as exc:
                if done:
                    raise PartlyDone(exc) from exc
                raise

        return Step((change,), run)


def _problem(name: str, parse: Callable[[Any], Any], item: Item) -> Iterator[tuple[str, str]]:
    if item.get(name):
        try:
            parse(item[name])
        except ValueError as exc:
            yield name, str(exc)


def _rank(row: Body) -> int:
    """Zeros may be left out (REALITY.md section 3)."""
    return int(row.get("Priority") or 0)


def _trunk(row: Body) -> tuple[int, tuple[str | None, ...]]:
    """Bridges are trunks, too: outbound rules are how a bridge is used."""
    return row["Id"], ((row.get("Gateway") or {}).get("Name"), row.get("Number"))


def _is_system_group(row: Body) -> bool:
    """Lists of favourites are kept as groups (REALITY.md section 9); nobody means them by a department."""
    return str(row.get("Name") or "").startswith("___") or str(row.get("Number") or "").startswith("FGRP")
