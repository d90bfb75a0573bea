# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the inbound rules of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_inbound_rules
short_description: Manage the inbound rules of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes inbound rules, which lead calls from trunks to places of the PBX, by the number that
    was called or that calls, and by the time.
  - A rule is known by its trunk, its condition and its number together. The same DID on two trunks has two rules.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  inbound_rules:
    description:
      - The rules.
    type: list
    elements: dict
    required: true
    suboptions:
      alter_destination_during_holidays:
        description:
          - Whether O(inbound_rules[].holidays_destination) is in force. If it is left out, it follows from whether
            that is given.
        type: bool
      alter_destination_during_out_of_office_hours:
        description:
          - Whether O(inbound_rules[].out_of_office_hours_destination) is in force. If it is left out, it follows from
            whether that is given.
        type: bool
      call_type:
        description:
          - To which calls the rule applies.
        type: str
        choices: [AllCalls, InternalCallsOnly, ExternalCallsOnly]
      condition:
        description:
          - What makes the rule apply to a call. If it is left out, a rule that is known by its trunk is one of
            V(BasedOnDID).
          - V(BasedOnDID) is for calls to the number in O(inbound_rules[].data), and V(BasedOnCallerID) for calls from
            it.
        type: str
        choices: [NoAnswer, PhoneBusy, PhoneNotRegistered, ForwardAll, BasedOnCallerID, BasedOnDID]
      custom_data:
        description:
          - More about the condition, where it needs it.
        type: str
      data:
        description:
          - The DID, or the caller ID, for which the rule is, exactly as the PBX has it, such as V(+498955500016). In
            quotes.
          - A DID is born in the list of numbers of its trunk. The PBX may refuse a rule for one that is not there.
        type: str
      holidays_destination:
        description:
          - Where calls go on holidays. A place as in O(inbound_rules[].office_hours_destination).
          - An empty text means that calls go where they go at other times.
        type: raw
      hours:
        description:
          - What counts as office hours for this rule.
        type: dict
        suboptions:
          ignore_holidays:
            description:
              - Whether the hours apply on holidays, too.
            type: bool
          periods:
            description:
              - Times of the week. The list replaces the one on the PBX.
            type: list
            elements: dict
            suboptions:
              day_of_week:
                description:
                  - The day.
                type: str
                choices: [Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday]
              start:
                description:
                  - When the period begins, such as V(08:00), in quotes.
                type: str
              stop:
                description:
                  - When the period ends, such as V(17:30), in quotes.
                type: str
          type:
            description:
              - When it is. V(OfficeHours) are those of the department or the PBX. The kinds with C(SpecificHours) in
                their name go by O(inbound_rules[].hours.periods).
            type: str
            choices:
              - AllHours
              - OfficeHours
              - OutOfOfficeHours
              - SpecificHours
              - SpecificHoursExcludingHolidays
              - OutOfSpecificHours
              - OutOfSpecificHoursIncludingHolidays
              - Never
              - BreakTime
      office_hours_destination:
        description:
          - Where calls go, at all times if nothing else is said. A new rule needs it. The place is a number of this
            PBX, as in V("800"), or a dictionary.
          - Keys of the dictionary are C(number) (number or name of an extension, queue, ring group, IVR, fax or route
            point), C(external) (a number outside) and C(to) (the kind of place).
          - 'Without C(to), calls ring where the number is, or go outside. V({to: VoiceMail, number: "101"}) leaves
            them in the mailbox of 101, and V({to: None}) ends them.'
          - All kinds are V(None), V(VoiceMail), V(Extension), V(Queue), V(RingGroup), V(IVR), V(External), V(Fax),
            V(Boomerang), V(Deflect), V(VoiceMailOfDestination), V(Callback), V(RoutePoint) and
            V(ProceedWithNoExceptions).
          - With another kind the former number is forgotten. An empty text ends calls, too.
        type: raw
        aliases: [destination]
      out_of_office_hours_destination:
        description:
          - Where calls go outside office hours. A place as in O(inbound_rules[].office_hours_destination).
          - An empty text means that calls go where they go during office hours.
        type: raw
      rule_name:
        description:
          - The name that people see.
        type: str
        aliases: [name]
      trunk_dn:
        description:
          - The trunk on which calls come in, by name or number, as in V(Provider A).
        type: raw
        aliases: [trunk]
      id:
        description:
          - ID of the rule on the PBX, to tell double rules apart, or to give a rule another trunk, condition or
            number.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The rule is only removed if the PBX still has this version of it.
        type: str
