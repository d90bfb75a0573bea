# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup tcx.pbx.tcx_query."""

from __future__ import annotations

DOCUMENTATION = r"""
name: tcx_query
short_description: Read anything from a 3CX PBX
version_added: 0.1.0
description:
  - Reads sets, singletons and reports of the XAPI, as the module P(tcx.pbx.tcx_query#module) does, where a value is
    needed.
  - Secrets are not asked for unless O(select) names them.
author:
  - tcx.pbx contributors (@tcx-pbx)
options:
  _terms:
    description:
      - Sets such as V(Users), singletons such as V(SystemStatus), or what belongs to an entity and needs O(key),
        such as V(Users/Groups).
      - The items of all of them come in one list. All options hold for each.
    type: list
    elements: str
  function:
    description:
      - A function that returns data, such as V(OutboundRules/GetEmergencyOutboundRules), instead of terms.
    type: str
  key:
    description:
      - The key of the one entity that is meant, or a dictionary of fields that exactly one entity has.
    type: raw
  parameters:
    description:
      - The parameters of O(function).
    type: dict
    default: {}
  filter:
    description:
      - A dictionary of fields or OData text, as in O(tcx.pbx.tcx_query#module:filter).
    type: raw
  select:
    description:
      - Only these fields.
    type: list
    elements: str
    default: []
  expand:
    description:
      - What belongs to an item and is not shown otherwise, as in O(tcx.pbx.tcx_query#module:expand).
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
      - The most items to read of each term. All if not set.
    type: int
  url:
    description:
      - Address of the PBX, such as V(https://pbx.example.com:5001).
    type: str
    required: true
    env:
      - name: TCX_URL
    vars:
      - name: tcx_url
  client_id:
    description:
      - Client ID of the API client.
    type: str
    env:
      - name: TCX_CLIENT_ID
    vars:
      - name: tcx_client_id
  client_secret:
    description:
      - API key of the API client.
    type: str
    env:
      - name: TCX_CLIENT_SECRET
    vars:
      - name: tcx_client_secret
  access_token:
    description:
      - A token that was obtained elsewhere, instead of O(client_id) and O(client_secret).
    type: str
    env:
      - name: TCX_ACCESS_TOKEN
    vars:
      - name: tcx_access_token
  validate_certs:
    description:
      - Whether the certificate of the PBX is verified.
    type: bool
    default: true
    env:
      - name: TCX_VALIDATE_CERTS
    vars:
      - name: tcx_validate_certs
  ca_path:
    description:
      - File with the certificate authorities to trust, in PEM format, instead of the usual ones.
    type: path
    env:
      - name: TCX_CA_PATH
    vars:
      - name: tcx_ca_path
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
    type: float
    default: 30.0
    env:
      - name: TCX_TIMEOUT
    vars:
      - name: tcx_timeout
  retry_for:
    description:
      - Seconds for which a request is repeated while the PBX cannot be reached or says that it is busy.
    type: float
    default: 60.0
    vars:
      - name: tcx_retry_for
notes:
  - C(module_defaults) do not reach lookups. The connection is taken from keywords, else from variables, else from the
    environment of C(ansible-playbook).
  - A lookup is done each time that its expression is evaluated. Keep what is needed more than once with
    C(ansible.builtin.set_fact), or use the module.
  - Lookups share the token of the run with the tasks of this collection that come after the first of them.
requirements:
  - requests
seealso:
  - plugin: tcx.pbx.tcx_query
    plugin_type: module
"""

EXAMPLES = r"""
- name: Numbers of all queues
  ansible.builtin.debug:
    msg: "{{ query('tcx.pbx.tcx_query', 'Queues', select=['number', 'name'], orderby=['number']) }}"

- name: Each extension of one department
  ansible.builtin.debug:
    msg: "{{ item.number }} {{ item.display_name }}"
  loop: "{{ query('tcx.pbx.tcx_query', 'Users', filter={'primary_group_id': 28}, select=['number', 'display_name']) }}"
  loop_control:
    label: "{{ item.number }}"

- name: What the PBX calls itself
  ansible.builtin.debug:
    msg: "{{ (query('tcx.pbx.tcx_query', 'system_status', select=['fqdn']) | first).fqdn }}"
"""

RETURN = r"""
_raw:
  description: The items, with names in snake case and dates as the PBX writes them.
  type: list
  elements: dict
"""

from typing import Any

from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import CONNECTION_OPTIONS, connection_of
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._task.query import QUERY_OPTIONS, items_of, query_of
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import XapiError


class LookupModule(LookupBase):
    def run(self, terms: list[str], variables: Any = None, **kwargs: Any) -> list[dict[str, Any]]:
        self.set_options(var_options=variables, direct=kwargs)
        options = {name: self.get_option(name) for name in QUERY_OPTIONS if name != "set"}
        if bool(terms) == bool(options["function"]):
            raise AnsibleLookupError("tcx_query: give either terms, such as 'Users', or function")
        try:
            connection = connection_of({name: self.get_option(name) for name in CONNECTION_OPTIONS})
            client = Client(connection)
        except (ValueError, XapiError) as exc:
            raise AnsibleLookupError(f"tcx_query: {exc}") from None
        sets: list[str | None] = [*terms] or [None]
        try:
            return [item for one in sets for item in items_of(client, query_of({**options, "set": one}))]
        except (OptionError, XapiError) as exc:
            raise AnsibleLookupError(f"tcx_query: {exc}") from None
        finally:
            client.close()
