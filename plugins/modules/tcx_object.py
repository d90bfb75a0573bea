# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the items of any set of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_object
short_description: Manage the items of any set of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes items of any set that the XAPI lets change, such as parking places or website links.
  - Fields are those of the XAPI, in snake case or as the XAPI spells them. Their names, types and values are checked
    against what this version of the PBX has, before anything is written.
  - Where a module of its own exists for a set, its options are documented one by one.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.declared.secrets
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  set:
    description:
      - The set, such as V(Parkings). Capitals make no difference, and V(website_links) is V(WebsiteLinks).
    type: str
    required: true
  items:
    description:
      - The items. An item is known by its number or name, or what else tells items of the set apart, see O(identity).
      - 'V(id) tells double items apart or renames an item. V(if_match) is an ETag: with O(state=absent), the item is
        only removed if the PBX still has this version of it.'
      - 'Departments, trunks and extensions are given by name or number, as in V({groups: [{name: Sales}]}).'
      - A password is given as text. It is written, but never shown.
    type: list
    elements: dict
    required: true
  force:
    description:
      - Whether to go on even if the controller would lock itself out, by blocking its own address or by removing the
        API client that it uses, if no outbound rule for emergency calls would be left, or if calls are led to a number
        that is removed.
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_settings
  - module: tcx.pbx.tcx_query
  - module: tcx.pbx.tcx_action
"""

EXAMPLES = r"""
- name: Have two shared parking places, one of them for the department Sales
  tcx.pbx.tcx_object:
    set: Parkings
    items:
      - number: SP100
      - number: SP101
        groups:
          - name: Sales

- name: Make the website links exactly these
  tcx.pbx.tcx_object:
    set: WebsiteLinks
    items:
      - link: support
        name: Support
        chat_enabled: true
    purge: true
    max_deletions: 3

- name: Set a parameter, written as the XAPI spells it
  tcx.pbx.tcx_object:
    set: Parameters
    items:
      - Name: MUSICONHOLDFILE
        Value: quiet.wav
"""

RETURN = r"""
objects:
  description:
    - The listed items as they are on the PBX afterwards, with the fields that were given and those by which an item is
      known. Empty for O(state=absent). Without passwords. Can be used as O(items).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 57
      number: SP100
created:
  description: Names or numbers of new items.
  returned: success
  type: list
  elements: str
  sample: [SP100]
updated:
  description: Names or numbers of changed items.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Names or numbers of removed items.
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
      description: Position in O(items); null for an entry that was to be purged.
      type: int
    item:
      description: What the item is called.
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

from ansible_collections.tcx.pbx.plugins.module_utils._task.declared import (
    DECLARED_OPTIONS,
    FORCE,
    UPDATE_PASSWORD,
    items_masked,
    manage_named_set,
)
from ansible_collections.tcx.pbx.plugins.module_utils._task.manage import STATE_OPTIONS
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

SPEC = ModuleSpec(
    manage_named_set,
    {
        "set": {"type": "str", "required": True},
        "items": {"type": "list", "elements": "dict", "required": True},
        **STATE_OPTIONS,
        **DECLARED_OPTIONS,
        "update_password": UPDATE_PASSWORD,
        "force": FORCE,
    },
    shown=items_masked("items"),
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
