# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holidays on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.holidays import Holidays, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

GROUPS = [
    {"Id": 28, "Name": "DEFAULT", "Number": "GRP0000", "IsDefault": True},
    {"Id": 29, "Name": "Sales", "Number": "GRP0001", "IsDefault": False},
    {"Id": 30, "Name": "___FAVORITES___100", "Number": "FGRP0001"},
]


def holiday(number: int, name: str, day: int = 1, month: int = 5, year: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "Id": number,
        "Name": name,
        "Group": "GRP0001",
        "IsRecurrent": year == 0,
        "Day": day,
        "Month": month,
        "Year": year,
        "DayEnd": day,
        "MonthEnd": month,
        "YearEnd": year,
        "TimeOfStartDate": "PT0S",
        "TimeOfEndDate": "P1D",
        "HolidayPrompt": "",
        **more,
    }


def pbx(*rows: dict[str, Any], version: str = "20.0.10.1") -> FakePort:
    port = FakePort(Holidays=list(rows), Groups=GROUPS)
    port.version = version
    return port


def run(port: FakePort, *items: Item, purge_filter: PurgeFilter | None = None, **options: Any) -> Converged:
    return converge(Holidays(purge_filter=purge_filter), port, items, **options)


def refusal(port: FakePort, *items: Item, **options: Any) -> str:
    with pytest.raises(InvalidInput) as caught:
        run(port, *items, **options)
    assert port.calls == []
    return str(caught.value)


def sales(name: str, date: str, **more: Any) -> Item:
    return {"name": name, "group": "Sales", "date": date, **more}


def test_a_new_holiday_is_a_whole_day_of_the_default_department() -> None:
    port = pbx()
    run(port, {"name": "May", "date": "5-1"})
    assert port.calls == [
        (
            "POST",
            "Holidays",
            {
                "Name": "May",
                "Group": "GRP0000",
                "IsRecurrent": True,
                "Day": 1,
                "Month": 5,
                "Year": 0,
                "DayEnd": 1,
                "MonthEnd": 5,
                "YearEnd": 0,
                "TimeOfStartDate": "P0D",
                "TimeOfEndDate": "P1D",
                "HolidayPrompt": "",
            },
        )
    ]


def test_the_prompt_of_a_new_holiday_is_written_once_it_is_there() -> None:
    port = pbx()
    run(port, sales("May", "05-01", holiday_prompt="may.wav"))
    assert port.calls[1:] == [("PATCH", "Holidays(1001)", {"HolidayPrompt": "may.wav"})]


def test_a_prompt_that_is_not_there_leaves_a_holiday_and_a_failure() -> None:
    port = pbx()

    def interfere(verb: str, path: str) -> None:
        if verb == "PATCH":
            raise Refused("no such file", status=400)

    port.interfere = interfere  # type: ignore[assignment]
    done = run(port, sales("May", "05-01", holiday_prompt="may.wav"))
    assert (done.failed, done.changed) == (True, True)
    assert [row["Name"] for row in port.sets["Holidays"]] == ["May"]


def test_a_new_holiday_whose_answer_got_lost_gets_its_prompt_and_is_not_made_twice() -> None:
    port = pbx()
    port.interfere = lambda verb, path: LostAnswer("no answer") if verb == "POST" else None
    done = run(port, sales("May", "05-01", holiday_prompt="may.wav"))
    assert not done.failed
    assert [(call[0], call[1]) for call in port.calls] == [("POST", "Holidays"), ("PATCH", "Holidays(1001)")]


@pytest.mark.parametrize("date", ["05-01", "5-1"])
def test_nothing_to_do(date: str) -> None:
    port = pbx(holiday(1, "May"))
    assert not run(port, sales("May", date, time_start="0:00", time_end="24:00", holiday_prompt="")).changed
    assert port.calls == []


def test_the_end_follows_a_date_without_an_end() -> None:
    port = pbx(holiday(1, "May", DayEnd=3))
    run(port, sales("May", "2031-05-02"))
    sent = {"IsRecurrent": False, "Day": 2, "Month": 5, "Year": 2031, "DayEnd": 2, "MonthEnd": 5, "YearEnd": 2031}
    assert port.calls == [("PATCH", "Holidays(1)", sent)]


def test_what_is_left_out_stays() -> None:
    port = pbx(holiday(1, "May", DayEnd=3, TimeOfStartDate="PT14H"))
    run(port, {"name": "May", "group": "GRP0001", "time_end": "18:00"})
    assert port.calls == [("PATCH", "Holidays(1)", {"TimeOfEndDate": "PT18H"})]


def test_an_empty_time_is_that_of_the_whole_day() -> None:
    port = pbx(holiday(1, "May", TimeOfStartDate="PT14H"))
    run(port, {"name": "May", "group": "Sales", "time_start": ""})
    assert port.calls == [("PATCH", "Holidays(1)", {"TimeOfStartDate": "P0D"})]


