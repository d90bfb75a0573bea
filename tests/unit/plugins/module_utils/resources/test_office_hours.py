# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Office hours on a PBX of dicts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.office_hours import MODES, OfficeHours
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row

NOW = datetime(2030, 1, 1, tzinfo=UTC)
MONDAY = {"DayOfWeek": "Monday", "Start": "09:00:00", "Stop": "17:00:00"}
TUESDAY = {"DayOfWeek": "Tuesday", "Start": "09:00:00", "Stop": "17:00:00"}


class HoursPbx(FakePort):
    """With the singleton."""

    def __init__(self, *groups: Row, **system: Any) -> None:
        zones = [
            {
                "Id": "51",
                "Name": "(UTC+1) Berlin",
                "IanaName": "Europe/Berlin",
                "WindowsName": "W. Europe Standard Time",
            },
            {"Id": "42", "Name": "(UTC) London", "IanaName": "Europe/London", "WindowsName": "GMT Standard Time"},
        ]
        super().__init__(Groups=list(groups), **{"Defs/TimeZones": zones})
        self.system = {"TimeZoneId": "51", "Hours": {"Type": "SpecificHours", "Periods": [MONDAY]}, **system}

    def _row(self, path: str) -> Row:
        return self.system if path == "OfficeHours" else super()._row(path)


def group(number: int, name: str, **more: Any) -> Row:
    return {"Id": number, "Name": name, "Number": f"GRP{number:04}", "CurrentGroupHours": "Default", **more}


def pbx(**more: Any) -> HoursPbx:
    return HoursPbx(group(28, "DEFAULT", TimeZoneId="51"), group(29, "Sales", **more))


def run(port: FakePort, *items: Item, told: list[str] | None = None, **options: Any) -> Converged:
    resource = OfficeHours(clock=lambda: NOW, warn=([] if told is None else told).append)
    return converge(resource, port, items, **options)


def refusal(port: FakePort, *items: Item) -> str:
    with pytest.raises(InvalidInput) as caught:
        run(port, *items)
    assert port.calls == []
    return str(caught.value)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_modes_are_those_of_the_contract_that_can_be_written(version: str) -> None:
    assert set(catalog_for(version).enum("GroupHoursMode") or ()) - {"HasForcedMask"} == set(MODES)


def test_hours_of_the_system_are_sent_whole() -> None:
    port = pbx()
    run(port, {"hours": {"tuesday": ["09:00-17:00"]}})
    sent = {"Hours": {"Type": "SpecificHours", "Periods": [MONDAY, TUESDAY]}}
    assert port.calls == [("PATCH", "OfficeHours", sent)]


def test_only_what_is_asked_for_is_read() -> None:
    port = pbx()
    run(port, {"hours": {"monday": ["09:00-17:00"]}})
    assert port.reads == ["OfficeHours"]
    port.reads.clear()
    run(port, {"group": "Sales", "current_group_hours": "Default"})
    assert port.reads == ["Groups", "Groups"]


def test_nothing_to_do() -> None:
    port = pbx(Hours={"Type": "SpecificHours", "Periods": [TUESDAY, MONDAY]}, OverrideExpiresAt="2031-01-01T00:00:30Z")
    items = [
        {"hours": {"monday": ["9:00-17:00"], "sunday": []}, "time_zone_id": "W. Europe Standard Time"},
        {"group": "GRP0029", "hours": {"monday": ["09:00-17:00"]}, "override_expires_at": "2031-01-01T01:00:00+01:00"},
    ]
    assert not run(port, *items).changed
    assert port.calls == []


def test_a_time_zone_is_sent_by_its_number_and_shown_by_its_name() -> None:
    port = pbx()
    done = run(port, {"group": "DEFAULT", "time_zone_id": "GMT Standard Time"})
    assert port.calls == [("PATCH", "Groups(28)", {"TimeZoneId": "42"})]
    assert done.items[0]["time_zone_id"] == "Europe/London"
    assert done.diff["after"] == {"DEFAULT": {"group": "DEFAULT", "time_zone_id": "Europe/London"}}


