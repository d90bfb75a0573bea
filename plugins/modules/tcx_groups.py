# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the departments of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_groups
short_description: Manage the departments of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes departments, which the XAPI calls groups, with their hours, routes, limits and rights.
  - A department is known by its name, or by the number that the PBX gave to it.
  - Who belongs to a department is not managed here but at each member, with O(tcx.pbx.tcx_users#module:users[].groups)
    and its likes. Two writers on one list of members would lose entries.
author:
  - tcx.pbx contributors (@tcx-pbx)
extends_documentation_fragment:
  - tcx.pbx.connection
  - tcx.pbx.managed
  - tcx.pbx.declared
  - tcx.pbx.attributes
  - tcx.pbx.attributes.full
options:
  groups:
    description:
      - The departments.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the department. The department is known by it.
          - Required for a new one.
        type: str
      number:
        description:
          - The number that the PBX gave to the department, such as V(GRP0001). It never changes.
          - With it the department is known by its number, and O(groups[].name) renames it.
          - Not for new departments, which get theirs from the PBX.
        type: str
      language:
        description:
          - Language of prompts and mails, such as V(EN).
        type: str
      time_zone_id:
        description:
          - Number of the time zone, as the PBX counts them, such as V(51).
        type: str
      hours:
        description:
          - Office hours of the department.
        type: dict
        suboptions: &hours
          ignore_holidays:
            description:
              - Whether the schedule applies on holidays, too.
            type: bool
          periods:
            description:
              - Times of the week.
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
                  - When the period begins, such as V(08:00).
                type: str
              stop:
                description:
                  - When the period ends, such as V(17:30).
                type: str
          type:
            description:
              - When it is. The kinds with C(SpecificHours) in their name go by the listed periods.
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
      break_time:
        description:
          - When the members of the department have a break.
        type: dict
        suboptions: *hours
      office_route:
        description:
          - Where calls for the department go during office hours.
          - The number of a place on this PBX, or a dictionary.
          - 'C(route) in it is such a number or a dictionary: C(to) is the kind of place, such as V(Queue),
            V(Extension), V(VoiceMail) or V(External), and follows from the number if it is left out. V(None) ends the
            call. C(number) is a number of this PBX, and C(external) one outside.'
          - C(prompt) is the file name of an announcement that is played before, and C(is_prompt_enabled) whether it
            is.
        type: raw
      out_of_office_route:
        description:
          - Where calls for the department go outside office hours, written like O(groups[].office_route).
        type: raw
      break_route:
        description:
          - Where calls for the department go during a break, written like O(groups[].office_route).
        type: raw
      holidays_route:
        description:
          - Where calls for the department go on holidays, written like O(groups[].office_route).
        type: raw
      current_group_hours:
        description:
          - Overrides the schedule. V(Default) follows it again.
          - Others are V(ForceOpened), V(ForceClosed), V(ForceBreak), V(ForceCustomOperator) and V(ForceHoliday).
        type: str
      override_expires_at:
        description:
          - Until when O(groups[].current_group_hours) overrides the schedule, such as V(2027-01-31T17:00:00+01:00).
        type: str
      custom_operator:
        description:
          - Who gets the calls while O(groups[].current_group_hours=ForceCustomOperator).
          - A number of this PBX, or a dictionary with C(to), C(number) and C(external) as in
            O(groups[].office_route).
        type: raw
      rights:
        description:
          - What each role may do in the department. Roles that are not listed stay as they are.
        type: list
        elements: dict
        suboptions:
          allow_ivr:
            description:
              - Whether digital receptionists may be changed.
            type: bool
          allow_parking:
            description:
              - Whether calls may be parked and picked up.
            type: bool
          allow_to_change_presence:
            description:
              - Whether the status of others may be changed.
            type: bool
          allow_to_manage_company_book:
            description:
              - Whether the company's phone book may be changed.
            type: bool
          assign_clear_operations:
            description:
              - Whether operations may be assigned and cleared, as the XAPI calls it.
            type: bool
          can_barge_in:
            description:
              - Whether calls of others may be joined.
            type: bool
          can_intercom:
            description:
              - Whether others may be called by intercom, that is without them picking up.
            type: bool
          can_see_group_calls:
            description:
              - Whether the calls of the department are seen.
            type: bool
          can_see_group_members:
            description:
              - Whether the members of the department are seen.
            type: bool
          can_see_group_recordings:
            description:
              - Whether the recordings of the department are seen.
            type: bool
          perform_operations:
            description:
              - Whether operations on calls of others may be performed, such as diverting them.
            type: bool
          role_name:
            description:
              - The role whose rights these are.
            type: str
            choices: [system_owners, system_admins, group_owners, managers, group_admins, receptionists, users]
          show_my_calls:
            description:
              - Whether the others see one's own calls.
            type: bool
          show_my_presence:
            description:
              - Whether the others see one's own status.
            type: bool
          show_my_presence_outside:
            description:
              - Whether members of other departments see one's own status.
            type: bool
      transcription_mode:
        description:
          - 'What is turned into text: V(Nothing), V(Voicemail), V(Recordings), V(Both), or V(Inherit) for what the
            level above says.'
        type: str
      call_us_enable_chat:
        description:
          - Whether the talk link offers chats.
        type: bool
      call_us_enable_phone:
        description:
          - Whether the talk link offers calls.
        type: bool
      call_us_enable_video:
        description:
          - Whether the talk link offers video calls.
        type: bool
      call_us_requirement:
        description:
          - What visitors have to tell of themselves before they get through.
        type: str
        choices: [Both, Name, Email, None]
      click_to_call_id:
        description:
          - The last part of the talk link, the address at which visitors of a website call or chat.
        type: str
      allow_call_service:
        description:
          - Whether members of the department may use the call service, as the XAPI calls it.
        type: bool
      answer_after:
        description:
          - After how many seconds the PBX answers.
        type: int
      call_handling_mode:
        description:
          - What happens before calls ring, any of V(WelcomeMessageForIncomingCalls) and V(HoldCall).
        type: list
        elements: str
      custom_prompt:
        description:
          - File name of an announcement of the department's own.
        type: str
      disable_custom_prompt:
        description:
          - Whether the announcement of its own is off.
        type: bool
      globally_visible:
        description:
          - Whether members of other departments see this one.
        type: bool
      office_holidays:
        description:
          - All holidays of the department. Those that are not listed are removed.
          - M(tcx.pbx.tcx_holidays) manages them one by one, from 20.0.7 on.
        type: list
        elements: dict
        suboptions:
          day:
            description:
              - Day of the month on which the holiday begins.
            type: int
          day_end:
            description:
              - Day of the month on which it ends.
            type: int
          holiday_prompt:
            description:
              - File name of the announcement on that day.
            type: str
          is_recurrent:
            description:
              - Whether it is a holiday every year.
            type: bool
          month:
            description:
              - Month in which it begins.
            type: int
          month_end:
            description:
              - Month in which it ends.
            type: int
          name:
            description:
              - Name of the holiday.
            type: str
          time_of_end_date:
            description:
              - When on the last day it ends, as a duration since midnight. V(P1D) is the end of the day.
            type: str
          time_of_start_date:
            description:
              - When on the first day it begins, as a duration since midnight, such as V(PT8H).
            type: str
          year:
            description:
              - Year in which it begins; 0 for every year.
            type: int
          year_end:
            description:
              - Year in which it ends; 0 for every year.
            type: int
          group:
            description:
              - Name or number of the department that the holiday belongs to.
            type: str
      override_holidays:
        description:
          - Whether the department has holidays of its own in place of those of the PBX.
        type: bool
      prompt_set:
        description:
          - The set of prompts that the department uses.
        type: str
      props:
        description:
          - Limits and ranges of the department, for a PBX that several companies share.
          - A key that is left out stays as it is.
        type: dict
        suboptions:
          dect_max_count:
            description:
              - Most DECT devices.
            type: int
          fqdn:
            description:
              - Host name of the department.
            type: str
          live_chat_max_count:
            description:
              - Most live chats.
            type: int
          outbound_rules_max_count:
            description:
              - Most outbound rules.
            type: int
          personal_contacts_max_count:
            description:
              - Most personal contacts.
            type: int
          prompts_max_count:
            description:
              - Most prompts.
            type: int
          reseller_id:
            description:
              - ID of the reseller who looks after the department.
            type: str
          reseller_name:
            description:
              - Name of the reseller who looks after the department.
            type: str
          sbc_max_count:
            description:
              - Most SBCs.
            type: int
          startup_license:
            description:
              - Kind of StartUP license.
            type: str
            choices: [Free, Pro]
          startup_owner_email:
            description:
              - Mail address of the owner of the StartUP license.
            type: str
          subcription_expire_date:
            description:
              - When the subscription ends. The XAPI spells it so.
            type: str
          subscription:
            description:
              - The subscription.
            type: str
          subscription_type:
            description:
              - Kind of subscription.
            type: str
          system_number_from:
            description:
              - First number for queues, ring groups and the like.
            type: str
          system_number_to:
            description:
              - Last number for queues, ring groups and the like.
            type: str
          trunk_number_from:
            description:
              - First number for trunks.
            type: str
          trunk_number_to:
            description:
              - Last number for trunks.
            type: str
          user_number_from:
            description:
              - First number for extensions.
            type: str
          user_number_to:
            description:
              - Last number for extensions.
            type: str
          trunks_max_count:
            description:
              - Most trunks.
              - From 20.0.5 on.
            type: int
          department_contacts_max_count:
            description:
              - Most contacts of the department.
              - From 20.0.9 on.
            type: int
      music_on_hold:
        description:
          - File name of the music that waiting callers hear.
          - From 20.0.10 on.
        type: str
      is_default:
        description:
          - Whether it is the default department. The PBX decides this; it is shown and never written.
        type: bool
      has_members:
        description:
          - Whether anybody belongs to it. The PBX decides this; it is shown and never written.
        type: bool
      id:
        description:
          - ID of the department on the PBX. With it O(groups[].name) renames the department.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The department is only removed if the PBX still has this version of it.
        type: str
notes:
  - The default department cannot be removed, and neither can one that has members. Both are told before anything
    is written.
  - O(purge) spares the default department and those that the PBX makes for itself, such as C(___FAVORITES___).
seealso:
  - module: tcx.pbx.tcx_users
  - module: tcx.pbx.tcx_outbound_rules
"""

EXAMPLES = r"""
- name: Two departments
  tcx.pbx.tcx_groups:
    groups:
      - name: Berlin
        language: DE
        office_route: "800"
        out_of_office_route: {route: {to: VoiceMail, number: "101"}}
        hours:
          type: SpecificHours
          periods:
            - {day_of_week: Monday, start: "08:00", stop: "17:00"}
            - {day_of_week: Tuesday, start: "08:00", stop: "17:00"}
      - name: Paris
        language: FR

- name: Close a department for today
  tcx.pbx.tcx_groups:
    groups:
      - name: Berlin
        current_group_hours: ForceClosed
        override_expires_at: "2037-01-31T23:00:00+01:00"

- name: Managers may listen to recordings, whatever else they may
  tcx.pbx.tcx_groups:
    groups:
      - name: Berlin
        rights:
          - role_name: managers
            can_see_group_recordings: true

- name: Remove a department that nobody belongs to
  tcx.pbx.tcx_groups:
    groups:
      - name: Paris
    state: absent
"""

RETURN = r"""
groups:
  description: The listed departments as they are on the PBX afterwards. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 28
      name: Berlin
      number: GRP0001
      is_default: false
      has_members: true
      language: DE
created:
  description: Names of new departments.
  returned: success
  type: list
  elements: str
  sample: ["Berlin"]
updated:
  description: Names of changed departments.
  returned: success
  type: list
  elements: str
  sample: ["Berlin"]
deleted:
  description: Names of removed departments.
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
      description: Position in O(groups); null for a department to be purged.
      type: int
    item:
      description: Name of the department.
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

ROUTES = ("break_route", "custom_operator", "holidays_route", "office_route", "out_of_office_route")
SPEC = typed_spec("Groups", option="groups", plain=ROUTES)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
