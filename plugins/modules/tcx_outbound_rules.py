# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the outbound rules of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_outbound_rules
short_description: Manage the outbound rules of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes, orders and removes the rules that decide which trunk an outgoing call takes.
  - A rule is known by its name. Trunks and departments are given by name or number,
    so that the same rules fit several PBXs.
  - Values are compared by what they mean. The number lengths V(9,10,11) and V(9-11) are the same, and so are
    the prefixes V(0-9) and V(0,1,2,3,4,5,6,7,8,9).
  - Only what differs is sent.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  rules:
    description:
      - The rules.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the rule.
          - A rule that is not there yet needs more than a name, so that a misspelt name is no new rule for all calls.
        type: str
      prefix:
        description:
          - Beginnings of the dialled numbers, such as V(0), V(00,+) or V(0-9).
            Both ends of a range have the same number of digits.
          - Write it in quotes. To YAML, an unquoted V(00) is the number zero.
        type: str
      number_length_ranges:
        description:
          - Lengths of the dialled numbers, such as V(10), V(9-11) or V(3,9-11).
        type: str
      dn_ranges:
        description:
          - Extensions that may use the rule.
        type: list
        elements: dict
        suboptions:
          from:
            description:
              - The first extension. Has to be given.
            type: str
          to:
            description:
              - The last extension. The same as the first one if left out.
            type: str
      group_names:
        description:
          - Departments whose extensions may use the rule, each by its name or its number, such as V(GRP0001).
            The order does not matter.
        type: list
        elements: str
        aliases: [departments]
      routes:
        description:
          - Trunks to try, in this order, five at most. The list is always taken as a whole.
        type: list
        elements: dict
        suboptions:
          trunk_name:
            description:
              - Name or number of the trunk. Has to be given.
            type: str
            aliases: [trunk]
          strip_digits:
            description:
              - How many digits to take off the front of the dialled number, V(0) to V(255).
            type: int
            default: 0
          prepend:
            description:
              - What to put in front of the number after that.
            type: str
            default: ""
          append:
            description:
              - What to put behind the number.
            type: str
            default: ""
          caller_id:
            description:
              - The caller ID to show on this route.
            type: str
            default: ""
      emergency_rule:
        description:
          - Whether the rule is for emergency numbers.
          - The last emergency rule with a route only goes with O(force), or once the same task has made another one.
        type: bool
      if_match:
        description:
          - With O(state=absent), an ETag. The rule is only removed if the PBX still has this version of it.
            It is then removed by a call of its own.
        type: str
      id:
        description:
          - ID of the rule on the PBX, to tell rules of the same name apart or to change the name of a rule.
        type: int
      priority:
        description:
          - The rank that the PBX gives the rule, V(0) being the first.
            Decided by the PBX; accepted here so that results can be used as input. Use O(order) to change it.
        type: int
  order:
    description:
      - V(ignore) leaves the order of evaluation alone. The PBX puts new rules last.
      - V(listed) makes the PBX evaluate the listed rules in the order of the list.
        Rules that are not listed stay before or behind as many others as possible.
      - The PBX only exchanges neighbours, one call each. The fewest calls are made.
      - Where the PBX keeps emergency rules apart from the others, they are put in order among themselves.
      - Has no effect with O(state=absent).
    type: str
    choices: [ignore, listed]
    default: ignore
  purge_filter:
    description:
      - Which unlisted rules O(purge) may remove. A rule has to meet all conditions.
    type: dict
    suboptions:
      name:
        description:
          - Only rules whose name contains this text.
        type: str
      group_names:
        description:
          - Only rules that are for some or all of these departments, and for no other.
            A rule without departments is for everybody and stays.
        type: list
        elements: str
        aliases: [departments]
      include_emergency:
        description:
          - Whether emergency rules are removed, too. Without it they stay, listed or not.
        type: bool
        default: false
  force:
    description:
      - Whether to go on even if no emergency rule with a route would be left on a PBX that has one.
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_info
  - module: tcx.pbx.tcx_trunk_routes
"""

EXAMPLES = r"""
- name: National calls by provider A, by provider B if that fails
  tcx.pbx.tcx_outbound_rules:
    rules:
      - name: National
        prefix: "0"
        number_length_ranges: 6-14
        departments: [DEFAULT, Sales, Support]
        routes:
          - trunk: Provider A
            strip_digits: 1
            prepend: "+49"
          - trunk: Provider B
            strip_digits: 1
            prepend: "+49"

- name: The warehouse may call the branch office, before any other rule but the emergency one is looked at
  tcx.pbx.tcx_outbound_rules:
    rules:
      - name: Emergency
      - name: Branch office
        prefix: "7"
        number_length_ranges: "4"
        departments: [Warehouse]
        routes:
          - trunk: Bridge to the branch office
            strip_digits: 1
      - name: Internal mobile
      - name: National
    order: listed

