# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage which DID of a 3CX PBX rings where."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_trunk_routes
short_description: Manage which DID of a 3CX PBX rings where
version_added: 0.1.0
description:
  - Routes the DIDs of trunks to extensions, queues, ring groups, IVRs, fax extensions and route points, and unroutes
    them.
  - A route is known by its trunk and its DID. DIDs compare exactly as text. In YAML they have to be quoted if they
    start with a plus or a zero; a DID that was surely meant to be another spelling of a known one is an error.
  - The PBX takes the DIDs of one destination as a whole. The module asks it for the present ones just before it writes,
    so all other DIDs of that destination stay, on whatever trunk they are.
  - A DID that moves is added to its new destination first. It is never without a route in between, and a task that was
    interrupted ends as wanted when it is run again.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  routes:
    description:
      - The DIDs and where they ring.
    type: list
    elements: dict
    required: true
    suboptions:
      did:
        description:
          - The DID, exactly as the trunk has it.
        type: str
        required: true
      trunk:
        description:
          - Name or number of the trunk. Bridges to other PBXs and internal trunks have no DID routes.
        type: str
        required: true
      destination:
        description:
          - Number of the extension, queue, ring group, IVR, fax extension or route point that rings.
          - Required for a DID that has no route yet. Ignored with O(state=absent).
          - This is the destination during office hours. Destinations outside office hours and on holidays that were
            set on the PBX stay as they are when the DID moves.
        type: str
      display_name:
        description:
          - The name of the route, such as what the called person sees. A DID that moves keeps the one it has.
        type: str
      id:
        description:
          - ID of the inbound rule. Decided by the PBX; accepted here so that results can be used as input.
        type: int
      office_hours_destination:
        description:
          - Where calls go if that is not a number of the PBX, such as V(External +4930123456) or V(VoiceMail 100).
            Such a rule has no O(routes[].destination); giving one replaces it.
          - Only shown; accepted here so that results can be used as input.
        type: str
      out_of_office_hours_destination:
        description:
          - Where calls go outside office hours if that is another place.
          - Only shown; accepted here so that results can be used as input.
        type: str
      holidays_destination:
        description:
          - Where calls go on holidays if that is another place.
          - Only shown; accepted here so that results can be used as input.
        type: str
  purge:
    description:
      - Whether DIDs that are not listed are unrouted as well, on the trunks that O(routes) and O(purge_trunks) name
        and on no others.
      - An inbound rule that sends calls to something else than a number of the PBX, such as an outside number or a
        voice mail box, stays, with a warning. List its DID with O(state=absent) to remove it.
  purge_trunks:
    description:
      - Names or numbers of further trunks that O(purge) concerns.
    type: list
    elements: str
    default: []
  add_missing_dids:
    description:
      - Whether listed DIDs that their trunk does not have are added to it before they are routed.
        Otherwise an unknown DID is an error before anything is written.
    type: bool
    default: false
notes:
  - A warning tells when a route that was not to change is different afterwards, and when a removed inbound rule was
    more than a DID route.
  - Moving DIDs costs one call for each destination that changes. Only a DID with destinations of its own outside
    office hours costs a call by itself, because its inbound rule is changed in place.
seealso:
  - module: tcx.pbx.tcx_info
"""

EXAMPLES = r"""
- name: Route two DIDs to the sales queue, whatever else rings there
  tcx.pbx.tcx_trunk_routes:
    routes:
      - did: "+498955500010"
        trunk: Provider A
        destination: "800"
        display_name: Sales
      - did: "+498955500011"
        trunk: Provider A
        destination: "800"

- name: Route a DID that the trunk does not have yet
  tcx.pbx.tcx_trunk_routes:
    routes:
      - did: "+498955500999"
        trunk: Provider A
        destination: "100"
        display_name: New office
    add_missing_dids: true

- name: Unroute a DID
  tcx.pbx.tcx_trunk_routes:
    routes:
      - did: "+498955500999"
        trunk: Provider A
    state: absent

- name: Make the routes of one trunk exactly these, but never unroute more than five DIDs
  tcx.pbx.tcx_trunk_routes:
    routes:
      - did: "+498955500010"
        trunk: Provider A
        destination: "820"
    purge: true
    max_deletions: 5
"""

RETURN = r"""
routes:
  description: The listed routes as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 131
      did: "+498955500010"
      trunk: Provider A
      destination: "800"
      display_name: Sales
      office_hours_destination: null
      out_of_office_hours_destination: VoiceMail 100
      holidays_destination: null
created:
  description: DIDs, each with its trunk, that had no route.
  returned: success
  type: list
  elements: str
  sample: ["+498955500010 on Provider A"]
updated:
  description: DIDs, each with its trunk, whose route changed.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: DIDs, each with its trunk, that were unrouted.
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
      description: Position in O(routes); null for a route that was to be purged.
      type: int
    item:
      description: The DID and its trunk.
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
  sample: {"requests": 6, "retries": 0, "tokens": 1}
"""

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.trunk_routes import TrunkRoutes
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS, manage
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task

ROUTE = {
    "did": {"type": "str", "required": True},
    "trunk": {"type": "str", "required": True},
    "destination": {"type": "str"},
    "display_name": {"type": "str"},
    "id": {"type": "int"},
    "office_hours_destination": {"type": "str"},
    "out_of_office_hours_destination": {"type": "str"},
    "holidays_destination": {"type": "str"},
}


def operation(task: Task) -> dict[str, Any]:
    params = task.params
    if params["purge"] and not params["routes"] and not params["purge_trunks"]:
        raise OptionError("purge: routes is empty, so it is not known which trunks to purge; name them in purge_trunks")
    resource = TrunkRoutes(
        add_missing_dids=params["add_missing_dids"], purge=params["purge"], purge_trunks=params["purge_trunks"]
    )
    result = manage(task, resource)
    for text in resource.notices():
        task.warn(text)
    return result


SPEC = ModuleSpec(
    operation,
    {
        "routes": {"type": "list", "elements": "dict", "required": True, "options": ROUTE},
        **STATE_OPTIONS,
        "purge_trunks": {"type": "list", "elements": "str", "default": []},
        "add_missing_dids": {"type": "bool", "default": False},
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