def test_who_asks_for_nothing_is_told_everything() -> None:
    port = pbx(TimeZoneId="42")
    done = run(port, {}, {"group": "Sales"})
    assert not done.changed
    assert [one["time_zone_id"] for one in done.items] == ["Europe/Berlin", "Europe/London"]


def test_results_can_be_fed_back() -> None:
    port = pbx(BreakTime={"Type": "SpecificHours", "Periods": [MONDAY]})
    done = run(port, {"time_zone_id": "51"}, {"group": "Sales", "current_group_hours": "ForceOpened"})
    assert not run(port, *done.items).changed


def test_a_department_is_found_by_its_id_alone() -> None:
    port = pbx()
    assert run(port, {"id": 29, "current_group_hours": "ForceClosed"}).labels("update") == ["Sales"]
    assert "no department has this id" in refusal(pbx(), {"id": 99, "current_group_hours": "ForceClosed"})


def test_one_department_by_name_and_number_is_told() -> None:
    told = refusal(pbx(), {"group": "Sales"}, {"group": "GRP0029"})
    assert "is also office_hours[0]" in told
    assert "is also office_hours[0]" in refusal(pbx(), {"hours": {}}, {"break_time": {}})


class TestOverrides:
    CLOSED = {"group": "Sales", "current_group_hours": "ForceClosed"}

    def test_until_a_time(self) -> None:
        port = pbx()
        run(port, {**self.CLOSED, "override_expires_at": "2030-01-02T01:00:00+01:00"})
        sent = {"CurrentGroupHours": "ForceClosed", "OverrideExpiresAt": "2030-01-02T00:00:00Z"}
        assert port.calls == [("PATCH", "Groups(29)", sent)]

    def test_one_that_is_over_is_not_asked_for_and_told(self) -> None:
        port, told = pbx(), list[str]()
        assert not run(port, {**self.CLOSED, "override_expires_at": "2030-01-01T00:00:00Z"}, told=told).changed
        assert told == ["Sales: the override ended at 2030-01-01T00:00:00Z, so it is left alone"]

    def test_the_end_of_a_former_one_goes(self) -> None:
        port = pbx(OverrideExpiresAt="2029-12-31T00:00:00Z")
        run(port, self.CLOSED)
        assert port.calls[0][2] == {"CurrentGroupHours": "ForceClosed", "OverrideExpiresAt": None}

    def test_an_end_that_is_to_come_stays(self) -> None:
        port = pbx(OverrideExpiresAt="2030-12-31T00:00:00Z")
        run(port, self.CLOSED)
        assert port.calls[0][2] == {"CurrentGroupHours": "ForceClosed"}

    def test_an_empty_end_takes_it_away(self) -> None:
        port = pbx(OverrideExpiresAt="2030-12-31T00:00:00Z")
        run(port, {"group": "Sales", "override_expires_at": ""})
        assert port.calls[0][2] == {"OverrideExpiresAt": None}


@pytest.mark.parametrize(
    ("item", "message"),
    [
        ({"current_group_hours": "ForceClosed"}, "current_group_hours: only departments have it"),
        ({"group": "Salse"}, 'group: no department is called "Salse"; did you mean "Sales"?'),
        ({"time_zone_id": ""}, "time_zone_id: cannot be empty for the system"),
        ({"time_zone_id": "Mars"}, 'time_zone_id: no time zone is called "Mars"; the PBX has "Europe/Berlin"'),
        ({"group": "Sales", "override_expires_at": "2031-01-01T00:00:00"}, "has no time zone"),
        ({"break_time": {"monday": ["noon"]}}, 'break_time.monday[0]: "noon" is not a period'),
    ],
)
def test_what_is_wrong_is_told_before_anything_is_written(item: Item, message: str) -> None:
    assert message in refusal(pbx(), item)
