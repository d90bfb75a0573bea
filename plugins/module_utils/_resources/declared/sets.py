# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The entity sets that can be managed, one by one. PRIVATE to the collection.

Sources: REALITY.md section 9 (natural keys, bulk calls), the contract for which calls and keys there are.
"""

from __future__ import annotations

from ..model import Item
from .declaration import Bulk, Declaration, Identity
from .forms import trunk_form
from .inbound import completed

NUMBER, NAME = Identity(("number",)), Identity(("name",))
BRIDGES = ("BridgeMaster", "BridgeSlave", "BridgeSlaveOverTunnel")


def _server_group(item: Item) -> bool:
    """The default department, and those that the PBX makes for itself."""
    own = str(item.get("name")).startswith("___") or str(item.get("number")).startswith("FGRP")
    return bool(item.get("is_default")) or own


def _bound_group(item: Item) -> str:
    if _server_group(item):
        return "is a department that the PBX needs and does not give up; leave it in"
    if item.get("has_members"):
        return "still has members; move them to another department, or delete them, first"
    return ""


def _synced_contact(item: Item) -> bool:
    """What is fetched from a CRM or an account at Google or Microsoft comes back with the next synchronization."""
    return item.get("contact_type") in ("CRM", "Google", "M365")


def _internal_trunk(item: Item) -> bool:
    gateway = item.get("gateway") or {}
    return bool(gateway.get("internal")) or gateway.get("type") in BRIDGES


def _built_in(item: Item) -> bool:
    return not item.get("is_custom")


def _system_client(item: Item) -> bool:
    return bool(item.get("is_system"))


def _emergency_rule(item: Item) -> bool:
    return bool(item.get("emergency_rule"))


def _own_entry(item: Item) -> bool:
    """Entries that the PBX adds come and go by themselves (REALITY.md section 4)."""
    return item.get("added_by") not in (None, "", "Manual")


DECLARED = (
    Declaration(
        "BlackListNumbers",
        "blacklisted number",
        "blacklisted numbers",
        (Identity(("caller_id",)),),
        bulk=(Bulk("BlackListNumbers/Pbx.BulkNumbersDelete"),),
    ),
    Declaration(
        "Blocklist",
        "blocklist entry",
        "blocklist entries",
        (Identity(("ip_addr_mask",)),),
        defaults={"block_type": "Block"},
        bulk=(Bulk("Blocklist/Pbx.BulkIpsDelete"),),
        watched=("added_by", "block_type"),
        kept=_own_entry,
        absent_takes_all=True,
        guard="blocklist",
    ),
    Declaration(
        "CallFlowApps",
        "call flow app",
        "call flow apps",
        (NUMBER, NAME),
        fixed=("number",),
        peer_type="RoutePoint",
        in_use=True,
    ),
    Declaration(
        "Contacts",
        "contact",
        "contacts",
        (Identity(("phone_number", "first_name", "last_name", "company_name"), blanks=True),),
        bulk=(Bulk("Contacts/Pbx.DeleteContactsById"), Bulk("Contacts/Pbx.BatchContactsDelete")),
        watched=("contact_type",),
        kept=_synced_contact,
    ),
    Declaration(
        "Fax", "fax extension", "fax extensions", (NUMBER,), fixed=("number",), bulk=(Bulk("Fax/Pbx.BulkFaxDelete"),)
    ),
    Declaration("Fxs", "FXS gateway", "FXS gateways", (Identity(("mac_address",)),), fixed=("mac_address",)),
    Declaration(
        "FxsTemplates",
        "FXS template",
        "FXS templates",
        (Identity(("id",)),),
        watched=("is_custom",),
        kept=_built_in,
    ),
    Declaration(
        "Groups",
        "department",
        "departments",
        (NUMBER, NAME),
        called=NAME,
        fixed=("number",),
        granted=("number",),
        watched=("name", "is_default", "has_members"),
        kept=_server_group,
        bound=_bound_group,
        deleted_by="Groups/Pbx.DeleteCompanyById",
    ),
    Declaration("Holidays", "holiday", "holidays", (Identity(("group", "name")),)),
    Declaration(
        "InboundRules",
        "inbound rule",
        "inbound rules",
        (Identity(("trunk_dn", "condition", "data"), optional=("data",)),),
        bulk=(Bulk("InboundRules/Pbx.BulkInboundRulesDelete"),),
        needed=("trunk_dn", "office_hours_destination"),
        completed=completed,
    ),
    Declaration(
        "OutboundRules",
        "outbound rule",
        "outbound rules",
        (NAME,),
        bulk=(Bulk("OutboundRules/Pbx.Purge", lambda ids: {"purgeObject": {"Ids": ids}}),),
        watched=("emergency_rule", "routes"),
        kept=_emergency_rule,
        pages=0,
        guard="emergency calls",
    ),
    Declaration("Parameters", "parameter", "parameters", (NAME,), pages=8),
    Declaration("Parkings", "parking place", "parking places", (NUMBER,), fixed=("number",)),
    Declaration(
        "PhoneTemplates",
        "phone template",
        "phone templates",
        (Identity(("id",)),),
        watched=("is_custom",),
        kept=_built_in,
    ),
    Declaration("Playlists", "playlist", "playlists", (NAME,), fixed=("name",)),
    Declaration("Queues", "queue", "queues", (NUMBER, NAME), fixed=("number",), peer_type="Queue", in_use=True),
    Declaration(
        "Receptionists",
        "digital receptionist",
        "digital receptionists",
        (NUMBER, NAME),
        fixed=("number",),
        needed=("name",),
        peer_type="IVR",
        in_use=True,
    ),
    Declaration(
        "RingGroups",
        "ring group",
        "ring groups",
        (NUMBER, NAME),
        fixed=("number",),
        needed=("name",),
        peer_type="RingGroup",
        in_use=True,
    ),
    Declaration("Sbcs", "SBC", "SBCs", (NAME,), fixed=("name",)),
    Declaration("ScheduledReports", "scheduled report", "scheduled reports", (NAME,)),
    Declaration(
        "ServicePrincipals",
        "API client",
        "API clients",
        (NUMBER,),
        fixed=("number",),
        watched=("is_system",),
        kept=_system_client,
        guard="own client",
    ),
    Declaration("TenantProperties", "property", "properties", (NAME,), fixed=("name",)),
    Declaration(
        "TrunkTemplates",
        "trunk template",
        "trunk templates",
        (Identity(("id",)),),
        watched=("is_custom",),
        kept=_built_in,
    ),
    Declaration(
        "Trunks",
        "trunk",
        "trunks",
        (Identity(("gateway.name",)), NUMBER),
        fixed=("number",),
        watched=("gateway",),
        kept=_internal_trunk,
        prepared=trunk_form,
    ),
    Declaration(
        "Users",
        "user",
        "users",
        (NUMBER, Identity(("email_address",))),
        fixed=("number",),
        bulk=(Bulk("Users/Pbx.BatchDelete", answers=True),),
        same_for_many=("Users/Pbx.MultiUserUpdate", "MultiEditUserData"),
        apart=("ForwardingProfiles",),
        peer_type="Extension",
        in_use=True,
    ),
    Declaration(
        "WebsiteLinks",
        "website link",
        "website links",
        (Identity(("link",)),),
        fixed=("link",),
        bulk=(Bulk("WebsiteLinks/Pbx.BulkLinksDelete"),),
    ),
    Declaration("Backups", "backup", "backups", (Identity(("file_name",)),)),
    Declaration("CrmTemplates", "CRM template", "CRM templates", (NAME,)),
    Declaration("CustomPrompts", "custom prompt", "custom prompts", (Identity(("filename",)),)),
    Declaration("DeviceInfos", "device", "devices", (Identity(("mac",)),)),
    Declaration("EmailTemplate", "e-mail template", "e-mail templates", (Identity(("template_path",)),)),
    Declaration("Firmwares", "firmware", "firmwares", (Identity(("id",)), Identity(("filename",)))),
    Declaration("OAuthClients", "OAuth client", "OAuth clients", (Identity(("client_id",)),)),
    Declaration("PhoneLogos", "phone logo", "phone logos", (Identity(("filename",)),)),
    Declaration("PromptSets", "prompt set", "prompt sets", (Identity(("prompt_set_name",)),)),
)
BY_SET = {one.entity_set: one for one in DECLARED}
