# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pauses: even ones while all is well, longer and longer ones while it is not."""

from __future__ import annotations

from ansible_collections.tcx.pbx.plugins.plugin_utils.events.pace import LOCKED_OUT, LONGEST, LONGEST_ASKED, Pace


def low(least: float, _most: float) -> float:
    return least


def high(_least: float, most: float) -> float:
    return most


def test_rest() -> None:
    assert (Pace(30, low).rest(), Pace(30, high).rest()) == (27, 33)


def test_back_off_doubles_up_to_a_limit_and_ends_with_success() -> None:
    pace = Pace(30, low)
    assert [pace.back_off() for _attempt in range(7)] == [30, 60, 120, 240, 480, 600, 600]
    pace.rest()
    assert pace.back_off() == 30


def test_refused_credentials_are_not_tried_again_soon() -> None:
    pace = Pace(5, low)
    assert [pace.back_off(locked_out=True) for _attempt in range(3)] == [LOCKED_OUT, LONGEST, LONGEST]


def test_what_the_pbx_asks_for_is_the_least_and_no_reason_to_slow_down_for_good() -> None:
    pace = Pace(30, low)
    assert [pace.back_off(asked=asked) for asked in (200, 7, None)] == [200, 60, 120]
    assert Pace(30, high).back_off(asked=200) > 200


def test_nobody_can_ask_for_a_day() -> None:
    assert Pace(30, low).back_off(asked=86400) == LONGEST_ASKED


def test_never_faster_than_the_interval() -> None:
    pace = Pace(3600, low)
    assert [pace.back_off() for _attempt in range(3)] == [3600, 3600, 3600]


def test_jitter_stays_above_the_step() -> None:
    pause = {Pace(30).back_off() for _attempt in range(50)}
    assert len(pause) > 1
    assert all(30 <= one <= 45 for one in pause)
