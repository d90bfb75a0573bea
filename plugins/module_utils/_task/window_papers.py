# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers of maintenance windows: snapshot, journal and state of each, by host. PRIVATE to the collection.

    HOST.ID.snapshot.json   what is needed to go back; written once
    HOST.ID.journal.jsonl   what was read, planned and done, a line each, with times
    HOST.ID.state.json      open or closed, and by whom; a window is there as soon as this file is

ID is the start of the window in UTC, such as 20270131T210000Z.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from .cabinet import Cabinet
from .options import OptionError
from .window_owner import Owner, owner_from

SCHEMA = 1
ID = re.compile(r"\d{8}T\d{6}Z")
STATE = re.compile(r"(?P<host>.+)\.(?P<id>\d{8}T\d{6}Z)\.state\.json")


@dataclass(frozen=True)
class Window:
    """pbx: what is known of it, such as its fqdn. purpose: "window", or "rollback" while going back to its snapshot.
    since: when the owner took it. result: "" while it is open. Times in UTC, such as 2027-01-31T21:00:00Z."""

    host: str
    id: str
    pbx: Mapping[str, Any]
    purpose: str
    owner: Owner
    opened: str
    since: str
    closed: str = ""
    result: str = ""

    @property
    def is_open(self) -> bool:
        return not self.closed

    def as_dict(self) -> dict[str, Any]:
        return {"schema": SCHEMA, **vars(self), "pbx": dict(self.pbx), "owner": self.owner.as_dict()}


class Papers:
    """Those in one directory. Nothing is written but by `add`, `change` and `note`."""

    def __init__(self, cabinet: Cabinet) -> None:
        self.cabinet = cabinet

    def windows(self, host: str = "") -> Iterator[Window]:
        """All windows, or those of one host, the oldest first."""
        for name in self.cabinet.names():
            found = STATE.fullmatch(name)
            if found and (not host or found["host"] == _safe(host)):
                yield _window(name, self.cabinet.read(name))

    def window(self, host: str, identity: str) -> Window | None:
        return next((one for one in self.windows(host) if one.id == identity), None)

    def snapshot(self, window: Window) -> dict[str, Any]:
        return _parsed(self.name(window, "snapshot.json"), self.cabinet.read(self.name(window, "snapshot.json")))

    def journal(self, window: Window) -> list[dict[str, Any]]:
        """Its lines; one that was cut off in the middle is left out."""
        name = self.name(window, "journal.jsonl")
        text = self.cabinet.read(name) if name in self.cabinet.names() else ""
        return list(_lines(text))

    def add(self, window: Window, snapshot: Mapping[str, Any]) -> None:
        """The snapshot first: a window without one could not go back."""
        self.cabinet.write(self.name(window, "snapshot.json"), _json({"schema": SCHEMA, **snapshot}))
        self.change(window)

    def change(self, window: Window) -> None:
        self.cabinet.write(self.name(window, "state.json"), _json(window.as_dict()))

    def note(self, window: Window, lines: Iterable[Mapping[str, Any]]) -> None:
        self.cabinet.append(self.name(window, "journal.jsonl"), [json.dumps(line, default=str) for line in lines])

    def files(self, window: Window) -> dict[str, str]:
        """Paths of snapshot and journal."""
        parts = {"snapshot": "snapshot.json", "journal": "journal.jsonl"}
        return {what: str(self.cabinet.path / self.name(window, part)) for what, part in parts.items()}

    @staticmethod
    def name(window: Window, part: str) -> str:
        return f"{_safe(window.host)}.{window.id}.{part}"


def closed(window: Window, at: str, result: str) -> Window:
    return replace(window, closed=at, result=result)


def stamp(moment: float) -> str:
    """Seconds since the epoch, as 2027-01-31T21:00:00Z."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def seconds_since(at: str, moment: float) -> int:
    return int(moment - datetime.fromisoformat(at).timestamp())


def _safe(host: str) -> str:
    """A host as part of a file name; two hosts never share one."""
    return quote(host, safe="@ ")


def _window(name: str, text: str) -> Window:
    found = _parsed(name, text)
    try:
        own = {field: found[field] for field in ("host", "id", "pbx", "purpose", "opened", "since", "closed", "result")}
        return Window(**own, owner=owner_from(found["owner"]))
    except (KeyError, TypeError) as exc:
        raise OptionError(f"directory: {name} is not the state of a window: {exc} is missing") from exc


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError as exc:
        raise OptionError(
            f"directory: {name} is damaged: {exc}; put it back from a copy, or move all files of that window elsewhere"
        ) from exc
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise OptionError(f"directory: {name} was not written by this version of the collection")
    return found


def _lines(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, default=str) + "\n"
