# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time as the PBX sees it: real time plus an offset that tests may advance."""

from __future__ import annotations

import time

from tests.simulator.odata.values import stamp


class Clock:
    """Seconds since the epoch; only ever moves forward between resets."""

    def __init__(self) -> None:
        self.offset = 0.0

    def now(self) -> float:
        """The present moment in seconds since the epoch."""
        return time.time() + self.offset

    def stamp(self, delta: float = 0.0) -> str:
        """The present moment, moved by delta seconds, as the XAPI writes it."""
        return stamp(self.now() + delta)

    def advance(self, seconds: float) -> None:
        """Lets this many seconds pass at once."""
        self.offset += seconds

    def reset(self) -> None:
        """Back to real time."""
        self.offset = 0.0
