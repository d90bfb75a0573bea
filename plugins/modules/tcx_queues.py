# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the call queues of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_queues
short_description: Manage the call queues of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes call queues, with their agents, managers and what becomes of calls that nobody
    answers.
  - A queue is known by its number, or by its name where no number is given.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  queues:
    description:
      - The queues.
    type: list
    elements: dict
    required: true
    suboptions:
      groups:
        description:
          - The departments that the queue belongs to, by name or number, as in V([Sales]).
          - The list replaces the one on the PBX.
        type: list
        elements: raw
      number:
        description:
          - The number of the queue. It never changes; another number is another queue.
          - Put it in quotes. If a new one has none, the PBX picks the next free number.
        type: str
      office_route:
        description:
          - Where calls go during office hours. Up to 20.0.5 only. As O(queues[].out_of_office_route).
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
      agent_availability_mode:
        description:
          - Whether callers are turned to O(queues[].forward_no_answer) while no agent is available, going by the name
            of the property.
        type: bool
      agents:
        description:
          - The extensions that take calls, in order, as numbers or names, such as V(["101", "102"]), or as
            dictionaries with C(number) and C(skill_group).
          - The list replaces the one on the PBX. An agent that stays keeps the skill group, unless it is given.
          - Whether agents are logged in is their own business and not changed.
        type: list
        elements: raw
      announcement_interval:
        description:
          - Seconds between two announcements to waiting callers.
        type: int
      announce_queue_position:
        description:
          - Whether callers hear their position in the queue.
        type: bool
      break_route:
        description:
          - Where calls go during a break of the department. A number is enough, or a dictionary with C(route), a
            place as in O(queues[].forward_no_answer), C(prompt), the file name of an announcement that the PBX has,
            and C(is_prompt_enabled), whether it is played before.
        type: raw
      callback_enable_time:
        description:
          - After how many seconds of waiting callers can ask to be called back.
        type: int
      callback_prefix:
        description:
          - What is dialled before the number of a caller who is called back.
        type: str
      enable_intro:
        description:
          - Whether O(queues[].intro_file) is played before callers get into the queue.
        type: bool
      forward_no_answer:
        description:
          - Where calls go if nobody answers within O(queues[].master_timeout), or nobody is there. The place is a
            number of this PBX, as in V("800"), or a dictionary.
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
            O(queues[].forward_no_answer), C(prompt), the file name of an announcement that the PBX has, and
            C(is_prompt_enabled), whether it is played before.
        type: raw
      intro_file:
        description:
          - File name of the announcement at the beginning. The PBX has to have it, see the notes.
        type: str
      managers:
        description:
          - The extensions that supervise the queue, as numbers or names. The list replaces the one on the PBX.
        type: list
        elements: raw
      master_timeout:
        description:
          - How many seconds a caller waits at most.
        type: int
      max_callers_in_queue:
        description:
          - How many callers can wait at the same time.
        type: int
      name:
        description:
          - The name that people see. Without O(queues[].number) the queue is known by it.
        type: str
      notify_codes:
        description:
          - Of what the managers are told by e-mail.
        type: list
        elements: str
        choices: [Callback, CallbackFail, SLATimeBreached, CallLost, AgentAutoLogout]
      on_hold_file:
        description:
          - File name of the music that waiting callers hear.
        type: str
      out_of_office_route:
        description:
          - Where calls go outside office hours. A number is enough, or a dictionary with C(route), a place as in
            O(queues[].forward_no_answer), C(prompt), the file name of an announcement that the PBX has, and
            C(is_prompt_enabled), whether it is played before.
        type: raw
      play_full_prompt:
        description:
          - Whether O(queues[].intro_file) is played to its end before agents ring.
        type: bool
      polling_strategy:
        description:
          - In which order agents ring. Those with C(SkillBased) in their name go by the skill groups of the agents.
        type: str
        choices:
          - Hunt
          - RingAll
          - HuntRandomStart
          - NextAgent
          - LongestWaiting
          - LeastTalkTime
          - FewestAnswered
          - HuntBy3s
          - First3Available
          - SkillBasedRouting_RingAll
          - SkillBasedRouting_HuntRandomStart
          - SkillBasedRouting_RoundRobin
          - SkillBasedRouting_FewestAnswered
      priority_queue:
        description:
          - Whether callers of this queue come before those of other queues.
        type: bool
      prompt_set:
        description:
          - The folder of the set of prompts in which the PBX speaks here.
        type: str
      recording:
        description:
          - Whether calls are recorded, and what callers can say to that.
        type: str
        choices: [Disabled, AllowToOptOut, AskToOptIn]
      reset_queue_statistics_schedule:
        description:
          - When the statistics start anew, see O(queues[].reset_statistics_schedule_enabled).
        type: dict
        suboptions:
          day:
            description:
              - The day, where it is not every day.
            type: str
            choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
          frequency:
            description:
              - How often.
            type: str
            choices: [Disabled, Daily, Weekly, Monthly]
          time:
            description:
              - The time of day, such as V(03:00), in quotes.
            type: str
      reset_statistics_schedule_enabled:
        description:
          - Whether the statistics start anew by O(queues[].reset_queue_statistics_schedule).
        type: bool
      ring_timeout:
        description:
          - How many seconds an agent rings.
        type: int
      sla_time:
        description:
          - Within how many seconds a call should be answered.
        type: int
      type_of_chat_ownership_type:
        description:
          - Whether agents take chats themselves or get them assigned.
        type: str
        choices: [TakeManually, AutoAssign]
      wrap_up_time:
        description:
          - How many seconds an agent has after a call before the next one rings.
        type: int
      greeting_file:
        description:
          - File name of the greeting of the mailbox of the queue. From 20.0.5 on.
        type: str
      vm_email_list:
        description:
          - Addresses that are told of a new voice message for the queue, separated by commas. From 20.0.9 on.
        type: str
      vm_email_options:
        description:
          - What is sent when there is a new voice message. From 20.0.9 on.
        type: str
        choices: [None, Notification, Attachment, AttachmentAndDelete, VmailToMembers, EmailToExtrasOnly]
      announce_estimated_wait_time:
        description:
          - Whether callers hear how long they will probably wait. From 20.0.10 on.
        type: bool
      announce_estimated_wait_time_interval:
        description:
          - Seconds between two announcements of O(queues[].announce_estimated_wait_time). From 20.0.10 on.
        type: int
      auto_logout_missed_calls:
        description:
          - After how many missed calls an agent is logged out. From 20.0.10 on.
        type: int
      callback_offer_only:
        description:
          - Whether callers are only offered to be called back, going by the name of the property. From 20.0.10 on.
        type: bool
      callback_offer_prompt:
        description:
          - File name of the announcement that offers it. From 20.0.10 on.
        type: str
      comfort_prompts:
        description:
          - File names of announcements that waiting callers hear one after another, in this order. From 20.0.10 on.
        type: list
        elements: str
      comfort_prompts_enabled:
        description:
          - Whether O(queues[].comfort_prompts) are played. From 20.0.10 on.
        type: bool
      comfort_prompts_interval:
        description:
          - Seconds between two of O(queues[].comfort_prompts). From 20.0.10 on.
        type: int
      destination_no_answer_prompt:
        description:
          - File name of the announcement before calls go to O(queues[].forward_no_answer). From 20.0.10 on.
        type: str
      max_wait_strategy_enabled:
        description:
          - Whether O(queues[].max_wait_time_skill_group_values) are in force, going by the name of the property. From
            20.0.10 on.
        type: bool
      max_wait_time_skill_group_values:
        description:
          - How many seconds callers wait for each skill group, in the order of the groups, going by the name of the
            property. From 20.0.10 on.
        type: list
        elements: int
      skill_based_ring_all_cumulative_polling_enabled:
        description:
          - Whether agents of the skill groups that rang before go on ringing, where all of a group ring at once,
            going by the name of the property. From 20.0.10 on.
        type: bool
      stop_background_when_prompt:
        description:
          - Whether the music stops while an announcement is played. From 20.0.10 on.
        type: bool
      id:
        description:
          - ID of the queue on the PBX, to tell queues of the same name apart.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The queue is only removed if the PBX still has this version of it.
        type: str
  force:
    description:
      - Whether to remove a queue even if something still leads calls to it.
      - Without this, a task that would remove one is refused while something leads to its number, and the message
        names it. Looked at are inbound rules, IVRs, queues, ring groups, forwardings of extensions, departments,
        outbound rules, website links, call parking and hotel services. What goes in the same task does not count.
      - A warning tells which of these the API client is not allowed to read.
        Without inbound rules and IVRs the task fails.
    type: bool
    default: false
