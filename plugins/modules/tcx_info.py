# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read the state of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_info
short_description: Read the state of a 3CX PBX
version_added: 0.1.0
description:
  - Reads status, licence, services, trunks, outbound rules, blocklist, call flow apps and DID routes.
  - Lists come in the shape that the module managing them takes, so that they can be kept and put back.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.info
options:
  gather:
    description:
      - What to read. The version is always told.
    type: list
    elements: str
    choices:
      - system_status
      - license
      - services
      - trunks
      - outbound_rules
      - blocklist
      - call_flow_apps
      - call_flow_app_uses
      - did_routes
      - active_calls
      - certificate
    default: [system_status, license, services]
  call_flow_scripts:
    description:
      - Names or numbers of call flow apps whose script is read as well, as RV(call_flow_apps[].script_code).
      - Scripts often contain passwords. Use C(no_log) on the task and keep the result in a safe place.
      - Needs V(call_flow_apps) in O(gather).
    type: list
    elements: str
    default: []
seealso:
  - module: tcx.pbx.tcx_blocklist
  - module: tcx.pbx.tcx_call_flow_apps
  - module: tcx.pbx.tcx_outbound_rules
  - module: tcx.pbx.tcx_service
  - module: tcx.pbx.tcx_trunk_routes
"""

EXAMPLES = r"""
- name: Read what a maintenance window needs to know
  tcx.pbx.tcx_info:
    gather: [system_status, license, services]
  register: pbx

- name: Show services that do not run
  ansible.builtin.debug:
    msg: "{{ pbx.services | rejectattr('state', 'equalto', 'started') | map(attribute='name') | list }}"

- name: Keep the outbound rules in a file
  tcx.pbx.tcx_info:
    gather: [outbound_rules]
  register: rules

- name: Put them back, in the same order
  tcx.pbx.tcx_outbound_rules:
    rules: "{{ rules.outbound_rules }}"
    order: listed
"""

RETURN = r"""
version:
  description: Version of the PBX as it tells with every answer.
  returned: success
  type: str
  sample: 20.0.10.1107
system_status:
  description: Status of the system; names are those of the XAPI in snake case. The licence key is left out.
  returned: when gathered
  type: dict
  sample: {"fqdn": "pbx.example.com", "disk_usage": 41, "calls_active": 0, "trunks_registered": 2}
license:
  description: Status of the licence. The licence key is left out.
  returned: when gathered
  type: dict
  sample: {"license_active": true, "product_code": "3CXPSENT", "max_sim_calls": 16}
services:
  description: Services, as O(tcx.pbx.tcx_service#module:services) takes them.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"name": "3CXIVR01", "display_name": "3CX IVR Server", "state": "started", "status": "Running"}]
trunks:
  description: Trunks with their DIDs.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"name": "Provider A", "number": "10000", "did_numbers": ["+498955500010"], "is_online": true}]
outbound_rules:
  description: Outbound rules in the order of evaluation, as O(tcx.pbx.tcx_outbound_rules#module:rules) takes them.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"name": "National", "prefix": "0", "routes": [{"trunk_name": "Provider A", "strip_digits": 1}]}]
blocklist:
  description: Block and allow entries, as O(tcx.pbx.tcx_blocklist#module:entries) takes them.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"ip_addr_mask": "203.0.113.0/24", "block_type": "Block", "added_by": "Manual"}]
call_flow_apps:
  description: Call flow apps, as O(tcx.pbx.tcx_call_flow_apps#module:apps) takes them.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"name": "Callback survey", "number": "830"}]
  contains:
    script_code:
      description: The script. Only for apps in O(call_flow_scripts).
      returned: when asked for
      type: str
call_flow_app_uses:
  description: Which call flow apps are in use.
  returned: when gathered
  type: dict
  contains:
    used_by:
      description: Numbers of apps with what leads calls to them, for people. An app that nothing leads to is not in it.
      type: dict
    unread:
      description:
        - What the API client is not allowed to look at, with the reason. If this is not empty, there may be other uses.
      type: dict
  sample: {"used_by": {"830": ["IVR 820 \"Main menu\" (key 9)"]}, "unread": {}}
did_routes:
  description: DIDs and where they ring, as O(tcx.pbx.tcx_trunk_routes#module:routes) takes them.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"did": "+498955500010", "trunk": "Provider A", "destination": "800", "display_name": "Sales"}]
active_calls:
  description: Calls that are going on.
  returned: when gathered
  type: list
  elements: dict
  sample: [{"caller": "100", "callee": "+4989555000", "status": "Talking"}]
certificate:
  description:
    - How long the certificate is valid that the address of the PBX shows. Null if O(url) is not an C(https) address.
    - It is read by a TLS handshake of its own, past any proxy, even if it is not valid.
  returned: when gathered
  type: dict
  sample: {"not_before": "2026-12-01T00:00:00Z", "not_after": "2027-03-01T00:00:00Z"}
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 3, "retries": 0, "tokens": 1}
"""

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.gathering import PARTS, scripts_of
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client

# What is no part of the XAPI.
CERTIFICATE = "certificate"


def operation(task: Task) -> dict[str, Any]:
    gather, scripts = task.params["gather"], task.params["call_flow_scripts"]
    if scripts and "call_flow_apps" not in gather:
        raise OptionError("call_flow_scripts needs call_flow_apps in gather")
    result = {name: _part(task.client, name) for name in dict.fromkeys(gather)}
    if scripts:
        result["call_flow_apps"] = scripts_of(task.client, result["call_flow_apps"], scripts)
    version = task.client.version or task.client.ping()
    return {"changed": False, "version": version, **result}


def _part(client: Client, name: str) -> Any:
    return client.certificate() if name == CERTIFICATE else PARTS[name](client)


SPEC = ModuleSpec(
    operation,
    {
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": [*PARTS, CERTIFICATE],
            "default": ["system_status", "license", "services"],
        },
        "call_flow_scripts": {"type": "list", "elements": "str", "default": []},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
