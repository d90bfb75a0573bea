# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time that passes only while somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable


class FakeTime:
    """`naps` are the lengths of all sleeps; `on_nap` is called with the number of naps so far."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now
        self.naps: list[float] = []
        self.on_nap: Callable[[int], None] = lambda count: None

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.now += seconds
        self.on_nap(len(self.naps))

    def clock(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now