notes:
  - 'Agents, managers and destinations have to be on the PBX, or in the same task: queues of one task may lead to each
    other, whatever their order.'
  - Prompts and music are files that the PBX has to have already. It refuses a queue with another one, and the error
    tells C(FILE_NOT_FOUND). They are not uploaded here.
seealso:
  - module: tcx.pbx.tcx_ring_groups
  - module: tcx.pbx.tcx_receptionists
  - module: tcx.pbx.tcx_inbound_rules
"""

EXAMPLES = r"""
- name: Have a queue for sales
  tcx.pbx.tcx_queues:
    queues:
      - number: "840"
        name: Sales Berlin
        groups: [Sales]
        agents: ["101", "102", "103"]
        managers: ["101"]
        polling_strategy: LongestWaiting
        ring_timeout: 20
        master_timeout: 180
        forward_no_answer: "800"
        out_of_office_route: "821"

- name: Let two agents answer by their skills, and leave what else the queue is like
  tcx.pbx.tcx_queues:
    queues:
      - number: "840"
        polling_strategy: SkillBasedRouting_RingAll
        agents:
          - {number: "101", skill_group: "1"}
          - {number: "102", skill_group: "2"}
        forward_no_answer: {to: VoiceMail, number: "101"}

- name: Send callers to a mobile phone if nobody answers
  tcx.pbx.tcx_queues:
    queues:
      - number: "840"
        forward_no_answer:
          external: "+491555012345"

- name: Remove the queue, unless something still leads to it
  tcx.pbx.tcx_queues:
    queues:
      - number: "840"
    state: absent
"""

RETURN = r"""
queues:
  description:
    - The listed queues as they are on the PBX afterwards.
    - Each with the fields that were given, and with those by which it is known. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 57
      number: "800"
      name: Sales
      agents:
        - {number: "101", skill_group: "1"}
        - {number: "102"}
      forward_no_answer: {to: RingGroup, number: "810", external: ""}
created:
  description: Numbers of new queues.
  returned: success
  type: list
  elements: str
  sample: ["800"]
updated:
  description: Numbers of changed queues.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Numbers of removed queues.
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
      description: Position in O(queues); null for what was to be purged.
      type: int
    item:
      description: By what the queue is known.
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
    "Queues",
    option="queues",
    plain=[
        "groups",
        "agents",
        "managers",
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
