# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the call flow apps of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_call_flow_apps
short_description: Manage the call flow apps of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes call flow apps, which are route points with a script.
  - An app is known by its number, or by its name where no number is given. The number of an app never changes.
  - IVRs are not call flow apps.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  apps:
    description:
      - The apps.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the app. A new app needs one.
          - Together with O(apps[].number) or O(apps[].id), this renames an existing app.
            With O(state=absent), an app of another name is not removed; the task fails instead.
        type: str
      number:
        description:
          - Internal number of the app. The PBX chooses one for a new app if this is left out.
        type: str
      script_code:
        description:
          - The C# source of the app. Scripts often hold keys of other systems, so it is never shown.
            Results and diffs show O(apps[].script_hash) instead.
            Keep it in a file of its own, since Ansible itself quotes lines of a playbook when a task fails.
          - Compared with what the PBX has, apart from how lines end. An empty text removes the script.
          - If the PBX cannot compile it, the task fails with the words of the compiler,
            in which everything that stands in the script is blanked out. So does a later run with the same script.
            Check mode cannot foretell this.
        type: str
      routing_type:
        description:
          - How calls reach the app.
        type: str
        choices: [DialCode, Forward, Trunk]
      transcription_mode:
        description:
          - What is transcribed.
        type: str
        choices: [Nothing, Voicemail, Recordings, Both, Inherit]
      if_match:
        description:
          - An ETag. The app is only changed or removed if the PBX still has this version of it.
        type: str
      id:
        description:
          - ID of the app on the PBX, to tell apps of one name apart or to rename an app.
        type: int
      script_hash:
        description:
          - SHA-256 of the script, with line feeds as line ends and none after the last line.
            Decided by O(apps[].script_code); accepted here so that results can be used as input.
        type: str
      compilation_succeeded:
        description:
          - Whether the PBX could compile the script.
            Decided by the PBX; accepted here so that results can be used as input.
        type: bool
      compilation_result:
        description:
          - What the compiler said. Decided by the PBX; accepted here so that results can be used as input.
        type: str
      invalid_script:
        description:
          - Whether the PBX calls the script invalid.
            Decided by the PBX; accepted here so that results can be used as input.
        type: bool
      is_registered:
        description:
          - Whether the app takes calls. Decided by the PBX; accepted here so that results can be used as input.
        type: bool
  purge_filter:
    description:
      - Which unlisted apps O(purge) may remove. An app has to meet all conditions.
    type: dict
    suboptions:
      name:
        description:
          - Shell pattern for the name, such as V(Old *).
        type: str
        default: "*"
      number:
        description:
          - Shell pattern for the number, such as V(83?).
        type: str
        default: "*"
  force:
    description:
      - Whether to remove an app even if something still leads to it.
      - Without this, a task that would remove an app is refused while something leads to the number of the app,
        and the message names it. Looked at are inbound rules, IVRs, queues, ring groups, forwardings of extensions,
        departments, outbound rules, website links, call parking and hotel services.
      - A warning tells which of these the API client is not allowed to read.
        Without inbound rules and IVRs the task fails.
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_info
  - module: tcx.pbx.tcx_trunk_routes
"""

EXAMPLES = r"""
# Better: script_code: "{{ lookup('ansible.builtin.file', 'opening_hours.cs') }}"
- name: Put a script on the PBX
  tcx.pbx.tcx_call_flow_apps:
    apps:
      - name: Opening hours
        number: "839"
        routing_type: DialCode
        script_code: |
          public class OpeningHours : ScriptBase<OpeningHours>
          {
              public override void Start() { MyCall.Terminate(); }
          }

- name: Rename it, and leave its script as it is
  tcx.pbx.tcx_call_flow_apps:
    apps:
      - number: "839"
        name: Opening hours 2027

- name: Remove apps that nothing leads to any more
  tcx.pbx.tcx_call_flow_apps:
    apps:
      - name: Old Christmas menu
      - number: "839"
    state: absent

- name: Keep one app and remove all others whose name begins with Order
  tcx.pbx.tcx_call_flow_apps:
    apps:
      - name: Callback survey
    purge: true
    purge_filter:
      name: Order*
    max_deletions: 5
"""

RETURN = r"""
apps:
  description:
    - The listed apps as they are on the PBX afterwards. Empty for O(state=absent).
    - The hash of a script and the words of the compiler are there for apps whose script was given.
  returned: success
  type: list
  elements: dict
  sample:
    - id: 130
      name: Opening hours
      number: "839"
      routing_type: DialCode
      transcription_mode: Inherit
      script_hash: d90fff643adb0ff7fc4219311cbceb62e300a73817ced36f9111bae23648c7f7
      compilation_succeeded: true
      compilation_result: ""
      invalid_script: false
      is_registered: true
created:
  description: Names of new apps.
  returned: success
  type: list
  elements: str
  sample: [Opening hours]
updated:
  description: Names of changed apps, as they were before.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Names of removed apps.
  returned: success
  type: list
  elements: str
  sample: [Old Christmas menu]
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(apps); null for an app that was to be purged.
      type: int
    item:
      description: The name.
      type: str
    action:
      description: V(create), V(update) or V(delete).
      type: str
    status:
      description:
        - V(done), V(failed), V(unknown) if no answer came and looking was impossible, or V(skipped).
        - An app whose script was written but cannot be compiled has V(failed).
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

from ansible_collections.tcx.pbx.plugins.module_utils._resources.call_flow_apps import CallFlowApps, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._resources.call_flow_apps_script import Scripts
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS, manage
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task

APP = {
    "name": {"type": "str"},
    "number": {"type": "str"},
    "script_code": {"type": "str", "no_log": True},
    "routing_type": {"type": "str", "choices": ["DialCode", "Forward", "Trunk"]},
    "transcription_mode": {"type": "str", "choices": ["Nothing", "Voicemail", "Recordings", "Both", "Inherit"]},
    "if_match": {"type": "str"},
    "id": {"type": "int"},
    "script_hash": {"type": "str"},
    "compilation_succeeded": {"type": "bool"},
    "compilation_result": {"type": "str"},
    "invalid_script": {"type": "bool"},
    "is_registered": {"type": "bool"},
}
PURGE_FILTER = {
    "name": {"type": "str", "default": "*"},
    "number": {"type": "str", "default": "*"},
}


def operation(task: Task) -> dict[str, Any]:
    params, scripts = task.params, Scripts()
    resource = CallFlowApps(
        scripts=scripts,
        force=params["force"],
        purge_filter=PurgeFilter(**params["purge_filter"]),
        warn=task.warn,
    )
    return manage(task, resource, scripts.taken_from(params["apps"]))


SPEC = ModuleSpec(
    operation,
    {
        "apps": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": APP,
            "required_one_of": [["name", "number", "id"]],
        },
        **STATE_OPTIONS,
        "purge_filter": {"type": "dict", "apply_defaults": True, "options": PURGE_FILTER},
        "force": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
