# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the users of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_users
short_description: Manage the users of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes users, which are the extensions of the PBX, with their departments and roles,
    forwarding profiles, voice mailbox and phones.
  - A user is known by the number of the extension, or by mail address where no number is given.
  - Departments are named, not numbered; a department that does not exist is told before anything is written.
  - Where several users get the same values, they get them in one call, and many are removed in one call, too.
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
  users:
    description:
      - The users.
    type: list
    elements: dict
    required: true
    suboptions:
      number:
        description:
          - The extension's number. The user is known by it, and it never changes.
          - Left out for a new user who has an O(users[].email_address), the PBX picks a free one.
        type: str
      first_name:
        description:
          - Given name.
        type: str
      last_name:
        description:
          - Family name.
        type: str
      email_address:
        description:
          - Mail address. Where no number is given the user is known by it, in capitals or not.
        type: str
        aliases: [email]
      mobile:
        description:
          - Mobile number.
        type: str
      enabled:
        description:
          - Whether the extension may be used.
        type: bool
      internal:
        description:
          - Whether only calls inside the PBX are allowed.
        type: bool
      groups:
        description:
          - All departments that the user belongs to. The user leaves those that are not listed.
          - Either the name or number of a department, or a dictionary.
          - 'V({name: Sales, role: managers}) is the department by C(name), C(number) or C(group_id), and the C(role)
            in it: V(system_owners), V(system_admins), V(group_owners), V(managers), V(group_admins), V(receptionists)
            or V(users).'
          - 'C(rights) has the C(role_name), which is what C(role) is short for, and single rights that differ from
            what the role allows: C(allow_ivr), C(allow_parking), C(allow_to_change_presence),
            C(allow_to_manage_company_book), C(assign_clear_operations), C(can_barge_in), C(can_intercom),
            C(can_see_group_calls), C(can_see_group_members), C(can_see_group_recordings), C(perform_operations),
            C(show_my_calls), C(show_my_presence) and C(show_my_presence_outside).'
          - Rights that are left out stay as they are, until the role changes.
        type: list
        elements: raw
      primary_group_id:
        description:
          - Name, number or ID of the department that counts where there can be only one.
        type: str
      outbound_caller_id:
        description:
          - The number that is shown to those who are called.
        type: str
      language:
        description:
          - Language of prompts and mails for the user, such as V(EN).
        type: str
      vm_enabled:
        description:
          - Whether there is a voice mailbox.
        type: bool
      vmpin:
        description:
          - A secret. The PIN of the voice mailbox.
        type: str
        aliases: [vm_pin]
      vm_email_options:
        description:
          - What is mailed when somebody leaves a message.
        type: str
        choices: [None, Notification, Attachment, AttachmentAndDelete, VmailToMembers, EmailToExtrasOnly]
      record_calls:
        description:
          - Whether calls are recorded.
        type: bool
      record_external_calls_only:
        description:
          - Whether only calls with the outside are recorded.
        type: bool
      forwarding_profiles:
        description:
          - What happens to calls, status by status. Every user has the same profiles, so those that are not listed
            stay as they are, and one of an unknown name is an error.
          - Destinations that are left out stay as they are.
        type: list
        elements: dict
        suboptions:
          accept_multiple_calls:
            description:
              - Whether a second call rings while one is going on.
            type: bool
          available_route:
            description:
              - Where calls go that are not picked up, for profiles in which the phone rings.
            type: dict
            suboptions:
              busy_all_calls:
                description:
                  - Whether all calls are treated alike while the line is busy, wherever they come from.
                type: bool
              busy_external:
                description:
                  - Where calls from outside go while the line is busy.
                type: dict
                suboptions: &destination
                  external:
                    description:
                      - The number outside that is called, for V(External).
                    type: str
                  number:
                    description:
                      - Number of the extension, queue or other place on this PBX.
                    type: str
                  to:
                    description:
                      - What kind of place it is. V(None) ends the call.
                      - Left out, the kind follows from the number. With another kind the former number is forgotten.
                    type: str
                    choices:
                      - None
                      - VoiceMail
                      - Extension
                      - Queue
                      - RingGroup
                      - IVR
                      - External
                      - Fax
                      - Boomerang
                      - Deflect
                      - VoiceMailOfDestination
                      - Callback
                      - RoutePoint
                      - ProceedWithNoExceptions
              busy_internal:
                description:
                  - Where internal calls go while the line is busy.
                type: dict
                suboptions: *destination
              no_answer_all_calls:
                description:
                  - Whether all calls are treated alike when nobody answers, wherever they come from.
                type: bool
              no_answer_external:
                description:
                  - Where calls from outside go when nobody answers.
                type: dict
                suboptions: *destination
              no_answer_internal:
                description:
                  - Where internal calls go when nobody answers.
                type: dict
                suboptions: *destination
              not_registered_all_calls:
                description:
                  - Whether all calls are treated alike while no phone is registered, wherever they come from.
                type: bool
              not_registered_external:
                description:
                  - Where calls from outside go while no phone is registered.
                type: dict
                suboptions: *destination
              not_registered_internal:
                description:
                  - Where internal calls go while no phone is registered.
                type: dict
                suboptions: *destination
          away_route:
            description:
              - Where calls go at once, for profiles in which no phone rings.
            type: dict
            suboptions:
              all_hours_external:
                description:
                  - Whether calls from outside go there at all hours.
                type: bool
              all_hours_internal:
                description:
                  - Whether internal calls go there at all hours.
                type: bool
              external:
                description:
                  - Where calls from outside go.
                type: dict
                suboptions: *destination
              internal:
                description:
                  - Where internal calls go.
                type: dict
                suboptions: *destination
          block_push_calls:
            description:
              - Whether calls are kept from the apps of mobile phones.
            type: bool
          custom_message:
            description:
              - What others see beside the status.
            type: str
          custom_name:
            description:
              - What the status is called instead.
            type: str
          disable_ring_group_calls:
            description:
              - Whether calls to ring groups do not ring here.
            type: bool
          name:
            description:
              - Name of the profile, such as V(Available) or V(Away). Always the name that the PBX gave, not
                C(custom_name).
            type: str
          no_answer_timeout:
            description:
              - Seconds after which a call counts as not answered.
            type: int
          office_hours_auto_queue_log_out:
            description:
              - Whether the user is logged out of the queues outside office hours.
            type: bool
          ring_my_mobile:
            description:
              - Whether the mobile phone rings along.
            type: bool
      forwarding_exceptions:
        description:
          - All rules for certain callers or times, in the order in which they are tried.
          - Rules that are not listed are removed.
        type: list
        elements: dict
        suboptions:
          caller_id:
            description:
              - The caller that the rule is for. V(*) stands for any digits.
              - Up to 20.0.8; later versions have C(data).
            type: str
          destination:
            description:
              - Where these calls go.
            type: dict
            suboptions: *destination
          hours:
            description:
              - When the rule applies.
            type: dict
            suboptions: &schedule
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
          call_type:
            description:
              - Which calls the rule is for.
              - From 20.0.9 on.
            type: str
            choices: [AllCalls, InternalCallsOnly, ExternalCallsOnly]
          condition:
            description:
              - What the rule goes by.
              - From 20.0.9 on.
            type: str
            choices: [NoAnswer, PhoneBusy, PhoneNotRegistered, ForwardAll, BasedOnCallerID, BasedOnDID]
          data:
            description:
              - The caller ID or the called number, by the condition.
              - From 20.0.9 on.
            type: str
          enabled:
            description:
              - Whether the rule is on.
              - From 20.0.9 on.
            type: bool
      current_profile_name:
        description:
          - Name of the forwarding profile, that is the status, which is on now.
        type: str
      queue_status:
        description:
          - Whether the user is logged in to the queues, all of them at once.
        type: str
        choices: [LoggedOut, LoggedIn]
      hours:
        description:
          - The user's own office hours.
        type: dict
        suboptions: *schedule
      break_time:
        description:
          - When the user has a break.
        type: dict
        suboptions: *schedule
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
          - The last part of the user's talk link, at which visitors of a website call or chat.
        type: str
      access_password:
        description:
          - A secret. The password for the web client.
        type: str
      allow_lan_only:
        description:
          - Whether phones may register from the local network only.
        type: bool
      allow_own_recordings:
        description:
          - Whether the user may start and stop recordings.
        type: bool
      auth_id:
        description:
          - The name with which phones register.
        type: str
      auth_password:
        description:
          - A secret. The password with which phones register.
        type: str
      blfs:
        description:
          - The lamps and keys of the user's phones, in the XML of the PBX.
        type: str
      call_screening:
        description:
          - Whether callers are asked for their name first.
        type: bool
      contact_image:
        description:
          - The user's picture.
        type: str
      deskphone_password:
        description:
          - A secret. The password for the pages of a desk phone.
        type: str
      emergency_additional_info:
        description:
          - What emergency services are told besides the location.
        type: str
      emergency_location_id:
        description:
          - ID of the location that emergency services are told.
        type: str
      enable2_fa:
        description:
          - Whether a second factor is on for the web client.
        type: bool
        aliases: [enable_2fa]
      enable_hotdesking:
        description:
          - Whether the extension is for phones at which anybody logs in.
        type: bool
      google_sign_in_enabled:
        description:
          - Whether the user signs in with an account at Google.
        type: bool
      greetings:
        description:
          - All greetings of the voice mailbox. Those that are not listed are no longer played; the files have to be
            there.
        type: list
        elements: dict
        suboptions:
          display_name:
            description:
              - What the greeting is called.
            type: str
          filename:
            description:
              - File name of the greeting.
            type: str
          type:
            description:
              - When it is played.
            type: str
            choices: [Default, Available, Away, OutOfOffice, Available2, OutOfOffice2]
      hide_in_phonebook:
        description:
          - Whether the user is left out of the phone book.
        type: bool
      hotdesking_assignment:
        description:
          - Number of the user who is logged in at such a phone.
        type: str
      ms365_calendar_enabled:
        description:
          - Whether the calendar at Microsoft 365 decides the status.
        type: bool
      ms365_contacts_enabled:
        description:
          - Whether contacts are fetched from Microsoft 365.
        type: bool
      ms365_sign_in_enabled:
        description:
          - Whether the user signs in with an account at Microsoft 365.
        type: bool
      ms365_teams_enabled:
        description:
          - Whether the user is reached in Teams.
        type: bool
      my_phone_allow_delete_recordings:
        description:
          - Whether the user may delete recordings of own calls.
        type: bool
      my_phone_hide_forwardings:
        description:
          - Whether the user does not see the forwarding rules in the apps.
        type: bool
      my_phone_push:
        description:
          - Whether mobile phones are woken by push messages.
        type: bool
      my_phone_show_recordings:
        description:
          - Whether the user sees recordings of own calls.
        type: bool
      office_hours_props:
        description:
          - What office hours do, any of V(GlobalSchedule), V(AutoSwitchProfiles), V(AutoQueueLogOut) and
            V(BlockOutboundCalls).
        type: list
        elements: str
      pbx_delivers_audio:
        description:
          - Whether audio always goes through the PBX.
        type: bool
      phones:
        description:
          - All phones of the user. Those that are not listed are removed, and with them what the PBX knows of them.
          - Keys that are left out stay as they are.
        type: list
        elements: dict
        suboptions:
          interface:
            description:
              - The network interface of the PBX that the phone talks to.
            type: str
          mac_address:
            description:
              - The phone's hardware address, by which it is known.
            type: str
          name:
            description:
              - Name of the phone.
            type: str
          settings:
            description:
              - What the phone is set up with.
            type: dict
            suboptions:
              allow_custom_queue_ringtones:
                description:
                  - Whether queues may have ring tones of their own.
                type: bool
              backlight:
                description:
                  - How long the display stays lit.
                type: str
              codecs:
                description:
                  - Audio codecs, best first.
                type: list
                elements: str
              custom_logo:
                description:
                  - File name of a logo.
                type: str
              custom_queue_ringtones:
                description:
                  - Ring tones for single queues.
                type: list
                elements: dict
                suboptions:
                  queue:
                    description:
                      - Number of the queue.
                    type: str
                  ringtone:
                    description:
                      - The ring tone.
                    type: str
              date_format:
                description:
                  - How dates are written.
                type: str
              firmware:
                description:
                  - Firmware that the phone is to have.
                type: str
              firmware_lang:
                description:
                  - Language file of the firmware.
                type: str
              ll_dp_info:
                description:
                  - Discovery of the network by LLDP.
                type: dict
                suboptions:
                  configurable:
                    description:
                      - Whether it can be set on this kind of phone.
                    type: bool
                  value:
                    description:
                      - Whether it is on.
                    type: bool
              local_rtp_port_end:
                description:
                  - Last local port for audio.
                type: int
              local_rtp_port_start:
                description:
                  - First local port for audio.
                type: int
              local_sip_port:
                description:
                  - Local port for SIP.
                type: int
              own_blfs:
                description:
                  - Whether the phone has keys of its own instead of those of the user.
                  - Up to 20.0.6.
                type: bool
              phone_language:
                description:
                  - Language of the phone.
                type: str
              power_led:
                description:
                  - When the lamp shines.
                type: str
              provision_extended_data:
                description:
                  - More data for the provisioning, in the format of the PBX.
                type: str
              provision_type:
                description:
                  - How the phone reaches the PBX.
                type: str
                choices: [LocalLan, RemoteExt, RemoteExtSipProxyMgr, SBC]
              queue_ring_tone:
                description:
                  - Ring tone for calls to queues.
                type: str
              remote_spm_host:
                description:
                  - Host of the SIP proxy through which the phone comes.
                type: str
              remote_spm_port:
                description:
                  - Port of the SIP proxy through which the phone comes.
                type: int
              ring_tone:
                description:
                  - Ring tone for other calls.
                type: str
              sbc_name:
                description:
                  - Name of the SBC behind which the phone is.
                type: str
              screen_saver:
                description:
                  - After what time the screen saver starts.
                type: str
              secret:
                description:
                  - A secret. The password of the phone.
                type: str
              srtp:
                description:
                  - How audio is encrypted.
                type: str
              time_format:
                description:
                  - How times are written.
                type: str
              time_zone:
                description:
                  - Time zone of the phone.
                type: str
              vlan_infos:
                description:
                  - VLANs of the phone's ports.
                type: list
                elements: dict
                suboptions:
                  enabled:
                    description:
                      - Whether the port is in a VLAN.
                    type: bool
                  priority:
                    description:
                      - Priority of its packets.
                    type: int
                  type:
                    description:
                      - Which port, the one to the network or the one to a computer.
                    type: str
                    choices: [Wan, Pc]
                  vlan_id:
                    description:
                      - Number of the VLAN.
                    type: int
              xfer_type:
                description:
                  - How the phone transfers calls, at once or after asking.
                type: str
                choices: [BXfer, AttXfer]
          template_name:
            description:
              - Name of the phone's template.
            type: str
      pin_protected:
        description:
          - Whether outgoing calls need a PIN.
        type: bool
      pin_protect_timeout:
        description:
          - After how many seconds the PIN is asked for again.
        type: int
      prompt_set:
        description:
          - The set of prompts that the user hears.
        type: str
      require2_fa:
        description:
          - Whether the user has to set up a second factor.
        type: bool
        aliases: [require_2fa]
      send_email_missed_calls:
        description:
          - Whether the user gets a mail about missed calls.
        type: bool
      srtp_mode:
        description:
          - Whether audio is encrypted.
        type: str
        choices: [SRTPDisabled, SRTPEnabled, SRTPEnforced]
      vm_disable_pin_auth:
        description:
          - Whether the voice mailbox asks for no PIN.
        type: bool
      vm_play_caller_id:
        description:
          - Whether the number of the caller is read out before a message.
        type: bool
      vm_play_msg_date_time:
        description:
          - Whether and how date and time are read out before a message.
        type: str
        choices: [None, Play12Hr, Play24Hr]
      web_meeting_approve_participants:
        description:
          - Whether participants of meetings have to be let in.
        type: bool
      web_meeting_friendly_name:
        description:
          - The last part of the address of the user's meetings.
        type: str
      google_calendar_enabled:
        description:
          - Whether the calendar at Google decides the status.
          - From 20.0.5 on.
        type: bool
      google_contacts_enabled:
        description:
          - Whether contacts are fetched from Google.
          - From 20.0.5 on.
        type: bool
      record_email_notify:
        description:
          - Whether the user gets a mail about recordings.
          - From 20.0.5 on.
        type: bool
      datev_enabled:
        description:
          - Whether calls are shown to DATEV.
          - From 20.0.7 on.
        type: bool
      agent_settings:
        description:
          - How the AI agent works. A key that is left out stays as it is.
          - From 20.0.9 on.
        type: dict
        suboptions:
          abusive_caller_action:
            description:
              - What happens with abusive callers.
            type: dict
            suboptions: &hand_over
              action:
                description:
                  - What is done, in the words of the PBX.
                type: str
              number:
                description:
                  - Number that the call is handed over to.
                type: str
          agent_type:
            description:
              - Kind of agent, in the words of the PBX.
            type: str
          allowed_extensions:
            description:
              - Extensions that the agent may transfer to.
            type: str
          caller_does_not_respond_action:
            description:
              - What happens when the caller says nothing.
            type: dict
            suboptions: *hand_over
          call_priority_settings:
            description:
              - How the agent tells urgent calls from others.
            type: dict
            suboptions:
              is_enabled:
                description:
                  - Whether it does.
                type: bool
              priority_high:
                description:
                  - What is done with urgent calls.
                type: dict
                suboptions: &reaction
                  action:
                    description:
                      - What is done, in the words of the PBX.
                    type: str
                  instructions:
                    description:
                      - What the agent is told about it.
                    type: str
              priority_low:
                description:
                  - What is done with calls that can wait.
                type: dict
                suboptions: *reaction
              priority_medium:
                description:
                  - What is done with calls that are neither.
                type: dict
                suboptions: *reaction
          check_status_before_transfer:
            description:
              - Whether the agent looks at the status of a user before a transfer.
            type: bool
          confidential_mode_enabled:
            description:
              - Whether confidential mode is on.
            type: bool
          enable_name_matching:
            description:
              - Whether the agent finds users by name.
            type: bool
          enable_spam_protection:
            description:
              - Whether the agent looks for spam.
            type: bool
          first_message:
            description:
              - What the agent says first.
            type: str
          knowledgebase:
            description:
              - What the agent knows from, by the IDs of the PBX.
            type: list
            elements: str
          language:
            description:
              - Language that the agent speaks.
            type: str
          max_call_duration:
            description:
              - Longest call, in seconds.
            type: int
          phone_book_matching:
            description:
              - Whether the agent finds callers in the phone book.
            type: bool
          phonebook_override:
            description:
              - A number that stands in for the phone book.
            type: dict
            suboptions:
              number:
                description:
                  - Its number.
                type: str
              name:
                description:
                  - Its name, if no number is given.
                type: str
              id:
                description:
                  - Its ID, if neither is given.
                type: int
          routing_directory:
            description:
              - All places that the agent may transfer to.
            type: list
            elements: dict
            suboptions:
              description:
                description:
                  - When the agent transfers to it.
                type: str
              number:
                description:
                  - Number of the place.
                type: str
          spam_action:
            description:
              - What happens with spam.
            type: dict
            suboptions: *hand_over
          spam_instructions:
            description:
              - What the agent is told about spam.
            type: str
          switch_language:
            description:
              - Whether the agent goes on in the caller's language.
            type: bool
          system_prompt:
            description:
              - What the agent is told about its work.
            type: str
          token_budget:
            description:
              - Limits on what the language model reads and says.
            type: dict
            suboptions:
              enabled:
                description:
                  - Whether there are limits.
                type: bool
              max_input_tokens:
                description:
                  - Most tokens that are read.
                type: int
              min_input_tokens:
                description:
                  - Fewest tokens that are read.
                type: int
              normal_speech_tpm:
                description:
                  - Tokens a minute that count as normal speech.
                type: int
              tolerance:
                description:
                  - By how much the limits may be passed.
                type: float
          voice:
            description:
              - Voice that the agent speaks with.
            type: str
          agent_fallback:
            description:
              - What happens when the agent cannot go on.
            type: dict
            suboptions: *hand_over
          allow_websearch:
            description:
              - Whether the agent may search the web.
            type: bool
          boss_interruption_settings:
            description:
              - When the agent interrupts the person that it works for.
            type: dict
            suboptions:
              block:
                description:
                  - When it does not.
                type: dict
                suboptions: *reaction
              interrupt:
                description:
                  - When it does.
                type: dict
                suboptions: *reaction
              notify:
                description:
                  - When it leaves a note.
                type: dict
                suboptions: *reaction
          human_handoff:
            description:
              - Who takes over.
            type: dict
            suboptions:
              description:
                description:
                  - When a person takes over.
                type: str
              number:
                description:
                  - Number of the person who takes over.
                type: str
      ai_agent:
        description:
          - Whether the extension is an AI agent.
          - From 20.0.9 on.
        type: bool
      block_tunnel:
        description:
          - Whether connections through the tunnel are blocked.
          - From 20.0.9 on.
        type: bool
      forbid_recording:
        description:
          - Whether calls must not be recorded.
          - From 20.0.10 on.
        type: bool
      id:
        description:
          - ID of the user on the PBX, to tell users with the same mail address apart, or to change the mail address
            of one who is known by it.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The user is only removed if the PBX still has this version of it.
        type: str
  force:
    description:
      - Whether to remove a user even if calls are still led to the number.
      - Without this, a task that would remove a user is refused while an inbound rule, a queue, a digital receptionist,
        another user's forwarding or the like leads to the number, and the message names it.
    type: bool
    default: false
