# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PBX has for DID routes: trunks and the rules on them. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Change, Record
from .port import Port
from .trunk_routes_bystanders import by_key
from .trunk_routes_rules import Key, Rule, read_rules
from .trunk_routes_trunks import Trunks


class Picture:
    """Two GETs and their further pages. first: the rules before any write."""

    def __init__(self) -> None:
        self.trunks = Trunks()
        self.rules: list[Rule] = []
        self.first: list[Rule] | None = None
        self._routed: dict[Key, tuple[Rule, ...]] = {}

    def load(self, port: Port) -> None:
        self.trunks = Trunks.read(port)
        self.refresh(port)

    def refresh(self, port: Port) -> None:
        self.rules = self.fresh_rules(port)
        self._routed = by_key(rule for rule in self.rules if rule.routed)
        if self.first is None:
            self.first = self.rules

    def fresh_rules(self, port: Port) -> list[Rule]:
        return read_rules(port, self.trunks.id_of_peer)

    def rules_of(self, key: Key) -> tuple[Rule, ...]:
        """The rules that send this DID somewhere."""
        return self._routed.get(key, ())

    def records(self) -> list[Record]:
        """Of trunks that can be named; what rings on others is left alone, but counts as taken."""
        return [
            record_of(rule, name)
            for rule in self.rules
            if rule.routed and (name := self.trunks.name_of(rule.trunk_id)) is not None
        ]

    def is_new(self, key: Key) -> bool:
        """Whether its trunk does not have the DID yet."""
        return key[1] not in self.trunks.dids(key[0]) and key not in self._routed

    def label(self, key: Key) -> str:
        return f"{key[1]} on {self.trunks.name_of(key[0])}"

    def key_of(self, change: Change) -> Key:
        if change.record is not None:
            return key_of(change.record)
        return (self.trunks.resolve(change.values["trunk"]), change.values["did"])


def record_of(rule: Rule, trunk: str) -> Record:
    """The id is the key: SetRoutes may make a rule anew, with another id, and it is still the same route."""
    item = {
        "id": rule.id,
        "did": rule.did,
        "trunk": trunk,
        "destination": rule.office.rings,
        "display_name": rule.name,
        "office_hours_destination": None if rule.office.rings else str(rule.office),
        "out_of_office_hours_destination": None if rule.out_of_office is None else str(rule.out_of_office),
        "holidays_destination": None if rule.holidays is None else str(rule.holidays),
    }
    return Record(f"{rule.trunk_id}/{rule.did}", item, body={"key": rule.key})


def key_of(record: Record) -> Key:
    key: Key = record.body["key"]
    return key


def rings(record: Record) -> bool:
    """Whether it is a route that a list could name."""
    return record.item["destination"] is not None


def all_plain(rules: Sequence[Rule]) -> bool:
    return all(rule.plain for rule in rules)
