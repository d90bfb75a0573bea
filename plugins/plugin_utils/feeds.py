# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Feeds of networks to block: which there are, and how each is read. PRIVATE to the collection."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address, summarize_address_range
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import Network, network
from ansible_collections.tcx.pbx.plugins.plugin_utils.flat import dict_of, list_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems, Row
from ansible_collections.tcx.pbx.plugins.plugin_utils.sources import called, is_url, shown
from ansible_collections.tcx.pbx.plugins.plugin_utils.tables import Column, read_table

FORMATS = ("auto", "plain", "csv", "json")
TABLES = (".csv", ".tsv")
NAME = re.compile(r"[\w.-]+")
# What feeds call a network, the most telling first.
NETWORK = ("network", "ip_addr_mask", "cidr", "ip_prefix", "ipv4_prefix", "ipv6_prefix", "prefix", "subnet", "range")
ADDRESS = ("ip", "ip_address", "ipaddress", "address", "src_ip", "dst_ip", "host")
DESCRIPTION = ("description", "comment", "reason", "note", "sblid", "rir")
EXPIRES = ("expires_at", "expires", "expiry", "valid_until")
# A note in a plain feed; in a comment line there is nothing before it.
COMMENT = re.compile(r"\s*(?:#|;|//)\s*")
ADDRESS_TEXT = r"[\da-fA-F]*[.:][\da-fA-F.:]+"
# Since 1970, as a text: from 2001 to 2286.
SECONDS = re.compile(r"\d{10}")
RANGE = re.compile(rf"({ADDRESS_TEXT})\s*-\s*({ADDRESS_TEXT})(?:\s+(.*))?$")


@dataclass(frozen=True)
class Feed:
    """fields: what the feed calls network, description and expires_at where that is unusual. items: the dotted path
    to the list in a JSON document. head: the headings of a CSV file that has none."""

    name: str
    source: str
    format: str = "auto"
    fields: Mapping[str, str] | None = None
    items: str = ""
    head: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listed:
    """One network of a feed. expires: in UTC, None if the feed does not say."""

    network: Network
    place: str
    note: str = ""
    expires: datetime | None = None


def feed_of(told: Any) -> Feed:
    """A feed as people give it: a source alone, or a dictionary. Raises ValueError."""
    given: Any = {"source": told} if isinstance(told, str) else told
    if not isinstance(given, Mapping) or not isinstance(given.get("source"), str):
        raise ValueError("a feed is a file or a URL, or a dictionary with the source")
    unknown = set(given) - {"name", "source", "format", "fields", "items", "head"}
    if unknown:
        raise ValueError(f"a feed has no {', '.join(sorted(map(str, unknown)))}")
    source = given["source"].strip()
    if not source:
        raise ValueError("the source is empty")
    is_url(source)
    name = str(given.get("name") or re.sub(r"[^\w.-]+", "-", called(source)))
    if not NAME.fullmatch(name):
        raise ValueError(f'"{name}" is no name of a feed; use letters, digits, dots, hyphens and underscores')
    format_ = str(given.get("format") or "auto").lower()
    if format_ not in FORMATS:
        raise ValueError(f"format is one of {', '.join(FORMATS)}, not {given['format']}")
    fields = {str(field): str(title) for field, title in dict_of(given.get("fields")).items()}
    if set(fields) - {"network", "description", "expires_at"}:
        raise ValueError("fields are network, description and expires_at")
    head = tuple(str(title) for title in list_of(given.get("head")))
    return Feed(name, source, format_, fields, str(given.get("items") or ""), head)


def listed(feed: Feed, text: str, problems: Problems) -> Iterator[Listed]:
    """What the feed lists; what makes no sense goes to the problems. Raises ValueError if it cannot be read at all."""
    name = shown(feed.source)
    kind = feed.format if feed.format != "auto" else _kind(name, text)
    if kind == "plain":
        return _plain(text, name, problems)
    rows = _json_rows(text, name, feed, problems) if kind == "json" else _csv_rows(text, name, feed)
    return _from_rows(rows, problems)


def _kind(name: str, text: str) -> str:
    if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        return "json"
    return "csv" if name.lower().endswith(TABLES) else "plain"