- name: Remove a rule that nobody needs any more
  tcx.pbx.tcx_outbound_rules:
    rules:
      - name: Legacy fax route
    state: absent

- name: Have these and the emergency rules only, but never remove more than two
  tcx.pbx.tcx_outbound_rules:
    rules:
      - name: Internal mobile
      - name: National
    purge: true
    max_deletions: 2
"""

RETURN = r"""
rules:
  description:
    - The listed rules as they are on the PBX afterwards. Empty for O(state=absent).
    - In check mode new rules have no RV(rules[].id) yet, and ranks are those of before.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: ID of the rule.
      type: int
    name:
      description: Name of the rule.
      type: str
    priority:
      description: Rank of the rule, V(0) being the first.
      type: int
    emergency_rule:
      description: Whether the rule is for emergency numbers.
      type: bool
    prefix:
      description: Beginnings of the dialled numbers, as the PBX writes them.
      type: str
    number_length_ranges:
      description: Lengths of the dialled numbers, as the PBX writes them.
      type: str
    dn_ranges:
      description: Extensions that may use the rule, each with C(from) and C(to).
      type: list
      elements: dict
    group_names:
      description: Departments that may use the rule, sorted by name.
      type: list
      elements: str
    routes:
      description: The routes in use, in their order, in the shape of O(rules[].routes).
      type: list
      elements: dict
  sample:
    - id: 21
      name: National
      priority: 2
      emergency_rule: false
      prefix: "0"
      number_length_ranges: 6-14
      dn_ranges: []
      group_names: [DEFAULT, Sales, Support]
      routes:
        - trunk_name: Provider A
          strip_digits: 1
          prepend: "+49"
          append: ""
          caller_id: ""
created:
  description: Names of new rules.
  returned: success
  type: list
  elements: str
  sample: [Branch office]
updated:
  description: Names of changed rules, with O(order=listed) also of those that were moved. A new rule is not among them.
  returned: success
  type: list
  elements: str
  sample: [National]
deleted:
  description: Names of removed rules.
  returned: success
  type: list
  elements: str
  sample: [Legacy fax route]
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(rules); null for a rule that was to be purged, and for the order.
      type: int
    item:
      description: Name of the rule, or V(evaluation order).
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
  sample: {"requests": 5, "retries": 0, "tokens": 1}
"""

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.outbound_rules import OutboundRules, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS, manage
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task

# What is missing in a range or a route is told by the resource, which can say in which one.
DN_RANGE = {
    "from": {"type": "str"},
    "to": {"type": "str"},
}
ROUTE = {
    "trunk_name": {"type": "str", "aliases": ["trunk"]},
    "strip_digits": {"type": "int", "default": 0},
    "prepend": {"type": "str", "default": ""},
    "append": {"type": "str", "default": ""},
    "caller_id": {"type": "str", "default": ""},
}
RULE = {
    "name": {"type": "str"},
    "prefix": {"type": "str"},
    "number_length_ranges": {"type": "str"},
    "dn_ranges": {"type": "list", "elements": "dict", "options": DN_RANGE},
    "group_names": {"type": "list", "elements": "str", "aliases": ["departments"]},
    "routes": {"type": "list", "elements": "dict", "options": ROUTE},
    "emergency_rule": {"type": "bool"},
    "if_match": {"type": "str"},
    "id": {"type": "int"},
    "priority": {"type": "int"},
}
PURGE_FILTER = {
    "name": {"type": "str"},
    "group_names": {"type": "list", "elements": "str", "aliases": ["departments"]},
    "include_emergency": {"type": "bool", "default": False},
}


def operation(task: Task) -> dict[str, Any]:
    params = task.params
    return manage(
        task,
        OutboundRules(
            listed_order=params["order"] == "listed",
            purge_filter=purge_filter(params["purge_filter"]),
            force=params["force"],
        ),
    )


def purge_filter(options: dict[str, Any]) -> PurgeFilter:
    departments = options["group_names"]
    return PurgeFilter(
        name=options["name"],
        group_names=None if departments is None else tuple(departments),
        include_emergency=options["include_emergency"],
    )


SPEC = ModuleSpec(
    operation,
    {
        "rules": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": RULE,
            "required_one_of": [["name", "id"]],
        },
        **STATE_OPTIONS,
        "order": {"type": "str", "choices": ["ignore", "listed"], "default": "ignore"},
        "purge_filter": {"type": "dict", "apply_defaults": True, "options": PURGE_FILTER},
        "force": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
