# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routes of an outbound rule (contract: Pbx.OutboundRoute; REALITY.md section 5). PRIVATE to the collection.

On the wire there are always five slots; people write only those that are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from .directory import Directory
from .model import Body, Item

SLOTS = 5
UNUSED = {"TrunkId": -1, "StripDigits": 0, "Prepend": "", "Append": "", "CallerID": ""}
# One byte on the wire.
MOST_DIGITS = 255


def check_routes(routes: Sequence[Item]) -> Iterator[tuple[str, str]]:
    if len(routes) > SLOTS:
        yield "routes", f"a rule has {SLOTS} routes at most and this one {len(routes)}; leave {len(routes) - SLOTS} out"
    for number, route in enumerate(routes):
        place = f"routes[{number}]"
        if not str(route.get("trunk_name") or "").strip():
            yield f"{place}.trunk_name", "is missing; write the name or the number of a trunk, or leave the route out"
        strip = route.get("strip_digits", 0)
        if not 0 <= strip <= MOST_DIGITS:
            yield f"{place}.strip_digits", f"{strip} is out of range; write 0 to {MOST_DIGITS}"


def unknown_trunks(routes: Sequence[Item], trunks: Directory) -> Iterator[tuple[str, str]]:
    for number, route in enumerate(routes):
        try:
            trunks.resolve(route["trunk_name"])
        except ValueError as exc:
            yield f"routes[{number}].trunk_name", str(exc)


def shown_routes(slots: Sequence[Body], trunks: Directory) -> list[Item]:
    """The used slots in their order. A trunk that is gone or hidden from us keeps the name that the PBX tells."""
    return [_shown(slot, trunks) for slot in slots if is_used(slot)]


def is_used(slot: Body) -> bool:
    """-1, 0 and nothing at all were seen for "no trunk"."""
    return (slot.get("TrunkId") or 0) > 0


def _shown(slot: Body, trunks: Directory) -> Item:
    trunk = slot["TrunkId"]
    return {
        "trunk_name": trunks.name_of(trunk) or slot.get("TrunkName") or f"id {trunk}",
        "strip_digits": slot.get("StripDigits") or 0,
        "prepend": slot.get("Prepend") or "",
        "append": slot.get("Append") or "",
        "caller_id": slot.get("CallerID") or "",
    }


def spelled_route(route: Item, trunks: Directory) -> Item:
    """A wanted route, complete, its trunk by the usual name."""
    trunk = trunks.resolve(route["trunk_name"])
    return {
        "trunk_name": trunks.name_of(trunk),
        "strip_digits": route.get("strip_digits", 0),
        **{name: route.get(name, "").strip() for name in ("prepend", "append", "caller_id")},
    }


def slots(routes: Sequence[Item], trunks: Directory) -> list[dict[str, Any]]:
    """What to send: spelled routes, padded to all slots."""
    used = [
        {
            "TrunkId": trunks.resolve(route["trunk_name"]),
            "StripDigits": route["strip_digits"],
            "Prepend": route["prepend"],
            "Append": route["append"],
            "CallerID": route["caller_id"],
        }
        for route in routes
    ]
    return used + [dict(UNUSED) for _slot in range(SLOTS - len(used))]
