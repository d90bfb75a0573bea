# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and times of holidays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.holiday_dates import (
    first_day,
    holiday_date,
    last_day,
    sent_first_day,
    sent_last_day,
    sent_time,
    shown_time,
    time_of_day,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2027-12-24", "2027-12-24"),
        (" 2027-1-2 ", "2027-01-02"),
        ("12-24", "12-24"),
        ("1-6", "01-06"),
        ("2-29", "02-29"),
    ],
)
def test_a_date_and_how_it_is_shown(text: str, shown: str) -> None:
    assert str(holiday_date(text)) == shown


@pytest.mark.parametrize("text", ["", "24.12.", "12/24", "2027-12", "2027-02-29", "13-01", "00-10", "2027-12-24T00:00"])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match="2027-12-24, or as 12-24 for each year"):
        holiday_date(text)


@pytest.mark.parametrize("text", ["2027-12-24", "12-24"])
def test_a_date_comes_back_from_the_pbx(text: str) -> None:
    day = holiday_date(text)
    body = {**sent_first_day(day), **sent_last_day(day)}
    assert (str(first_day(body)), str(last_day(body))) == (text, text)


def test_a_year_that_a_recurrent_holiday_has_all_the_same_means_nothing() -> None:
    assert str(first_day({"IsRecurrent": True, "Day": 1, "Month": 5, "Year": 2024})) == "05-01"


def test_a_holiday_without_an_end_ends_on_its_day() -> None:
    assert str(last_day({"IsRecurrent": True, "Day": 1, "Month": 5, "DayEnd": 0, "MonthEnd": 0})) == "05-01"


@pytest.mark.parametrize(
    ("text", "sent", "shown"),
    [
        ("00:00", "P0D", "00:00"),
        ("24:00", "P1D", "24:00"),
        ("8:00", "PT8H", "08:00"),
        ("18:30", "PT18H30M", "18:30"),
        ("00:05", "PT5M", "00:05"),
        ("23:59:59", "PT23H59M59S", "23:59:59"),
    ],
)
def test_a_time_is_a_duration_to_the_pbx(text: str, sent: str, shown: str) -> None:
    assert sent_time(text) == sent
    assert shown_time(sent, "?") == shown


@pytest.mark.parametrize(("text", "shown"), [("PT0S", "00:00"), ("PT24H", "24:00"), (None, "?"), ("soon", "soon")])
def test_other_ways_in_which_a_pbx_may_tell_a_time(text: str | None, shown: str) -> None:
    assert shown_time(text, "?") == shown


def test_a_time_of_day() -> None:
    assert time_of_day("8:05") == timedelta(hours=8, minutes=5)


@pytest.mark.parametrize("text", ["1080", "24:01", "8:60", "8", "08:00 pm"])
def test_what_is_no_time(text: Any) -> None:
    with pytest.raises(ValueError, match="write it in quotes, as '08:00'"):
        time_of_day(text)
