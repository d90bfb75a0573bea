# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Manage the trunks of a 3CX PBX."""

from __future__ import annotations

DOCUMENTATION = r"""
module: tcx_trunks
short_description: Manage the trunks of a 3CX PBX
version_added: 0.1.0
description:
  - Creates, changes and removes SIP trunks of providers, gateways and bridges to other PBXs.
  - A trunk is known by its name, or by its virtual number if that is given alone.
  - A new trunk begins with the form that the PBX fills in from a template. What is given here is put over it.
  - Which DID rings where is the matter of M(tcx.pbx.tcx_trunk_routes), which trunk a call leaves by that of
    M(tcx.pbx.tcx_outbound_rules).
  - A trunk that outbound rules, emergency rules or inbound rules use is not removed, unless with O(force=true).
    The error names its users. The PBX itself would take its routes and inbound rules away with it.
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
  trunks:
    description:
      - The trunks.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - Name of the trunk, by which it is known. It is O(trunks[].gateway.name) in results.
        type: str
      number:
        description:
          - The virtual number of the trunk, such as V(10000). It never changes.
          - The PBX gives the next free one to a new trunk that has none here.
          - A trunk may be given by it alone, without its name.
        type: str
      template:
        description:
          - File name of the template of a new trunk, as in C(TrunkTemplates) of the XAPI. It is
            O(trunks[].gateway.template_filename) in results.
          - Required for a new trunk, except for bridges. Without effect on one that exists.
        type: str
      host:
        description:
          - Registrar, server or gateway of the provider. It is O(trunks[].gateway.host) in results.
        type: str
      auth_id:
        description:
          - User name at the provider.
        type: str
      auth_password:
        description:
          - Password at the provider. It is written to a new trunk, and to existing ones only with
            O(update_password=always).
          - It is in no result, diff or log.
        type: str
      groups:
        description:
          - The departments that the trunk belongs to, all of them.
          - The PBX takes the list as a whole.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - Name of the department.
            type: str
          number:
            description:
              - Number of the department, such as V(GRP0001), instead of its name.
            type: str
          group_id:
            description:
              - ID of the department on this PBX, instead of its name.
            type: int
          rights:
            description:
              - Rights in the department. The XAPI has them for all members alike; a trunk rarely needs any.
            type: dict
            suboptions:
              allow_ivr:
                description:
                  - Right on digital receptionists.
                type: bool
              allow_parking:
                description:
                  - Right to park calls.
                type: bool
              allow_to_change_presence:
                description:
                  - Right to change the presence of others.
                type: bool
              allow_to_manage_company_book:
                description:
                  - Right to edit the company phone book.
                type: bool
              assign_clear_operations:
                description:
                  - Right to assign and clear operations, as the XAPI calls it.
                type: bool
              can_barge_in:
                description:
                  - Right to barge in on calls.
                type: bool
              can_intercom:
                description:
                  - Right to call by intercom.
                type: bool
              can_see_group_calls:
                description:
                  - Right to see the calls of the department.
                type: bool
              can_see_group_members:
                description:
                  - Right to see the members of the department.
                type: bool
              can_see_group_recordings:
                description:
                  - Right to see the recordings of the department.
                type: bool
              perform_operations:
                description:
                  - Right to act on the calls of others.
                type: bool
              role_name:
                description:
                  - The role; O(trunks[].groups[].role) is the same.
                type: str
                choices: [system_owners, system_admins, group_owners, managers, group_admins, receptionists, users]
              show_my_calls:
                description:
                  - Whether others see the calls.
                type: bool
              show_my_presence:
                description:
                  - Whether others see the presence.
                type: bool
              show_my_presence_outside:
                description:
                  - Whether other departments see the presence.
                type: bool
          role:
            description:
              - Role in the department; short for O(trunks[].groups[].rights.role_name).
            type: str
            choices: [system_owners, system_admins, group_owners, managers, group_admins, receptionists, users]
      transcription_mode:
        description:
          - 'What is turned into text: V(Nothing), V(Voicemail), V(Recordings), V(Both), or V(Inherit) for what the
            level above says.'
        type: str
      certificate:
        description:
          - Certificate for TLS towards the provider, in PEM format.
        type: str
      certificate_name:
        description:
          - File name of that certificate, for people.
        type: str
      did_numbers:
        description:
          - 'The DIDs of the trunk, B(all of them): the PBX takes the list as a whole, and with a DID that is
            missing here goes its inbound rule.'
          - A list that leaves out a DID which an inbound rule routes is refused, unless with O(force=true).
          - To add DIDs to those that are there, leave this out and use
            O(tcx.pbx.tcx_trunk_routes#module:add_missing_dids).
        type: list
        elements: str
      direction:
        description:
          - Which calls the trunk is for.
        type: str
        choices: [None, Inbound, Outbound, Both]
      disable_video:
        description:
          - Whether video is off.
        type: bool
      diversion_header:
        description:
          - Whether the Diversion header is sent with forwarded calls.
        type: bool
      e164_country_code:
        description:
          - Country code for numbers in E.164 format on this trunk.
        type: str
      e164_process_incoming_number:
        description:
          - Whether incoming numbers are brought to E.164 format.
        type: bool
      emergency_geo_locations:
        description:
          - Locations that are told with emergency calls over this trunk.
        type: list
        elements: dict
        suboptions:
          id:
            description:
              - ID of the entry.
            type: str
          location:
            description:
              - The location.
            type: dict
            suboptions:
              friendly_name:
                description:
                  - What people call it.
                type: str
              id:
                description:
                  - ID of the location.
                type: str
          provider_uri:
            description:
              - By what the provider knows the location.
            type: str
          trunk_dn:
            description:
              - Number of the trunk.
            type: str
      enable_inbound_calls:
        description:
          - Whether calls are taken.
        type: bool
      enable_outbound_calls:
        description:
          - Whether calls are placed.
        type: bool
      external_number:
        description:
          - The main number of the trunk.
        type: str
      gateway:
        description:
          - The SIP side of the trunk. What is left out of it stays as it is.
        type: dict
        suboptions:
          codecs:
            description:
              - Names of codecs, the preferred one first.
            type: list
            elements: str
          deliver_audio:
            description:
              - Whether the PBX carries the audio instead of leaving it to the ends.
            type: bool
          dest_number_in_remote_party_id_called:
            description:
              - Whether the called number stands in Remote-Party-ID.
            type: bool
          dest_number_in_request_line_uri:
            description:
              - Whether the called number stands in the request line.
            type: bool
          dest_number_in_to:
            description:
              - Whether the called number stands in To.
            type: bool
          host:
            description:
              - Registrar, server or gateway of the provider; O(trunks[].host) is the same.
            type: str
          inbound_params:
            description:
              - What is read from which field of an incoming call.
            type: list
            elements: dict
            suboptions:
              custom:
                description:
                  - A value of your own, where the value is not one of the known ones.
                type: str
              param_id:
                description:
                  - ID of the field. C(GatewayParameters) under C(Defs) has them.
                type: int
              value_id:
                description:
                  - ID of the value. C(GatewayParameterValues) under C(Defs) has them.
                type: int
          internal:
            description:
              - Whether the trunk is one of the PBX itself. A purge leaves those alone.
            type: bool
          ip_in_registration_contact:
            description:
              - Which address of the PBX is told at registration.
            type: str
            choices: [External, Internal, Both, Specified]
          lines:
            description:
              - Count of lines of a gateway.
            type: int
          matching_strategy:
            description:
              - Whether one or all of O(trunks[].gateway.source_identification) have to match.
            type: str
            choices: [MatchAnyFields, MatchAllFields]
          name:
            description:
              - Name of the trunk; O(trunks[].name) is the same.
            type: str
          outbound_caller_id:
            description:
              - Caller ID of outgoing calls, as the gateway has it.
            type: str
          outbound_params:
            description:
              - What is written to which field of an outgoing call.
            type: list
            elements: dict
            suboptions:
              custom:
                description:
                  - A value of your own, where the value is not one of the known ones.
                type: str
              param_id:
                description:
                  - ID of the field. C(GatewayParameters) under C(Defs) has them.
                type: int
              value_id:
                description:
                  - ID of the value. C(GatewayParameterValues) under C(Defs) has them.
                type: int
          port:
            description:
              - Port of O(trunks[].host).
            type: int
          proxy_host:
            description:
              - Outbound proxy of the provider.
            type: str
          proxy_port:
            description:
              - Port of the outbound proxy.
            type: int
          require_registration_for:
            description:
              - For which calls the PBX has to be registered at the provider.
            type: str
            choices: [Nothing, IncomingCalls, OutgoingCalls, InOutCalls]
          source_identification:
            description:
              - By which fields an incoming call is recognized as one of this trunk.
            type: list
            elements: dict
            suboptions:
              custom:
                description:
                  - A value of your own, where the value is not one of the known ones.
                type: str
              param_id:
                description:
                  - ID of the field. C(GatewayParameters) under C(Defs) has them.
                type: int
              value_id:
                description:
                  - ID of the value. C(GatewayParameterValues) under C(Defs) has them.
                type: int
          specified_ip_for_registration_contact:
            description:
              - The address for O(trunks[].gateway.ip_in_registration_contact=Specified).
            type: str
          srtp_mode:
            description:
              - Whether audio is encrypted.
            type: str
            choices: [SRTPDisabled, SRTPEnabled, SRTPEnforced]
          support_reinvite:
            description:
              - Whether the provider understands re-INVITE.
            type: bool
          support_replaces:
            description:
              - Whether the provider understands the Replaces header.
            type: bool
          template_filename:
            description:
              - Template of a new trunk; O(trunks[].template) is the same.
            type: str
          time_between_reg:
            description:
              - Seconds between two registrations.
            type: int
          type:
            description:
              - What is at the other end. A purge leaves bridges to other PBXs alone, the three kinds with C(Bridge)
                in their name.
              - A new bridge needs no template.
            type: str
            choices: [Unknown, Analog, Provider, BridgeMaster, BridgeSlave, BridgeSlaveOverTunnel, BRI, T1, E1]
          use_ip_in_contact:
            description:
              - Whether the Contact header has an address instead of a name.
            type: bool
          variable_choices:
            description:
              - Choices that the template offers.
            type: list
            elements: dict
            suboptions:
              key:
                description:
                  - The variable.
                type: str
              value:
                description:
                  - What is chosen.
                type: str
          is_custom:
            description:
              - Whether the trunk comes from a custom template.
            type: bool
      in_cid_formatting:
        description:
          - How the numbers of callers are rewritten, in this order.
        type: list
        elements: dict
        suboptions:
          priority:
            description:
              - Rank of the rule.
            type: int
          replace_pattern:
            description:
              - What is put in its place.
            type: str
          source_pattern:
            description:
              - A regular expression for the number.
            type: str
      ip_restriction:
        description:
          - Which IP version is used.
        type: str
        choices: [Any, IPV4, IPV6]
      is_webmeeting_bridge:
        description:
          - Whether the trunk bridges web meetings.
        type: bool
      messaging:
        description:
          - Text messages over this trunk.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether they are on.
            type: bool
          provider:
            description:
              - Name of the provider for messages.
            type: str
          webhook:
            description:
              - Address that the provider calls with incoming messages.
            type: str
          number_length:
            description:
              - Count of digits of numbers.
            type: int
          number_length_enabled:
            description:
              - Whether that count is checked.
            type: bool
      outbound_caller_id:
        description:
          - Caller ID of outgoing calls over this trunk.
        type: str
      out_cid_formatting:
        description:
          - How outgoing caller IDs are rewritten, in this order.
        type: list
        elements: dict
        suboptions:
          priority:
            description:
              - Rank of the rule.
            type: int
          replace_pattern:
            description:
              - What is put in its place.
            type: str
          source_pattern:
            description:
              - A regular expression for the number.
            type: str
      public_info_groups:
        description:
          - Departments whose presence is published to the PBX at the other end of a bridge.
        type: list
        elements: str
      public_i_pin_sip:
        description:
          - The public address that is put into SIP messages.
        type: str
      publish_info:
        description:
          - Whether presence is published over a bridge.
        type: bool
      receive_extensions:
        description:
          - Extensions for which presence is received over a bridge.
        type: list
        elements: dict
        suboptions:
          number:
            description:
              - Number of the extension.
            type: str
          name:
            description:
              - Name of the extension, instead of its number.
            type: str
          id:
            description:
              - ID of the extension on this PBX, instead of its number.
            type: int
      receive_info:
        description:
          - Whether presence is received over a bridge.
        type: bool
      remote_my_phone_uri_host:
        description:
          - Host of the clients of the PBX at the other end of a bridge.
        type: str
      remote_pbx_preffix:
        description:
          - Digits to dial before an extension at the other end of a bridge. The XAPI spells it so.
        type: str
      secondary_registrar:
        description:
          - Second registrar of the provider.
        type: str
      separate_auth_id:
        description:
          - A user name for authentication of outgoing calls of its own, with O(trunks[].use_separate_auth_id).
        type: str
      simultaneous_calls:
        description:
          - How many calls the trunk carries at a time.
        type: int
      transport_restriction:
        description:
          - Which transport protocol is used.
        type: str
        choices: [Any, UDP, TCP, TLS]
      tunnel_enabled:
        description:
          - Whether a bridge goes through the 3CX tunnel.
        type: bool
      tunnel_remote_addr:
        description:
          - Address of the other end of the tunnel.
        type: str
      tunnel_remote_port:
        description:
          - Port of the other end of the tunnel.
        type: int
      use_separate_auth_id:
        description:
          - Whether O(trunks[].separate_auth_id) is used.
        type: bool
      trunk_reg_times:
        description:
          - Times of registration, by name.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The name.
            type: str
          value:
            description:
              - The value.
            type: str
      auto_holiday_mode:
        description:
          - What happens to calls on holidays. Only PBXs of version 20.0.9 have it.
        type: str
        choices: [Disabled, PlayAndDrop, PlayAndContinue]
      disable_call_transfer:
        description:
          - Whether calls of the trunk cannot be transferred. From 20.0.10 on.
        type: bool
      script_name:
        description:
          - Name of a script for the trunk. From 20.0.10 on.
        type: str
      type:
        description:
          - What is at the other end; O(trunks[].gateway.type) is the same.
        type: str
        choices: [Unknown, Analog, Provider, BridgeMaster, BridgeSlave, BridgeSlaveOverTunnel, BRI, T1, E1]
      is_online:
        description:
          - Whether the trunk is registered. Decided by the PBX; accepted here so that
            RV(tcx.pbx.tcx_info#module:trunks) can be used as input.
        type: bool
      id:
        description:
          - ID of the trunk on the PBX. With it, O(trunks[].name) renames the trunk.
        type: int
      if_match:
        description:
          - With O(state=absent), an ETag. The trunk is only removed if the PBX still has this version of it.
        type: str
  purge:
    description:
      - Whether trunks that are not listed are removed as well.
        Bridges to other PBXs and trunks that are internal to the PBX always stay.
  force:
    description:
      - Whether trunks and DIDs are removed although rules use them.
    type: bool
    default: false
seealso:
  - module: tcx.pbx.tcx_trunk_routes
  - module: tcx.pbx.tcx_outbound_rules
  - module: tcx.pbx.tcx_query
"""

