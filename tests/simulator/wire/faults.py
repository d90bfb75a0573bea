# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults: what shall go wrong, with which requests, how often."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

MATCH_KEYS = {"method": str, "path": str, "nth": int, "after": int}
ACTION_KEYS = {
    "status": int,
    "body": object,
    "html": str,
    "headers": dict,
    "delay": (int, float),
    "hang": (int, float),
    "cut": str,
    "hold": object,
    "effect": bool,
}


@dataclass(slots=True)
class Fault:
    """``match`` says which requests, ``action`` what happens to them, ``times`` how often (None: always)."""

    match: dict[str, Any]
    action: dict[str, Any]
    times: int | None
    seen: int = 0  # requests of the right method and path so far

    def applies(self, method: str, path: str) -> bool:
        """Counts a request and tells whether this fault hits it."""
        if self.times is not None and self.times <= 0:
            return False
        if self.match.get("method", method).upper() != method or not _path_fits(self.match.get("path"), path):
            return False
        self.seen += 1
        nth, after = self.match.get("nth"), self.match.get("after", 0)
        if (nth is not None and self.seen != nth) or self.seen <= after:
            return False
        if self.times is not None:
            self.times -= 1
        return True

    def left(self) -> bool:
        """False when it can hit nothing any more."""
        nth = self.match.get("nth")
        return (self.times is None or self.times > 0) and (nth is None or self.seen < nth)


def _path_fits(pattern: str | None, path: str) -> bool:
    return pattern is None or pattern in path or re.search(pattern, path) is not None


def parse_fault(given: dict[str, Any]) -> Fault:
    """A fault from the control interface; ValueError says what is wrong."""
    unknown = set(given) - {"match", "action", "times"}
    if unknown:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}; known: match, action, times")
    match = _checked(given.get("match", {}), MATCH_KEYS, "match")
    action = _checked(given.get("action"), ACTION_KEYS, "action")
    if not action:
        raise ValueError("action: says nothing to do")
    if action.get("cut", "before") not in ("before", "after"):
        raise ValueError("action.cut: must be before or after")
    if action.get("hold", True) not in (True, "before", "after"):
        raise ValueError("action.hold: must be true, before or after")
    times = given.get("times", 1)
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
        raise ValueError("times: must be a number from 1 up, or null for always")
    return Fault(match, action, times)


def _checked(given: Any, known: dict[str, Any], where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{where}: must be an object")
    for key, value in given.items():
        if key not in known:
            raise ValueError(f"{where}.{key}: unknown; known: {', '.join(known)}")
        if not isinstance(value, known[key]) or (known[key] is int and isinstance(value, bool)):
            raise ValueError(f"{where}.{key}: {value!r} has the wrong type")
    for key in ("nth", "after", "delay", "hang"):
        if isinstance(given.get(key), (int, float)) and given[key] < (1 if key == "nth" else 0):
            raise ValueError(f"{where}.{key}: {given[key]} is too small")
    if "path" in given:
        try:
            re.compile(given["path"])
        except re.error as error:
            raise ValueError(f"{where}.path: {error}") from None
    return given


@dataclass(slots=True, eq=False)
class Held:
    """A request that waits for its release. ``drop``: it ends without an answer."""

    seq: int
    method: str
    path: str
    executed: bool
    released: asyncio.Event = field(default_factory=asyncio.Event)
    drop: bool = False

    def as_json(self) -> dict[str, Any]:
        """What /_sim/held shows."""
        return {"seq": self.seq, "method": self.method, "path": self.path, "executed": self.executed}


class Faults:
    """All faults that are left, and the requests they hold."""

    def __init__(self) -> None:
        self.active: list[Fault] = []
        self.held: list[Held] = []
        self.arrived = asyncio.Event()

    def hit(self, method: str, path: str) -> dict[str, Any] | None:
        """The action for a request. Every fault counts it; the first that applies acts."""
        action: dict[str, Any] | None = None
        for fault in self.active:
            if action is None and fault.applies(method, path):
                action = fault.action
            elif action is not None and _path_fits(fault.match.get("path"), path):
                fault.seen += fault.match.get("method", method).upper() == method
        self.active = [fault for fault in self.active if fault.left()]
        return action

    async def hold(self, held: Held) -> None:
        """Waits until the request is released."""
        self.held.append(held)
        self.arrived.set()
        try:
            await held.released.wait()
        finally:
            self.held.remove(held)
            if not self.held:
                self.arrived.clear()

    def release(self, *, drop: bool) -> int:
        """Lets all held requests go on, or cuts them."""
        waiting = list(self.held)
        for held in waiting:
            held.drop = drop
            held.released.set()
        return len(waiting)

    def clear(self) -> None:
        """No more faults; what is held is cut."""
        self.active.clear()
        self.release(drop=True)
