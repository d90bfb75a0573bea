# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the office hours of a 3CX PBX and its departments."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_office_hours
short_description: Manage the office hours of a 3CX PBX and its departments
version_added: 0.1.0
description:
  - Changes the office hours, breaks and time zones of departments and of the system, and opens or closes departments
    against their hours, until further notice or until some time.
  - An item with a department is about it, one without is about the system. Hours are always there, so there is nothing
    to create or to delete.
  - The PBX takes the hours of a week as a whole. Days that are left out here keep the periods that they have; an empty
    list of periods closes a day.
  - An item with nothing but its department changes nothing and shows everything, as what is to be kept in a file.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  office_hours:
    description:
      - The hours of departments, and at most one item for those of the system.
    type: list
    elements: dict
    required: true
    suboptions:
      group:
        description:
          - Name or number of the department. If it is left out, the item is about the system.
        type: str
        aliases: [department]
      hours:
        description:
          - The office hours.
        type: dict
        suboptions: &schedule
          type:
            description:
              - What the schedule goes by. V(SpecificHours) and its likes go by the periods, V(AllHours) and V(Never) by
                nothing, the others by the hours of the level above, as their names say.
              - If it is left out and periods are given, a schedule that has none yet, V(AllHours) or V(Never) becomes
                V(SpecificHours).
            type: str
            choices:
              - AllHours
              - OfficeHours
              - OutOfOfficeHours
              - SpecificHours
              - SpecificHoursExcludingHolidays
              - OutOfSpecificHours
              - OutOfSpecificHoursIncludingHolidays
              - Never
              - BreakTime
          ignore_holidays:
            description:
              - Whether the schedule applies on holidays, too.
            type: bool
          monday:
            description:
              - Periods of the day, such as V(09:00-17:30). Empty for a day without any.
            type: list
            elements: str
          tuesday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
          wednesday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
          thursday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
          friday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
          saturday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
          sunday:
            description:
              - Periods, as in O(office_hours[].hours.monday).
            type: list
            elements: str
      break_time:
        description:
          - The breaks within the office hours.
        type: dict
        suboptions: *schedule
      time_zone_id:
        description:
          - The time zone, as in V(Europe/Berlin). The name that Windows has for it and the number that the PBX has for
            it will do as well. An empty text takes that of a department away.
        type: str
        aliases: [time_zone]
      current_group_hours:
        description:
          - Overrides the hours of a department. V(Default) goes by the hours again.
          - V(ForceOpened) opens the department, V(ForceClosed) closes it, V(ForceBreak) lets it have a break,
            V(ForceHoliday) a holiday, and V(ForceCustomOperator) sends its calls to its operator.
        type: str
        choices: [Default, ForceOpened, ForceClosed, ForceBreak, ForceCustomOperator, ForceHoliday]
        aliases: [override]
      override_expires_at:
        description:
          - When the override ends, with a time zone, such as V(2027-01-31T18:00:00Z). Compared to the minute.
          - An empty text takes the end away. If it is left out, an end that is still to come stays; one that is over is
            taken away when O(office_hours[].current_group_hours) changes.
          - An item whose override is over already asks for no override. A warning tells so.
        type: str
      id:
        description:
          - ID of the department. Decided by the PBX; accepted here so that results can be used as input.
        type: int
notes:
  - A field that is left out or null is left alone.
  - Nothing is written before all items are checked.
    If the PBX then refuses one, the others are still processed, and RV(outcomes) tells what became of each.
seealso:
  - module: tcx.pbx.tcx_holidays
  - module: tcx.pbx.tcx_groups
"""

EXAMPLES = r"""
- name: Office hours of the system, and longer ones for the support department
  tcx.pbx.tcx_office_hours:
    office_hours:
      - time_zone: Europe/Berlin
        hours:
          monday: ["09:00-17:30"]
          tuesday: ["09:00-17:30"]
          wednesday: ["09:00-17:30"]
          thursday: ["09:00-17:30"]
          friday: ["09:00-15:00"]
          saturday: []
          sunday: []
      - department: Support
        hours:
          type: SpecificHours
          saturday: ["10:00-12:00", "13:00-16:00"]
        break_time:
          saturday: ["12:00-13:00"]

- name: Close a department while its phones are being replaced
  tcx.pbx.tcx_office_hours:
    office_hours:
      - department: Sales
        override: ForceClosed
        override_expires_at: "2037-06-01T18:00:00+02:00"

- name: Go by the hours again
  tcx.pbx.tcx_office_hours:
    office_hours:
      - department: Sales
        override: Default
        override_expires_at: ""
"""

RETURN = r"""
office_hours:
  description: The hours of the listed departments and of the system, as they are on the PBX afterwards.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the department; not for the system.
      type: int
    group:
      description: Name of the department; not for the system.
      type: str
    hours:
      description: Office hours, all days of the week. Empty if the PBX has none.
      type: dict
    break_time:
      description: Breaks, all days of the week. Empty if the PBX has none.
      type: dict
    time_zone_id:
      description: The time zone by name, if any item has O(office_hours[].time_zone_id) or asks for nothing.
      type: str
    current_group_hours:
      description: The override; not for the system.
      type: str
    override_expires_at:
      description: When it ends; not for the system.
      type: str
  sample:
    - id: 29
      group: Sales
      hours:
        type: SpecificHours
        ignore_holidays: false
        monday: ["09:00-17:30"]
        tuesday: ["09:00-17:30"]
        wednesday: ["09:00-17:30"]
        thursday: ["09:00-17:30"]
        friday: ["09:00-15:00"]
        saturday: []
        sunday: []
      break_time: {}
      current_group_hours: ForceClosed
      override_expires_at: "2037-06-01T16:00:00Z"
updated:
  description: Names of departments whose hours changed, and V(system).
  returned: success
  type: list
  elements: str
  sample: [Sales]
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(office_hours).
      type: int
    item:
      description: Name of the department, or V(system).
      type: str
    action:
      description: V(update).
      type: str
    status:
      description: V(done), V(failed), V(unknown) if no answer came and looking was impossible, or V(skipped).
      type: str
    msg:
      description: The reason.
      type: str
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 3, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._resources.office_hours import MODES
from ansible_collections.tcx.pbx.plugins.module_utils._resources.schedules import DAYS, TYPES
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.office_hours import manage_office_hours
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

SCHEDULE = {
    "type": {"type": "str", "choices": list(TYPES)},
    "ignore_holidays": {"type": "bool"},
    **{day: {"type": "list", "elements": "str"} for day in DAYS},
}
HOURS = {
    "group": {"type": "str", "aliases": ["department"]},
    "hours": {"type": "dict", "options": SCHEDULE},
    "break_time": {"type": "dict", "options": SCHEDULE},
    "time_zone_id": {"type": "str", "aliases": ["time_zone"]},
    "current_group_hours": {"type": "str", "choices": list(MODES), "aliases": ["override"]},
    "override_expires_at": {"type": "str"},
    "id": {"type": "int"},
}

SPEC = ModuleSpec(
    manage_office_hours,
    {"office_hours": {"type": "list", "elements": "dict", "required": True, "options": HOURS}},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