def test_the_same_name_in_another_department_is_another_holiday() -> None:
    port = pbx(holiday(1, "May"))
    assert run(port, {"name": "May", "date": "05-01"}).labels("create") == ["DEFAULT: May"]


def test_one_easter_moves_from_year_to_year() -> None:
    port = pbx(holiday(1, "Easter", 13, 4, 2031))
    assert run(port, sales("Easter", "2032-03-28")).labels("update") == ["Sales: Easter"]


def test_two_easters_are_two_holidays() -> None:
    port = pbx(holiday(1, "Easter", 13, 4, 2031))
    done = run(port, sales("Easter", "2031-04-13"), sales("Easter", "2032-03-28"))
    assert (done.labels("create"), done.labels("update")) == (["Sales: Easter"], [])
    assert not run(port, sales("Easter", "2031-04-13"), sales("Easter", "2032-03-28")).changed
    assert not run(port, sales("Easter", "2032-03-28")).changed


def test_one_of_several_without_its_day_is_a_question() -> None:
    port = pbx(holiday(1, "Easter", 13, 4, 2031), holiday(2, "Easter", 28, 3, 2032))
    told = refusal(port, {"name": "Easter", "group": "Sales", "time_start": "08:00"})
    assert "(id 1)" in told
    assert "(id 2)" in told


def test_one_and_the_same_holiday_listed_twice_is_told() -> None:
    assert "is also holidays[0]" in refusal(pbx(), sales("May", "05-01"), sales("May", "5-1", group="GRP0001"))


def test_absent_goes_by_the_day_where_one_is_given() -> None:
    port = pbx(holiday(1, "Easter", 13, 4, 2031), holiday(2, "May"))
    run(port, sales("Easter", "2032-04-13"), {"name": "May", "group": "Sales"}, state="absent")
    assert [call[1] for call in port.calls] == ["Holidays(2)"]


def test_absent_takes_all_of_a_name() -> None:
    port = pbx(holiday(1, "Easter", 13, 4, 2031), holiday(2, "Easter", 28, 3, 2032), holiday(3, "May"))
    run(port, {"name": "Easter", "group": "Sales"}, state="absent")
    assert [row["Name"] for row in port.sets["Holidays"]] == ["May"]


def test_an_id_renames_and_does_not_move_to_the_default_department() -> None:
    port = pbx(holiday(1, "May"))
    run(port, {"id": 1, "name": "Labour day"})
    assert port.calls == [("PATCH", "Holidays(1)", {"Name": "Labour day"})]


def test_a_purge_within_a_filter() -> None:
    port = pbx(holiday(1, "May"), holiday(2, "Once", 1, 6, 2031), holiday(3, "All", 1, 7, 2031, Group="GRP0000"))
    run(port, purge=True, purge_filter=PurgeFilter(("Sales",), yearly=False))
    assert [call[1] for call in port.calls] == ["Holidays(2)"]


def test_a_purge_of_an_unknown_department_is_told() -> None:
    told = refusal(pbx(), purge=True, purge_filter=PurgeFilter(("Salse",)))
    assert 'purge_filter.groups: no department is called "Salse"; did you mean "Sales"?' in told


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"date": "05-01"}, "cannot be told from others; give name"),
        (sales("May", ""), "date: cannot be empty"),
        ({"name": "May", "group": "Sales"}, "date: is needed"),
        ({"id": 7, "date": "05-01"}, "name: is needed"),
        (sales("May", "2031-05-03", date_end="2031-05-01"), "date_end: is before 2031-05-03"),
        ({"name": "May", "group": "Sales", "date_end": "05-03"}, "date_end: give date as well"),
        (sales("May", "05-01", time_start="noon"), 'time_start: "noon" is not a time of day'),
        (sales("May", "05-01", group="___FAVORITES___100"), "group: no department is called"),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_written(item: Item, message: str) -> None:
    assert message in refusal(pbx(), item)


def test_a_holiday_over_the_end_of_the_year_is_none_that_goes_backwards() -> None:
    assert run(pbx(), sales("Christmas", "12-24", date_end="01-06", time_start="14:00", time_end="08:00")).changed


class TestBeforeDepartmentsWereTold:
    def test_holidays_have_no_department(self) -> None:
        row = holiday(1, "May")
        del row["Group"]
        port = pbx(row, version="20.0.6.1")
        done = run(port, {"name": "May", "date": "05-02"})
        assert done.labels("update") == ["May"]
        assert "group" not in done.items[0]
        assert "Groups" not in port.reads

    def test_a_department_is_an_error(self) -> None:
        told = refusal(pbx(version="20.0.6.1"), sales("May", "05-02"))
        assert "group: the PBX tells the departments of holidays from 20.0.7 on, and it has 20.0.6" in told
