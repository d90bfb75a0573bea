# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hours of a week, in the words of people and of the XAPI."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.schedules import (
    DAYS,
    TYPES,
    meaning,
    merged,
    narrowed,
    period,
    problems,
    sent,
    shown,
    taken,
)

WEEK = {
    "Type": "SpecificHours",
    "IgnoreHolidays": False,
    "Periods": [
        {"DayOfWeek": "Monday", "Start": "13:30:00", "Stop": "17:30:00.0000000"},
        {"DayOfWeek": "Monday", "Start": "09:00:00", "Stop": "12:30:00"},
        {"DayOfWeek": "Sunday", "Start": "22:00:00", "Stop": "00:00:00"},
    ],
}


@pytest.mark.parametrize("version", VERSIONS)
def test_the_types_are_those_of_the_contract(version: str) -> None:
    assert set(catalog_for(version).enum("RuleHoursType") or ()) == set(TYPES)
    assert {day.lower() for day in catalog_for(version).enum("DayOfWeek") or ()} == set(DAYS)


def test_a_week_is_shown_by_day_and_comes_back() -> None:
    found = shown(WEEK)
    assert found["monday"] == ["09:00-12:30", "13:30-17:30"]
    assert found["sunday"] == ["22:00-00:00"]
    assert found["tuesday"] == []
    assert list(problems(found)) == []
    assert shown(sent(found)) == found


def test_no_schedule_is_an_empty_one() -> None:
    assert shown(None) == {}
    assert meaning(shown(None)) == meaning({"monday": [], "ignore_holidays": False})


def test_a_period_that_nobody_understands_is_shown_as_it_is() -> None:
    assert shown({"Periods": [{"DayOfWeek": "Monday", "Start": "soon"}]})["monday"] == ["soon-None"]


def test_periods_are_sent_in_the_order_of_the_week() -> None:
    week = taken({"type": "SpecificHours", "sunday": ["10:00-11:00"], "monday": ["13:00-14:00", "8:00-9:30"]})
    assert sent(week) == {
        "Type": "SpecificHours",
        "Periods": [
            {"DayOfWeek": "Monday", "Start": "08:00:00", "Stop": "09:30:00"},
            {"DayOfWeek": "Monday", "Start": "13:00:00", "Stop": "14:00:00"},
            {"DayOfWeek": "Sunday", "Start": "10:00:00", "Stop": "11:00:00"},
        ],
    }


@pytest.mark.parametrize(("text", "usual"), [("9:00-17:30", "09:00-17:30"), (" 09:00 - 17:30:15 ", "09:00-17:30:15")])
def test_a_period(text: str, usual: str) -> None:
    assert str(period(text)) == usual


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9-17", "write it as '09:00-17:30'"),
        ("09:00", "is not a period"),
        ("1080", "is not a period"),
        ("20:00-24:00", "a day ends with 23:59, or with 00:00"),
        ("17:00-09:00", "ends before it begins"),
        ("09:00-09:00", "ends before it begins"),
    ],
)
def test_what_is_no_period(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        period(text)


@pytest.mark.parametrize("periods", [["09:00-12:00", "11:59-13:00"], ["20:00-00:00", "21:00-22:00"]])
def test_overlapping_periods(periods: list[str]) -> None:
    assert [day for day, _message in problems({"monday": periods})] == ["monday"]


def test_periods_that_touch_are_all_right() -> None:
    assert list(problems({"monday": ["12:00-13:00", "09:00-12:00", "13:00-00:00"]})) == []


@pytest.mark.parametrize(
    ("standing", "wanted", "type_"),
    [
        ({}, {"monday": ["09:00-17:00"]}, "SpecificHours"),
        ({"type": "AllHours"}, {"monday": ["09:00-17:00"]}, "SpecificHours"),
        ({"type": "Never"}, {"monday": []}, "Never"),
        ({"type": "OfficeHours"}, {"monday": ["09:00-17:00"]}, "OfficeHours"),
        ({"type": "AllHours"}, {"type": "AllHours", "monday": ["09:00-17:00"]}, "AllHours"),
    ],
)
def test_periods_make_a_schedule_that_goes_by_periods(
    standing: dict[str, str], wanted: dict[str, str], type_: str
) -> None:
    assert merged(standing, wanted)["type"] == type_


def test_days_that_are_left_out_stay() -> None:
    after = merged(shown(WEEK), {"sunday": []})
    assert (after["monday"], after["sunday"]) == (["09:00-12:30", "13:30-17:30"], [])


def test_a_diff_has_what_differs() -> None:
    assert narrowed({"type": "A", "monday": []}, {"type": "A", "monday": ["x"], "tuesday": ["y"]}) == (
        {"monday": []},
        {"monday": ["x"], "tuesday": ["y"]},
    )
