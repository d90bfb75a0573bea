# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holidays: departments, versions, and that nothing refuses a second one."""

from __future__ import annotations

from tests.unit.simulator.api import Api


def expanded(api: Api, path: str) -> list[str]:
    return [row["Name"] for row in api.get(f"{path}?$expand=OfficeHolidays").json["OfficeHolidays"]]


def test_a_holiday_belongs_to_a_department(api: Api) -> None:
    body = {"Name": "Fair", "Group": "GRP0001", "Day": 3, "Month": 5, "Year": 0}
    made = api.post("Holidays", body).json
    assert (made["Group"], made["DayEnd"], made["MonthEnd"], made["TimeOfEndDate"]) == ("GRP0001", 3, 5, "P1D")
    assert expanded(api, f"Groups({api.id_of('Groups', 'Sales')})") == ["Fair"]
    assert expanded(api, "OfficeHours") == ["New Year"]
    assert api.post("Holidays", body).status == 201
    assert api.post("Holidays", {**body, "Group": "GRP0999"}).code == "Group XAPI.NOT_FOUND"
    assert api.post("Holidays", {**body, "Month": 13}).code == "Month XAPI.OUT_OF_THE_RANGE"
    assert api.post("Holidays", {"Group": "GRP0001"}).code == "Name XAPI.REQUIRED"


def test_a_deleted_department_takes_its_holidays_along(api: Api) -> None:
    group = api.post("Groups", {"Name": "Brief"}).json
    api.post("Holidays", {"Name": "Gone", "Group": group["Number"]})
    assert api.delete(f"Groups({group['Id']})").status == 204
    assert "Gone" not in [row["Name"] for row in api.rows("Holidays")]


def test_holidays_can_be_written_as_a_whole(api: Api) -> None:
    sales = api.id_of("Groups", "Sales")
    wanted = [{"Id": 0, "Name": "Summer", "Day": 1, "Month": 7, "DayEnd": 5, "MonthEnd": 7}]
    assert api.patch(f"Groups({sales})", {"OfficeHolidays": wanted}).status == 204
    assert [row["Name"] for row in api.rows("Holidays?$filter=Group eq 'GRP0001'")] == ["Summer"]
    assert api.patch("OfficeHours", {"OfficeHolidays": []}).status == 204
    assert [row["Name"] for row in api.rows("Holidays")] == ["Stocktaking", "Summer"]


def test_versions_know_less_and_less_of_them() -> None:
    assert Api("20.0.7").rows("Holidays")[0]["Group"] == "GRP0000"
    six = Api("20.0.6")
    assert six.post("Holidays", {"Name": "New"}).status == 405
    assert "Group" not in six.rows("Holidays")[0]
    assert expanded(six, "OfficeHours") == ["New Year", "Stocktaking"]
    five = Api("20.0.5")
    assert five.get("Holidays").status == 404
    wanted = [
        {
            "Id": 0,
            "Name": "Own",
            "Day": 1,
            "Month": 7,
            "DayEnd": 1,
            "MonthEnd": 7,
            "Year": 0,
            "YearEnd": 0,
            "TimeOfStartDate": "PT0S",
            "TimeOfEndDate": "P1D",
        }
    ]
    sales = five.id_of("Groups", "Sales")
    assert five.patch(f"Groups({sales})", {"OfficeHolidays": wanted}).status == 204
    assert expanded(five, f"Groups({sales})") == ["Own"]
