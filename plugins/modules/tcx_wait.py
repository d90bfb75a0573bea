# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Wait for something on a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_wait
short_description: Wait for something on a 3CX PBX
version_added: 0.1.0
description:
  - Waits until calls have ended, services run, trunks and extensions are registered, or the PBX has a certain
    version;
    for all of them together that are given. Without any of them it waits until the API answers.
  - While it waits, it tells on the console what is still lacking.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.info
options:
  max_calls:
    description:
      - Wait until no more calls than this are going on. V(0) waits until there is none.
    type: int
  services:
    description:
      - Wait until these services run. Name or display name, in upper or lower case.
    type: list
    elements: str
  services_before:
    description:
      - Wait until all services run that ran in this list, as RV(tcx.pbx.tcx_info#module:services) gives it.
    type: list
    elements: dict
  trunks:
    description:
      - Wait until these trunks are registered. Name or number.
    type: list
    elements: str
  trunks_before:
    description:
      - Wait until all trunks are registered that were so in this list, as RV(tcx.pbx.tcx_info#module:trunks)
        gives it.
    type: list
    elements: dict
  extensions_before:
    description:
      - How many extensions were registered before, as C(system_status.extensions_registered) of M(tcx.pbx.tcx_info)
        tells it. Wait until as many are registered again, or the share of them that O(extensions_share) says.
    type: int
  extensions_share:
    description:
      - Wait until this share is registered of the O(extensions_before), or of all extensions that the PBX has
        if these
        are not given. V(0.9) is nine of ten.
    type: float
  version:
    description:
      - Wait until the PBX has this version. V(20.0.8) means any build of it, V(20.0.8.1131) this very one.
    type: str
  wait_timeout:
    description:
      - Seconds to wait, for all conditions together. What does not hold by then is a failure that tells the
        last reading
        of each. This is not O(timeout), which is about one answer of the API.
    type: float
    default: 600.0
  interval:
    description:
      - Longest pause between two looks, in seconds. The first ones are shorter.
    type: float
    default: 5.0
  check_mode_wait:
    description:
      - Whether to wait in check mode as well.
      - If not, the module looks once, tells what does not hold, and does not fail for it. What earlier tasks
        would have
        done has not been done in a preview. A name that the PBX does not know is a failure, so that a preview finds it.
    type: bool
    default: false
notes:
  - The API may be away while the module waits. It then waits for it as well.
  - A service or trunk that the PBX does not list is waited for, since early after a restart its lists may be
    incomplete.
  - What is lacking is told when it changes, and every half minute. An ordinary module process, such as one with
    C(async),
    has no console and waits in silence.
seealso:
  - module: tcx.pbx.tcx_info
  - module: tcx.pbx.tcx_service
"""

EXAMPLES = r"""
- name: Read what there is
  tcx.pbx.tcx_info:
    gather: [system_status, services, trunks]
  register: before

- name: Wait until nobody phones any more, ten minutes at most
  tcx.pbx.tcx_wait:
    max_calls: 0
    wait_timeout: 600

- name: Wait until all is as it was before
  tcx.pbx.tcx_wait:
    services_before: "{{ before.services }}"
    trunks_before: "{{ before.trunks }}"
    extensions_before: "{{ before.system_status.extensions_registered }}"
    extensions_share: 0.9

- name: Wait until the API answers
  tcx.pbx.tcx_wait:

- name: Wait for one service and one trunk
  tcx.pbx.tcx_wait:
    services: [3CXIVR01]
    trunks: [Provider A]
"""

RETURN = r"""
holds:
  description: Whether all conditions hold.
  returned: always
  type: bool
conditions:
  description: Each condition with its last reading. The first is that the API answers.
  returned: always
  type: list
  elements: dict
  contains:
    condition:
      description: Name of the option, or V(api).
      type: str
    wanted:
      description: What was waited for, for people.
      type: str
    reading:
      description: What was read last, for people.
      type: str
    holds:
      description: Whether it holds.
      type: bool
  sample:
    - condition: api
      wanted: the API answers
      reading: it answers, version 20.0.8.1131
      holds: true
    - condition: max_calls
      wanted: no active calls
      reading: 0 active calls
      holds: true
elapsed:
  description: Seconds that were waited.
  returned: always
  type: int
  sample: 12
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 4, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.wait import wait_for_conditions

SPEC = ModuleSpec(
    wait_for_conditions,
    {
        "max_calls": {"type": "int"},
        "services": {"type": "list", "elements": "str"},
        "services_before": {"type": "list", "elements": "dict"},
        "trunks": {"type": "list", "elements": "str"},
        "trunks_before": {"type": "list", "elements": "dict"},
        "extensions_before": {"type": "int"},
        "extensions_share": {"type": "float"},
        "version": {"type": "str"},
        "wait_timeout": {"type": "float", "default": 600.0},
        "interval": {"type": "float", "default": 5.0},
        "check_mode_wait": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
