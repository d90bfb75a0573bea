# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The IP blocklist (contract: Pbx.BlocklistAddr; REALITY.md section 4). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .instants import instant, to_the_minute, zulu
from .lockout import Rule, lockouts
from .model import Body, Change, Field, Item, Problem, Record
from .networks import Network, Notation, common_notation, is_host, lenient, network, short, written
from .port import Port
from .resource import Resource
from .steps import BulkDelete


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class PurgeFilter:
    """Which unlisted entries a purge may remove. The PBX's own entries come and go by themselves."""

    added_by: tuple[str, ...] = ("Manual",)
    block_type: str | None = None
    description: str | None = None

    def takes(self, item: Item) -> bool:
        return (
            item["added_by"] in self.added_by
            and self.block_type in (None, item["block_type"])
            and (self.description is None or self.description in item["description"])
        )


class Blocklist(Resource):
    """Block and allow entries, known by their network."""

    noun, plural, option = "blocklist entry", "blocklist entries", "entries"
    entity_set = "Blocklist"
    fields = (
        Field("ip_addr_mask", "IPAddrMask", same=lenient, empty=""),
        Field("block_type", "BlockType"),
        Field("description", "Description", empty=""),
        Field("expires_at", "ExpiresAt", same=to_the_minute, wire=zulu, empty=""),
        Field("added_by", "AddedBy", writable=False),
    )
    defaults = {"block_type": "Block"}
    bulk_delete = BulkDelete("Blocklist/Pbx.BulkIpsDelete", lambda ids: {"ids": ids})
    absent_takes_all = True

    def __init__(
        self,
        *,
        mask_notation: str = "auto",
        never_block: Sequence[Network] = (),
        purge_filter: PurgeFilter | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        """never_block: networks that must stay reachable; empty to allow everything."""
        self._mask_notation = mask_notation
        self._protected = tuple(never_block)
        self._purge_filter = purge_filter or PurgeFilter()
        self._clock = clock
        self._shown: tuple[str, ...] = ()

    def label(self, item: Item) -> str:
        text = item.get("ip_addr_mask")
        if text is None:
            return f"id {item.get('id')}"
        value = lenient(text)
        return value if isinstance(value, str) else short(value)

    def key_of(self, item: Item) -> Hashable | None:
        return lenient(item["ip_addr_mask"]) if item.get("ip_addr_mask") else None

    def identity_names(self) -> tuple[str, ...]:
        return ("ip_addr_mask",)

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        yield from _problem("ip_addr_mask", network, item)
        if state == "present":
            yield from _problem("expires_at", instant, item)

    def wants(self, item: Item) -> bool:
        """An entry whose time is over is gone by itself; writing it anew would be refused."""
        expiry = item.get("expires_at")
        return not expiry or instant(expiry) > self._clock()

    def purgeable(self, record: Record) -> bool:
        return self._purge_filter.takes(record.item)

    def read(self, port: Port) -> list[Record]:
        records = super().read(port)
        self._shown = tuple(record.item["ip_addr_mask"] for record in records)
        return records

    def body(self, values: Item) -> Body:
        body = super().body(values)
        if "IPAddrMask" in body:
            value = network(body["IPAddrMask"])
            body["IPAddrMask"] = written(value, self._notation(value))
        return body

    def _notation(self, value: Network) -> Notation:
        if self._mask_notation == "dotted":
            return "dotted"
        if self._mask_notation == "cidr":
            return "cidr"
        return common_notation(self._shown, hosts=is_host(value))

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        """Whoever is protected and would be blocked only now."""
        yield from blocked(self._protected, records, changes, "which never_block protects")


def blocked(
    protected: Sequence[Network], records: Sequence[Record], changes: Sequence[Change], who: str
) -> Iterator[Problem]:
    """Whoever is protected and would be blocked only by these changes. who: what to say of the protected ones."""
    if not protected or not changes:
        return
    before = _rules({record.id: (record.item, None) for record in records})
    after = _rules(_afterwards(records, changes))
    for found in lockouts(protected, before, after):
        change = found.rule.origin
        message = (
            f"would block {short(found.protected)}, {who}, "
            f"by the {short(found.rule.network)} Block entry; "
            "add a narrower Allow entry for it, leave this change out, or set force: true"
        )
        index = change.index if isinstance(change, Change) else None
        yield Problem(index, short(found.rule.network), "", message)


def _problem(name: str, parse: Callable[[str], Any], item: Item) -> Iterable[tuple[str, str]]:
    if item.get(name):
        try:
            parse(item[name])
        except ValueError as exc:
            yield name, str(exc)


def _afterwards(records: Sequence[Record], changes: Sequence[Change]) -> dict[Any, tuple[Item, Change | None]]:
    entries: dict[Any, tuple[Item, Change | None]] = {record.id: (record.item, None) for record in records}
    for number, change in enumerate(changes):
        if change.record is None:
            entries[("new", number)] = (change.values, change)
        elif change.kind == "delete":
            entries.pop(change.record.id, None)
        else:
            entries[change.record.id] = ({**change.record.item, **change.values}, change)
    return entries


def _rules(entries: dict[Any, tuple[Item, Change | None]]) -> list[Rule]:
    rules = []
    for item, change in entries.values():
        value = lenient(item["ip_addr_mask"])
        if not isinstance(value, str):
            rules.append(Rule(value, item["block_type"] != "Allow", change))
    return rules
