# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read anything from a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_query
short_description: Read anything from a 3CX PBX
version_added: 0.1.0
description:
  - Reads any set, entity, singleton or report of the XAPI, all pages of it.
  - Fields, filters and parameters are checked against what this version of the PBX offers, before anything is asked.
  - Secrets, such as the passwords of users, are not asked for unless O(select) names them.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.info
options:
  set:
    description:
      - A set such as V(Users), a singleton such as V(SystemStatus), or what belongs to an entity and needs O(key), such
        as V(Users/Groups). Capitals make no difference, and V(system_status) is V(SystemStatus).
    type: str
  function:
    description:
      - A function that returns data, such as V(ReportCallLogData/Pbx.GetCallLogData). The prefix C(Pbx.) may be left
        out.
    type: str
  key:
    description:
      - The key of the one entity that is meant. Without a match there are no items.
      - 'A dictionary of fields, such as V({number: "100"}), is looked up. It has to match exactly one entity.'
    type: raw
  parameters:
    description:
      - The parameters of O(function), in snake case or as the XAPI spells them. A text that is left out is sent empty.
    type: dict
    default: {}
  filter:
    description:
      - A dictionary of fields, or OData text, which is sent as it is. An item has to meet all conditions.
      - 'V({number: "100"}) compares, and a list, such as V({type: [Queue, RingGroup]}), matches any of its values.'
      - 'V({name: {contains: berlin}, id: {ge: 5, lt: 10}}) uses operators. There are V(eq), V(ne), V(gt), V(ge), V(lt),
        V(le), V(in), and for text V(contains), V(startswith) and V(endswith).'
      - 'V({gateway: {name: Provider A}}) looks into a field that has fields. V(null) is what has no value.'
      - Conditions on lists have to be given as OData text.
    type: raw
  select:
    description:
      - Only these fields, in snake case or as the XAPI spells them. V(gateway/name) is a field of a field.
      - Secrets are shown only if they are named here. Use C(no_log) on the task then.
    type: list
    elements: str
    default: []
  expand:
    description:
      - What belongs to an item and is not shown otherwise, such as V([groups]).
      - 'A dictionary says more, such as V({groups: {select: [name], filter: {name: Berlin}, expand: [rights]}}).
        OData text with parentheses, such as V([Groups($expand=Rights\)]), is sent as it is.'
    type: raw
  orderby:
    description:
      - Fields to order by, such as V(name) or V(id desc).
    type: list
    elements: str
    default: []
  search:
    description:
      - Text that the PBX looks for in the fields it finds fit.
    type: str
  limit:
    description:
      - The most items to read. All if not set.
    type: int
notes:
  - The value of a parameter of the PBX whose name sounds like a secret is never shown.
seealso:
  - module: tcx.pbx.tcx_action
  - module: tcx.pbx.tcx_info
  - plugin: tcx.pbx.tcx_query
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Extensions that are not registered
  tcx.pbx.tcx_query:
    set: Users
    filter:
      is_registered: false
      number:
        startswith: "1"
    select: [number, first_name, last_name, email_address]
    orderby: [number]
  register: offline

- name: Show them as a table
  ansible.builtin.debug:
    msg: "{{ (offline.found | tcx.pbx.as_table).splitlines() }}"

- name: Queues and ring groups
  tcx.pbx.tcx_query:
    set: Peers
    filter:
      type: [Queue, RingGroup]

- name: Departments of one extension
  tcx.pbx.tcx_query:
    set: Users/Groups
    key:
      number: "100"

- name: Is the console restricted?
  tcx.pbx.tcx_query:
    set: console_restrictions

- name: Rules for emergency calls
  tcx.pbx.tcx_query:
    function: OutboundRules/GetEmergencyOutboundRules
    select: [name, prefix]
"""

RETURN = r"""
found:
  description:
    - The items, with names in snake case and dates as the PBX writes them. One thing is a list of one, and a plain
      value is a dictionary with the key C(value).
  returned: success
  type: list
  elements: dict
  sample: [{"id": 29, "number": "100", "first_name": "Anna"}]
count:
  description: How many items were found.
  returned: success
  type: int
  sample: 1
version:
  description: Version of the PBX.
  returned: success
  type: str
  sample: 20.0.10.1107
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 2, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.query import QUERY_OPTIONS, run_query
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

SPEC = ModuleSpec(
    run_query,
    QUERY_OPTIONS,
    mutually_exclusive=[["set", "function"]],
    required_one_of=[["set", "function"]],
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
