# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any set, singleton or report function, read as one question. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._catalog.catalog import Catalog, EntityType
from .._catalog.names import snaked
from .._xapi import odata
from .._xapi.errors import NotFound
from .calls import checked_arguments, request_of
from .calls_facts import acts, answers_with_a_secret
from .calls_keys import NO_KEY, Keys, addressed
from .calls_names import find_call
from .calls_outcome import content
from .calls_values import Trouble, Values
from .port import Port
from .querying_fields import asked_for, expanded, harmless, ordered, selected, without_secrets
from .querying_filter import filter_text
from .querying_source import Source, find_place, keys_of, source_of, source_of_call

PAGE = 100


class InvalidQuery(ValueError):
    """The question cannot be asked like this. Nothing was asked, unless a key had to be looked up."""

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__("; ".join(f"{place}: {words}" if place else words for place, words in troubles))


@dataclass(frozen=True)
class Query:
    """What was asked, as it was written: see the documentation of tcx_query. Either set or function is given."""

    set: str | None = None
    function: str | None = None
    key: Any = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    filter: Any = None
    select: tuple[str, ...] = ()
    expand: Any = None
    orderby: tuple[str, ...] = ()
    search: str | None = None
    limit: int | None = None

    def ask(self, port: Port, catalog: Catalog) -> list[dict[str, Any]]:
        """The items in option names. Everything is checked before the first request; raises InvalidQuery."""
        try:
            source, keys, troubles = self._source(catalog)
        except ValueError as exc:
            raise InvalidQuery([("function" if self.function else "set", str(exc))]) from exc
        wanted = self._wanted(catalog, source, troubles)
        troubles += keys.troubles if keys else []
        if troubles:
            raise InvalidQuery(troubles)
        rows = _read(port, source, wanted) if keys is None else _read_keyed(port, source, wanted, keys)
        named = asked_for([*self.select, *([] if self.select else wanted.select)], self.expand)
        return [_item(row, named, wanted.helpers) for row in rows]

    def _source(self, catalog: Catalog) -> tuple[Source, Keys | None, list[Trouble]]:
        if self.function is None:
            place = find_place(catalog, self.set or "")
            troubles = [("parameters", "are for functions")] if self.parameters else []
            return source_of(catalog, place, self.key), keys_of(catalog, place, self.key), troubles
        call = find_call(catalog, self.function)
        if call.kind == "action" or acts(call) or answers_with_a_secret(call):
            raise ValueError(f"{call.route} is for tcx_action: it changes something, or its answer is a secret")
        arguments, troubles = checked_arguments(catalog, call, self.parameters)
        path = call.route if troubles else request_of(call, arguments).path
        if call.bound != "entity":
            troubles += [("key", f"{call.route} takes none")] if self.key is not None else []
            return source_of_call(catalog, call, path), None, troubles
        if self.key is None:
            return source_of_call(catalog, call, path), None, [*troubles, ("key", f"is needed by {call.route}")]
        return source_of_call(catalog, call, path), Keys(catalog, catalog.sets[call.owner], self.key), troubles

    def _wanted(self, catalog: Catalog, source: Source, troubles: list[Trouble]) -> Wanted:
        kind = source.kind(catalog) or EntityType(source.type_name, {})
        values = Values(catalog)
        select = selected(values, self.select, kind) or harmless(kind)
        orderby = ordered(values, self.orderby, kind)
        if source.unique and source.unique not in [one.split()[0] for one in orderby]:
            orderby.append(source.unique)
        # Rows are told apart by what they are ordered by, so that has to come with them.
        helpers = [one.split()[0] for one in orderby if select and one.split()[0] not in select] if source.many else []
        wanted = Wanted(
            select=(*select, *helpers),
            filter=filter_text(values, self.filter, kind),
            expand=",".join(expanded(values, self.expand, kind)),
            orderby=",".join(orderby),
            search=self.search,
            limit=self.limit,
            helpers=tuple(helpers),
        )
        troubles += values.troubles + self._misplaced(source)
        return wanted

    def _misplaced(self, source: Source) -> list[Trouble]:
        """Options that what is read does not take."""
        listing = {"filter": self.filter, "orderby": self.orderby, "search": self.search, "limit": self.limit}
        given = [name for name, value in listing.items() if value]
        if not source.selectable and (self.expand or self.orderby):
            return [("expand" if self.expand else "orderby", "is not taken by this function")]
        if not source.many:
            return [(name, "is for lists, and this is one thing") for name in given]
        if self.limit is not None and self.limit < 1:
            return [("limit", "has to be 1 or more")]
        return []


