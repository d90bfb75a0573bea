# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source tcx.pbx.tcx_events: documentation, and one call."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

DOCUMENTATION = r"""
short_description: What a 3CX PBX writes into its logs
description:
  - Looks at the event log, the activity log or both of a 3CX v20 PBX at intervals, and hands each new line to the
    rulebook.
  - After a restart it goes on where it stopped. What the rulebook was given is kept in a small file.
  - While the PBX cannot be reached or refuses, the pauses become longer.
  - A PBX keeps B(one) live token for each API client. Give each activation an API client of its own, other than that of
    the playbooks it starts.
author:
  - tcx.pbx contributors (@tcx-pbx)
options:
  url:
    description:
      - Address of the PBX, such as V(https://pbx.example.com:5001).
      - If not set, the environment variable E(TCX_URL) is used.
    type: str
    required: true
  client_id:
    description:
      - Client ID of the API client.
      - If not set, the environment variable E(TCX_CLIENT_ID) is used.
    type: str
  client_secret:
    description:
      - API key of the API client.
      - If not set, the environment variable E(TCX_CLIENT_SECRET) is used.
    type: str
  access_token:
    description:
      - A token that was obtained elsewhere, instead of O(client_id) and O(client_secret). It is not renewed, so it is
        of use for a trial only.
      - If not set, the environment variable E(TCX_ACCESS_TOKEN) is used.
    type: str
  validate_certs:
    description:
      - Whether the certificate of the PBX is verified.
      - If not set, the environment variable E(TCX_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File with the certificate authorities to trust, in PEM format, instead of the usual ones.
      - If not set, the environment variable E(TCX_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
      - If not set, the environment variable E(TCX_TIMEOUT) is used.
    type: float
    default: 30.0
  logs:
    description:
      - Which logs to watch. A list, or a text such as V(event,activity).
    type: list
    elements: str
    choices: [event, activity]
    default: [event]
  interval:
    description:
      - Seconds between two looks at a log, 5 or more. A look at which nothing is new costs one request.
    type: float
    default: 30.0
  start:
    description:
      - What the very first start hands over. V(new) is what is written from then on, V(all) also what the log holds.
    type: str
    choices: [new, all]
    default: new
  host:
    description:
      - Name of the PBX in the inventory. Playbooks that an event starts are limited to it.
    type: str
  state_directory:
    description:
      - Directory in which the source keeps how far it is. Files in it have mode 0600.
      - Two sources that watch the same log of the same PBX need a directory each.
      - If not set, it is C(tcx.pbx/events) in E(XDG_STATE_HOME) or in C(~/.local/state).
    type: path
  activity:
    description:
      - Which lines of the activity log to ask for, with the keys V(extension), V(call), V(search) and V(severity). The
        PBX decides what they select. V(search) counts up to version 20.0.5 of the PBX only.
    type: dict
    default: {}
"""

EXAMPLES = r"""
- tcx.pbx.tcx_events:
    url: https://pbx.example.com:5001
    client_id: "{{ tcx_client_id }}"
    client_secret: "{{ tcx_client_secret }}"
    host: pbx1
    logs: [event, activity]
    interval: 60
    state_directory: /var/lib/eda/pbx1
"""

# This file is run by its path and belongs to no package. Above it is the directory that holds ansible_collections.
COLLECTIONS = Path(__file__).absolute().parents[7]


async def main(queue: Any, args: dict[str, Any]) -> None:
    """Runs until it is cancelled.

    queue: takes {"tcx": {"pbx", "log", "time", ...}}. Raises an exception that names an argument which cannot be used.
    """
    if str(COLLECTIONS) not in sys.path:
        sys.path.append(str(COLLECTIONS))
    from ansible_collections.tcx.pbx.plugins.plugin_utils.events.watch import watch

    await watch(queue, args)
