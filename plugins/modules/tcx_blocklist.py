# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the IP blocklist of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_blocklist
short_description: Manage the IP blocklist of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes block and allow entries for IP addresses and networks.
  - An entry is known by its network. V(203.0.113.0/24) and V(203.0.113.0/255.255.255.0) are the same entry,
    as are V(203.0.113.7) and V(203.0.113.7/32).
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  entries:
    description:
      - The entries.
      - An entry whose O(entries[].expires_at) is over is not created, since the PBX removes such entries itself.
    type: list
    elements: dict
    required: true
    suboptions:
      ip_addr_mask:
        description:
          - A single address, a network in CIDR notation, or a network with a dotted mask.
        type: str
        aliases: [network]
      block_type:
        description:
          - Whether the network is blocked or allowed. Where entries overlap, the narrower network wins.
          - New entries are V(Block) if this is left out.
        type: str
        choices: [Block, Allow]
      description:
        description:
          - A note for people.
        type: str
      expires_at:
        description:
          - When the PBX removes the entry, with a time zone, such as V(2027-01-31T18:00:00Z). Compared to the minute.
          - An empty text lets the entry stay for good.
        type: str
      if_match:
        description:
          - With O(state=absent), an ETag. The entry is only removed if the PBX still has this version of it.
        type: str
      id:
        description:
          - ID of the entry on the PBX, to tell double entries apart or to change the network of an entry.
        type: int
      added_by:
        description:
          - Who added the entry. Decided by the PBX; accepted here so that results can be used as input.
        type: str
  purge_filter:
    description:
      - Which unlisted entries O(purge) may remove. An entry has to meet all conditions.
    type: dict
    suboptions:
      added_by:
        description:
          - The origins of entries. All others, such as V(AutoBlacklist), come and go by themselves.
        type: list
        elements: str
        choices: [Manual, Mcu, Webmeeting, AutoBlacklist, Whitelist]
        default: [Manual]
      block_type:
        description:
          - Only entries of this type.
        type: str
        choices: [Block, Allow]
      description:
        description:
          - Only entries whose description contains this text.
        type: str
  mask_notation:
    description:
      - How networks are written to the PBX. V(auto) follows what the PBX shows for its other entries.
    type: str
    choices: [auto, cidr, dotted]
    default: auto
  never_block:
    description:
      - Addresses and networks that must not be blocked by the result. A task that would do so is refused.
      - If not set, this is the controller's own address towards the PBX.
        Behind address translation the PBX sees another one; list it here.
    type: list
    elements: str
  force:
    description:
      - Whether to go on even if an address in O(never_block) would be blocked.
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_info
"""

EXAMPLES = r"""
- name: Block two scanners, one of them until the end of January
  tcx.pbx.tcx_blocklist:
    entries:
      - ip_addr_mask: 203.0.113.0/24
        description: SIP scanner
      - ip_addr_mask: 198.51.100.77
        description: Password guessing
        expires_at: "2031-01-31T00:00:00Z"

- name: Make the manual entries exactly these, but never remove more than ten
  tcx.pbx.tcx_blocklist:
    entries:
      - ip_addr_mask: 203.0.113.0/24
        description: SIP scanner
      - ip_addr_mask: 192.0.2.0/24
        block_type: Allow
        description: Head office
    purge: true
    max_deletions: 10

- name: Take an address off the list
  tcx.pbx.tcx_blocklist:
    entries:
      - ip_addr_mask: 198.51.100.77
    state: absent
"""

RETURN = r"""
entries:
  description: The listed entries as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 17
      ip_addr_mask: 203.0.113.0/24
      block_type: Block
      description: SIP scanner
      expires_at: "2031-01-31T00:00:00Z"
      added_by: Manual
created:
  description: Networks of new entries.
  returned: success
  type: list
  elements: str
  sample: [203.0.113.0/24]
updated:
  description: Networks of changed entries.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Networks of removed entries.
  returned: success
  type: list
  elements: str
  sample: [198.51.100.77]
outcomes:
  description: What became of each change.
  returned: when a change failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(entries); null for an entry that was to be purged.
      type: int
    item:
      description: The network.
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

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.blocklist import Blocklist, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import Network, network
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS, manage
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import parsed
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.address import own_address

BLOCK_TYPES = ["Block", "Allow"]
ORIGINS = ["Manual", "Mcu", "Webmeeting", "AutoBlacklist", "Whitelist"]

ENTRY = {
    "ip_addr_mask": {"type": "str", "aliases": ["network"]},
    "block_type": {"type": "str", "choices": BLOCK_TYPES},
    "description": {"type": "str"},
    "expires_at": {"type": "str"},
    "if_match": {"type": "str"},
    "id": {"type": "int"},
    "added_by": {"type": "str"},
}
PURGE_FILTER = {
    "added_by": {"type": "list", "elements": "str", "choices": ORIGINS, "default": ["Manual"]},
    "block_type": {"type": "str", "choices": BLOCK_TYPES},
    "description": {"type": "str"},
}


def operation(task: Task) -> dict[str, Any]:
    params = task.params
    wanted = params["purge_filter"]
    resource = Blocklist(
        mask_notation=params["mask_notation"],
        never_block=[] if params["force"] else protected(task),
        purge_filter=PurgeFilter(tuple(wanted["added_by"]), wanted["block_type"], wanted["description"]),
    )
    return manage(task, resource)


def protected(task: Task) -> list[Network]:
    if task.params["never_block"] is not None:
        return parsed("never_block", network, task.params["never_block"])
    address = own_address(task.params["url"])
    return [network(address)] if address else []


SPEC = ModuleSpec(
    operation,
    {
        "entries": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": ENTRY,
            "required_one_of": [["ip_addr_mask", "id"]],
        },
        **STATE_OPTIONS,
        "purge_filter": {"type": "dict", "apply_defaults": True, "options": PURGE_FILTER},
        "mask_notation": {"type": "str", "choices": ["auto", "cidr", "dotted"], "default": "auto"},
        "never_block": {"type": "list", "elements": "str"},
        "force": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
