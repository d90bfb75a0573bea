# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holidays: of a department or of the whole system. Two of the same day are not refused (REALITY.md section 9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# The last month and day that make sense; 0 is what a date without that part has.
RANGES = {"Month": 12, "MonthEnd": 12, "Day": 31, "DayEnd": 31}


class Holidays(RuledSet):
    """Holidays. ``_group``: the number of the department, also where a version does not show it."""

    required = ("Name",)
    made = {
        "IsRecurrent": False,
        "Day": 1,
        "Month": 1,
        "Year": 0,
        "YearEnd": 0,
        "TimeOfStartDate": "PT0S",
        "TimeOfEndDate": "P1D",
        "HolidayPrompt": "",
    }

    def defaults(self) -> Entity:
        return {**super().defaults(), "_group": self.pbx.default_group()["Number"]}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        if before is None:
            draft.setdefault("DayEnd", draft["Day"])
            draft.setdefault("MonthEnd", draft["Month"])
        for name, last in RANGES.items():
            if not 0 <= draft[name] <= last:
                raise refused(name, "XAPI.OUT_OF_THE_RANGE")
        if draft.get("Group"):
            if self.pbx.sets["Groups"].find_by("Number", draft["Group"]) is None:
                raise refused("Group", "XAPI.NOT_FOUND")
            draft["_group"] = draft["Group"]
        elif "Group" in self.pbx.types.properties(self.type):
            draft["Group"] = draft["_group"]

    def of(self, number: str) -> list[Entity]:
        """The holidays of a department."""
        return [row for row in self.rows.values() if row["_group"] == number]

    def replace(self, number: str, wanted: list[Entity]) -> None:
        """The holidays of a department as a whole, as Group.OfficeHolidays writes them."""
        drafts = [{**self.defaults(), **self._strip(body), "_group": number} for body in wanted]
        for draft in drafts:
            draft.pop("Group", None)
            self.accept(draft, None)
        for row in self.of(number):
            self.delete(row)
        for draft in drafts:
            self.put(draft)


def holidays(pbx: Pbx) -> Holidays | None:
    """The set, from 20.0.6 on."""
    found = pbx.sets.get("Holidays")
    return found if isinstance(found, Holidays) else None


def of_group(pbx: Pbx, group: Entity) -> list[Entity]:
    """Group.OfficeHolidays; before 20.0.6 the department itself holds them."""
    found = holidays(pbx)
    return found.of(group["Number"]) if found else list(group.get("OfficeHolidays") or [])


def of_system(pbx: Pbx, hours: Entity) -> list[Entity]:
    """OfficeHours.OfficeHolidays: those of the department DEFAULT."""
    found = holidays(pbx)
    return found.of(pbx.default_group()["Number"]) if found else list(hours.get("OfficeHolidays") or [])
