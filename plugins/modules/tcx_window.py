# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep the papers of maintenance windows."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_window
short_description: Keep the papers of maintenance windows
version_added: 0.1.0
description:
  - Keeps the snapshot, the journal and the state of maintenance windows as files on the controller, so that a window
    that was killed is found by the next run, and a PBX can be taken back on another day.
  - Two runs never have a window on the same PBX at the same time. Whether a run that has a window still lives is looked
    up by its process.
  - Talks to no PBX. The role P(tcx.pbx.maintenance_window#role) is made of it.
author:
  - tcx.pbx contributors (@tcx-pbx)
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying anything.
    support: full
    details:
      - No file is written then.
  diff_mode:
    description: Will return details on what has changed, when in diff mode.
    support: none
  idempotent:
    description: When run twice in a row with the same arguments, the second run changes nothing.
    support: partial
    details:
      - Lines are written each time with O(state=noted).
  async:
    description: Supports being used with the C(async) keyword.
    support: none
options:
  directory:
    description:
      - Directory of the papers, on the controller. It is made if it is needed, with mode 0700. Files have mode 0600.
      - A symbolic link, or a directory of another user, is refused.
    type: path
    required: true
  host:
    description:
      - Whose papers, such as C(inventory_hostname). The names of its files begin with it.
    type: str
    required: true
  state:
    description:
      - V(read) tells of a window and writes nothing.
      - V(open) opens a new window with its snapshot, or takes up one whose run is gone.
      - V(noted) writes O(lines) to the journal of a window.
      - V(closed) closes a window.
    type: str
    choices: [read, open, noted, closed]
    default: read
  id:
    description:
      - Which window, by its start in UTC as in V(20270131T210000Z), or V(latest) for the one that is open, else the
        newest.
      - If it is left out, the one that is open, and for a new one the present moment.
    type: str
  pbx:
    description:
      - What is known of the PBX, with its C(fqdn), so that it is recognised under another name.
    type: dict
  snapshot:
    description:
      - What is needed to go back. Needed for a new window, and never shown.
    type: dict
  lines:
    description:
      - Lines for the journal. Each gets the present C(time) if it has none.
    type: list
    elements: dict
  purpose:
    description:
      - With O(state=open), what the window is held for. V(rollback) opens a window again that was closed.
    type: str
    choices: [window, rollback]
    default: window
  take_over:
    description:
      - Whether a window is taken from a run that is alive or cannot be asked, since it is on another controller.
      - Also begins a window although one of the same PBX was interrupted under another name. It stays open.
    type: bool
    default: false
  result:
    description:
      - How the window ended, for O(state=closed).
    type: str
    default: done
  step:
    description:
      - Fail, and write nothing, if this step of O(expected) cannot begin any more. A step may begin if it and all steps
        after it are expected to end before O(deadline), and if there would still be time for going back should it fail.
    type: str
  expected:
    description:
      - Seconds that each step is expected to take, in the order of the steps.
    type: dict
  deadline:
    description:
      - End of the window, with a time zone, such as V(2027-01-31T22:00:00+01:00). If it is left out or empty, there is
        time for everything.
    type: str
  reserve:
    description:
      - Seconds that going back takes.
    type: int
    default: 0
  content:
    description:
      - Whether O(state=read) returns the snapshot and the journal as well. Use C(no_log) then, since a snapshot holds
        scripts of call flow apps.
    type: bool
    default: false
notes:
  - Always runs on the controller, in the worker process of C(ansible-playbook), whatever host the task is for. It has
    no connection options and is not in the action group C(tcx.pbx.tcx).
"""

EXAMPLES = r"""
- name: Open a window
  tcx.pbx.tcx_window:
    directory: "{{ playbook_dir }}/windows"
    host: "{{ inventory_hostname }}"
    state: open
    pbx: {fqdn: pbx.example.com}
    snapshot: {outbound_rules: []}
    lines:
      - {step: open, event: done, msg: the snapshot is kept}

- name: Write down what is done
  tcx.pbx.tcx_window:
    directory: "{{ playbook_dir }}/windows"
    host: "{{ inventory_hostname }}"
    state: noted
    lines:
      - {step: drain, event: started}

- name: Write down what is begun, if there is time for it
  tcx.pbx.tcx_window:
    directory: "{{ playbook_dir }}/windows"
    host: "{{ inventory_hostname }}"
    state: noted
    step: apply
    expected: {apply: 60, verify: 120}
    deadline: "2037-01-31T22:00:00+01:00"
    reserve: 300
    lines:
      - {step: apply, event: started}

- name: Close it
  tcx.pbx.tcx_window:
    directory: "{{ playbook_dir }}/windows"
    host: "{{ inventory_hostname }}"
    state: closed
    id: latest
    result: done

- name: See whether a window was interrupted
  tcx.pbx.tcx_window:
    directory: "{{ playbook_dir }}/windows"
    host: "{{ inventory_hostname }}"
"""

RETURN = r"""
standing:
  description:
    - V(none) if there is no such window, V(closed), or for an open one whose it is. V(mine) of this very run, V(alive)
      of another one that lives, V(gone) of one that died, V(elsewhere) of one on another controller, which cannot be
      asked.
  returned: success
  type: str
  sample: gone
window:
  description: The state of the window, null if there is none.
  returned: success
  type: dict
  sample:
    schema: 1
    host: pbx.example.com
    id: 20270131T210000Z
    pbx: {fqdn: pbx.example.com}
    purpose: window
    owner: {controller: ops1, place: "", boot: "", pid: 4711, began: "8345"}
    opened: "2027-01-31T21:00:00Z"
    since: "2027-01-31T21:00:00Z"
    closed: ""
    result: ""
    age: 1800
held_by:
  description: Which run has or had the window, for people. Empty if there is no window.
  returned: success
  type: str
  sample: process 4711 on ops1 since 2027-01-31T21:00:00Z
files:
  description: Paths of C(snapshot) and C(journal).
  returned: if there is a window
  type: dict
  sample: {"snapshot": "/srv/windows/pbx.20270131T210000Z.snapshot.json"}
known:
  description: All windows of this host, the oldest first.
  returned: success
  type: list
  elements: str
  sample: [20270131T210000Z]
open:
  description: Which of them is open, empty if none is.
  returned: success
  type: str
  sample: 20270131T210000Z
time:
  description:
    - Seconds. C(left) until the end of the window, C(needed) by the step and those after it, and C(turn) until going
      back has to begin at the latest.
  returned: with O(step)
  type: dict
  sample: {"left": 3600, "needed": 180, "turn": 3300, "fits": true}
snapshot:
  description: The snapshot.
  returned: with O(content)
  type: dict
  sample: {"outbound_rules": []}
journal:
  description: The lines of the journal.
  returned: with O(content)
  type: list
  elements: dict
  sample: [{"time": "2027-01-31T21:00:00Z", "step": "drain", "event": "started"}]
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.window import keep_window, options_shown

SPEC = ModuleSpec(
    keep_window,
    {
        "directory": {"type": "path", "required": True},
        "host": {"type": "str", "required": True},
        "state": {"type": "str", "choices": ["read", "open", "noted", "closed"], "default": "read"},
        "id": {"type": "str"},
        "pbx": {"type": "dict"},
        "snapshot": {"type": "dict"},
        "lines": {"type": "list", "elements": "dict"},
        "purpose": {"type": "str", "choices": ["window", "rollback"], "default": "window"},
        "take_over": {"type": "bool", "default": False},
        "result": {"type": "str", "default": "done"},
        "step": {"type": "str"},
        "expected": {"type": "dict"},
        "deadline": {"type": "str"},
        "reserve": {"type": "int", "default": 0},
        "content": {"type": "bool", "default": False},
    },
    shown=options_shown,
    local=True,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
