# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one line of a log is while it is on its way to a rulebook. PRIVATE to the collection."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Line:
    """identity: the values that tell it from all others, as far as the log has such. time: in UTC, by the clock of the
    PBX. number: what the log counts its lines by, None where that says nothing. shown: what rules see, JSON-ready."""

    identity: tuple[Any, ...]
    time: datetime
    number: int | None
    shown: dict[str, Any]


@dataclass(frozen=True)
class Record:
    """A line with a key that is the same whenever the line is read again."""

    key: str
    line: Line


def records_of(lines: Iterable[Line]) -> list[Record]:
    """Equal lines get keys of their own, by their order; so all lines of one instant have to be among them or none."""
    met: Counter[str] = Counter()
    records = []
    for line in lines:
        digest = hashlib.sha256(json.dumps([*line.identity, line.time.isoformat()]).encode()).hexdigest()[:16]
        met[digest] += 1
        records.append(Record(f"{digest}-{met[digest]}", line))
    return records
