# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks: what a new one needs, and what goes with one that goes. PRIVATE to the collection.

Contract: Pbx.Trunk, Pbx.Gateway, Pbx.TrunkTemplate; REALITY.md section 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .declared.resource import DeclaredSet
from .declared.sets import BRIDGES
from .directory import Directory
from .model import Change, Item, Problem, Record
from .port import Port
from .trunks_in_use import TrunksInUse

TEMPLATE = "template_filename"


class Trunks(DeclaredSet):
    """The declared set, and what a PBX would only say after the first call, or not at all."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._over_trunks = TrunksInUse()
        self._templates = Directory("trunk template", ())

    def differing(self, wanted: Item, existing: Item) -> Item:
        """A template fills in the form of a new trunk; it is not a property by which trunks differ."""
        gateway = {name: value for name, value in (wanted.get("gateway") or {}).items() if name != TEMPLATE}
        return super().differing({**wanted, "gateway": gateway} if "gateway" in wanted else wanted, existing)

    def identity_names(self) -> tuple[str, ...]:
        """None: the label is the name, and the gateway that holds it would bury what changes."""
        return ()

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        super().inspect(port, changes)
        if self._guarded:
            self._over_trunks.inspect(port, changes)
        if any(_template(change) for change in _new(changes)):
            rows = port.rows("TrunkTemplates", select=("Id", "Name"))
            self._templates = Directory("trunk template", ((place, (row["Id"],)) for place, row in enumerate(rows)))

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        yield from super().refuse(records, changes)
        yield from self._over_trunks.problems(changes)
        for change in _new(changes):
            yield from self._lacking(change)
            yield from _taken_number(change, records)
        for change in changes:
            if change.kind == "delete" and change.record is not None and _gateway(change.record.item).get("internal"):
                yield Problem(change.index, change.label, "", "is internal to the PBX; leave it in")

    def _lacking(self, change: Change) -> Iterator[Problem]:
        if not _gateway(change.values).get("name"):
            yield Problem(change.index, change.label, "name", "is needed, since there is no such trunk yet")
        if _gateway(change.values).get("type") in BRIDGES:
            return
        template = _template(change)
        if not template:
            message = "is needed, since there is no such trunk yet; TrunkTemplates has the file names"
            yield Problem(change.index, change.label, "template", message)
            return
        try:
            self._templates.resolve(template)
        except ValueError as exc:
            yield Problem(change.index, change.label, "template", str(exc))


def _taken_number(change: Change, records: Sequence[Record]) -> Iterator[Problem]:
    """A trunk of this number has another name: is it to be renamed, or is the number wrong?"""
    number = change.values.get("number")
    for record in records:
        if number and record.item.get("number") == number:
            name = _gateway(record.item).get("name")
            message = f'is the number of "{name}"; give its id ({record.id}) to rename it, or leave the number out'
            yield Problem(change.index, change.label, "number", message)


def _new(changes: Iterable[Change]) -> list[Change]:
    return [change for change in changes if change.kind == "create"]


def _gateway(item: Item) -> Item:
    return item.get("gateway") or {}


def _template(change: Change) -> str:
    return str(_gateway(change.values).get(TEMPLATE) or "")
