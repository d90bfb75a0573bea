# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of each change. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from .._resources.model import Change

SHOWN = 20
Status = Literal["done", "failed", "unknown", "skipped"]


@dataclass
class Outcome:
    """status: done, failed (the PBX refused or did not take it), unknown (no answer came and nobody
    could look), skipped (not tried). lost: no answer came, or somebody else changed it in between.
    taken: the PBX has the change or a part of it, failed or not."""

    change: Change
    status: Status
    message: str = ""
    lost: bool = False
    taken: bool = False

    @property
    def written(self) -> bool:
        """Whether the PBX is, or may be, different because of it."""
        return self.taken or self.status in ("done", "unknown")

    def as_dict(self) -> dict[str, Any]:
        return {
            "index": self.change.index,
            "item": self.change.label,
            "action": self.change.kind,
            "status": self.status,
            "msg": self.message,
        }


def failures(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.status != "done"]


def wrote(outcomes: Iterable[Outcome]) -> bool:
    """Whether the PBX is, or may be, different now."""
    return any(outcome.written for outcome in outcomes)


def summary(option: str, outcomes: Sequence[Outcome]) -> str:
    """One sentence for each kind of mishap, for the task's msg."""
    bad = failures(outcomes)
    done = len(outcomes) - len(bad)
    parts = [f"{done} of {len(outcomes)} changes were made"]
    parts += [_mishap(option, outcome) for outcome in bad[:SHOWN]]
    if len(bad) > SHOWN:
        parts.append(f"and {len(bad) - SHOWN} more, see outcomes")
    return "; ".join(parts)


def _mishap(option: str, outcome: Outcome) -> str:
    return f"{place(option, outcome)} {outcome.change.kind} {outcome.status}: {outcome.message}"


def place(option: str, outcome: Outcome) -> str:
    index = outcome.change.index
    where = option if index is None else f"{option}[{index}]"
    return where if index == outcome.change.label else f"{where} ({outcome.change.label})"
