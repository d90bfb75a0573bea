# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What will happen at a later moment of the simulator's clock."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulator.clock import Clock


class Agenda:
    """Planned events. They happen, in order, when somebody looks after their moment has passed."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._planned: list[tuple[float, int, Callable[[], None]]] = []
        self._count = itertools.count()

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Plans an event this many seconds from now."""
        heapq.heappush(self._planned, (self.clock.now() + seconds, next(self._count), event))

    def settle(self) -> None:
        """Lets all happen that is due; called before each request, so it must cost nothing when nothing is."""
        while self._planned and self._planned[0][0] <= self.clock.now():
            heapq.heappop(self._planned)[2]()

    def busy(self) -> bool:
        """True while something is planned."""
        return bool(self._planned)

    def clear(self) -> None:
        """Nothing is planned any more."""
        self._planned.clear()
