# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the settings of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_settings
short_description: Manage the settings of a 3CX PBX
version_added: 0.1.0
description:
  - Changes what a PBX has once, such as its mail server, its office hours, its codecs, or who may reach its console.
  - Only settings that differ are sent. All settings of a task are checked before the first of them is written.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  settings:
    description:
      - 'Groups of settings of the XAPI and their values, such as V({mail_settings: {mail_server: mail.example.com}}).
        Names are those of the XAPI, in snake case or as the XAPI spells them.'
      - A field that is left out or null is left alone. An empty text or an empty list clears it.
      - Lists are sent whole. Of a setting that has fields of its own, only those that are given are changed.
      - A password is given as text. It is written if O(update_password) says so, and never shown.
      - V(my_user) and V(my_group) belong to the API client itself.
    type: dict
    required: true
  update_password:
    description:
      - When passwords and other secrets are written. Settings exist from the beginning, and the PBX does not show their
        secrets, so nobody can compare them.
      - V(never) leaves them alone, so that a task may list them and still report no change.
      - V(always) writes them each time, and each time reports a change.
    type: str
    choices: [never, always]
    default: never
  force:
    description:
      - Whether to go on even if C(console_restrictions) would lock the controller out.
    type: bool
    default: false
notes:
  - A field that this version of the PBX does not have is an error before anything is written.
seealso:
  - module: tcx.pbx.tcx_object
  - module: tcx.pbx.tcx_query
"""

EXAMPLES = r"""
- name: Lock the console to two networks, and passwords to few guesses
  tcx.pbx.tcx_settings:
    settings:
      console_restrictions:
        access_restricted: true
        ip_whitelist:
          - 192.0.2.0/24
          # The address from which this controller reaches the PBX has to be among them.
          - 127.0.0.1
      anti_hacking_settings:
        hack_blacklist_duration: 86400

- name: Use another mail server, once with its password
  tcx.pbx.tcx_settings:
    settings:
      mail_settings:
        mail_server_type: Custom
        mail_server: mail.example.com
        mail_user: pbx
        mail_password: "{{ vault_mail_password }}"
    update_password: always

- name: Have office hours on weekdays
  tcx.pbx.tcx_settings:
    settings:
      office_hours:
        hours:
          type: OfficeHours
          periods:
            - {day_of_week: Monday, start: "08:00", stop: "18:00"}
            - {day_of_week: Tuesday, start: "08:00", stop: "18:00"}
"""

RETURN = r"""
settings:
  description: The settings that were given, as they are on the PBX afterwards. Without passwords.
  returned: success
  type: dict
  sample:
    mail_settings:
      mail_server: mail.example.com
      mail_user: pbx
updated:
  description: Names of the groups of settings that were changed.
  returned: success
  type: list
  elements: str
  sample: [mail_settings]
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    item:
      description: The group of settings.
      type: str
    action:
      description: Always V(update).
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
  sample: {"requests": 2, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.declared import FORCE, items_masked
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.settings import manage_settings
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

SPEC = ModuleSpec(
    manage_settings,
    {
        "settings": {"type": "dict", "required": True},
        "update_password": {"type": "str", "choices": ["never", "always"], "default": "never", "no_log": False},
        "force": FORCE,
    },
    shown=items_masked("settings"),
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
