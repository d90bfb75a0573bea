# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules as people write them: as a list, as YAML, or as a table. PRIVATE to the collection.

In a table, a row is a rule with its first route; rows below it without a name, or with the same name, are its further
routes. An empty cell leaves a field alone, a hyphen clears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from ansible_collections.tcx.pbx.plugins.plugin_utils.flat import list_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems, Row
from ansible_collections.tcx.pbx.plugins.plugin_utils.tables import Column, read_table

COLUMNS = (
    Column("name", ("rule", "regel"), required=True),
    Column("prefix", ("vorwahl", "präfix")),
    Column("number_length_ranges", ("lengths", "number length", "länge", "rufnummernlänge")),
    Column("dn_ranges", ("extensions", "nebenstellen")),
    Column("group_names", ("departments", "abteilungen")),
    Column("emergency_rule", ("emergency", "notruf")),
    Column("trunk_name", ("trunk", "route", "leitung", "amt", "anbieter")),
    Column("strip_digits", ("strip", "entfernen")),
    Column("prepend", ("voranstellen",)),
    Column("append", ("anhängen",)),
    Column("caller_id", ("absender", "anrufer id")),
)
ROUTE_FIELDS = ("trunk_name", "strip_digits", "prepend", "append", "caller_id")
CLEARED = "-"
NUMBER_LISTS = ("dn_ranges", "group_names")
COUNT = re.compile(r"^(\d{1,3})(?:[.,]0+)?$")
YES, NO = ("yes", "true", "1", "x", "ja", "wahr"), ("no", "false", "0", "nein", "falsch", CLEARED)


@dataclass
class Draft:
    """One rule. row: its fields but the routes. routes: None if nothing is said of them."""

    row: Row
    routes: list[Row] | None


def from_items(items: Iterable[Any], name: str, problems: Problems) -> Iterator[Draft]:
    """name: of the variable, for messages."""
    for place, item in enumerate(items):
        draft = _draft(item, f"{name}[{place}]", {}, problems)
        if draft is not None:
            yield draft


def from_yaml(text: str, name: str, problems: Problems) -> Iterator[Draft]:
    """A list of rules, alone or as the only entry of a dictionary. Raises ValueError with the line."""
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if isinstance(node, yaml.MappingNode) and len(node.value) == 1:
            node = node.value[0][1]
        if not isinstance(node, yaml.SequenceNode):
            raise ValueError(f"{name}: has to be a list of rules, each beginning with a hyphen")
        for one in node.value:
            lines = _lines(one)
            draft = _draft(loader.construct_document(one), f"{name}:{one.start_mark.line + 1}", lines, problems)
            if draft is not None:
                yield draft
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise ValueError(f"{name}:{line}: is no YAML: {exc.problem or exc.context}") from exc
    finally:
        loader.dispose()


def _lines(node: yaml.Node) -> dict[str, str]:
    """Field to the words for its place."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {str(key.value): f"{key.value} in line {key.start_mark.line + 1}" for key, _value in node.value}


def _draft(item: Any, where: str, columns: Mapping[str, str], problems: Problems) -> Draft | None:
    if not isinstance(item, Mapping):
        problems.add(where, f"a rule has fields such as name and routes, and this is {type(item).__name__} {item}")
        return None
    row = Row(where, {name: value for name, value in item.items() if name != "routes"}, columns)
    if item.get("routes") is None:
        return Draft(row, None)
    routes = []
    place = columns.get("routes", "routes")
    for number, route in enumerate(item["routes"] if isinstance(item["routes"], (list, tuple)) else [item["routes"]]):
        if isinstance(route, Mapping):
            called = {str(name): f"{place}, route {number + 1}, {name}" for name in (*route, *ROUTE_FIELDS)}
            routes.append(Row(where, route, called))
        else:
            problems.add(f"{where}, {place}, route {number + 1}", "has to be a dictionary with trunk_name")
    return Draft(row, routes)


def from_table(text: str, name: str, headings: Mapping[str, str], problems: Problems) -> tuple[list[Draft], list[str]]:
    """(the rules, headings without a meaning)."""
    rows, unknown = read_table(text, name, COLUMNS, headings)
    drafts: list[Draft] = []
    for row in rows:
        if drafts and row.values["name"] in ("", drafts[-1].row.values["name"]):
            _further_route(row, drafts[-1], problems)
            continue
        with problems.at(row.place("name")):
            if not row.values["name"]:
                raise ValueError("is empty, and there is no rule above it whose route this could be")
        drafts.append(Draft(_rule_of(row, problems), _first_route(row, problems)))
    return drafts, unknown


def _first_route(row: Row, problems: Problems) -> list[Row] | None:
    if row.values.get("trunk_name"):
        return [_route_of(row, problems)]
    for name in ROUTE_FIELDS:
        if row.values.get(name):
            problems.add(row.place(name), "belongs to a route, and this row names no trunk")
    return None


def _further_route(row: Row, draft: Draft, problems: Problems) -> None:
    for name, text in row.values.items():
        if text and name not in ("name", *ROUTE_FIELDS):
            problems.add(row.place(name), "belongs into the first row of the rule; this one is a further route of it")
    if not row.values.get("trunk_name"):
        problems.add(row.place("trunk_name" if "trunk_name" in row.values else ""), "a further route needs a trunk")
    draft.routes = [*(draft.routes or []), _route_of(row, problems)]


def _route_of(row: Row, problems: Problems) -> Row:
    told = {name: row.values[name] for name in ROUTE_FIELDS if row.values.get(name)}
    values: dict[str, Any] = {name: "" if text == CLEARED else text for name, text in told.items()}
    if "strip_digits" in values:
        with problems.at(row.place("strip_digits")):
            values["strip_digits"] = _count(values.pop("strip_digits"))
    return Row(row.where, values, row.columns)


def _count(text: str) -> int:
    """Of digits. 1,0 is what a column of numbers makes of 1."""
    found = COUNT.match(text or "0")
    if found is None:
        raise ValueError(f'"{text}" is no number of digits')
    return int(found.group(1))


def _rule_of(row: Row, problems: Problems) -> Row:
    values: dict[str, Any] = {}
    for name, text in row.values.items():
        if text and name not in ROUTE_FIELDS:
            with problems.at(row.place(name)):
                values[name] = _value(name, text)
    return Row(row.where, values, row.columns)


def _value(name: str, text: str) -> Any:
    if name == "emergency_rule":
        return _truth(text)
    if name in NUMBER_LISTS:
        items = [] if text == CLEARED else list_of(text.replace(";", ","))
        return [_range(item) for item in items] if name == "dn_ranges" else items
    return "" if text == CLEARED else text


def _range(text: str) -> dict[str, str]:
    low, _hyphen, high = text.partition("-")
    return {"from": low.strip(), "to": high.strip() or low.strip()}


def _truth(text: str) -> bool:
    if text.casefold() not in YES + NO:
        raise ValueError(f'"{text}" is neither yes nor no')
    return text.casefold() in YES
