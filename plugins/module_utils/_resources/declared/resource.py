# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Any entity set, from its declaration and the catalog of the PBX's version. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..._catalog.catalog import catalog_for, since
from ..in_use import InUse
from ..model import Body, Change, Item, Problem, Record, Wanted
from ..naming import available
from ..port import Port
from ..resource import Resource
from ..steps import Step
from .calls import Calls
from .comparing import MISSING
from .declaration import Declaration, Identity
from .facts import PEERS
from .guards import GUARDS, Controller
from .identities import Identities
from .kind import Kind
from .leading import implied
from .names import Names
from .purge_filter import PurgeFilter
from .reading import Reading
from .shapes import Part, Shapes

VERBS = {"create": "created", "update": "changed", "delete": "deleted"}


class DeclaredSet(Resource):
    """identity: the fields that tell items apart, if not those of the declaration.

    whole: whether all of the set must be read, because a purge looks at it.
    always: whether secrets are written to what exists, each time; nobody can see whether they differ.
    purge_filter: options and the values, or lists of values, that an unlisted item must have to be removed.
    guarded: whether changes that lock the controller out, or that take away a number in use, are refused.
    warn: takes what could not be looked at.
    concealed: whether the value of an item of this name is kept out of results and diffs, where its name does not tell.
    """

    fields = ()

    def __init__(
        self,
        declaration: Declaration,
        *,
        option: str = "items",
        identity: Sequence[str] = (),
        whole: bool = False,
        always: bool = False,
        purge_filter: Mapping[str, Any] | None = None,
        controller: Controller | None = None,
        guarded: bool = True,
        concealed: Mapping[str, bool] | None = None,
        warn: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.declaration = declaration
        self.option = option
        self.noun, self.plural = declaration.noun, declaration.plural
        self.entity_set = declaration.entity_set
        self.defaults = declaration.defaults
        self.absent_takes_all = declaration.absent_takes_all
        self._identity = tuple(identity)
        self._whole = whole
        self._always = always
        self._purge_filter = dict(purge_filter or {})
        self._controller = controller or Controller()
        self._guarded = guarded
        self._concealed = dict(concealed or {})
        self._in_use = InUse(declaration.entity_set, force=not guarded, warn=warn)
        self._names = Names()
        self._wanted: tuple[Wanted, ...] = ()
        self._written: set[Any] = set()

    # --- the version

    def meet(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._settle(port.known_version())
        self._purged.resolve(port)

    def _settle(self, version: str) -> None:
        self._catalog = catalog_for(version)
        if self.entity_set not in self._catalog.sets:
            having = available(since("set", self.entity_set))
            raise ValueError(f"{self.entity_set} exists {having}, and the PBX has {self._catalog.version}")
        self._set = self._catalog.sets[self.entity_set]
        self.key_prop = str(self._set.key)
        self._shapes = Shapes(self._catalog)
        self._shape = self._shapes.of(self._set.type)
        self._kind = Kind(self._shapes, self._shape, self._names, self._concealed)
        known = [Identity(self._identity)] if self._identity else self._known_by()
        called = None if self._identity else self.declaration.called
        self._identities = Identities(self._shapes, self._shape, self._names, known, called)
        self._calls = Calls(self.declaration, self._catalog, self._body, self._taken_by_pbx, self._leads_to)
        self._check_identity()
        self._purged = PurgeFilter(self._kind, self._purge_filter)

    def _check_identity(self) -> None:
        for path in self._identity:
            try:
                self._identities.part(path)
            except KeyError:
                raise ValueError(f"identity: {self._shape.type} has no field {path}") from None

    def _known_by(self) -> list[Identity]:
        """As declared, without the fields that this version does not have, such as Holiday.Group before 20.0.7."""
        known = []
        for one in self.declaration.identities:
            fields = tuple(path for path in one.fields if path.partition(".")[0] in self._shape.parts)
            known += [replace(one, fields=fields)] if fields else []
        return known

    # --- who is who

    def label(self, item: Item) -> str:
        return self._identities.label(item)

    def key_of(self, item: Item) -> Hashable | None:
        return self._identities.key_of(item)

    def keys_of(self, item: Item) -> Iterable[Hashable]:
        return self._identities.keys_of(item)

    # --- checking input

    def taken(self, item: Item) -> Item:
        return self.declaration.completed(self._kind.taken(item))

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        problems = self._kind.problems(item)
        yield from problems
        if not problems and self._identities.of(item) is None and item.get("id") is None:
            choices = " or ".join(" and ".join(one.fields) for one in self._identities.known)
            yield "", f"cannot be told from others; give {choices}"
        if state == "present" and not self._set.verbs & {"create", "update"}:
            yield "", self._cannot("create")

    def _cannot(self, kind: str) -> str:
        able = [done for verb, done in VERBS.items() if verb in self._set.verbs]
        having = since("set", self.entity_set, kind)
        more = f"; that is possible {available(having)}" if having else ""
        can = f"can be {' and '.join(able)}, not" if able else "can only be read, not"
        return f"{self.entity_set} {can} {VERBS[kind]}{more}"

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._wanted = tuple(wanted)
        looked_at = [replace(one, item=self._looked_at(one.item, state)) for one in wanted]
        self._kind.load_names(port, looked_at, self._parts())
        if state == "present" and self.declaration.peer_type:
            self._names.foresee(PEERS, [self._peer(one.item) for one in wanted if one.item.get("number")])

    def _looked_at(self, item: Item, state: str) -> Item:
        """Of what goes only that by which it is known."""
        known = self._identities.options(self._identities.known)
        return {name: value for name, value in item.items() if state == "present" or name in known}

    def _peer(self, item: Item) -> dict[str, Any]:
        """How others will see it, once it is there."""
        return {"Number": item["number"], "Name": item.get("name"), "Type": self.declaration.peer_type}

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        return self._kind.unresolved(self._looked_at(item, state))

    def spelled(self, item: Item) -> Item:
        return self._kind.showing.spelled(self._shape, item)

    # --- reading

    def _parts(self) -> tuple[Part, ...]:
        """What is read of each entity, in the contract's order."""
        used = {self._identities.of(one.item) for one in self._wanted} - {None}
        options = self._identities.options(one for one in used if one) | self._identities.telling
        options |= {*self.declaration.watched, *self._purged.options}
        options |= {option for one in self._wanted for option in one.item}
        options |= implied(self._shape, options)
        return tuple(part for part in self._shape.parts.values() if part.option in options and not part.secret)

    def read(self, port: Port) -> list[Record]:
        reading = Reading(self._shapes, self._shape, self._set, self._parts(), self.declaration.pages)
        if self._whole or not self._wanted:
            bodies = reading.all(port)
        else:
            bodies = reading.some(port, self._identities, [one.item for one in self._wanted])
        return [self._record(body, reading.parts) for body in bodies]

    def _record(self, body: Body, parts: Sequence[Part]) -> Record:
        shown = self._kind.showing.item(self._shape, body, parts)
        known_by = {"id": body[self.key_prop]} if self.key_prop == "Id" else {}
        return Record(body[self.key_prop], {**known_by, **shown}, body.get("@odata.etag"), body)

    # --- comparing

    def differing(self, wanted: Item, existing: Item) -> Item:
        secrets = self._always and not self._written.intersection(self._known(existing))
        return self._kind.differing(wanted, existing, secrets=secrets)

    def _known(self, item: Item) -> Iterable[Hashable]:
        """By key, and by what items are known by, which alone is known of one that was just created."""
        return (item.get(self._shape.by_prop[self.key_prop].option), *self.keys_of(item))

    def compared(self, record: Record, values: Item) -> tuple[Item, Item]:
        known_by = self._kind.shown(record.item, self.identity_names())
        before, after = self._kind.compared(record.item, self.foreseen(record, values), values)
        return {**known_by, **before}, {**known_by, **after}

    def foreseen(self, record: Record, values: Item) -> Item:
        return self._kind.foreseen(record.item, record.body, values)

    def foretold(self, item: Item) -> Item:
        new = {**self.defaults, **self._kind.secrecy.shown(self._shape, item)}
        return {**new, "id": None} if self.key_prop == "Id" and self._set.key_type != "string" else new

    def shown(self, item: Item, names: Iterable[str]) -> Item:
        return self._kind.shown(item, names)

    def identity_names(self) -> tuple[str, ...]:
        return tuple(sorted(self._identities.telling))

    # --- refusing

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        if self.declaration.in_use:
            self._in_use.inspect(port, changes)

    def purgeable(self, record: Record) -> bool:
        if self.declaration.kept(record.item):
            return False
        return self._purged.takes(record.item)

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        for change in changes:
            if change.kind not in self._set.verbs:
                yield Problem(change.index, change.label, "", self._cannot(change.kind))
            elif change.kind == "update":
                yield from self._fixed(change)
                yield from self._strange(change)
            else:
                yield from self._impossible(change)
        yield from self._in_use.problems(changes) if self.declaration.in_use else ()
        if self._guarded and self.declaration.guard:
            yield from GUARDS[self.declaration.guard](self._controller, records, changes)

    def _fixed(self, change: Change) -> Iterable[Problem]:
        for name in self.declaration.fixed:
            if name in change.values and change.record is not None:
                message = (
                    f"is {change.record.item.get(name)} and never changes; delete the {self.noun} and create another"
                )
                yield Problem(change.index, change.label, name, message)

    def _strange(self, change: Change) -> Iterable[Problem]:
        if change.record is not None:
            for path, message in self._kind.strange(change.values, change.record.item):
                yield Problem(change.index, change.label, path, message)

    def _impossible(self, change: Change) -> Iterable[Problem]:
        """Of creations and deletions."""
        if change.record is not None:
            reason = self.declaration.bound(change.record.item)
            if reason:
                yield Problem(change.index, change.label, "", reason)
            return
        for name in self.declaration.needed:
            if change.values.get(name) in MISSING:
                message = f"is needed, since there is no such {self.noun} yet"
                yield Problem(change.index, change.label, name, message)
        for name in self.declaration.granted:
            if change.values.get(name):
                message = f"no {self.noun} has it, and the PBX alone gives it to new ones; leave it out"
                yield Problem(change.index, change.label, name, message)

    def objection(self, change: Change, records: Sequence[Record]) -> str:
        if change.kind != "delete" or change.record is None or all(one.id != change.record.id for one in records):
            return ""
        return self._calls.refusals.get(str(change.record.item.get("number")), "")

    # --- writing

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        return self._calls.steps(changes)

    def _leads_to(self, values: Mapping[str, Any]) -> set[str]:
        """The numbers that these values lead to."""
        found = [one for one in self._kind.references(dict(values)) if one.reference.to == PEERS]
        return {text for one in found for text in one.texts}

    def _body(self, change: Change) -> Body:
        body = self._kind.writing.body(
            self._shape, change.values, None if change.record is None else change.record.body
        )
        wanted = change.wanted.item if change.wanted is not None else {}
        if change.record is None and self.key_prop == "Id" and self._chosen_id() and wanted.get("id"):
            return {"Id": wanted["id"], **body}
        return body

    def _chosen_id(self) -> bool:
        """Whether a new item brings its own id, such as the file name of a template."""
        return any(identity.fields == ("id",) for identity in self.declaration.identities)

    def _taken_by_pbx(self, change: Change) -> None:
        self._written.add(self.key_of(change.values) if change.record is None else change.record.id)
