# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""System query options, parsed and checked against the entity type."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.simulator.errors import bad_query
from tests.simulator.odata.filter import Predicate, compile_filter, compile_path
from tests.simulator.odata.path import split_outside_quotes

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.simulator.odata.types import Types

Selection = dict[str, Any]  # property -> nested selection (empty: the whole property)
LISTING = frozenset(("$top", "$skip", "$count", "$filter", "$orderby", "$search", "$select", "$expand"))
SINGLE = frozenset(("$select", "$expand"))


@dataclass(slots=True)
class Query:
    """What a client asked for. ``orderby`` holds (key function, descending) pairs."""

    select: Selection | None = None
    expand: dict[str, Query] = field(default_factory=dict)
    where: Predicate | None = None
    orderby: list[tuple[Callable[[dict[str, Any]], Any], bool]] = field(default_factory=list)
    top: int | None = None
    skip: int = 0
    count: bool = False
    search: str | None = None
    select_text: str = ""


def parse_query(types: Types, type_name: str, items: list[tuple[str, str]], *, listing: bool, limit: int) -> Query:
    """The query options of one request; anything unknown or unsupported is the 400 of the real server."""
    query = Query()
    for name, value in items:
        if not name.startswith("$"):
            continue
        if name not in (LISTING if listing else SINGLE):
            raise bad_query(f"The query parameter '{name}' is not supported.")
        _option(query, types, type_name, name, value, limit)
    return query


def _option(query: Query, types: Types, type_name: str, name: str, value: str, limit: int) -> None:
    if name == "$select":
        query.select = parse_select(types, type_name, value)
        query.select_text = value
    elif name == "$expand":
        query.expand = parse_expand(types, type_name, value, limit)
    elif name == "$filter":
        query.where = compile_filter(types, type_name, value)
    elif name == "$orderby":
        query.orderby = parse_orderby(types, type_name, value)
    elif name == "$top":
        query.top = _number(name, value)
        if query.top > limit:
            raise bad_query(
                f"The limit of '{limit}' for Top query has been exceeded."
                f" The value from the incoming request is '{query.top}'."
            )
    elif name == "$skip":
        query.skip = _number(name, value)
    elif name == "$count":
        query.count = _boolean(value)
    else:
        query.search = value.strip('"')


def _number(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise bad_query(f"Invalid value '{value}' for {name} query option found.")
    return int(value)


def _boolean(value: str) -> bool:
    if value not in ("true", "false"):
        raise bad_query(f"Invalid value '{value}' for $count query option found.")
    return value == "true"


def parse_select(types: Types, type_name: str, text: str) -> Selection:
    """``Id,OfficeRoute/Prompt`` -> {"Id": {}, "OfficeRoute": {"Prompt": {}}}."""
    selection: Selection = {}
    for item in text.split(","):
        item = item.strip()
        if item == "*":
            selection.update({name: {} for name, kind in types.properties(type_name).items() if not kind.navigation})
            continue
        level, current = selection, type_name
        for name in item.split("/"):
            kind = types.property(current, name)
            level = level.setdefault(name, {})
            current = kind.name
    return selection


def parse_expand(types: Types, type_name: str, text: str, limit: int) -> dict[str, Query]:
    """``Groups($expand=Rights;$select=Name)`` -> {"Groups": Query}."""
    expanded = {}
    for item in split_outside_quotes(text, ","):
        name, bracket, options = item.strip().partition("(")
        kind = types.property(type_name, name)
        if not kind.navigation:
            raise bad_query(f"Property '{name}' on type 'Pbx.{type_name}' is not a navigation property.")
        pairs = []
        if bracket:
            for option in split_outside_quotes(options.removesuffix(")"), ";"):
                key, _mark, value = option.strip().partition("=")
                pairs.append((key, value))
        expanded[name] = parse_query(types, kind.name, pairs, listing=kind.collection, limit=limit)
    return expanded


def parse_orderby(types: Types, type_name: str, text: str) -> list[tuple[Callable[[dict[str, Any]], Any], bool]]:
    """``Priority desc,Id`` -> functions that fetch what to sort by."""
    found = []
    for item in text.split(","):
        path, _mark, direction = item.strip().partition(" ")
        if direction.strip() not in ("", "asc", "desc"):
            raise bad_query(f"Syntax error at position {len(path) + 1} in '{text}'.")
        found.append((compile_path(types, type_name, path), direction.strip() == "desc"))
    return found
