# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep a report on the controller."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_report
short_description: Keep a report on the controller
version_added: 0.1.0
description:
  - Writes a report as data, in C(NAME.report.json), and as a page, in C(NAME.report.html), for its owner only.
  - A file is written whole or not at all.
  - Talks to no PBX. The role P(tcx.pbx.report#role) is made of it.
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
    support: full
  async:
    description: Supports being used with the C(async) keyword.
    support: none
options:
  directory:
    description:
      - Directory of the reports, on the controller. It is made if it is needed, with mode 0700. Files have mode 0600.
      - A symbolic link, or a directory of another user, is refused.
    type: path
    required: true
  name:
    description: What the names of the files begin with, such as V(pbx-berlin.20270131T210000Z).
    type: str
    required: true
  data:
    description: The report as P(tcx.pbx.report#filter) makes it.
    type: dict
    required: true
  page:
    description: The page as P(tcx.pbx.report_page#filter) makes it.
    type: str
    required: true
seealso:
  - plugin: tcx.pbx.report
    plugin_type: filter
"""

EXAMPLES = r"""
- name: Keep a report
  tcx.pbx.tcx_report:
    directory: "{{ playbook_dir }}/reports"
    name: pbx-berlin.20270131T210000Z
    data: "{{ checked }}"
    page: "{{ checked | tcx.pbx.report_page }}"
  vars:
    checked: "{{ told | tcx.pbx.report(playbook_dir ~ '/reports') }}"
    told:
      runbook: example
      title: Example
      host: pbx-berlin
      id: 20270131T210000Z
      started: "2027-01-31T21:00:00Z"
      ended: "2027-01-31T21:00:10Z"
      result: nothing to do
      headline: The PBX was in the desired state already.
"""

RETURN = r"""
files:
  description: The files, the data first.
  returned: success
  type: list
  elements: str
  sample:
    - /srv/reports/pbx-berlin.20270131T210000Z.report.json
    - /srv/reports/pbx-berlin.20270131T210000Z.report.html
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.report_files import keep_report, options_shown
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

SPEC = ModuleSpec(
    keep_report,
    {
        "directory": {"type": "path", "required": True},
        "name": {"type": "str", "required": True},
        "data": {"type": "dict", "required": True},
        "page": {"type": "str", "required": True},
    },
    shown=options_shown,
    local=True,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
