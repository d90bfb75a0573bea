# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a log is looked at again. PRIVATE to the collection."""

from __future__ import annotations

import random
from collections.abc import Callable

# The longest pause after failures, in seconds, unless the interval itself is longer.
LONGEST = 600.0
# A PBX that refuses credentials issues no token for minutes, and may block who keeps asking (REALITY.md, section 1).
LOCKED_OUT = 300.0
# What is asked for by Retry-After counts up to here: a proxy may ask for a day.
LONGEST_ASKED = 3600.0
_CHANCE = random.SystemRandom()


class Pace:
    """Pauses in seconds, with jitter, so that many watchers do not ask at the same moment.

    chance: uniform(low, high), for tests.
    """

    def __init__(self, interval: float, chance: Callable[[float, float], float] = _CHANCE.uniform) -> None:
        self._interval = interval
        self._chance = chance
        self._step = interval

    def rest(self) -> float:
        """After a look that went well."""
        self._step = self._interval
        return self._interval * self._chance(0.9, 1.1)

    def back_off(self, locked_out: bool = False, asked: float | None = None) -> float:
        """After one that did not: longer each time, and never less than the PBX asked for.

        locked_out: it was the credentials that were refused. asked: seconds.
        """
        step = max(self._step, LOCKED_OUT) if locked_out else self._step
        self._step = min(step * 2, max(LONGEST, self._interval))
        return max(step, min(asked or 0.0, LONGEST_ASKED)) * self._chance(1.0, 1.5)