notes:
  - The PBX would show passwords and PINs of users in clear. They are never asked for, and results do not have them.
    Those that are left out for a new user are made by the PBX.
  - A PIN or password that is also the number of an extension is masked wherever it stands in the results.
  - 3CX documents few of the settings of phones and AI agents. Where nothing more is known, their descriptions tell
    what their names say.
  - O(purge) does not spare anybody, the owner of the system included, unless O(purge_filter) does.
    Set O(max_deletions) with it.
seealso:
  - module: tcx.pbx.tcx_groups
  - module: tcx.pbx.tcx_contacts
  - module: tcx.pbx.tcx_action
    description: New passwords, welcome mails and other actions on users.
"""

EXAMPLES = r"""
- name: A user with a role in a department
  tcx.pbx.tcx_users:
    users:
      - number: "140"
        first_name: Ada
        last_name: Lovelace
        email_address: ada@example.com
        groups:
          - {name: Sales, role: managers}
          - Support
        vmpin: "{{ ada_pin | default('48151623') }}"

- name: A user for whom the PBX picks the number
  tcx.pbx.tcx_users:
    users:
      - email_address: grace@example.com
        first_name: Grace
        last_name: Hopper
        groups: [Sales]
  register: grace

- name: Calls go to the colleague after 20 seconds
  tcx.pbx.tcx_users:
    users:
      - number: "140"
        forwarding_profiles:
          - name: Available
            no_answer_timeout: 20
            available_route:
              no_answer_all_calls: true
              no_answer_internal: {to: Extension, number: "101"}

