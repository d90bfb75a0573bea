# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the callers that a 3CX PBX rejects."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_blacklist_numbers
short_description: Manage the callers that a 3CX PBX rejects
version_added: 0.1.0
description:
  - Creates, changes and removes entries of the list of caller IDs whose calls are rejected.
  - An entry is known by its caller ID, exactly as it is written. Block IP addresses with M(tcx.pbx.tcx_blocklist).
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  numbers:
    description:
      - The entries.
    type: list
    elements: dict
    required: true
    suboptions:
      caller_id:
        description:
          - The caller ID as the provider of the trunk sends it. V(*) stands for any digits, as in V(+49301234*).
        type: str
        aliases: [number]
      description:
        description:
          - A note for people.
        type: str
      id:
        description:
          - ID of the entry on the PBX, to tell double entries apart or to change the caller ID of an entry.
        type: str
      if_match:
        description:
          - With O(state=absent), an ETag. The entry is only removed if the PBX still has this version of it.
        type: str
seealso:
  - module: tcx.pbx.tcx_blocklist
  - module: tcx.pbx.tcx_object
"""

EXAMPLES = r"""
- name: Reject a caller, and everybody from a range of numbers
  tcx.pbx.tcx_blacklist_numbers:
    numbers:
      - caller_id: "+493012345678"
        description: Sales calls
      - caller_id: "+4930555*"

- name: Make the list exactly this, but leave what others noted as theirs
  tcx.pbx.tcx_blacklist_numbers:
    numbers:
      - caller_id: "+493012345678"
        description: Sales calls
    purge: true
    purge_filter:
      description: [Sales calls, Silent calls]
    max_deletions: 20

- name: Let a caller through again
  tcx.pbx.tcx_blacklist_numbers:
    numbers:
      - caller_id: "+493012345678"
    state: absent
"""

RETURN = r"""
numbers:
  description: The listed entries as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: "4"
      caller_id: "+493012345678"
      description: Sales calls
created:
  description: Caller IDs of new entries.
  returned: success
  type: list
  elements: str
  sample: ["+493012345678"]
updated:
  description: Caller IDs of changed entries.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Caller IDs of removed entries.
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
      description: Position in O(numbers); null for an entry that was to be purged.
      type: int
    item:
      description: The caller ID.
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
  sample: {"requests": 2, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import typed_spec

SPEC = typed_spec("BlackListNumbers", option="numbers", aliases={"caller_id": ["number"]})


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
