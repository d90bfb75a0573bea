# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A step begins only if it can end in time, and if going back could as well."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.window_time import ENDLESS, refuse_late, time_for, time_of

STEPS = {"drain": 300, "apply": 60, "start": 120, "verify": 60}
TEN = 1_801_000_000.0
IN_TEN_MINUTES = "2027-01-26T21:56:40Z"


def params(**given: Any) -> dict[str, Any]:
    return {"step": "apply", "expected": STEPS, "deadline": IN_TEN_MINUTES, "reserve": 300, **given}


@pytest.mark.parametrize(
    ("step", "left", "reserve", "fits"),
    [
        ("drain", 540, 0, True),
        # All four take 540.
        ("drain", 539, 0, False),
        ("apply", 240, 100, True),
        # It ends in time, but if it failed then, going back would not.
        ("apply", 240, 181, False),
        ("verify", 60, 0, True),
        ("verify", 0, 0, False),
    ],
)
def test_what_fits(step: str, left: int, reserve: int, fits: bool) -> None:
    assert time_for(step, STEPS, left=left, reserve=reserve).fits == fits


def test_going_back_begins_while_there_is_time_for_it() -> None:
    assert time_for("apply", STEPS, left=1000, reserve=300).turn == 700
    assert time_for("apply", STEPS, left=200, reserve=300).turn == 0


def test_the_time_left_is_that_until_the_deadline() -> None:
    assert time_of(params(), TEN).left == 600
    assert time_of(params(deadline="2027-01-26T22:56:40+01:00"), TEN).left == 600
    assert time_of(params(deadline=""), TEN).left == ENDLESS


def test_a_late_step_is_refused_with_its_times() -> None:
    late = params(reserve=600)
    with pytest.raises(OptionError) as told:
        refuse_late(time_of(late, TEN), late)
    assert str(told.value) == (
        'deadline: step "apply" and those after it take about 4 min, going back takes 10 min; '
        "the window ends at 2027-01-26T21:56:40Z, in 10 min"
    )


def test_a_window_that_is_over_is_told_as_such() -> None:
    late = params(reserve=0)
    with pytest.raises(OptionError, match="about 4 min; the window ends at 2027-01-26T21:56:40Z, which is over"):
        refuse_late(time_of(late, TEN + 601), late)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"step": "sleep"}, 'step: "sleep" is none of the steps in expected: drain, apply, start, verify'),
        ({"expected": None}, "there are none"),
        ({"expected": {"apply": "soon"}}, 'expected: apply is "soon", not a number of seconds'),
        ({"deadline": "tonight"}, 'deadline: "tonight" is not a time'),
        ({"deadline": "2027-01-26T22:00:00"}, "has no time zone"),
    ],
)
def test_what_makes_no_sense_is_told(given: dict[str, Any], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        time_of(params(**given), TEN)