EXAMPLES = r"""
- name: Connect a new provider
  tcx.pbx.tcx_trunks:
    trunks:
      - name: Provider C
        template: generic.pv.xml
        host: sip.provider-c.example
        auth_id: "4930555020"
        auth_password: not-a-secret
        external_number: "+4930555020"
        simultaneous_calls: 8
        did_numbers: ["+4930555020", "+4930555021"]
        groups:
          - name: Sales

- name: Change the password at the provider
  tcx.pbx.tcx_trunks:
    trunks:
      - name: Provider C
        auth_password: another-example
    update_password: always

- name: Let a trunk carry more calls and encrypt them
  tcx.pbx.tcx_trunks:
    trunks:
      - name: Provider A
        simultaneous_calls: 20
        transport_restriction: TLS
        gateway:
          port: 5061
          srtp_mode: SRTPEnforced

- name: Give a trunk up that nothing uses any more
  tcx.pbx.tcx_trunks:
    trunks:
      - name: Provider C
    state: absent
"""

RETURN = r"""
trunks:
  description:
    - The listed trunks as they are on the PBX afterwards, with what identifies them and the fields that any of the
      items has. Passwords are not among them. Empty for O(state=absent).
  returned: success
  type: list
  elements: dict
  sample:
    - id: 61
      number: "10003"
      gateway:
        name: Provider C
        host: sip.provider-c.example
        port: 5060
        type: Provider
        template_filename: generic.pv.xml
      simultaneous_calls: 8
      did_numbers: ["+4930555020", "+4930555021"]
created:
  description: Names of new trunks.
  returned: success
  type: list
  elements: str
  sample: [Provider C]
updated:
  description: Names of changed trunks.
  returned: success
  type: list
  elements: str
  sample: []
deleted:
  description: Names of removed trunks.
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
      description: Position in O(trunks); null for a trunk that was to be purged.
      type: int
    item:
      description: The name.
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

from ansible_collections.tcx.pbx.plugins.module_utils._task.declared import FORCE
from ansible_collections.tcx.pbx.plugins.module_utils._task.module import run_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.trunks import manage_trunks
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import typed_spec

SPEC = typed_spec(
    "Trunks",
    option="trunks",
    extra={"force": FORCE},
    # As tcx_info shows it.
    more={"is_online": {"type": "bool"}},
    operation=manage_trunks,
)


def main() -> None:
    run_module(SPEC)


if __name__ == "__main__":
    main()
