# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps as bars on a common scale. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .moments import instant

SCALE = 1000
# A step of no length can still be seen.
SHORTEST = 6


@dataclass(frozen=True)
class Bar:
    """One step. start and width are parts of SCALE; without a start there is nothing to draw (a skipped step).

    began, seconds: None where the run does not tell. status: as in the report."""

    title: str
    status: str
    msg: str
    began: datetime | None
    seconds: float | None
    start: int | None = None
    width: int = 0


@dataclass(frozen=True)
class Timeline:
    began: datetime
    ended: datetime
    bars: tuple[Bar, ...]


def timeline_of(report: dict[str, Any]) -> Timeline:
    """From the first to the last moment that the run tells of."""
    steps = report["steps"]
    told = [instant(row[name]) for row in (report, *steps) for name in ("started", "ended") if name in row]
    began, ended = min(told), max(told)
    return Timeline(began, ended, tuple(_bar(step, following, began, ended) for step, following in _pairs(steps)))


def _pairs(steps: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], datetime | None]]:
    """Each step with the start of the next one that has any."""
    starts = [instant(step["started"]) if "started" in step else None for step in steps]
    return [
        (step, next((later for later in starts[number + 1 :] if later is not None), None))
        for number, step in enumerate(steps)
    ]


def _bar(step: dict[str, Any], following: datetime | None, began: datetime, ended: datetime) -> Bar:
    title = step.get("title") or step["name"]
    msg = step.get("msg", "")
    if "started" not in step or step["status"] == "skipped":
        return Bar(title, step["status"], msg, None, None)
    first = instant(step["started"])
    # A step that does not tell its end was left when the next one began, or when the run ended.
    last = max(first, instant(step["ended"]) if "ended" in step else following or ended)
    start, width = _place(first, last, began, ended)
    return Bar(title, step["status"], msg, first, (last - first).total_seconds(), start, width)


def _place(first: datetime, last: datetime, began: datetime, ended: datetime) -> tuple[int, int]:
    whole = (ended - began).total_seconds()
    if not whole:
        return 0, SCALE
    width = max(SHORTEST, round(SCALE * (last - first).total_seconds() / whole))
    start = min(round(SCALE * (first - began).total_seconds() / whole), SCALE - width)
    return max(0, start), width