@dataclass(frozen=True)
class Wanted:
    """The options of a GET, in the names of the XAPI. helpers: fields that were not asked for and are not shown."""

    select: tuple[str, ...]
    filter: str
    expand: str
    orderby: str
    search: str | None
    limit: int | None
    helpers: tuple[str, ...]


def everything(port: Port, source: Source) -> list[Any]:
    """All rows as the PBX gives them, secrets included."""
    return _read(port, source, Wanted((), "", "", "", None, None, ()))


def _read_keyed(port: Port, source: Source, wanted: Wanted, keys: Keys) -> list[Any]:
    try:
        if NO_KEY not in source.path:
            return _read(port, source, replace(wanted, filter=odata.all_of(keys.condition, wanted.filter)))
        if keys.alternate is None or not source.path.endswith(NO_KEY):
            return _read(port, replace(source, path=addressed(source.path, keys.find(port))), wanted)
        rows = _read(port, replace(source, path=addressed(source.path, keys.alternate)), wanted)
        if not rows:
            raise keys.nothing()
    except LookupError as exc:
        raise InvalidQuery([("key", str(exc))]) from exc
    return rows


def _read(port: Port, source: Source, wanted: Wanted) -> list[Any]:
    if source.selectable:
        return _read_rows(port, source, wanted)
    return [_only(row, wanted.select) for row in _read_rows(port, source, replace(wanted, select=()))]


def _read_rows(port: Port, source: Source, wanted: Wanted) -> list[Any]:
    if not source.many or not source.queryable:
        return _one(port, source, wanted)
    if source.plain:
        return _plain_values(port, source.path, wanted.limit)
    return port.rows(
        source.path,
        select=wanted.select,
        filter=wanted.filter,
        expand=wanted.expand,
        orderby=wanted.orderby,
        search=wanted.search,
        limit=wanted.limit,
        keyed=bool(source.unique),
    )


def _one(port: Port, source: Source, wanted: Wanted) -> list[Any]:
    """One thing as a list of one; an entity that is not there is an empty list."""
    query = {"$select": list(wanted.select) or None, "$expand": wanted.expand or None}
    try:
        value = content(port.get(source.path, query) if source.queryable else port.value(source.path))
    except NotFound:
        return []
    return value if isinstance(value, list) else [value]


def _only(value: Any, select: tuple[str, ...]) -> Any:
    """The selected fields of what the PBX cannot be asked for in parts."""
    if not select or not isinstance(value, dict):
        return value
    heads = [path.partition("/")[0] for path in select]
    return {name: value[name] for name in heads if name in value}


def _plain_values(port: Port, path: str, limit: int | None) -> list[Any]:
    """A list of texts, page by page."""
    found: list[Any] = []
    while True:
        page = content(port.get(path, {"$top": PAGE, "$skip": len(found) or None}))
        found += page
        if len(page) != PAGE or (limit is not None and len(found) >= limit):
            return found[:limit]


def _item(row: Any, named: frozenset[tuple[str, ...]], helpers: tuple[str, ...]) -> dict[str, Any]:
    """A plain value is {"value": ...}, so that items are dictionaries."""
    if not isinstance(row, dict):
        return {"value": row}
    kept = {name: value for name, value in row.items() if name not in helpers}
    return dict(snaked(without_secrets(kept, named)))
