# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the contract does not say but its reader has to know: which properties the PBX decides by itself.

Each entry has a reason. A property is listed only if its name or a report from a live PBX leaves no doubt, because a
property listed here cannot be set by anybody. What is a matter of one resource stays with its declaration.
"""

from __future__ import annotations

# Type -> property -> why.
OF_A_TYPE = {
    "BlackListNumber": {"Id": "a number, though written as a text"},
    "BlocklistAddr": {"AddedBy": "tells whether a person or the PBX's own defence made the entry"},
    "CallFlowApp": {
        "CompilationLastSuccess": "what compiling the script gave",
        "CompilationResult": "what compiling the script gave",
        "CompilationSucceeded": "what compiling the script gave",
        "InvalidScript": "what compiling the script gave",
    },
    "CDRSettings": {"PossibleFields": "the choice that EnabledFields has"},
    "ConsoleRestrictions": {"MyIpAddress": "the caller's address as the PBX sees it"},
    "CrmIntegration": {"VariableChoices": "the choices that PossibleValues have"},
    "Destination": {
        "Name": "echo of the number",
        "Type": "echo of the number",
    },
    "Group": {
        "HasMembers": "follows from Members",
        "LastLoginTime": "when somebody was last there",
    },
    "MailSettings": {"CanEditMailServerType": "a matter of the licence and the place of the PBX"},
    "Microsoft365TeamsIntegration": {"SbcCertificateExpirationDate": "read from the certificate"},
    "NotificationSettings": {"CanEditEmailAddresses": "a matter of the licence and the place of the PBX"},
    "OutboundRoute": {"TrunkName": "echo of TrunkId"},
    "OutboundRule": {"GroupNames": "echo of GroupIds"},
    "Sbc": {
        "HasConnection": "whether it is connected now",
        "ProvisionLink": "made by the PBX, with a secret in it",
    },
    "ServicePrincipal": {
        "IsSystem": "tells the PBX's own clients from people's",
        "LastUsed": "when it last took a token",
    },
    "Trunk": {
        "CertificateExpirationDate": "read from the certificate",
        "ConfigurationIssue": "what the PBX finds wrong",
    },
    "VoicemailSettings": {"UsedSpace": "measured"},
}
# Property of any type -> why.
EVERYWHERE = {
    "IsOnline": "state of the line",
    "IsRegistered": "state of the line",
    "SIPID": "given by the PBX",
}
# Type of a property -> why.
BY_TYPE = {"UserTag": "what the PBX finds out about a number, such as a weak password"}
KEY = "Id"
NUMBERS = ("int32", "uuid")


def is_read_only(type_name: str, property_name: str, property_type: str, managed: frozenset[str]) -> bool:
    """Whether the PBX alone decides a property.

    managed: the types of singletons and of the sets that can be written to. The PBX numbers these, whereas an Id that
    is a text may be a file's name. In other types, such as Peer, an Id is written to point at something.
    """
    if property_name == KEY and type_name in managed and property_type.rstrip("?") in NUMBERS:
        return True
    if property_type.strip("[]?") in BY_TYPE:
        return True
    return property_name in EVERYWHERE or property_name in OF_A_TYPE.get(type_name, {})


def is_file(call_name: str) -> bool:
    """Whether a function answers with a file. The contract describes the rows in it, or nothing, as if it were JSON."""
    return call_name.removeprefix("Pbx.").startswith("Download")
