# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the digital receptionists (IVRs) of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_receptionists
short_description: Manage the digital receptionists (IVRs) of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes digital receptionists, the menus that are also called IVRs, with what each key does.
  - A digital receptionist is known by its number, or by its name where no number is given.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  receptionists:
    description:
      - The digital receptionists. A new one needs a name.
    type: list
    elements: dict
    required: true
    suboptions:
      groups:
        description:
          - The departments that the digital receptionist belongs to, by name or number, as in V([Sales]).
          - The list replaces the one on the PBX.
        type: list
        elements: raw
      number:
        description:
          - The number of the digital receptionist. It never changes; another number is another digital receptionist.
          - Put it in quotes. If a new one has none, the PBX picks the next free number.
        type: str
      office_route:
        description:
          - Where calls go during office hours. Up to 20.0.5 only. As O(receptionists[].out_of_office_route).
        type: raw
      transcription_mode:
        description:
          - 'What is turned into text: V(Nothing), V(Voicemail), V(Recordings), V(Both), or V(Inherit) for what the
            level above says.'
        type: str
      break_route:
        description:
          - Where calls go during a break of the department. As O(receptionists[].out_of_office_route).
        type: raw
      forwards:
        description:
          - What each key does. The list replaces the one on the PBX; a key that is not listed does nothing.
        type: list
        elements: dict
        suboptions:
          custom_data:
            description:
              - More about the key, where O(receptionists[].forwards[].forward_type=CustomInput).
            type: str
          forward_dn:
            description:
              - Number or name of the extension, queue, ring group or IVR that the key leads to.
            type: str
          forward_type:
            description:
              - What the key does. If it is left out, the number in O(receptionists[].forwards[].forward_dn) rings.
              - V(VoiceMail) leads to the mailbox of the number. V(EndCall), V(RepeatPrompt) and V(CallByName) need
                none.
              - It has to be given for the number of a call flow app or a fax, for which the XAPI has no word here.
            type: str
            choices: [EndCall, Extension, RingGroup, Queue, IVR, VoiceMail, CallByName, RepeatPrompt, CustomInput]
          input:
            description:
              - The key, V(0) to V(9), in quotes. With O(receptionists[].forwards[].forward_type=CustomInput) what
                else callers may enter.
            type: str
      forward_sms_to:
        description:
          - Where text messages to the number go.
        type: str
      holidays_route:
        description:
          - Where calls go on holidays. As O(receptionists[].out_of_office_route).
        type: raw
      invalid_key_forward_dn:
        description:
          - Number or name of the place for callers who press a key that does nothing. An empty text plays the menu
            again, or what else the PBX does then.
        type: str
      ivr_type:
        description:
          - What kind of menu it is. V(Default) is one with keys and a prompt; the others go by a script or wake
            people up.
        type: str
        choices: [Default, CodeBased, ScriptBased, Wakeup]
      name:
        description:
          - The name that people see. Without O(receptionists[].number) the digital receptionist is known by it.
        type: str
      out_of_office_route:
        description:
          - Where calls go outside office hours. A number of this PBX is enough, as in V("112"), or a dictionary with
            C(route), C(prompt), the file name of an announcement that the PBX has, and C(is_prompt_enabled), whether
            it is played before.
          - 'C(route) is a number, or a dictionary with C(number), C(external) (a number outside) and C(to) (the kind
            of place), such as V({to: VoiceMail, number: "101"}) or V({external: "+491555012345"}). Without C(to),
            calls ring where the number is, or go outside. V({to: None}) ends them.'
          - All kinds are V(None), V(VoiceMail), V(Extension), V(Queue), V(RingGroup), V(IVR), V(External), V(Fax),
            V(Boomerang), V(Deflect), V(VoiceMailOfDestination), V(Callback), V(RoutePoint) and
            V(ProceedWithNoExceptions).
        type: raw
      prompt_filename:
        description:
          - File name of the announcement of the menu. The PBX has to have it, see the notes.
        type: str
      prompt_set:
        description:
          - The folder of the set of prompts in which the PBX speaks here.
        type: str
      timeout:
        description:
          - After how many seconds without a key O(receptionists[].timeout_forward_type) happens.
        type: int
      timeout_forward_dn:
        description:
          - Number or name of the place for callers who press nothing. An empty text ends the call, unless
            O(receptionists[].timeout_forward_type) says something else.
        type: str
      timeout_forward_type:
        description:
          - What happens to callers who press nothing. If it is left out, the number in
            O(receptionists[].timeout_forward_dn) rings.
        type: str
        choices: [EndCall, Extension, RingGroup, Queue, IVR, VoiceMail, CallByName, RepeatPrompt, CustomInput]
      use_ms_exchange:
        description:
          - Whether Microsoft Exchange takes the calls, going by the name of the property.
        type: bool
      transfer_enable:
        description:
          - Whether callers may dial an extension, going by the name of the property. From 20.0.8 on.
        type: bool
      id:
        description:
          - ID of the digital receptionist on the PBX, to tell digital receptionists of the same name apart.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The digital receptionist is only removed if the PBX still has this version
            of it.
        type: str
  force:
    description:
      - Whether to remove a digital receptionist even if something still leads calls to it.
      - Without this, a task that would remove one is refused while something leads to its number, and the message
        names it. Looked at are inbound rules, IVRs, queues, ring groups, forwardings of extensions, departments,
        outbound rules, website links, call parking and hotel services. What goes in the same task does not count.
      - A warning tells which of these the API client is not allowed to read.
        Without inbound rules and IVRs the task fails.
    type: bool
    default: false
