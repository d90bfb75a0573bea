# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether there is still time for a step of a window. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from .options import OptionError

# A window without an end leaves so many seconds: more than anything takes.
ENDLESS = 10**9


@dataclass(frozen=True)
class Time:
    """Seconds. left: until the end of the window. needed: by this step and those after it, as expected. turn: until
    going back has to begin at the latest. fits: whether the step may begin."""

    left: int
    needed: int
    turn: int
    fits: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def time_for(step: str, expected: Mapping[str, int], *, left: int, reserve: int) -> Time:
    """A step may begin if it and all steps after it are expected to end in time, and if there would still be time for
    going back should it fail at its very end.

    expected: seconds of all steps in their order. reserve: seconds for going back.
    """
    names = list(expected)
    needed = sum(expected[name] for name in names[names.index(step) :])
    fits = needed <= left and expected[step] + reserve <= left
    return Time(left=left, needed=needed, turn=max(0, left - reserve), fits=fits)


def time_of(params: Mapping[str, Any], moment: float) -> Time:
    """For the step that the options name. Raises OptionError for options that make no sense."""
    expected = {name: _seconds(name, value) for name, value in (params["expected"] or {}).items()}
    step = params["step"]
    if step not in expected:
        raise OptionError(f'step: "{step}" is none of the steps in expected: {", ".join(expected) or "there are none"}')
    return time_for(step, expected, left=_left(params["deadline"], moment), reserve=params["reserve"])


def refuse_late(time: Time, params: Mapping[str, Any]) -> None:
    """Raises OptionError with how long things take if the step does not fit."""
    if time.fits:
        return
    needs = f'step "{params["step"]}" and those after it take about {_minutes(time.needed)}'
    if params["reserve"]:
        needs += f", going back takes {_minutes(params['reserve'])}"
    ends = f"the window ends at {params['deadline']}"
    ends += f", in {_minutes(time.left)}" if time.left > 0 else ", which is over"
    raise OptionError(f"deadline: {needs}; {ends}")


def _left(deadline: str | None, moment: float) -> int:
    if not deadline:
        return ENDLESS
    try:
        end = datetime.fromisoformat(deadline)
    except ValueError as exc:
        raise OptionError(f'deadline: "{deadline}" is not a time; write 2027-01-31T22:00:00+01:00') from exc
    if end.tzinfo is None:
        raise OptionError(f'deadline: "{deadline}" has no time zone; write 2027-01-31T22:00:00+01:00')
    return int(end.timestamp() - moment)


def _seconds(name: str, value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError) as exc:
        raise OptionError(f'expected: {name} is "{value}", not a number of seconds') from exc


def _minutes(seconds: int) -> str:
    if seconds < 60:
        return f"{seconds} s"
    return f"{round(seconds / 60)} min"
