# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result or a status means, as a word, a sign and a tone. PRIVATE to the collection.

The tone decides the colour; the sign and the word say the same without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["good", "calm", "warn", "bad"]

_RESULTS: dict[str, Tone] = {
    "done": "good",
    "ok": "good",
    "no drift": "good",
    "resumed": "good",
    "nothing to do": "calm",
    "preview": "calm",
    # What the rollback was for; a window that had to go back has failed.
    "rolled back": "calm",
    "warning": "warn",
    "unknown": "warn",
    "drift": "warn",
    "not started": "warn",
    "no report": "warn",
    "failed": "bad",
    "critical": "bad",
    "refused": "bad",
    "unreachable": "bad",
}
_STATUSES: dict[str, Tone] = {
    "ok": "good",
    "skipped": "calm",
    "running": "warn",
    "warning": "warn",
    "unknown": "warn",
    "failed": "bad",
    "critical": "bad",
}
_SIGNS: dict[Tone, str] = {"good": "✓", "calm": "○", "warn": "!", "bad": "✗"}
# From the worst to the best: the order in which many hosts are shown.
TONES: tuple[Tone, ...] = ("bad", "warn", "calm", "good")


@dataclass(frozen=True)
class Verdict:
    word: str
    sign: str
    tone: Tone


def verdict_of(report: dict[str, Any]) -> Verdict:
    """A run that tells of a failure is a bad one, whatever it calls its result."""
    tone: Tone = "bad" if "failure" in report else _RESULTS.get(report["result"], "calm")
    return Verdict(report["result"][:1].upper() + report["result"][1:], _SIGNS[tone], tone)


def status(name: str) -> Verdict:
    """Of a step or a check."""
    tone = _STATUSES.get(name, "calm")
    return Verdict(name, "\N{EN DASH}" if name == "skipped" else _SIGNS[tone], tone)
