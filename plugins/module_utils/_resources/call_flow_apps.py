# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call flow apps: route points with a script. PRIVATE to the collection.

Contract: Pbx.CallFlowApp; REALITY.md section 8.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from .._xapi.errors import XapiError
from .._xapi.odata import key
from .call_flow_apps_script import Scripts, blanked, script_hash
from .in_use import InUse
from .model import Body, Change, Field, Item, Problem, Record, Wanted
from .port import Port
from .resource import Resource
from .steps import Step

WORDS = 500


@dataclass(frozen=True)
class PurgeFilter:
    """Shell patterns that an unlisted app has to match to be purged."""

    name: str = "*"
    number: str = "*"

    def takes(self, item: Item) -> bool:
        return fnmatchcase(item["name"], self.name) and fnmatchcase(item["number"], self.number)


class CallFlowApps(Resource):
    """Known by number, which is unique on a PBX and never changes, or by name where no number is given.

    A script is written from, and compared by, its hash in `script_hash`; `scripts` has the texts.
    A script is only read for an app whose script is given, one GET each: no other way is known to show it.
    RejectedCode is never read: it may be the source that did not compile.
    """

    noun, plural, option = "call flow app", "call flow apps", "apps"
    entity_set = "CallFlowApps"
    fields = (
        Field("name", "Name", empty=""),
        Field("number", "Number", empty=""),
        Field("routing_type", "RoutingType"),
        Field("transcription_mode", "TranscriptionMode"),
        Field("script_hash", "ScriptCode"),
        Field("compilation_succeeded", "CompilationSucceeded", writable=False, in_diff=False),
        Field("compilation_result", "CompilationResult", writable=False, in_diff=False),
        Field("invalid_script", "InvalidScript", writable=False, in_diff=False),
        Field("is_registered", "IsRegistered", writable=False, in_diff=False),
    )

    def __init__(
        self,
        *,
        scripts: Scripts | None = None,
        force: bool = False,
        purge_filter: PurgeFilter | None = None,
        warn: Callable[[str], None] = lambda text: None,
    ) -> None:
        """force: remove an app whoever uses it. warn: takes what could not be looked at."""
        self._scripts = scripts or Scripts()
        self._in_use = InUse(self.entity_set, force=force, warn=warn)
        self._purge_filter = purge_filter or PurgeFilter()
        self._wanted: tuple[Wanted, ...] = ()
        self._scripted: tuple[Wanted, ...] = ()

    # --- who is who

    def label(self, item: Item) -> str:
        return str(item.get("name") or item.get("number") or f"id {item.get('id')}")

    def key_of(self, item: Item) -> Hashable | None:
        if item.get("number"):
            return ("number", item["number"])
        return ("name", item["name"]) if item.get("name") else None

    def keys_of(self, item: Item) -> Iterable[Hashable]:
        return [(name, item[name]) for name in ("number", "name") if item.get(name)]

    def identity_names(self) -> tuple[str, ...]:
        return ("name", "number")

    def shown(self, item: Item, names: Iterable[str]) -> Item:
        """A script that nobody asked for is not read, and its hash not known."""
        return {name: value for name, value in super().shown(item, names).items() if value is not None}

    def meant(self, item: Item, records: Iterable[Record]) -> list[Record]:
        """The records that an item may mean, by its natural key or its id."""
        natural = self.key_of(item)
        return [record for record in records if natural in self.keys_of(record.item) or record.id == item.get("id")]

    # --- checking

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        for name in ("name", "number"):
            if name in item and not item[name].strip():
                yield name, "is empty; give one, or leave the field out"

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        """Nothing to read; the wishes tell later whose script is needed."""
        self._wanted = tuple(wanted)
        self._scripted = tuple(one for one in wanted if state == "present" and "script_hash" in one.item)

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        self._in_use.inspect(port, changes)

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        for one in self._wanted:
            yield from self._other_number(one, records)
        for one in self._scripted:
            yield from self._known_to_be_broken(one, records)
        for change in changes:
            if change.kind == "create" and not change.values.get("name"):
                yield Problem(change.index, change.label, "name", "is needed, since there is no such app yet")
            if change.kind == "delete" and change.record is not None:
                yield from self._not_the_named_one(change, change.record)
        yield from self._in_use.problems(changes)

    def _other_number(self, one: Wanted, records: Sequence[Record]) -> Iterator[Problem]:
        """A number never changes. A wrong one is more likely a slip than a second app of the same name."""
        number = one.item.get("number")
        if not number or any(record.item["number"] == number for record in records):
            return
        same = [
            record
            for record in records
            if record.id == one.item.get("id") or record.item["name"] == one.item.get("name")
        ]
        if same:
            numbers = " and ".join(record.item["number"] for record in same)
            message = (
                f'"{self.label(same[0].item)}" has number {numbers} on this PBX, and a number never changes; '
                "leave number out, or remove that app first"
            )
            yield Problem(one.index, self.label(one.item), "number", message)

    def _known_to_be_broken(self, one: Wanted, records: Sequence[Record]) -> Iterator[Problem]:
        """The very script that the PBX failed to compile before: to say "ok" now would hide it."""
        for record in self.meant(one.item, records):
            if one.item["script_hash"] and record.item["script_hash"] == one.item["script_hash"] and broken(record):
                message = f"the PBX has this very script and cannot compile it{_words(record)}; mend the script"
                yield Problem(one.index, self.label(one.item), "script_code", message)

    def _not_the_named_one(self, change: Change, record: Record) -> Iterator[Problem]:
        """A number or an id of another day may by now belong to an app that nobody wants to lose."""
        name = change.wanted.item.get("name") if change.wanted else None
        if name and name != record.item["name"]:
            message = (
                f'number {record.item["number"]} (id {record.id}) is "{record.item["name"]}" on this PBX, '
                f'not "{name}"; leave out what does not fit'
            )
            yield Problem(change.index, name, "name", message)

    def purgeable(self, record: Record) -> bool:
        return self._purge_filter.takes(record.item)

    # --- the PBX's side

    @property
    def select(self) -> tuple[str, ...]:
        return tuple(prop for prop in super().select if prop != "ScriptCode")

    def read(self, port: Port) -> list[Record]:
        records = super().read(port)
        scripted = {record.id for one in self._scripted for record in self.meant(one.item, records)}
        return [self._with_script(port, record) if record.id in scripted else record for record in records]

    def _with_script(self, port: Port, record: Record) -> Record:
        """Only the hash is kept, and of the compiler's words nothing that stands in the script."""
        script = port.get(key(self.entity_set, record.id), {"$select": "ScriptCode"}).get("ScriptCode") or ""
        shown = {
            "script_hash": script_hash(script),
            "compilation_result": blanked(record.body.get("CompilationResult"), script)[:WORDS],
        }
        return replace(record, item={**record.item, **shown})

    def item(self, body: Body) -> Item:
        """Without a known script nobody can tell which of the compiler's words quote it."""
        return {**super().item(body), "compilation_result": None}

    def body(self, values: Item) -> Body:
        body = super().body(values)
        if "ScriptCode" in body:
            body["ScriptCode"] = self._scripts.text(body["ScriptCode"])
        return body

    def create_step(self, change: Change) -> Step:
        return self._discreet(super().create_step(change))

    def update_step(self, change: Change) -> Step:
        return self._discreet(super().update_step(change))

    def _discreet(self, step: Step) -> Step:
        """A PBX that refuses a script may quote it."""
        digest = step.changes[0].values.get("script_hash")
        if not digest:
            return step

        def run(port: Port) -> None:
            try:
                step.run(port)
            except XapiError as exc:
                script = self._scripts.text(digest)
                exc.args = (blanked(str(exc), script),)
                exc.detail = blanked(exc.detail, script)
                raise

        return replace(step, run=run)

    def objection(self, change: Change, records: Sequence[Record]) -> str:
        if not change.values.get("script_hash"):
            return ""
        for record in self._written(change, records):
            if broken(record):
                taken = record.item["script_hash"] == change.values["script_hash"]
                verb = "has taken the script, but cannot compile it" if taken else "cannot compile the script"
                return f"the PBX {verb}{_words(record)}; mend it and run again"
        return ""

    def _written(self, change: Change, records: Sequence[Record]) -> list[Record]:
        if change.record is not None:
            return [record for record in records if record.id == change.record.id]
        return self.meant(change.values, records)


def broken(record: Record) -> bool:
    """A PBX that does not say how it went gets the benefit of the doubt."""
    return record.item["compilation_succeeded"] is False or record.item["invalid_script"] is True


def _words(record: Record) -> str:
    words = record.item["compilation_result"]
    return f": {words}" if words else ""
