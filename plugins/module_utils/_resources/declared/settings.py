# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings: the singletons of the XAPI, several at once. PRIVATE to the collection.

An item here is the values of one singleton, with its name under NAME, which no option is called.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from ..._catalog.catalog import catalog_for, since
from ..._catalog.names import snake
from ..model import Body, Change, Item, Problem, Record, Wanted
from ..naming import available
from ..networks import lenient
from ..port import Port
from ..resource import Resource
from ..steps import Step, of_kind
from .guards import Controller
from .kind import Kind
from .names import Names
from .reading import Expanding
from .shapes import Part, Shapes

NAME = "@settings"
RESTRICTIONS = "ConsoleRestrictions"
# What must be known of a singleton besides what is wanted.
WATCHED = {RESTRICTIONS: ("access_restricted", "ip_whitelist", "my_ip_address")}


class Settings(Resource):
    """always: whether secrets are written, each time. controller: None if it may be locked out."""

    noun, plural, option = "settings", "settings", "settings"
    entity_set = ""
    fields = ()

    def __init__(self, *, always: bool = False, controller: Controller | None = None) -> None:
        self._always = always
        self._controller = controller
        self._names = Names()
        self._kinds: dict[str, Kind] = {}
        self._wanted: tuple[Wanted, ...] = ()
        self._written: set[str] = set()

    def meet(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        catalog = catalog_for(port.known_version())
        shapes = Shapes(catalog)
        for name in dict.fromkeys(one.item[NAME] for one in wanted):
            if name not in catalog.singletons:
                having = available(since("singleton", name))
                raise ValueError(f"{snake(name)} exists {having}, and the PBX has {catalog.version}")
            self._kinds[name] = Kind(shapes, shapes.of(catalog.singletons[name].type), self._names)

    # --- who is who

    def label(self, item: Item) -> str:
        return snake(item[NAME])

    def key_of(self, item: Item) -> Hashable | None:
        name: str = item[NAME]
        return name

    def _kind(self, item: Item) -> Kind:
        return self._kinds[item[NAME]]

    # --- checking input

    def taken(self, item: Item) -> Item:
        return self._within(item, self._kind(item).taken)

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        return self._kind(item).problems(_values(item))

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._wanted = tuple(wanted)
        for one in wanted:
            values = Wanted(one.index, _values(one.item))
            self._kind(one.item).load_names(port, [values], self._parts(one.item))

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        return self._kind(item).unresolved(_values(item))

    def spelled(self, item: Item) -> Item:
        kind = self._kind(item)
        return self._within(item, lambda values: kind.showing.spelled(kind.shape, values))

    def _within(self, item: Item, change: Callable[[Item], Item]) -> Item:
        return {NAME: item[NAME], **change(_values(item))}

    # --- reading

    def _parts(self, item: Item) -> list[Part]:
        options = {*item, *WATCHED.get(item[NAME], ())}
        return [part for part in self._kind(item).shape.parts.values() if part.option in options and not part.secret]

    def read(self, port: Port) -> list[Record]:
        return [self._read(port, one.item) for one in self._wanted]

    def _read(self, port: Port, item: Item) -> Record:
        name, kind, parts = item[NAME], self._kind(item), self._parts(item)
        body = port.get(name, _query(kind, parts)) if parts else {}
        shown = kind.showing.item(kind.shape, body, parts)
        return Record(name, {NAME: name, **shown}, body.get("@odata.etag"), body)

    # --- comparing

    def differing(self, wanted: Item, existing: Item) -> Item:
        secrets = self._always and wanted[NAME] not in self._written
        return self._kind(wanted).differing(_values(wanted), existing, secrets=secrets)

    def compared(self, record: Record, values: Item) -> tuple[Item, Item]:
        return self._kind(record.item).compared(record.item, self.foreseen(record, values), values)

    def foreseen(self, record: Record, values: Item) -> Item:
        kind = self._kind(record.item)
        return kind.foreseen(_values(record.item), record.body, values)

    # --- refusing

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        for change in changes:
            if self._controller is not None and change.record is not None and change.record.id == RESTRICTIONS:
                after = self.foreseen(change.record, change.values)
                yield from _locked_out(self._controller, change, change.record.item, after)

    # --- writing

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        return [self.update_step(change) for change in of_kind(changes, "update")]

    def update_step(self, change: Change) -> Step:
        if change.record is None:
            raise ValueError(f"{change.label}: an update needs a record")
        record, kind = change.record, self._kind(change.record.item)
        body: Body = kind.writing.body(kind.shape, change.values, record.body)

        def run(port: Port) -> None:
            port.update(str(record.id), body)
            self._written.add(str(record.id))

        return Step((change,), run)


def _values(item: Item) -> Item:
    return {option: value for option, value in item.items() if option != NAME}


def _query(kind: Kind, parts: Sequence[Part]) -> dict[str, Any]:
    expand = Expanding(kind.shapes).text(kind.shape, parts)
    query: dict[str, Any] = {"$select": [part.prop for part in parts if not part.navigation] or None, "$expand": expand}
    return {name: value for name, value in query.items() if value is not None}


def _locked_out(controller: Controller, change: Change, before: Item, after: Item) -> Iterable[Problem]:
    """Whoever is not on the list gets a token that opens nothing (REALITY.md section 1), and cannot undo it.

    The PBX tells the address that it sees, which behind address translation is not the controller's own.
    """
    own = [lenient(before["my_ip_address"])] if before.get("my_ip_address") else list(controller.addresses)
    for address in own:
        if not isinstance(address, str) and _admits(before, address) and not _admits(after, address):
            message = (
                f"would lock out {address.network_address}, from where this task comes; "
                "add it to ip_whitelist, or set force: true"
            )
            yield Problem(change.index, change.label, "ip_whitelist", message)


def _admits(restrictions: Item, address: Any) -> bool:
    if not restrictions.get("access_restricted"):
        return True
    allowed = [lenient(text) for text in restrictions.get("ip_whitelist") or ()]
    return any(
        not isinstance(one, str) and one.version == address.version and address.subnet_of(one) for one in allowed
    )
