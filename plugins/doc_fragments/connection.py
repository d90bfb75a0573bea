# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How to reach a PBX: the options of every module."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  url:
    description:
      - Address of the PBX as its administrator opens it, such as V(https://pbx.example.com) or V(https://pbx.example.com:5001).
      - If not set, the environment variable E(TCX_URL) is used.
    type: str
    required: true
  client_id:
    description:
      - Client ID of the API client (service principal) on the PBX.
      - If not set, the environment variable E(TCX_CLIENT_ID) is used.
      - A PBX keeps B(one) live token for each API client. Jobs that run at the same time need an API client each.
    type: str
  client_secret:
    description:
      - API key of the API client. The PBX shows it once, when the client is created.
      - If not set, the environment variable E(TCX_CLIENT_SECRET) is used.
    type: str
  access_token:
    description:
      - A token that was obtained elsewhere, instead of O(client_id) and O(client_secret). It is not renewed.
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
  retry_for:
    description:
      - Seconds for which a call is repeated while the PBX cannot be reached or says that it is busy.
      - A call that may have been executed is never repeated blindly; the module looks at the PBX first.
    type: float
    default: 60.0
notes:
  - The task runs on the controller, whatever the connection of the host is. Set the variable C(tcx_module_process)
    to V(true) to run it as an ordinary module on the host of the task instead, for a PBX that only that host can reach.
  - Proxies are taken from the usual environment variables, such as E(HTTPS_PROXY) and E(NO_PROXY).
requirements:
  - requests
"""
