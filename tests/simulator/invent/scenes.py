# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who and what an invented row speaks of: the PBX's own users, queues, ring groups, trunks and departments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.simulator.odata.values import instant, stamp

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

STEP = 37 * 60  # seconds between two rows
CALLER = "+4915550123{:02d}"  # numbers that nobody has
# Parameters that name the only numbers a report is about, and what of a scene they choose.
CHOOSERS = {
    "queueDnStr": "queue_number",
    "queueDns": "queue_number",
    "agentDnStr": "user_number",
    "extensionDns": "user_number",
    "ringGroupDns": "ring_group_number",
    "trunkDns": "trunk_number",
}
MOMENTS = ("startDt", "periodFrom", "startDate", "chartDate")


@dataclass(frozen=True)
class Scene:
    """What one row is about. ``moment``: seconds since the epoch."""

    index: int
    moment: float
    user_number: str
    user_name: str
    email: str
    colleague_number: str
    colleague_name: str
    queue_number: str
    queue_name: str
    ring_group_number: str
    ring_group_name: str
    trunk_number: str
    trunk_name: str
    did: str
    group_name: str
    caller: str
    version: str
    fqdn: str


class Cast:
    """The entities of a PBX that rows are made of; an empty PBX has stand-ins."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.users = self._named("Users", "100", "Example User")
        self.queues = self._named("Queues", "800", "Example Queue")
        self.ring_groups = self._named("RingGroups", "810", "Example Group")
        self.trunks = self._named("Trunks", "10000", "Example Trunk")

    def _named(self, set_name: str, number: str, name: str) -> list[tuple[str, str, Entity]]:
        rows = self.pbx.sets[set_name].entities()
        known = [(str(row["Number"]), self.pbx.numbers[row["Number"]][0].display_name(row), row) for row in rows]
        return known or [(number, name, {})]

    def scene(self, index: int, moment: float, *, user: int = 0, queue: int = 0, trunk: int = 0) -> Scene:
        """One scene; positions run round."""
        number, name, row = self.users[user % len(self.users)]
        other, other_name, _row = self.users[(user + 1) % len(self.users)]
        queue_number, queue_name, _queue = self.queues[queue % len(self.queues)]
        ring_group, ring_group_name, _group = self.ring_groups[queue % len(self.ring_groups)]
        trunk_number, trunk_name, trunk_row = self.trunks[trunk % len(self.trunks)]
        dids = trunk_row.get("DidNumbers") or [CALLER.format(99)]
        return Scene(
            index=index,
            moment=moment,
            user_number=number,
            user_name=name,
            email=row.get("EmailAddress") or f"user{number}@example.com",
            colleague_number=other,
            colleague_name=other_name,
            queue_number=queue_number,
            queue_name=queue_name,
            ring_group_number=ring_group,
            ring_group_name=ring_group_name,
            trunk_number=trunk_number,
            trunk_name=trunk_name,
            did=str(dids[index % len(dids)]),
            group_name=self._department(row),
            caller=CALLER.format(index % 100),
            version=self.pbx.build,
            fqdn=self.pbx.fqdn,
        )

    def _department(self, row: Entity) -> str:
        group = self.pbx.sets["Groups"].find(row.get("PrimaryGroupId"))
        return str(group["Name"]) if group else "DEFAULT"

    def scenes(self, properties: frozenset[str], arguments: dict[str, Any]) -> Iterator[Scene]:
        """The scenes of a report, by what its rows speak of: agents of queues, queues, ring groups, trunks, users."""
        start = self._start(arguments)
        chosen = _chosen(arguments)
        for index, places in enumerate(self._places(properties), start=1):
            scene = self.scene(index, start + (index - 1) * STEP, **places)
            if all(getattr(scene, attribute) in numbers for attribute, numbers in chosen.items()):
                yield scene

    def _places(self, properties: frozenset[str]) -> list[dict[str, int]]:
        of_queue = any(name.startswith(("Queue", "RingGroup")) for name in properties)
        of_person = of_extension(properties) or any(name.startswith(("Agent", "Extension")) for name in properties)
        if of_queue and of_person:
            return [{"queue": q, "user": u} for q in range(len(self.queues)) for u in range(min(4, len(self.users)))]
        if of_queue:
            return [{"queue": q, "user": q} for q in range(max(len(self.queues), len(self.ring_groups)))]
        return [{"user": u, "trunk": u, "queue": u} for u in range(len(self.users))]

    def _start(self, arguments: dict[str, Any]) -> float:
        for name in MOMENTS:
            if name in arguments:
                try:
                    return instant(str(arguments[name])).timestamp()
                except ValueError:
                    break
        return self.pbx.clock.now() // 3600 * 3600 - 86_400


def of_extension(properties: frozenset[str]) -> bool:
    """True where Dn is an extension: beside QueueDnNumber it is the name of the queue."""
    return "Dn" in properties and "QueueDnNumber" not in properties


def _chosen(arguments: dict[str, Any]) -> dict[str, set[str]]:
    found = {}
    for name, attribute in CHOOSERS.items():
        numbers = {number.strip() for number in str(arguments.get(name) or "").split(",")} - {""}
        if numbers:
            found[attribute] = numbers
    return found


def written(moment: float) -> str:
    """A moment as the XAPI writes it."""
    return stamp(moment)
