# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the parameters of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_parameters
short_description: Manage the parameters of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes parameters, the named texts in which a PBX keeps what has no page of its own.
  - A parameter is known by its name. Names that the PBX does not have become new parameters, so mind the spelling,
    and preview with C(--check --diff).
  - A PBX has some 800 of them. Up to 160 are asked for by name; more are found in the whole list.
  - What has settings of its own is better changed there, with M(tcx.pbx.tcx_settings).
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  parameters:
    description:
      - The parameters.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the parameter, exactly as the PBX has it.
        type: str
      value:
        description:
          - The value. All values are text; put numbers and words such as V(true) in quotes.
          - V("") makes it empty.
        type: str
      concealed:
        description:
          - Whether the value is a secret. It is then kept out of results, differences and logs.
          - Left out, the name decides. What sounds like a password, a token, a PIN or a key is concealed.
          - V(false) shows the value of a parameter that only sounds so.
        type: bool
      description:
        description:
          - A note on what the parameter is for.
        type: str
      id:
        description:
          - ID of the parameter on the PBX, to change its name.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The parameter is only removed if the PBX still has this version of it.
        type: str
notes:
  - O(purge) is refused without O(purge_filter), because it would remove what the PBX works with.
  - Concealed values are compared and written like others, so a second run changes nothing. Only nobody sees them.
seealso:
  - module: tcx.pbx.tcx_settings
  - module: tcx.pbx.tcx_query
"""

EXAMPLES = r"""
- name: Two parameters
  tcx.pbx.tcx_parameters:
    parameters:
      - name: CUSTOM_RING_LIMIT
        value: "40"
        description: Used by the call flow of the reception
      - name: CUSTOM_SHOP_TOKEN
        value: "{{ shop_token | default('not-a-real-token') }}"

- name: A secret whose name does not tell that it is one
  tcx.pbx.tcx_parameters:
    parameters:
      - name: CUSTOM_SHOP_LOGIN
        value: "{{ shop_login | default('not-a-real-login') }}"
        concealed: true

- name: Remove a parameter
  tcx.pbx.tcx_parameters:
    parameters:
      - name: CUSTOM_RING_LIMIT
    state: absent
"""

RETURN = r"""
parameters:
  description:
    - The listed parameters as they are on the PBX afterwards, without values that are concealed.
    - Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 812
      name: CUSTOM_RING_LIMIT
      value: "40"
      description: Used by the call flow of the reception
created:
  description: Names of new parameters.
  returned: success
  type: list
  elements: str
  sample: ["CUSTOM_RING_LIMIT"]
updated:
  description: Names of changed parameters.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Names of removed parameters.
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
      description: Position in O(parameters); null for a parameter to be purged.
      type: int
    item:
      description: Name of the parameter.
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
  sample: {"requests": 3, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.parameters import (
    CONCEALED,
    manage_parameters,
    values_masked,
)
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import typed_spec

SPEC = typed_spec(
    "Parameters",
    option="parameters",
    more=CONCEALED,
    operation=manage_parameters,
    shown=values_masked("parameters"),
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
