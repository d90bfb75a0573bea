# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is it time? Daily windows, dated windows, and what makes no sense."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.plugin_utils.window import window

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "is_open"),
    [
        (berlin(10, 21, 59), False),
        (berlin(10, 22), True),
        (berlin(11, 0), True),
        (berlin(11, 3, 59), True),
        (berlin(11, 4), False),
        (berlin(11, 12), False),
    ],
)
def test_a_daily_window_goes_past_midnight(now: datetime, is_open: bool):
    assert window("22:00", "04:00", now=now, zone="Europe/Berlin").is_open(now) is is_open


def test_a_closed_daily_window_is_the_next_one():
    found = window("22:00", "04:00", now=berlin(10, 12), zone="Europe/Berlin")
    assert (found.start, found.end) == (berlin(10, 22), berlin(11, 4))


def test_a_dated_window_is_one_stretch_of_time():
    found = window("2027-01-10T22:00:00+01:00", "2027-01-11T03:00:00Z", now=berlin(10, 23))
    assert found.is_open(berlin(10, 23))
    assert not found.is_open(berlin(11, 4))


def test_its_moments_are_told_in_the_time_zone_of_whoever_gave_them():
    daily = window("22:00", "04:00", now=berlin(10, 12), zone="Europe/Berlin")
    assert daily.told(daily.start) == "2027-01-10T22:00:00+01:00"
    dated = window("2027-01-10T22:00:00+05:00", "2027-01-11T03:00:00Z", now=berlin(10, 23))
    assert dated.told(dated.end) == "2027-01-11T08:00:00+05:00"


@given(st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 31)), st.integers(0, 1439), st.integers(0, 1439))
def test_a_daily_window_is_never_over_when_it_is_found(now: datetime, first: int, last: int):
    if first == last:
        return
    moment = now.replace(tzinfo=UTC)
    start, end = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (first, last))
    found = window(start, end, now=moment, zone="Europe/Berlin")
    assert moment < found.end
    assert timedelta(0) < found.end - found.start <= timedelta(days=1, hours=1)


@pytest.mark.parametrize(
    ("start", "end", "zone", "words"),
    [
        ("22:00", "22:00", None, "has no length"),
        ("22:00", "2027-01-11T03:00:00Z", None, "must be of one kind"),
        ("22:00", "04:00", "Berlin", '"Berlin" is not a time zone'),
        ("2027-01-11T03:00:00Z", "2027-01-10T03:00:00Z", None, "before it starts"),
        ("2027-01-11T03:00:00", "2027-01-12T03:00:00", None, 'start "2027-01-11T03:00:00" has no time zone'),
        ("late", "later", None, 'start "late" is not a time'),
        ("25:00", "26:00", None, 'start "25:00" is not a time'),
        ("25:00", "04:00", None, 'start "25:00" is not a time'),
        ("22:00", "", None, "the end is missing; write"),
        (" ", "04:00", None, "the start is missing; write"),
        # What YAML makes of 22:00 without quotes.
        ("1320", "240", None, 'start "1320" is not a time; write .* in quotes'),
    ],
)
def test_what_makes_no_sense_is_told(start: str, end: str, zone: str | None, words: str):
    with pytest.raises(ValueError, match=words):
        window(start, end, now=berlin(10, 12), zone=zone)
