# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the tasks that wait do so, and the options for it. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._resources.waiting import Pace
from .task import Task


def pace_of(task: Task) -> Pace:
    clock = task.clock
    return Pace(
        task.params["wait_timeout"], task.params["interval"], task.tell, sleep=clock.sleep, clock=clock.monotonic
    )


def pace_faults(params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(option, what is wrong with it)."""
    for option in ("wait_timeout", "interval"):
        if params[option] <= 0:
            yield option, "give more than 0 seconds"
