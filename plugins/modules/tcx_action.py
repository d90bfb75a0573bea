# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call any action or function of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_action
short_description: Call any action or function of a 3CX PBX
version_added: 0.1.0
description:
  - Calls any of the several hundred actions and functions of the XAPI, and downloads files.
  - Name, parameters and their values are checked against what this version of the PBX offers, before anything is sent.
  - Functions only read, so they report no change and run in check mode. Actions report a change, and in check mode are
    shown instead of sent. The few that certainly only read, such as C(Defs/Pbx.GetRoutes), report no change either.
    The functions C(GenerateApiKey) and C(GenerateProvLink) make something, and count as actions.
  - An action whose answer got lost is not repeated. It may have been carried out, and RV(status) is V(unknown).
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.attributes
  - tcx.pbx.attributes.action
options:
  name:
    description:
      - The action or function, such as V(Backups/Pbx.Backup), V(Users/Pbx.Regenerate) or V(GetUpdates).
      - The prefix C(Pbx.) may be left out, and capitals make no difference.
    type: str
  key:
    description:
      - The key of the entity, for what is called on one, such as V(29) for C(Users(29)/Pbx.Regenerate).
      - 'A dictionary of fields, such as V({number: "100"}), is looked up. It has to match exactly one entity. It is
        written as O(tcx.pbx.tcx_query#module:filter).'
    type: raw
  parameters:
    description:
      - The parameters. Names at every depth may be written in snake case or as the XAPI spells them.
      - A parameter that is left out or null is not sent. Functions then get an empty text where they want one.
      - The text of a concealed password may be given without the dictionary around it.
    type: dict
    default: {}
  unless:
    description:
      - Makes an action idempotent. If there is something in the set that the filter matches, nothing is done.
    type: dict
    suboptions:
      set:
        description:
          - Where to look, as in O(tcx.pbx.tcx_query#module:set).
        type: str
        required: true
      filter:
        description:
          - What to look for, as in O(tcx.pbx.tcx_query#module:filter).
        type: raw
        required: true
  dest:
    description:
      - The file that the answer of a function is written to. Its directory must exist.
      - A new file can be read by its owner only. One that has the same content already is left alone.
      - In check mode nothing is downloaded, and a change is foretold if there is no such file.
    type: path
  path:
    description:
      - A link that the PBX gave, such as the C(DownloadLink) of a backup, to be downloaded to O(dest).
      - Links that lead to another origin than O(url) are not followed.
    type: str
  force:
    description:
      - Call an action that deletes or changes many things without saying which, such as C(OutboundRules/Pbx.Purge)
        without IDs. To a PBX that may mean all of them, so it is refused otherwise.
    type: bool
    default: false
  return_secrets:
    description:
      - Show passwords, keys and tokens in RV(result). Use C(no_log) on the task, or they are in every log.
      - This is the way to get what the PBX shows only once, such as the token of
        C(ServicePrincipals/Pbx.GenerateAppToken).
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_query
"""

EXAMPLES = r"""
- name: Make a backup before the change, unless it is there already
  tcx.pbx.tcx_action:
    name: Backups/Pbx.Backup
    parameters:
      description:
        name: before-change.zip
        contents:
          fqdn: true
          prompts: true
          recordings: false
    unless:
      set: Backups
      filter:
        file_name: before-change.zip

- name: Which number would the next extension get?
  tcx.pbx.tcx_action:
    name: Users/GetFirstAvailableExtensionNumber
  register: free

- name: Which DIDs ring at this queue?
  tcx.pbx.tcx_query:
    set: Peers
    filter:
      number: "800"
    select: [id]
  register: peer

- name: List its DIDs
  tcx.pbx.tcx_action:
    name: Defs/GetRoutes
    parameters:
      ids: "{{ peer.found | map(attribute='id') | list }}"
"""

RETURN = r"""
status:
  description:
    - V(done), V(skipped) because of O(unless), V(failed) if the answer reports failures, or V(unknown) if no answer
      came to an action that may have been carried out.
  returned: when something was called, or skipped
  type: str
  sample: done
result:
  description:
    - The answer, with names in snake case and dates as the PBX writes them. Secrets are hidden unless O(return_secrets)
      is set.
    - Null if the answer is empty.
  returned: when something was called and O(dest) is not set
  type: raw
  sample: {"number": "108"}
request:
  description: What was sent, or in check mode would be. Secrets are hidden.
  returned: when nothing went wrong before
  type: dict
  sample: {"method": "POST", "path": "Backups/Pbx.Backup", "body": {"description": {"Name": "before-change.zip"}}}
skipped_because:
  description: Why nothing was done.
  returned: when O(unless) matches
  type: str
  sample: there is already something in Backups that unless.filter matches
failures:
  description: What did not work. The PBX reports some failures in an answer that is a success otherwise.
  returned: when there are any
  type: list
  elements: dict
  contains:
    item:
      description: The item, such as the number of an extension. Empty if the answer is about one thing.
      type: str
      sample: "104"
    msg:
      description: The reason that the PBX gives.
      type: str
download:
  description: The file. In check mode only where it would go.
  returned: when O(dest) is set
  type: dict
  contains:
    dest:
      description: Its path.
      type: str
      sample: /var/backups/pbx/before-change.zip
    size:
      description: Its size in bytes.
      type: int
    checksum:
      description: Its SHA-256.
      type: str
api:
  description: What the task cost the PBX.
  returned: always
  type: dict
  sample: {"requests": 3, "retries": 0, "tokens": 1}
"""

from ansible_collections.tcx.pbx.plugins.module_utils._task.call import call_anything, options_shown
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec

UNLESS = {
    "set": {"type": "str", "required": True},
    "filter": {"type": "raw", "required": True},
}

SPEC = ModuleSpec(
    call_anything,
    {
        "name": {"type": "str"},
        "key": {"type": "raw", "no_log": False},
        "parameters": {"type": "dict", "default": {}},
        "unless": {"type": "dict", "options": UNLESS},
        "dest": {"type": "path"},
        "path": {"type": "str"},
        "force": {"type": "bool", "default": False},
        "return_secrets": {"type": "bool", "default": False, "no_log": False},
    },
    mutually_exclusive=[["name", "path"], ["path", "unless"], ["path", "key"]],
    required_one_of=[["name", "path"]],
    required_by={"path": ["dest"]},
    shown=options_shown,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