notes:
  - Every DID route of M(tcx.pbx.tcx_trunk_routes) is an inbound rule, too. That module can say less, where a DID
    rings and a name, and adds DIDs to trunks. This one also knows office hours, holidays, mailboxes, numbers outside
    and rules by caller ID.
  - Let one of the two modules manage a DID, not both. The other one changes rules of places that it manages, and
    rules of other places only where it takes a DID away.
  - 'Purge with a O(purge_filter), such as V({trunk_dn: Provider A, condition: BasedOnCallerID}), or all rules go that
    are not listed, the DID routes among them.'
seealso:
  - module: tcx.pbx.tcx_trunk_routes
  - module: tcx.pbx.tcx_queues
  - module: tcx.pbx.tcx_receptionists
"""

EXAMPLES = r"""
- name: Lead a DID to the sales queue, and to a mailbox outside office hours
  tcx.pbx.tcx_inbound_rules:
    inbound_rules:
      - trunk: Provider A
        data: "+498955500016"
        name: Sales Munich
        destination: "800"
        out_of_office_hours_destination: {to: VoiceMail, number: "101"}
        holidays_destination: "821"

- name: Office hours of its own for one DID
  tcx.pbx.tcx_inbound_rules:
    inbound_rules:
      - trunk: Provider A
        data: "+498955500016"
        hours:
          type: SpecificHours
          periods:
            - {day_of_week: Monday, start: "08:00", stop: "17:00"}
            - {day_of_week: Friday, start: "08:00", stop: "13:00"}

- name: Put an important caller through to a person
  tcx.pbx.tcx_inbound_rules:
    inbound_rules:
      - trunk: Provider A
        condition: BasedOnCallerID
        data: "+491555012345"
        name: Our best customer
        destination: "100"

- name: Have no other rules by caller ID on this trunk
  tcx.pbx.tcx_inbound_rules:
    inbound_rules: []
    purge: true
    purge_filter:
      trunk_dn: Provider A
      condition: BasedOnCallerID
    max_deletions: 5

- name: Remove the rule of a DID
  tcx.pbx.tcx_inbound_rules:
    inbound_rules:
      - trunk: Provider A
        data: "+498955500016"
    state: absent
"""

RETURN = r"""
inbound_rules:
  description:
    - The listed inbound rules as they are on the PBX afterwards.
    - Each with the fields that were given, and with those by which it is known. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 131
      trunk_dn: {name: Provider A}
      condition: BasedOnDID
      data: "+498955500016"
      rule_name: Sales Munich
      office_hours_destination: {to: Queue, number: "800", external: ""}
created:
  description: Trunk, condition and number of new inbound rules.
  returned: success
  type: list
  elements: str
  sample: [Provider A BasedOnDID +498955500016]
updated:
  description: Trunk, condition and number of changed inbound rules.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Trunk, condition and number of removed inbound rules.
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
      description: Position in O(inbound_rules); null for what was to be purged.
      type: int
    item:
      description: By what the rule is known.
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
    "InboundRules",
    option="inbound_rules",
    plain=["trunk_dn", "office_hours_destination", "out_of_office_hours_destination", "holidays_destination"],
    aliases={"trunk_dn": ["trunk"], "rule_name": ["name"], "office_hours_destination": ["destination"]},
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
