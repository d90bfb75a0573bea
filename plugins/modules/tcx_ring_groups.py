# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the ring groups of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_ring_groups
short_description: Manage the ring groups of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes ring groups and paging groups, with their members and what becomes of calls that
    nobody answers.
  - A ring group is known by its number, or by its name where no number is given.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  ring_groups:
    description:
      - The ring groups. A new one needs a name.
    type: list
    elements: dict
    required: true
    suboptions:
      groups:
        description:
          - The departments that the ring group belongs to, by name or number, as in V([Sales]).
          - The list replaces the one on the PBX.
        type: list
        elements: raw
      number:
        description:
          - The number of the ring group. It never changes; another number is another ring group.
          - Put it in quotes. If a new one has none, the PBX picks the next free number.
        type: str
      office_route:
        description:
          - Where calls go during office hours. Up to 20.0.5 only. As O(ring_groups[].out_of_office_route).
        type: raw
      transcription_mode:
        description:
          - 'What is turned into text: V(Nothing), V(Voicemail), V(Recordings), V(Both), or V(Inherit) for what the
            level above says.'
        type: str
      call_us_enable_chat:
        description:
          - Whether visitors of a website can chat by the talk link.
        type: bool
      call_us_enable_phone:
        description:
          - Whether visitors of a website can call by the talk link.
        type: bool
      call_us_enable_video:
        description:
          - Whether visitors of a website can make video calls by the talk link.
        type: bool
      call_us_requirement:
        description:
          - What visitors have to tell of themselves before they get through.
        type: str
        choices: [Both, Name, Email, None]
      click_to_call_id:
        description:
          - The last part of the talk link, at which visitors of a website call or chat.
        type: str
      break_route:
        description:
          - Where calls go during a break of the department. A number is enough, or a dictionary with C(route), a
            place as in O(ring_groups[].forward_no_answer), C(prompt), the file name of an announcement that the PBX
            has, and C(is_prompt_enabled), whether it is played before.
        type: raw
      forward_no_answer:
        description:
          - Where calls go if nobody answers within O(ring_groups[].ring_time). The place is a number of this PBX, as
            in V("800"), or a dictionary.
          - Keys of the dictionary are C(number) (number or name of an extension, queue, ring group, IVR, fax or route
            point), C(external) (a number outside) and C(to) (the kind of place).
          - 'Without C(to), calls ring where the number is, or go outside. V({to: VoiceMail, number: "101"}) leaves
            them in the mailbox of 101, and V({to: None}) ends them.'
          - All kinds are V(None), V(VoiceMail), V(Extension), V(Queue), V(RingGroup), V(IVR), V(External), V(Fax),
            V(Boomerang), V(Deflect), V(VoiceMailOfDestination), V(Callback), V(RoutePoint) and
            V(ProceedWithNoExceptions).
          - With another kind the former number is forgotten. An empty text ends calls, too.
        type: raw
      holidays_route:
        description:
          - Where calls go on holidays. A number is enough, or a dictionary with C(route), a place as in
            O(ring_groups[].forward_no_answer), C(prompt), the file name of an announcement that the PBX has, and
            C(is_prompt_enabled), whether it is played before.
        type: raw
      members:
        description:
          - The extensions that ring, in order, as numbers or names, such as V(["101", "102"]).
          - The list replaces the one on the PBX.
        type: list
        elements: raw
      multicast_address:
        description:
          - For a paging group, the multicast address to which it speaks.
        type: str
      multicast_codec:
        description:
          - The codec at O(ring_groups[].multicast_address).
        type: str
      multicast_packet_time:
        description:
          - Milliseconds in a packet to O(ring_groups[].multicast_address).
        type: int
      multicast_port:
        description:
          - The port at O(ring_groups[].multicast_address).
        type: int
      name:
        description:
          - The name that people see. Without O(ring_groups[].number) the ring group is known by it.
        type: str
      out_of_office_route:
        description:
          - Where calls go outside office hours. A number is enough, or a dictionary with C(route), a place as in
            O(ring_groups[].forward_no_answer), C(prompt), the file name of an announcement that the PBX has, and
            C(is_prompt_enabled), whether it is played before.
        type: raw
      ring_strategy:
        description:
          - Whether members ring one after another, all at once, or are spoken to all at once as a paging group.
        type: str
        choices: [Hunt, RingAll, Paging]
      ring_time:
        description:
          - How many seconds the group, or with V(Hunt) each member, rings.
        type: int
      greeting_file:
        description:
          - File name of the greeting of the mailbox of the ring group. From 20.0.5 on.
        type: str
      vm_email_list:
        description:
          - Addresses that are told of a new voice message for the ring group, separated by commas. From 20.0.9 on.
        type: str
      vm_email_options:
        description:
          - What is sent when there is a new voice message. From 20.0.9 on.
        type: str
        choices: [None, Notification, Attachment, AttachmentAndDelete, VmailToMembers, EmailToExtrasOnly]
      id:
        description:
          - ID of the ring group on the PBX, to tell ring groups of the same name apart.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The ring group is only removed if the PBX still has this version of it.
        type: str
  force:
    description:
      - Whether to remove a ring group even if something still leads calls to it.
      - Without this, a task that would remove one is refused while something leads to its number, and the message
        names it. Looked at are inbound rules, IVRs, queues, ring groups, forwardings of extensions, departments,
        outbound rules, website links, call parking and hotel services. What goes in the same task does not count.
      - A warning tells which of these the API client is not allowed to read.
        Without inbound rules and IVRs the task fails.
    type: bool
    default: false