notes:
  - 'Where keys and callers without a key lead has to be on the PBX, or in the same task: menus of one task may lead
    to each other and back, whatever their order.'
  - Prompts are files that the PBX has to have already. It refuses a menu with another one, and the error tells
    C(FILE_NOT_FOUND). They are not uploaded here.
seealso:
  - module: tcx.pbx.tcx_queues
  - module: tcx.pbx.tcx_ring_groups
  - module: tcx.pbx.tcx_inbound_rules
  - module: tcx.pbx.tcx_call_flow_apps
"""

EXAMPLES = r"""
- name: Have a menu, and a second one from which callers can go back
  tcx.pbx.tcx_receptionists:
    receptionists:
      - number: "860"
        name: Main menu Berlin
        prompt_filename: 820.wav
        forwards:
          - {input: "1", forward_dn: "800"}
          - {input: "2", forward_dn: "861"}
          - {input: "9", forward_type: RepeatPrompt}
        timeout: 8
        timeout_forward_dn: "810"
      - number: "861"
        name: Service menu Berlin
        prompt_filename: 821.wav
        forwards:
          - {input: "1", forward_dn: "801"}
          - {input: "2", forward_dn: "105", forward_type: VoiceMail}
          - {input: "0", forward_dn: "860"}

- name: Close on holidays
  tcx.pbx.tcx_receptionists:
    receptionists:
      - number: "860"
        holidays_route: "821"

- name: Remove both, since nothing else leads to them
  tcx.pbx.tcx_receptionists:
    receptionists:
      - number: "860"
      - number: "861"
    state: absent
"""

RETURN = r"""
receptionists:
  description:
    - The listed digital receptionists as they are on the PBX afterwards.
    - Each with the fields that were given, and with those by which it is known. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 62
      number: "820"
      name: Main menu
      forwards:
        - {input: "1", forward_dn: "800", forward_type: Queue, custom_data: ""}
        - {input: "9", forward_dn: "", forward_type: RepeatPrompt, custom_data: ""}
created:
  description: Numbers of new digital receptionists.
  returned: success
  type: list
  elements: str
  sample: ["820"]
updated:
  description: Numbers of changed digital receptionists.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Numbers of removed digital receptionists.
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
      description: Position in O(receptionists); null for what was to be purged.
      type: int
    item:
      description: By what the digital receptionist is known.
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
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import typed_spec

SPEC = typed_spec(
    "Receptionists",
    option="receptionists",
    plain=["groups", "break_route", "holidays_route", "office_route", "out_of_office_route"],
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
