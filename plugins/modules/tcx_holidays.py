# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the holidays of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_holidays
short_description: Manage the holidays of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes holidays of departments. Those of the department C(DEFAULT) are those of the system.
  - A holiday is known by its name and its department. The PBX does not mind two holidays of one name, such as Easter of
    this year and the next. A name that is listed more than once, or that a department has more than once, is told apart
    by the first day as well; a day that is not there yet is then a new holiday.
  - In all other cases another O(holidays[].date) moves the holiday.
  - The PBX needs version 20.0.6. Before 20.0.7 it takes no new holidays and does not tell the departments of holidays,
    so O(holidays[].group) cannot be given.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  holidays:
    description:
      - The holidays.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the holiday.
        type: str
      group:
        description:
          - Name or number of the department. If it is left out, it is C(DEFAULT), the department of the system.
        type: str
        aliases: [department]
      date:
        description:
          - The first day, such as V(2027-12-24), or V(12-24) for a holiday of each year. Required for a new holiday.
        type: str
      date_end:
        description:
          - The last day, in the same form as O(holidays[].date). If it is left out and O(holidays[].date) is given, the
            holiday is that one day.
          - A holiday of each year may go beyond the end of the year, as from V(12-24) to V(01-06).
        type: str
      time_start:
        description:
          - When the holiday begins on its first day, such as V(14:00). Put it in quotes; YAML may take it for a number.
          - V(00:00) for a new holiday if it is left out. An empty text is V(00:00), too.
        type: str
      time_end:
        description:
          - When the holiday ends on its last day. V(24:00) is the end of the day.
          - V(24:00) for a new holiday if it is left out. An empty text is V(24:00), too.
        type: str
      holiday_prompt:
        description:
          - File name of the announcement that callers hear. It must be on the PBX. An empty text takes it away.
        type: str
        aliases: [prompt]
      id:
        description:
          - ID of the holiday on the PBX, to rename it or to tell double ones apart.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The holiday is only removed if the PBX still has this version of it.
        type: str
  state:
    description:
      - V(present) makes sure that the listed items are there and have the given values.
      - V(absent) makes sure that the listed items are not there. If O(holidays[].date) is given, only the holiday that
        begins on that day goes, else all of that name in the department.
  purge_filter:
    description:
      - Which unlisted holidays O(purge) may remove. A holiday has to meet all conditions.
    type: dict
    suboptions:
      groups:
        description:
          - Only holidays of these departments, by name or number.
        type: list
        elements: str
        default: []
      is_recurrent:
        description:
          - Only holidays of each year, or only those of one.
        type: bool
seealso:
  - module: tcx.pbx.tcx_office_hours
  - module: tcx.pbx.tcx_groups
"""

EXAMPLES = r"""
- name: Close each year from Christmas Eve in the afternoon to New Year
  tcx.pbx.tcx_holidays:
    holidays:
      - name: Christmas
        date: "12-24"
        date_end: "01-01"
        time_start: "14:00"

- name: Give the sales department a day off, and Easter in two years
  tcx.pbx.tcx_holidays:
    holidays:
      - name: Company outing
        group: Sales
        date: "2031-05-16"
        holiday_prompt: 820.wav
      - name: Easter
        group: Sales
        date: "2031-04-13"
        date_end: "2031-04-14"
      - name: Easter
        group: Sales
        date: "2032-03-28"
        date_end: "2032-03-29"

- name: Forget what was only for one year, in one department
  tcx.pbx.tcx_holidays:
    holidays: []
    purge: true
    purge_filter:
      groups: [Sales]
      is_recurrent: false
    max_deletions: 10

- name: Work on New Year
  tcx.pbx.tcx_holidays:
    holidays:
      - name: New Year
    state: absent
"""

RETURN = r"""
holidays:
  description: The listed holidays as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 4
      name: Company outing
      group: Sales
      date: "2031-05-16"
      date_end: "2031-05-16"
      time_start: "00:00"
      time_end: "24:00"
      holiday_prompt: 820.wav
created:
  description: Departments and names of new holidays.
  returned: success
  type: list
  elements: str
  sample: ["Sales: Company outing"]
updated:
  description: Departments and names of changed holidays.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Departments and names of removed holidays.
  returned: success
  type: list
  elements: str
  sample: []
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(holidays); null for a holiday that was to be purged.
      type: int
    item:
      description: Department and name of the holiday.
      type: str
    action:
      description: V(create), V(update) or V(delete).
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

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.holidays import Holidays, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS, manage
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task

HOLIDAY = {
    "name": {"type": "str"},
    "group": {"type": "str", "aliases": ["department"]},
    "date": {"type": "str"},
    "date_end": {"type": "str"},
    "time_start": {"type": "str"},
    "time_end": {"type": "str"},
    "holiday_prompt": {"type": "str", "aliases": ["prompt"]},
    "id": {"type": "int"},
    "if_match": {"type": "str"},
}
PURGE_FILTER = {
    "groups": {"type": "list", "elements": "str", "default": []},
    "is_recurrent": {"type": "bool"},
}


def operation(task: Task) -> dict[str, Any]:
    wanted = task.params["purge_filter"]
    return manage(task, Holidays(purge_filter=PurgeFilter(tuple(wanted["groups"]), wanted["is_recurrent"])))


SPEC = ModuleSpec(
    operation,
    {
        "holidays": {"type": "list", "elements": "dict", "required": True, "options": HOLIDAY},
        **STATE_OPTIONS,
        "purge_filter": {"type": "dict", "apply_defaults": True, "options": PURGE_FILTER},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
