# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of requests, with secrets taken out."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

KEEP = 20_000
BODY_LIMIT = 256 * 1024
HIDDEN = "***"
_SECRET = re.compile(r"(?i)password|secret|token|pin$|licensekey|scriptcode|rejectedcode")
HEADERS = ("if-match", "prefer", "content-type", "accept", "user-agent", "odata-version", "odata-maxversion")


@dataclass(slots=True)
class Entry:
    """One request. ``effect``: the PBX acted on it; status None: never answered."""

    seq: int
    method: str
    path: str
    query: str
    headers: dict[str, str] = field(default_factory=dict)
    authorized: bool = False  # an Authorization header was there
    status: int | None = None
    effect: bool = False
    fault: str | None = None
    duration: float = 0.0
    request: Any = None
    file: str | None = None  # the content type of an answer that is a file
    response: bytes = b""

    def as_json(self, *, bodies: bool) -> dict[str, Any]:
        """The entry for /_sim/log; response bodies only when asked for."""
        shown = {name: getattr(self, name) for name in self.__slots__ if name != "response"}
        shown["duration"] = round(self.duration, 6)
        if bodies:
            shown["response"] = _decoded(self.response)
        return shown


def redacted(value: Any, name: str = "") -> Any:
    """The value with secrets replaced; ConcealedPassword values count as secrets through their owner's name."""
    if isinstance(value, dict):
        return {key: redacted(item, key if key != "Value" else name or key) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item, name) for item in value]
    if isinstance(value, str) and value and _SECRET.search(name):
        return HIDDEN
    return value


def request_body(path: str, content_type: str, body: bytes) -> Any:
    """A request body as it may be logged."""
    if not body:
        return None
    if path.startswith("/connect/"):
        if content_type.startswith("application/x-www-form-urlencoded"):
            return redacted(dict(parse_qsl(body.decode("utf-8", "replace"))))
        return HIDDEN
    return redacted(_decoded(body))


def _decoded(body: bytes) -> Any:
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return body.decode("utf-8", "replace")


class Journal:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEEP)
        self.seq = 0

    def open(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> Entry:
        """Notes a request on arrival."""
        self.seq += 1
        kept = {name: headers[name] for name in HEADERS if name in headers}
        logged = request_body(path, headers.get("content-type", ""), body) if len(body) <= BODY_LIMIT else "too long"
        entry = Entry(self.seq, method, path, query, kept, "authorization" in headers, request=logged)
        self.entries.append(entry)
        return entry

    def close(self, entry: Entry, status: int, body: bytes, file: str | None = None) -> None:
        """Notes the answer; ``file`` is its content type if it is a file."""
        entry.status = status
        entry.file = file
        if len(body) <= BODY_LIMIT:
            entry.response = body

    def clear(self) -> None:
        """Forgets all entries; numbers go on."""
        self.entries.clear()