- name: Record the calls of several users
  tcx.pbx.tcx_users:
    users:
      - {number: "101", record_calls: true}
      - {number: "102", record_calls: true}
      - {number: "103", record_calls: true}

- name: Everybody in the warehouse who is not listed leaves
  tcx.pbx.tcx_users:
    users:
      - number: "109"
      - number: "110"
    purge: true
    purge_filter:
      primary_group_id: Warehouse
    max_deletions: 3

- name: Remove a user
  tcx.pbx.tcx_users:
    users:
      - number: "140"
    state: absent
"""

RETURN = r"""
users:
  description:
    - The listed users as they are on the PBX afterwards, with the fields that were given and without secrets.
    - Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 51
      number: "140"
      first_name: Ada
      last_name: Lovelace
      email_address: ada@example.com
      groups:
        - name: Sales
          rights: {role_name: managers}
        - name: Support
          rights: {role_name: users}
created:
  description: Numbers of new users, or mail addresses where the PBX picks the number.
  returned: success
  type: list
  elements: str
  sample: ["140"]
updated:
  description: Numbers of changed users.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Numbers of removed users.
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
      description: Position in O(users); null for a user to be purged.
      type: int
    item:
      description: Number or mail address of the user.
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
    "Users",
    option="users",
    plain=("groups",),
    aliases={
        "email_address": ["email"],
        "enable2_fa": ["enable_2fa"],
        "require2_fa": ["require_2fa"],
        "vmpin": ["vm_pin"],
    },
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
