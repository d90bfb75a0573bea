# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which model serves which set, singleton and call. The rest is stored plainly or answered by areas/canned.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import (
    audit,
    backups,
    blocklist,
    call_costs,
    call_flow_apps,
    caller_blocks,
    calls,
    conference,
    contacts,
    converters,
    devices,
    dn_properties,
    email_templates,
    emergency,
    fax,
    firewall,
    groups,
    history,
    holidays,
    inbound_reports,
    inbound_rules,
    licensing,
    logs,
    outbound_rules,
    pairs,
    parameters,
    peers,
    personal,
    prompts,
    recordings,
    restrictions,
    service_principals,
    services,
    settings,
    status,
    system,
    telephony,
    templates,
    tokens,
    trunk_actions,
    trunks,
    updates,
    user_actions,
    users,
    vector_stores,
    website_links,
)

if TYPE_CHECKING:
    from tests.simulator.areas.base import EntitySet, Singleton
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


SETS: dict[str, type[EntitySet]] = {
    "ActiveCalls": calls.ActiveCalls,
    "Backups": backups.Backups,
    "BlackListNumbers": caller_blocks.BlackListNumbers,
    "Blocklist": blocklist.Blocklist,
    "CallCostSettings": call_costs.CallCosts,
    "CallFlowApps": call_flow_apps.CallFlowApps,
    "CallHistoryView": history.History,
    "ChatHistoryView": history.History,
    "ChatMessagesHistoryView": history.History,
    "Contacts": contacts.Contacts,
    "CrmTemplates": templates.CrmTemplates,
    "CustomPrompts": prompts.CustomPrompts,
    "DeviceInfos": devices.DeviceInfos,
    "DidNumbers": trunks.DidNumbers,
    "EmailTemplate": email_templates.EmailTemplates,
    "EmergencyGeoLocations": emergency.EmergencyGeoLocations,
    "EventLogs": logs.EventLogs,
    "Fax": telephony.Fax,
    "Firmwares": devices.Firmwares,
    "Fxs": devices.Fxs,
    "FxsTemplates": templates.FxsTemplates,
    "Groups": groups.Groups,
    "Holidays": holidays.Holidays,
    "InboundRules": inbound_rules.InboundRules,
    "LastCdrAndChatMessageTimestamp": history.LastMoments,
    "MyTokens": tokens.MyTokens,
    "OAuthClients": tokens.OAuthClients,
    "OutboundRules": outbound_rules.OutboundRules,
    "Parameters": parameters.Parameters,
    "Parkings": telephony.Parkings,
    "Peers": peers.Peers,
    "PhoneTemplates": templates.PhoneTemplates,
    "Playlists": prompts.Playlists,
    "PromptSets": prompts.PromptSets,
    "Queues": telephony.Queues,
    "Receptionists": telephony.Receptionists,
    "Recordings": recordings.Recordings,
    "ReportGroup": groups.ReportGroups,
    "RingGroups": telephony.RingGroups,
    "Sbcs": devices.Sbcs,
    "SecurityTokens": tokens.SecurityTokens,
    "ServicePrincipals": service_principals.ServicePrincipals,
    "Services": services.Services,
    "SipDevices": devices.SipDevices,
    "TrunkTemplates": templates.TrunkTemplates,
    "Trunks": trunks.Trunks,
    "Users": users.Users,
    "WebsiteLinks": website_links.WebsiteLinks,
}

SINGLETONS: dict[str, type[Singleton]] = {
    "ConsoleRestrictions": settings.ConsoleRestrictions,
    "Defs": status.Defs,
    "Firewall": firewall.Firewall,
    "GeneralSettingsForPbx": settings.GeneralSettingsForPbx,
    "LicenseStatus": status.LicenseStatus,
    "MailSettings": settings.MailSettings,
    "MyGroup": personal.MyGroup,
    "MyUser": personal.MyUser,
    "OfficeHours": settings.OfficeHours,
    "SystemStatus": status.SystemStatus,
    "VoicemailSettings": settings.VoicemailSettings,
}


def by_number(set_name: str) -> Call:
    """Pbx.GetByNumber(number='...') of the versions before alternate keys."""

    def call(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
        return pbx.sets[set_name].find_by("Number", arguments["number"])

    return call


NUMBERED = ("Fax", "Parkings", "Queues", "Receptionists", "RingGroups", "Trunks", "Users", "Peers")
CALLS: dict[str, Call] = {
    **{f"{name}/Pbx.GetByNumber()": by_number(name) for name in NUMBERED},
    "Trunks/Pbx.GetTrunkByNumber()": by_number("Trunks"),
    "Peers/Pbx.GetPeerByNumber()": by_number("Peers"),
    **audit.CALLS,
    **backups.CALLS,
    **blocklist.CALLS,
    **call_costs.CALLS,
    **call_flow_apps.CALLS,
    **caller_blocks.CALLS,
    **calls.CALLS,
    **conference.CALLS,
    **contacts.CALLS,
    **converters.CALLS,
    **devices.CALLS,
    **dn_properties.CALLS,
    **email_templates.CALLS,
    **emergency.CALLS,
    **fax.CALLS,
    **firewall.CALLS,
    **groups.CALLS,
    **history.CALLS,
    **inbound_reports.CALLS,
    **inbound_rules.CALLS,
    **licensing.CALLS,
    **logs.CALLS,
    **outbound_rules.CALLS,
    **pairs.CALLS,
    **parameters.CALLS,
    **peers.CALLS,
    **personal.CALLS,
    **prompts.CALLS,
    **recordings.CALLS,
    **restrictions.CALLS,
    **service_principals.CALLS,
    **services.CALLS,
    **status.CALLS,
    **system.CALLS,
    **telephony.CALLS,
    **templates.CALLS,
    **tokens.CALLS,
    **trunk_actions.CALLS,
    **updates.CALLS,
    **user_actions.CALLS,
    **users.CALLS,
    **vector_stores.CALLS,
    **website_links.CALLS,
}
