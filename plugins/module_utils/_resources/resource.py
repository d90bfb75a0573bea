# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of every resource: an entity set, declared. PRIVATE to the collection."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from .._xapi.odata import key
from .model import Body, Change, Field, Item, Place, Problem, Record, Wanted
from .port import Port
from .steps import BulkDelete, Step, chunks, of_kind


class Resource(ABC):
    """What a resource declares, and the ways of an ordinary entity set.

    A subclass that differs overrides a method; one that does not is data only.
    """

    noun: str
    plural: str
    option: str
    entity_set: str
    key_prop: str = "Id"
    fields: tuple[Field, ...]
    # Values that a new item gets when the user left them out.
    defaults: Item = {}
    bulk_delete: BulkDelete | None = None
    # An entry that stands there twice is removed twice; elsewhere "which one?" is an error.
    absent_takes_all: bool = False
    # Whether what a call that succeeded did not bring about is tried once more, from what the PBX then has.
    second_round: bool = False

    # --- who is who

    @abstractmethod
    def label(self, item: Item) -> str:
        """How messages and diffs call this item."""

    @abstractmethod
    def key_of(self, item: Item) -> Hashable | None:
        """The natural key of a wanted item; None if it has none and only its id can tell."""

    def keys_of(self, item: Item) -> Iterable[Hashable]:
        """All natural keys under which an existing item may be asked for."""
        natural = self.key_of(item)
        return () if natural is None else (natural,)

    # --- checking input

    def meet(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        """Read what `check` has to know of this PBX, such as its version. GET only.
        ValueError for a PBX that cannot be managed."""
        return

    def taken(self, item: Item) -> Item:
        """A wanted item in option names and in the types of its fields; what cannot be taken is left to `check`."""
        return item

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        """(field, message with the remedy) for all that can be seen without the PBX."""
        return ()

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        """Read what references need. GET only."""
        return

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        """(field, message) for references that this PBX does not have. After `load`."""
        return ()

    def spelled(self, item: Item) -> Item:
        """A wanted item as the PBX would show it: references by their usual names, parts of lists complete.
        After `resolve`; diffs and results then differ only where the meaning does."""
        return item

    def arranged(
        self,
        wanted: Sequence[Wanted],
        matches: Mapping[Place, Sequence[Record]],
        records: Sequence[Record],
        changes: Sequence[Change],
    ) -> Sequence[Change]:
        """The plan with what concerns several items at once, such as their order. matches: by index in the list."""
        return changes

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        """Read what `refuse` has to know of these changes, such as who uses what goes. GET only."""
        return

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        """Changes that would do harm, seen with everything known. Before the first write."""
        return ()

    def wants(self, item: Item) -> bool:
        """False for an item that asks for nothing, such as one that has expired."""
        return True

    def purgeable(self, record: Record) -> bool:
        return True

    def objection(self, change: Change, records: Sequence[Record]) -> str:
        """Why a change is a failure although the PBX took it, such as a script that it cannot compile; else "".
        records: the reading after the writes."""
        return ""

    # --- the PBX's side

    @property
    def select(self) -> tuple[str, ...]:
        return (self.key_prop, *dict.fromkeys(known.prop for known in self.fields if known.prop != self.key_prop))

    def read(self, port: Port) -> list[Record]:
        """All that the PBX has. GET only."""
        rows = port.rows(self.entity_set, select=self.select, orderby=self.key_prop)
        return [self.record(row) for row in rows]

    def record(self, body: Body) -> Record:
        return Record(body[self.key_prop], self.item(body), body.get("@odata.etag"), body)

    def item(self, body: Body) -> Item:
        shown = {"id": body[self.key_prop]}
        for known in self.fields:
            value = body.get(known.prop)
            shown[known.name] = known.empty if value is None else known.show(value)
        return shown

    def body(self, values: Item) -> Body:
        """The properties that write these option values."""
        return {
            known.prop: known.wire(values[known.name])
            for known in self.fields
            if known.writable and known.name in values
        }

    # --- writing

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        """Removals first, so that names and numbers are free for what is created."""
        return [
            *self.delete_steps(of_kind(changes, "delete")),
            *(self.update_step(change) for change in of_kind(changes, "update")),
            *(self.create_step(change) for change in of_kind(changes, "create")),
        ]

    def create_step(self, change: Change) -> Step:
        body = self.body(change.values)
        return Step((change,), lambda port: port.create(self.entity_set, body))

    def update_step(self, change: Change) -> Step:
        body, path = self.body(change.values), self.path(change)
        return Step((change,), lambda port: port.update(path, body, if_match=change.if_match))

    def delete_step(self, change: Change) -> Step:
        path = self.path(change)
        return Step((change,), lambda port: port.delete(path, if_match=change.if_match))

    def delete_steps(self, changes: Sequence[Change]) -> list[Step]:
        """One call for many where the XAPI has it. An ETag that the user gave can only travel with a single DELETE."""
        if self.bulk_delete is None:
            return [self.delete_step(change) for change in changes]
        single = [change for change in changes if change.pinned]
        many = [change for change in changes if not change.pinned]
        return [
            *(self.delete_step(change) for change in single),
            *(self.bulk_delete.step(chunk) for chunk in chunks(many, self.bulk_delete.most)),
        ]

    def path(self, change: Change) -> str:
        if change.record is None:
            raise ValueError(f"{change.label}: a {change.kind} needs a record")
        return key(self.entity_set, change.record.id)

    # --- comparing

    def field(self, name: str) -> Field | None:
        return next((known for known in self.fields if known.name == name), None)

    def differing(self, wanted: Item, existing: Item) -> Item:
        """The wanted values that mean something else than what is there."""
        return {
            known.name: wanted[known.name]
            for known in self.fields
            if known.writable and known.name in wanted and not self.equal(known, wanted, existing)
        }

    def equal(self, known: Field, wanted: Item, existing: Item) -> bool:
        there: Any = existing.get(known.name)
        return bool(known.same(wanted[known.name]) == known.same(known.empty if there is None else there))

    def compared(self, record: Record, values: Item) -> tuple[Item, Item]:
        """Before and after of an update, as a diff shows them."""
        names = [*self.identity_names(), *values]
        before = self.shown(record.item, names)
        return before, {**before, **self.shown(values, names)}

    def foreseen(self, record: Record, values: Item) -> Item:
        """The item after an update, or as it stands, as a result shows it."""
        return {**record.item, **values}

    def foretold(self, item: Item) -> Item:
        """A new item, as it will stand."""
        return {**self.defaults, **item, "id": None}

    def shown(self, item: Item, names: Iterable[str]) -> Item:
        """The part of an item that a diff shows."""
        shown = {known.name for known in self.fields if known.in_diff}.intersection(names)
        return {name: value for name, value in item.items() if name in shown}

    def identity_names(self) -> tuple[str, ...]:
        """Fields that a diff always shows, so that a reader knows what changes."""
        return ()
