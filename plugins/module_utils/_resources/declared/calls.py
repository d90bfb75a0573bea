# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that carry out changes of a declared set. PRIVATE to the collection."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ..._catalog.catalog import Catalog, Property
from ..._xapi.errors import XapiError
from ..._xapi.odata import equals, key
from ..literals import typed
from ..model import Body, Change, Item, Record
from ..port import Port
from ..steps import BulkDelete, PartlyDone, Step, chunks, of_kind, together
from .declaration import Bulk, Declaration
from .sequence import Leads, in_sequence, postponed

MOST = 100


class Calls:
    """body: the properties that a change writes. written: told of each change whose values the PBX has taken."""

    def __init__(
        self,
        declaration: Declaration,
        catalog: Catalog,
        body: Callable[[Change], Body],
        written: Callable[[Change], None],
        leads: Leads,
    ) -> None:
        self._declaration = declaration
        self._catalog = catalog
        self._body = body
        self._written = written
        self._leads = leads
        # What a deletion of many could not remove, by number: it tells so inside a 200 (REALITY.md section 2).
        self.refusals: dict[str, str] = {}

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        """Removals first, so that names and numbers are free for what is created."""
        order = in_sequence(of_kind(changes, "update"), of_kind(changes, "create"), self._leads)
        return [
            *self._deletions(of_kind(changes, "delete")),
            *self._updates(order.free_updates),
            *(self._create(change) for change in order.creations),
            *([self._create_circle(order.circle)] if order.circle else []),
            *self._updates(order.waiting_updates),
        ]

    def _create(self, change: Change) -> Step:
        def run(port: Port) -> None:
            body = self._body(change)
            if self._declaration.prepared is not None:
                body = self._declaration.prepared(port, body)
            body, apart = self._parted(body)
            created = port.create(self._declaration.entity_set, body)
            if apart and created.get("Id") is not None:
                self._complete(port, change, created["Id"], tuple(apart))
            self._written(change)

        return Step((change,), run)

    # --- what only an action writes safely

    def _parted(self, body: Body) -> tuple[Body, Body]:
        apart = {name: body[name] for name in self._declaration.apart if name in body}
        return {name: value for name, value in body.items() if name not in apart}, apart

    def _complete(self, port: Port, change: Change, id_: Any, names: Sequence[str]) -> None:
        """A new item, once it is there, and what the PBX put into it."""
        try:
            there = port.get(key(self._declaration.entity_set, id_), {"$select": "Id", "$expand": ",".join(names)})
            body = self._body(replace(change, record=Record(id_, {}, None, there)))
            self._write_apart(port, id_, {name: body[name] for name in names})
        except XapiError as exc:
            raise PartlyDone(exc) from exc

    def _write_apart(self, port: Port, id_: Any, body: Body) -> None:
        action = (self._declaration.same_for_many or ("", ""))[0]
        port.action(action, {"ids": [id_], "user": body}, repeatable=True)

    def _create_circle(self, changes: Sequence[Change]) -> Step:
        """Items that lead to each other: first without what leads to those that are not there yet."""
        missing = {str(change.values.get("number")) for change in changes}
        creations, additions = [], []
        for change in changes:
            now, later = postponed(change, missing, self._leads)
            creations.append(self._create(now))
            additions += [self._add(change, later)] if later else []
            missing.discard(str(change.values.get("number")))
        return together(changes, [*creations, *additions])

    def _add(self, change: Change, values: Item) -> Step:
        """To an item that was created a moment ago."""
        body = self._body(replace(change, values=values))
        number = str(change.values["number"])

        def run(port: Port) -> None:
            rows = port.rows(self._declaration.entity_set, select=("Id", "Number"), filter=equals("Number", number))
            for row in rows:
                if row["Number"] == number:
                    port.update(key(self._declaration.entity_set, row["Id"]), body)

        return Step((change,), run)

    # --- updates

    def _updates(self, changes: Sequence[Change]) -> list[Step]:
        """One call where several get the very same values and the XAPI has a call for that."""
        alike: dict[str, list[Change]] = defaultdict(list)
        for place, change in enumerate(changes):
            body = self._body(change)
            same = json.dumps(body, sort_keys=True) if self._for_many(change, body) else f"alone {place}"
            alike[same].append(change)
        steps = []
        for group in alike.values():
            steps += [self._update(change) for change in group] if len(group) < 2 else self._updates_alike(group)
        return steps

    def _for_many(self, change: Change, body: Body) -> bool:
        if self._declaration.same_for_many is None or change.if_match:
            return False
        action, type_name = self._declaration.same_for_many
        if action not in self._catalog.calls:
            return False
        known = self._catalog.type(type_name).properties
        return all(self._sent_to_many(known.get(name), value) for name, value in body.items())

    def _sent_to_many(self, known: Property | None, value: Any) -> bool:
        """What is empty may mean to such an action that it is to be left alone."""
        if known is None or value in (None, "", []):
            return False
        return not known.navigation or known.name in self._declaration.apart

    def _updates_alike(self, changes: Sequence[Change]) -> list[Step]:
        action, body = (self._declaration.same_for_many or ("", ""))[0], self._body(changes[0])

        def step(some: Sequence[Change]) -> Step:
            ids = [change.record.id for change in some if change.record is not None]

            def run(port: Port) -> None:
                port.action(action, {"ids": ids, "user": body}, repeatable=True)
                for change in some:
                    self._written(change)

            return Step(tuple(some), run)

        return [step(some) for some in chunks(changes, MOST)]

    def _update(self, change: Change) -> Step:
        def run(port: Port) -> None:
            body, apart = self._parted(self._body(change))
            if body:
                port.update(self._path(change), body, if_match=change.if_match)
            if apart and change.record is not None:
                self._then(port, change.record.id, apart, first=bool(body))
            self._written(change)

        return Step((change,), run)

    def _then(self, port: Port, id_: Any, apart: Body, *, first: bool) -> None:
        """first: whether something was written before."""
        try:
            self._write_apart(port, id_, apart)
        except XapiError as exc:
            if not first:
                raise
            raise PartlyDone(exc) from exc

    # --- removals

    def _deletions(self, changes: Sequence[Change]) -> list[Step]:
        """One call for many where the XAPI has it. An ETag that the user gave can only travel with a single DELETE."""
        bulk = next((one for one in self._declaration.bulk if one.action in self._catalog.calls), None)
        if bulk is None or len(changes) == 1:
            return [self._delete(change) for change in changes]
        many = [change for change in changes if not change.pinned]
        single = [change for change in changes if change.pinned]
        return [
            *(self._delete(change) for change in single),
            *(self._delete_many(bulk, some) for some in chunks(many, BulkDelete.most)),
        ]

    def _delete(self, change: Change) -> Step:
        action = self._declaration.deleted_by
        if action and change.record is not None and not change.pinned:
            body = {"id": change.record.id}
            return Step((change,), lambda port: port.action(action, body))
        return Step((change,), lambda port: port.delete(self._path(change), if_match=change.if_match))

    def _delete_many(self, bulk: Bulk, changes: Sequence[Change]) -> Step:
        step = BulkDelete(bulk.action, bulk.body).step(changes)
        if not bulk.answers:
            return step

        def run(port: Port) -> None:
            self._take_refusals(step.run(port))

        return Step(step.changes, run)

    def _take_refusals(self, answer: Any) -> None:
        rows = answer.get("value") if isinstance(answer, dict) else answer
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("Error"):
                self.refusals[str(row.get("ExtensionNumber"))] = " ".join(str(row["Error"]).split())

    def _path(self, change: Change) -> str:
        if change.record is None:
            raise ValueError(f"{change.label}: a {change.kind} needs a record")
        one = self._catalog.sets[self._declaration.entity_set]
        return key(one.name, typed(change.record.id, str(one.key_type)))
