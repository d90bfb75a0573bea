# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long to keep trying. PRIVATE to the collection."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

_FIRST = 0.5
_LONGEST = 10.0
# Forks inherit the state of the ordinary generator and would all pause alike.
_CHANCE = random.SystemRandom()


class Patience:
    """The time that one call may spend on repeating itself: exponential pauses with jitter, `seconds` in total."""

    def __init__(self, seconds: float, sleep: Callable[[float], None], monotonic: Callable[[], float]) -> None:
        self.seconds = seconds
        self._sleep = sleep
        self._monotonic = monotonic
        self._end = monotonic() + seconds
        self._step = _FIRST

    def pause(self, asked: float | None = None) -> bool:
        """Wait before the next attempt; False, without waiting, when the time is over or less than `asked` is left."""
        left = self._end - self._monotonic()
        if left <= 0 or (asked is not None and asked > left):
            return False
        own = min(self._step, _LONGEST) * _CHANCE.uniform(0.5, 1.0)
        self._step *= 2
        self._sleep(min(max(own, asked or 0.0), left))
        return True


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """The seconds that a Retry-After header asks for (given as seconds or as a date), None without a usable one."""
    text = headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    moment = date_of(text)
    return None if moment is None else max(0.0, moment - now)


def date_of(text: str) -> float | None:
    """Epoch seconds of an HTTP date."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
