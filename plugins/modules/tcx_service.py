# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start, stop, restart, enable and disable the services of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_service
short_description: Start, stop and restart the services of a 3CX PBX
version_added: 0.1.0
description:
  - Starts, stops, restarts, enables and disables the services that a PBX consists of, and waits until they are
    where they should be.
  - Works through the API of the PBX, without access to its operating system.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
attributes:
  idempotent:
    support: partial
    details:
      - V(restarted) restarts each time, and O(update_enabled=always) sends O(enabled) each time.
options:
  name:
    description:
      - The services, all with the same O(state) and O(enabled).
      - Name or display name as the PBX shows them, in upper or lower case. Display names differ between versions.
    type: list
    elements: str
    aliases: [names]
  state:
    description:
      - V(started) and V(stopped) do nothing for a service that is there already.
      - V(restarted) restarts the service, or starts it if it was stopped. This is always a change.
      - Left alone if not set.
    type: str
    choices: [started, stopped, restarted]
  enabled:
    description:
      - Whether the service starts by itself. A PBX may also stop a service that is disabled.
      - The PBX does not show this. See O(update_enabled) for when it is sent.
    type: bool
  services:
    description:
      - The services, each with its own wish. An item without a wish is only reported.
    type: list
    elements: dict
    suboptions:
      name:
        description:
          - As in O(name).
        type: str
        required: true
      state:
        description:
          - As in O(state).
        type: str
        choices: [started, stopped, restarted]
      enabled:
        description:
          - As in O(enabled).
        type: bool
      display_name:
        description:
          - Name for people. Decided by the PBX; accepted here so that results can be used as input.
        type: str
      status:
        description:
          - Status in the words of the PBX. Decided by the PBX; accepted here so that results can be used as input.
        type: str
      start_stop_enabled:
        description:
          - Whether the PBX allows to start and stop the service.
            Decided by the PBX; accepted here so that results can be used as input.
        type: bool
      restart_enabled:
        description:
          - Whether the PBX allows to restart the service.
            Decided by the PBX; accepted here so that results can be used as input.
        type: bool
  update_enabled:
    description:
      - When O(enabled) is sent to the PBX, which takes it but does not show it.
      - V(on_change) sends it only for a service whose state changes in the same run, before the state is changed.
        If such a run is interrupted, the next one sends both again.
      - V(always) sends it every time, which is then always a change. Needed for O(enabled) without a O(state).
    type: str
    choices: [on_change, always]
    default: on_change
  wait:
    description:
      - Whether to wait until the services are where they should be.
        If not, the task ends when the PBX has accepted the calls.
    type: bool
    default: true
  wait_timeout:
    description:
      - Seconds to wait for the services, for all of them together. A service that is not where it should be by then is
        a failure. This is not O(timeout), which is about one answer of the API.
      - While a service that serves the API restarts, the API may be away. The module keeps asking within this time.
    type: float
    default: 120.0
notes:
  - Calls for several services are bundled, one call for all that are to be stopped, started or restarted.
    What is to be stopped goes first, then what is to be started, then what is to be restarted.
  - An unknown or protected service is an error before the first call. A protected service that is in the wanted state
    already is none. Services that serve the API cannot be stopped, even where a PBX allows it, since nobody could
    start them again through the API. They can be restarted.
  - To stop the SIP server stops others along with it, and to start it does not start them.
    A warning tells which services were running before and are not running now without being listed.
  - A restart whose answer gets lost is not repeated.
    The module looks for signs that it took place, and fails if there are none.
seealso:
  - module: tcx.pbx.tcx_info
"""

EXAMPLES = r"""
- name: Stop the IVR and the queue server for maintenance
  tcx.pbx.tcx_service:
    name: [3CXIVR01, 3CXQueueManager01]
    state: stopped

- name: Start them again
  tcx.pbx.tcx_service:
    name: [3CXIVR01, 3CXQueueManager01]
    state: started

- name: Restart the management console, and go on when the API answers again
  tcx.pbx.tcx_service:
    name: 3CX PhoneSystem 01 Management Console
    state: restarted
    wait_timeout: 300

- name: Take the gateway service out of use, and make sure that the media server runs
  tcx.pbx.tcx_service:
    services:
      - name: 3CXGatewayService
        state: stopped
        enabled: false
      - name: 3CXMediaServer
        state: started
"""

RETURN = r"""
services:
  description: The listed services as they are afterwards.
  returned: success, and when services failed
  type: list
  elements: dict
  contains:
    name:
      description: Name of the service.
      type: str
    display_name:
      description: Name for people.
      type: str
    status:
      description: Status in the words of the PBX.
      type: str
    state:
      description:
        - V(started) or V(stopped); for a pending service, what it is on the way to. Null for a paused service.
      type: str
    start_stop_enabled:
      description: Whether the PBX allows to start and stop the service.
      type: bool
    restart_enabled:
      description: Whether the PBX allows to restart the service.
      type: bool
  sample:
    - name: 3CXIVR01
      display_name: 3CX PhoneSystem 01 IVR Server
      status: Running
      state: started
      start_stop_enabled: true
      restart_enabled: true
started_services:
  description: Names of services that were started.
  returned: success, and when services failed
  type: list
  elements: str
  sample: [3CXIVR01]
stopped_services:
  description: Names of services that were stopped.
  returned: success, and when services failed
  type: list
  elements: str
  sample: []
restarted_services:
  description: Names of services that were restarted.
  returned: success, and when services failed
  type: list
  elements: str
  sample: []
enabled_services:
  description: Names of services that were enabled.
  returned: success, and when services failed
  type: list
  elements: str
  sample: []
disabled_services:
  description: Names of services that were disabled.
  returned: success, and when services failed
  type: list
  elements: str
  sample: []
outcomes:
  description: What became of each service and call.
  returned: when services failed
  type: list
  elements: dict
  contains:
    index:
      description: Position in O(name) or O(services).
      type: int
    item:
      description: Name of the service.
      type: str
    action:
      description: V(start), V(stop), V(restart), V(enable) or V(disable).
      type: str
    status:
      description:
        - V(done), V(failed), V(skipped), or V(unknown) if there is no telling whether it was done.
      type: str
    msg:
      description: The reason.
      type: str
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 4, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.services import manage_services
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

STATES = ["started", "stopped", "restarted"]

SERVICE = {
    "name": {"type": "str", "required": True},
    "state": {"type": "str", "choices": STATES},
    "enabled": {"type": "bool"},
    "display_name": {"type": "str"},
    "status": {"type": "str"},
    "start_stop_enabled": {"type": "bool"},
    "restart_enabled": {"type": "bool"},
}

SPEC = ModuleSpec(
    manage_services,
    {
        "name": {"type": "list", "elements": "str", "aliases": ["names"]},
        "state": {"type": "str", "choices": STATES},
        "enabled": {"type": "bool"},
        "services": {"type": "list", "elements": "dict", "options": SERVICE},
        "update_enabled": {"type": "str", "choices": ["on_change", "always"], "default": "on_change"},
        "wait": {"type": "bool", "default": True},
        "wait_timeout": {"type": "float", "default": 120.0},
    },
    required_one_of=[["name", "services"]],
    mutually_exclusive=[["name", "services"], ["state", "services"], ["enabled", "services"]],
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