def _plain(text: str, name: str, problems: Problems) -> Iterator[Listed]:
    """One network per line, alone or with a note behind it."""
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        entry, *notes = COMMENT.split(line.strip(), maxsplit=1)
        place = f"{name}:{number}"
        if entry:
            with problems.at(place):
                networks, note = _networks_and_note(entry)
                yield from (Listed(one, place, notes[0].strip() if notes else note) for one in networks)


def _networks_and_note(entry: str) -> tuple[Sequence[Network], str]:
    found = RANGE.match(entry)
    if found:
        return _of_range(found.group(1), found.group(2)), found.group(3) or ""
    first, *rest = entry.split(maxsplit=1)
    return [network(first)], rest[0] if rest else ""


def _of_range(low: str, high: str) -> Sequence[Network]:
    first, last = ip_address(low), ip_address(high)
    try:
        return list(summarize_address_range(first, last))
    except (TypeError, ValueError) as exc:
        raise ValueError(f'"{low} - {high}" is no range of addresses: {exc}') from exc


def _csv_rows(text: str, name: str, feed: Feed) -> Iterable[Row]:
    fields = feed.fields or {}
    columns = (
        Column("network", (*NETWORK, *ADDRESS), required=True),
        Column("description", DESCRIPTION),
        Column("expires_at", EXPIRES),
    )
    return read_table(text, name, columns, fields, feed.head)[0]


def _json_rows(text: str, name: str, feed: Feed, problems: Problems) -> Iterator[Row]:
    for place, item in _json_items(text, name, feed.items):
        if isinstance(item, str):
            yield Row(place, {"network": item})
        elif isinstance(item, Mapping):
            row = _fields(item, feed.fields or {})
            if row.get("network"):
                yield Row(place, row)
            # Spamhaus ends its lists with a line about the list.
            elif item.get("type") != "metadata":
                problems.add(place, f"has none of the fields {', '.join((*NETWORK, *ADDRESS))}")
        else:
            problems.add(place, f"is {type(item).__name__}, not a network")


def _fields(item: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    usual = {"network": (*NETWORK, *ADDRESS), "description": DESCRIPTION, "expires_at": EXPIRES}
    names = {field: (fields[field],) if field in fields else titles for field, titles in usual.items()}
    plain = {str(name).casefold(): value for name, value in item.items()}
    return {
        field: next((plain[t.casefold()] for t in told if plain.get(t.casefold())), "") for field, told in names.items()
    }


def _json_items(text: str, name: str, path: str) -> Iterator[tuple[str, Any]]:
    """(place, item) of one document, or of one document per line."""
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as exc:
        if exc.msg != "Extra data":
            raise ValueError(f"{name}:{exc.lineno}, column {exc.colno}: is no JSON: {exc.msg}") from exc
        yield from _json_lines(text, name)
        return
    found: Any = document
    for step in path.split(".") if path else ():
        found = found.get(step) if isinstance(found, Mapping) else None
    if not isinstance(found, list):
        what = f"there is no list at {path}" if path else "is no list; say in items where the list is"
        raise ValueError(f"{name}: {what}")
    yield from ((f"{name}, item {number}", item) for number, item in enumerate(found, start=1))


def _json_lines(text: str, name: str) -> Iterator[tuple[str, Any]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield f"{name}:{number}", json.loads(line)
            except json.JSONDecodeError as exc:
                raise ValueError(f"{name}:{number}, column {exc.colno}: is no JSON: {exc.msg}") from exc


def _from_rows(rows: Iterable[Row], problems: Problems) -> Iterator[Listed]:
    for row in rows:
        networks: Sequence[Network] = ()
        note = ""
        with problems.at(_place(row, "network")):
            networks, note = _networks_and_note(str(row.values["network"]))
        with problems.at(_place(row, "expires_at")):
            expires = _moment(row.values.get("expires_at"))
            told = str(row.values.get("description") or note)
            yield from (Listed(one, row.where, told, expires) for one in networks)


def _place(row: Row, field: str) -> str:
    """With the column, if the feed is a table."""
    return row.place(field) if row.columns else row.where


def _moment(value: Any) -> datetime | None:
    """A text in ISO 8601 with a time zone, or seconds since 1970."""
    if value in (None, ""):
        return None
    if isinstance(value, str) and SECONDS.fullmatch(value):
        value = int(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return datetime.fromtimestamp(value, UTC)
        except (OverflowError, OSError) as exc:
            raise ValueError(f"{value} is no time; write seconds since 1970") from exc
    return instant(str(value))
