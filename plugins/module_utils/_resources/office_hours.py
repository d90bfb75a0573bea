# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Office hours and breaks, of the system and of departments. PRIVATE to the collection.

Contract: the singleton OfficeHours (Pbx.OfficeHours), and Hours, BreakTime, TimeZoneId, CurrentGroupHours and
OverrideExpiresAt of Pbx.Group, the last two being the override (REALITY.md section 9). All are always there, so hours
are changed and neither created nor deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from .._xapi.odata import key, member_filters
from . import schedules
from .blocklist import now
from .departments import Departments
from .instants import instant, to_the_minute, zulu
from .model import Body, Change, Field, Item, Problem, Record, Wanted
from .port import Port
from .resource import Resource
from .steps import Step, of_kind
from .time_zones import TimeZones

SYSTEM = "OfficeHours"
SCHEDULES = ("hours", "break_time")
OVERRIDE = ("current_group_hours", "override_expires_at")
MODES = ("Default", "ForceOpened", "ForceClosed", "ForceBreak", "ForceCustomOperator", "ForceHoliday")
AT_ONCE = 20


class OfficeHours(Resource):
    """Of one item per department; one without a department is about the system.

    warn: takes what is not done. clock: for overrides whose time is over.
    """

    noun, plural, option = "office hours", "office hours", "office_hours"
    entity_set = "Groups"
    fields = (
        Field("group", "Group", writable=False),
        Field("hours", "Hours", empty={}, show=schedules.shown, wire=schedules.sent, same=schedules.meaning),
        Field("break_time", "BreakTime", empty={}, show=schedules.shown, wire=schedules.sent, same=schedules.meaning),
        Field("time_zone_id", "TimeZoneId", empty=""),
        Field("current_group_hours", "CurrentGroupHours", empty=""),
        Field("override_expires_at", "OverrideExpiresAt", same=to_the_minute, wire=zulu, empty=""),
    )

    def __init__(self, *, warn: Callable[[str], None] = lambda text: None, clock: Callable[[], datetime] = now) -> None:
        self._warn = warn
        self._clock = clock
        self._departments = Departments()
        self._time_zones: TimeZones | None = None
        self._ids: tuple[int, ...] = ()
        self._of_system = False

    # --- who is who

    def meet(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        if any(not _is_system(one.item) for one in wanted):
            self._departments = Departments.read(port)

    def label(self, item: Item) -> str:
        if _is_system(item):
            return "system"
        if not item.get("group"):
            return f"id {item['id']}"
        return self._name(item["group"])

    def _name(self, given: str) -> str:
        try:
            return self._departments.name(self._departments.resolve(given))
        except ValueError:
            return given

    def key_of(self, item: Item) -> Hashable | None:
        if _is_system(item):
            return SYSTEM
        return ("group", self._name(item["group"])) if item.get("group") else None

    # --- checking input

    def taken(self, item: Item) -> Item:
        known = {name: item[name] for name in ("id", *(field.name for field in self.fields)) if name in item}
        known |= {name: schedules.taken(known[name]) for name in SCHEDULES if name in known}
        return self._in_time(known)

    def _in_time(self, item: Item) -> Item:
        """An override whose time is over asks for nothing; the PBX has ended it by itself."""
        if not self._is_over(item):
            return item
        self._warn(f"{self.label(item)}: the override ended at {item['override_expires_at']}, so it is left alone")
        return {name: value for name, value in item.items() if name not in OVERRIDE}

    def _is_over(self, item: Item) -> bool:
        expiry = item.get("override_expires_at")
        try:
            return bool(expiry) and instant(str(expiry)) <= self._clock()
        except ValueError:
            return False

    def check(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        if item.get("group"):
            yield from _problem("group", self._departments.resolve, item)
        for name in SCHEDULES:
            for where, message in schedules.problems(item.get(name) or {}):
                yield f"{name}.{where}", message
        if item.get("override_expires_at"):
            yield from _problem("override_expires_at", instant, item)
        if _is_system(item):
            if item.get("time_zone_id") == "":
                yield "time_zone_id", "cannot be empty for the system"
            for name in OVERRIDE:
                if name in item:
                    yield name, "only departments have it; give group, such as DEFAULT"

    def load(self, port: Port, wanted: Sequence[Wanted], state: str) -> None:
        self._of_system = any(_is_system(one.item) for one in wanted)
        self._ids = tuple(dict.fromkeys(id_ for one in wanted if (id_ := self._id(one.item)) is not None))
        if any("time_zone_id" in one.item or not _asks(one.item) for one in wanted):
            self._time_zones = TimeZones.read(port)

    def _id(self, item: Item) -> int | None:
        return self._departments.resolve(item["group"]) if item.get("group") else item.get("id")

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        if item.get("time_zone_id") and self._time_zones is not None:
            yield from _problem("time_zone_id", self._time_zones.resolve, item)

    def spelled(self, item: Item) -> Item:
        group = {"group": self._name(item["group"])} if item.get("group") else {}
        if not item.get("time_zone_id") or self._time_zones is None:
            return {**item, **group}
        return {**item, **group, "time_zone_id": self._time_zones.name(self._time_zones.resolve(item["time_zone_id"]))}

    def refuse(self, records: Sequence[Record], changes: Sequence[Change]) -> Iterable[Problem]:
        """What cannot be found cannot be made here."""
        for change in changes:
            if change.kind == "create":
                yield Problem(change.index, change.label, "id", "no department has this id; give its name as group")

    # --- the PBX's side

    def read(self, port: Port) -> list[Record]:
        system = [self._record(SYSTEM, port.get("OfficeHours"), {})] if self._of_system else []
        return [*system, *(self._department(row) for row in self._rows(port))]

    def _rows(self, port: Port) -> list[Body]:
        select = ("Id", *(field.prop for field in self.fields if field.writable))
        return [
            row
            for text in member_filters("Id", list(self._ids), AT_ONCE)
            for row in port.rows("Groups", select=select, filter=text)
            if row["Id"] in self._ids
        ]

    def _department(self, row: Body) -> Record:
        return self._record(row["Id"], row, {"id": row["Id"], "group": self._departments.name(row["Id"])})

    def _record(self, id_: int | str, body: Body, known_by: Item) -> Record:
        names = [*SCHEDULES, *(() if self._time_zones is None else ("time_zone_id",)), *(OVERRIDE if known_by else ())]
        shown = {field.name: self._shown(field, body.get(field.prop)) for field in self.fields if field.name in names}
        return Record(id_, {**known_by, **shown}, body.get("@odata.etag"), body)

    def _shown(self, field: Field, value: Any) -> Any:
        if value is None:
            return field.empty
        if field.name == "time_zone_id" and self._time_zones is not None:
            return self._time_zones.name(value)
        return field.show(value)

    def body(self, values: Item) -> Body:
        body = super().body(values)
        if values.get("time_zone_id") and self._time_zones is not None:
            body["TimeZoneId"] = self._time_zones.resolve(values["time_zone_id"])
        return body

    def steps(self, changes: Sequence[Change]) -> list[Step]:
        return [self.update_step(change) for change in of_kind(changes, "update")]

    def update_step(self, change: Change) -> Step:
        body = self.body(change.values)
        if change.record is None:
            raise ValueError(f"{change.label}: an update needs a record")
        id_ = change.record.id
        if id_ == SYSTEM:
            return Step((change,), lambda port: port.update("OfficeHours", body, if_match=change.if_match))
        return Step((change,), lambda port: port.update(key("Groups", id_), body, if_match=change.if_match))

    # --- comparing

    def differing(self, wanted: Item, existing: Item) -> Item:
        """Schedules as they have to be sent, whole. The expiry of a former override must not end a new one."""
        whole = {name: schedules.merged(existing[name], wanted[name]) for name in SCHEDULES if name in wanted}
        values = super().differing({**wanted, **whole}, existing)
        if "current_group_hours" in values and "override_expires_at" not in wanted and self._is_over(existing):
            values["override_expires_at"] = ""
        return values

    def compared(self, record: Record, values: Item) -> tuple[Item, Item]:
        before, after = super().compared(record, values)
        for name in SCHEDULES:
            if name in values:
                before[name], after[name] = schedules.narrowed(record.item[name], values[name])
        return before, after

    def identity_names(self) -> tuple[str, ...]:
        return ("group",)


def _asks(item: Item) -> bool:
    """False for an item that changes nothing and only wants to know."""
    return any(name not in ("id", "group") for name in item)


def _is_system(item: Item) -> bool:
    return not item.get("group") and item.get("id") is None


def _problem(name: str, parse: Callable[[str], Any], item: Item) -> Iterator[tuple[str, str]]:
    try:
        parse(item[name])
    except ValueError as exc:
        yield name, str(exc)