notes:
  - 'Members and destinations have to be on the PBX, or in the same task: ring groups of one task may lead to each
    other, whatever their order.'
  - Prompts are files that the PBX has to have already. It refuses a ring group with another one, and the error tells
    C(FILE_NOT_FOUND). They are not uploaded here.
seealso:
  - module: tcx.pbx.tcx_queues
  - module: tcx.pbx.tcx_receptionists
  - module: tcx.pbx.tcx_inbound_rules
"""

EXAMPLES = r"""
- name: Let the warehouse ring, and after half a minute the front office
  tcx.pbx.tcx_ring_groups:
    ring_groups:
      - number: "850"
        name: Loading bay
        groups: [Warehouse]
        members: ["109", "110", "111"]
        ring_strategy: RingAll
        ring_time: 30
        forward_no_answer: "810"

- name: Leave calls in a mailbox outside office hours
  tcx.pbx.tcx_ring_groups:
    ring_groups:
      - number: "850"
        out_of_office_route:
          route: {to: VoiceMail, number: "109"}

- name: Have no other ring groups in the warehouse
  tcx.pbx.tcx_ring_groups:
    ring_groups:
      - name: Loading bay
    purge: true
    purge_filter:
      groups: [Warehouse]
    force: true

- name: Remove a ring group
  tcx.pbx.tcx_ring_groups:
    ring_groups:
      - number: "850"
    state: absent
"""

RETURN = r"""
ring_groups:
  description:
    - The listed ring groups as they are on the PBX afterwards.
    - Each with the fields that were given, and with those by which it is known. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 60
      number: "810"
      name: Front office
      members:
        - {number: "100"}
        - {number: "112"}
      ring_time: 30
created:
  description: Numbers of new ring groups.
  returned: success
  type: list
  elements: str
  sample: ["810"]
updated:
  description: Numbers of changed ring groups.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Numbers of removed ring groups.
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
      description: Position in O(ring_groups); null for what was to be purged.
      type: int
    item:
      description: By what the ring group is known.
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
    "RingGroups",
    option="ring_groups",
    plain=[
        "groups",
        "members",
        "forward_no_answer",
        "break_route",
        "holidays_route",
        "office_route",
        "out_of_office_route",
    ],
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
