# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps as bars: each in its place, none outside, none too thin to be seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.moments import iso
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.timeline import SCALE, SHORTEST, timeline_of
from tests.unit.plugins.plugin_utils.report.examples import report

START = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def step(start: int | None, end: int | None = None, **more: Any) -> dict[str, Any]:
    """Minutes after the start of the run."""
    times = {"started": start, "ended": end}
    told = {name: iso(START + timedelta(minutes=at)) for name, at in times.items() if at is not None}
    return {"name": "step", "status": "ok", **told, **more}


def places(*steps: dict[str, Any]) -> list[tuple[int | None, int]]:
    return [(one.start, one.width) for one in timeline_of(report(steps=list(steps))).bars]


def test_bars_lie_where_the_steps_were() -> None:
    assert places(step(0, 30), step(30, 45), step(45, 60)) == [(0, 500), (500, 250), (750, 250)]


def test_a_step_without_length_is_seen_at_the_very_end_too() -> None:
    assert places(step(0, 0), step(60, 60)) == [(0, SHORTEST), (SCALE - SHORTEST, SHORTEST)]


def test_a_step_that_does_not_tell_its_end_lasts_until_the_next() -> None:
    assert places(step(0), step(15), step(None, status="skipped"), step(30)) == [
        (0, 250),
        (250, 250),
        (None, 0),
        (500, 500),
    ]


def test_a_skipped_step_has_no_bar_and_no_time() -> None:
    [one] = timeline_of(report(steps=[step(5, 6, status="skipped", msg="no")])).bars
    assert (one.start, one.began, one.seconds, one.msg) == (None, None, None, "no")


def test_a_run_that_took_no_time() -> None:
    found = report(ended=iso(START), steps=[step(0, 0)])
    assert [(one.start, one.width) for one in timeline_of(found).bars] == [(0, SCALE)]


def test_steps_before_and_after_the_run_widen_the_scale() -> None:
    found = timeline_of(report(steps=[step(-60, 0), step(60, 120)]))
    assert (found.ended - found.began) == timedelta(hours=3)


@given(st.lists(st.tuples(st.integers(-500, 500), st.none() | st.integers(-500, 500))))
def test_no_bar_leaves_the_scale(times: list[tuple[int, int | None]]) -> None:
    for one in timeline_of(report(steps=[step(*pair) for pair in times])).bars:
        assert one.start is not None and one.seconds is not None
        assert one.start >= 0 and one.width >= SHORTEST and one.start + one.width <= SCALE
        assert one.seconds >= 0
