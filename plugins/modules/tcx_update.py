# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install updates of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_update
short_description: Install updates of a 3CX PBX
version_added: 0.1.0
description:
  - Tells which updates there are, installs those that are chosen, and waits through the outage until the PBX is back
    with its new version.
  - Also sets whether and when the PBX installs updates by itself.
  - Without O(categories) and O(names) nothing is installed.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  categories:
    description:
      - Which updates to install, by category as the PBX calls it, in upper or lower case. V(*) and V(?) stand for
        anything, so V(*) means all updates.
      - Whatever is out of date now. If nothing is, nothing happens.
    type: list
    elements: str
    default: []
  names:
    description:
      - Which updates to install, by name. As in O(categories). An update that is ignored on the PBX is
        installed only if
        its whole name is given here.
    type: list
    elements: str
    default: []
  update_types:
    description:
      - Of which types updates are installed. Others are left alone, with a warning. An update without a type is
        installed.
    type: list
    elements: str
    choices: [Release, Beta, MajorRelease, Alpha, Hotfix]
    default: [Release, Hotfix]
  schedule:
    description:
      - Whether and when the PBX installs updates by itself. What is left out is left alone.
    type: dict
    suboptions:
      auto_update_enabled:
        description:
          - Whether it does.
        type: bool
      schedule:
        description:
          - When.
        type: dict
        suboptions:
          schedule_type:
            description:
              - How often.
              - V(Minutely) exists from 20.0.8 on.
            type: str
            choices: [Daily, Weekly, Monthly, Hourly, Minutely, Immediate]
          day:
            description:
              - Day of the week, for V(Weekly).
            type: str
            choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
          time:
            description:
              - Time of day, such as V('02:30'). Put it in quotes.
            type: str
          repeat_hours:
            description:
              - Hours between two runs, for V(Hourly).
            type: int
          repeat_minutes:
            description:
              - Minutes between two runs, for V(Minutely). Exists from 20.0.8 on.
            type: int
  wait_timeout:
    description:
      - Seconds to wait in all until the updates are installed and the PBX is back. This is not O(timeout),
        which is about
        one answer of the API.
    type: float
    default: 3600.0
  interval:
    description:
      - Longest pause between two looks, in seconds. The first ones are shorter.
    type: float
    default: 10.0
notes:
  - Nobody can phone while the PBX itself is updated, and the API is away for minutes. Make a backup before, and wait
    until there are no calls.
  - An update counts as installed when a fresh list does not show it as out of date any more. For one of the PBX
    itself
    the version has to be another one as well. All services that ran before have to run again.
  - The call that installs is never repeated. If its answer gets lost, the module waits for signs that it was taken.
seealso:
  - module: tcx.pbx.tcx_backup
  - module: tcx.pbx.tcx_wait
"""

EXAMPLES = r"""
- name: See which updates there are
  tcx.pbx.tcx_update:
  register: updates

- name: Install all that is out of date, and go on when the PBX is back
  tcx.pbx.tcx_update:
    categories: ['*']
    wait_timeout: 1800

- name: Let the PBX install updates by itself, in the night to Sunday
  tcx.pbx.tcx_update:
    schedule:
      auto_update_enabled: true
      schedule:
        schedule_type: Weekly
        day: Sunday
        time: '03:00'
"""

RETURN = r"""
updates:
  description: All updates that the PBX lists, as they are afterwards.
  returned: always
  type: list
  elements: dict
  contains:
    name:
      description: Name.
      type: str
    category:
      description: Category.
      type: str
    local_version:
      description: The version that is installed.
      type: str
    server_version:
      description: The version that there is.
      type: str
    out_of_date:
      description: Whether it can be installed.
      type: bool
    ignore:
      description: Whether somebody said on the PBX that it is to be ignored.
      type: bool
    update_type:
      description: Type.
      type: str
    description:
      description: What the PBX says of it.
      type: str
available:
  description: Names of the updates that are out of date, which O(names) takes.
  returned: always
  type: list
  elements: str
  sample: [3CX Phone System]
installed:
  description: Names of the updates that were installed, or in check mode would be.
  returned: always
  type: list
  elements: str
  sample: [3CX Phone System]
version_before:
  description: Version of the PBX before.
  returned: always
  type: str
  sample: 20.0.8.1109
version:
  description: Version of the PBX afterwards. In check mode that of now.
  returned: always
  type: str
  sample: 20.0.8.1131
maintenance_expired:
  description: Whether the maintenance of the PBX has expired. It may refuse updates then.
  returned: always
  type: bool
last_successful_update:
  description: When an update was installed last, as the PBX writes it.
  returned: always
  type: str
  sample: "2027-01-31T22:00:05Z"
schedule:
  description: The settings as O(schedule) takes them.
  returned: when O(schedule) is given
  type: dict
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 9, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.update import manage_updates

DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

WHEN = {
    "schedule_type": {"type": "str", "choices": ["Daily", "Weekly", "Monthly", "Hourly", "Minutely", "Immediate"]},
    "day": {"type": "str", "choices": DAYS},
    "time": {"type": "str"},
    "repeat_hours": {"type": "int"},
    "repeat_minutes": {"type": "int"},
}

SCHEDULE = {
    "auto_update_enabled": {"type": "bool"},
    "schedule": {"type": "dict", "options": WHEN},
}

SPEC = ModuleSpec(
    manage_updates,
    {
        "categories": {"type": "list", "elements": "str", "default": []},
        "names": {"type": "list", "elements": "str", "default": []},
        "update_types": {
            "type": "list",
            "elements": "str",
            "choices": ["Release", "Beta", "MajorRelease", "Alpha", "Hotfix"],
            "default": ["Release", "Hotfix"],
        },
        "schedule": {"type": "dict", "options": SCHEDULE},
        "wait_timeout": {"type": "float", "default": 3600.0},
        "interval": {"type": "float", "default": 10.0},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
