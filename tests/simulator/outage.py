# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The API being away for a while, after what serves it was restarted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.simulator.clock import Clock
    from tests.simulator.switches import Switches


class Outage:
    """Begins with a restart; ``stage`` tells what a client meets."""

    def __init__(self, clock: Clock, switches: Switches) -> None:
        self.clock = clock
        self.switches = switches
        self.started = 0.0
        self.until = 0.0
        self.unnoticed = False

    def begin(self, seconds: float | None = None) -> None:
        """From now on the API is away, because of the very request that is being answered."""
        self.last(self.switches.number("service_outage") if seconds is None else seconds)
        self.unnoticed = True

    def last(self, seconds: float) -> None:
        """From now on the API is away for so long; no request is the cause of it."""
        self.started = self.clock.now()
        self.until = self.started + seconds

    def just_begun(self) -> bool:
        """True once after each beginning."""
        begun, self.unnoticed = self.unnoticed, False
        return begun

    def stage(self) -> str:
        """``up``, ``refused`` (connections are cut) or ``502`` (the proxy answers with a page)."""
        now = self.clock.now()
        if now >= self.until:
            return "up"
        mode = self.switches.word("service_outage_mode")
        if mode == "both":
            return "refused" if now < (self.started + self.until) / 2 else "502"
        return mode

    def reset(self) -> None:
        """The API is there."""
        self.until = 0.0
        self.unnoticed = False
