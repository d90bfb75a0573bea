# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the contract does not say of its types, type by type. PRIVATE to the collection.

Sources: REALITY.md sections 4 to 9 (recorded answers and notes of clients), and what the names of the contract mean.
All names here are XAPI names.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ..networks import lenient as network_or_text
from ..outbound_routes import SLOTS, UNUSED, is_used
from ..ranges import lengths, lenient, prefixes, same_extensions

NONE: Mapping[str, Any] = MappingProxyType({})

DEPARTMENTS, TRUNKS, PEERS = "departments", "trunks", "peers"


@dataclass(frozen=True)
class Reference:
    """A value that means something else on the PBX. to: where to look; by: the property that is written."""

    to: str
    by: str = "Id"


@dataclass(frozen=True)
class Slots:
    """A list that always has so many elements on the PBX. used: tells which count; unused: what fills the rest."""

    count: int
    used: Callable[[dict[str, Any]], bool]
    unused: Mapping[str, Any]


@dataclass(frozen=True)
class Lead:
    """A number that calls go to, and the property that says what kind of place it is.

    kinds: by the type of the peer that has the number; what else leads there: an extension has a voice mailbox, too.
    outside: the property of a number that is none of the PBX, and the kind of place that this is.
    nowhere: the kind where there is no number.
    """

    number: str
    kind: str
    kinds: Mapping[str, tuple[str, ...]]
    nowhere: str
    outside: tuple[str, str] = ("", "")

    @property
    def leading(self) -> frozenset[str]:
        """The kinds that need a number of this PBX."""
        return frozenset(kind for kinds in self.kinds.values() for kind in kinds)


@dataclass(frozen=True)
class Facts:
    """Of one structured type.

    key: the property by which elements of a list of this type are known; lists are then compared element by element.
    single: the property that is meant where a single value stands for the whole, such as the number of an agent.
    names: what an element may be called by instead, where it only refers to something (option names, best first).
    refers: what an element of this type refers to, by the property `key`.
    secrets: written, never read or shown.
    speaking: a property that is a secret where the name of the item sounds like one.
    decided: what only the PBX decides; accepted, so that results can be fed back, never sent and not compared.
    ordered: lists in which order means something; all others are sets.
    standing: lists whose elements are always there, known by their key; those that are not given stay as they are.
    short: options for what stands deeper, with the path to it, such as role for rights.role_name.
    words: the only texts that a property may have, where the contract has no enumeration.
    references: values that may be given by name or number.
    elsewhere: what must not be written here, and why.
    meanings: what a value means, where the contract's type does not tell; lists as a whole.
    slots: for elements of a list that the PBX fills up.
    turns: the property that decides what the others mean: with another value of it the others start from `blank`.
    leads: the number in it that calls go to.
    """

    key: str = ""
    single: str = ""
    names: tuple[str, ...] = ()
    refers: Reference | None = None
    secrets: frozenset[str] = frozenset()
    speaking: str = ""
    decided: frozenset[str] = frozenset()
    ordered: frozenset[str] = frozenset()
    standing: frozenset[str] = frozenset()
    short: Mapping[str, tuple[str, str]] = field(default_factory=lambda: NONE)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: NONE)
    references: Mapping[str, Reference] = field(default_factory=lambda: NONE)
    elsewhere: Mapping[str, str] = field(default_factory=lambda: NONE)
    meanings: Mapping[str, Callable[[Any], Hashable]] = field(default_factory=lambda: NONE)
    slots: Slots | None = None
    turns: str = ""
    blank: Mapping[str, Any] = field(default_factory=lambda: NONE)
    leads: Lead | None = None


def names(*given: str) -> frozenset[str]:
    return frozenset(given)


def _extensions(ranges: Any) -> Hashable:
    return same_extensions([{"from": one.get("from"), "to": one.get("to")} for one in ranges])


# A password that the PBX shows as concealed, and a key file of which it shows the name at most.
CONCEALED = {"ConcealedPassword": "Value", "ConcealedDataFile": "Contents"}
ECHO = names("Id", "Name", "Tags")
BY_NUMBER = Reference(PEERS, "Number")
MEMBER = Facts(key="Number", single="Number", decided=ECHO, references={"Number": BY_NUMBER})
# Places of the contract's IVRForwardType and DestinationType by PeerType; a menu has no word for the others.
MENU_KINDS = MappingProxyType(
    {
        "Extension": ("Extension", "VoiceMail"),
        "Queue": ("Queue", "VoiceMail"),
        "RingGroup": ("RingGroup", "VoiceMail"),
        "IVR": ("IVR",),
    }
)
DESTINATION_KINDS = MappingProxyType({**MENU_KINDS, "Fax": ("Fax",), "RoutePoint": ("RoutePoint",)})
# REALITY.md section 9, RoleName.
ROLES = ("system_owners", "system_admins", "group_owners", "managers", "group_admins", "receptionists", "users")
BY_GROUPS = "two writers on one list lose entries; write the groups of each member instead"

TYPES: dict[str, Facts] = {
    "UserGroup": Facts(
        key="GroupId",
        names=("name", "number", "group_id"),
        refers=Reference(DEPARTMENTS),
        short=MappingProxyType({"role": ("rights", "role_name")}),
        decided=names("Id", "CanDelete", "GroupRights", "MemberName", "Tags", "Type", "TranscriptionMode"),
    ),
    # The other rights follow from the role until somebody changes them one by one.
    "Rights": Facts(
        key="RoleName", turns="RoleName", decided=names("Invalid"), words=MappingProxyType({"RoleName": ROLES})
    ),
    "Peer": Facts(
        key="Id",
        names=("number", "name", "id"),
        refers=Reference(PEERS),
        decided=names("Hidden", "MemberOf", "Tags", "Type"),
    ),
    "QueueAgent": MEMBER,
    "QueueManager": MEMBER,
    "RingGroupMember": MEMBER,
    "ReceptionistForward": Facts(
        key="Input",
        decided=names("Id", "PeerType"),
        references={"ForwardDN": BY_NUMBER},
        turns="ForwardType",
        blank=MappingProxyType({"ForwardDN": "", "CustomData": ""}),
        leads=Lead("ForwardDN", "ForwardType", MENU_KINDS, "EndCall"),
    ),
    "Destination": Facts(
        single="Number",
        decided=names("Name", "Type", "Tags"),
        references={"Number": BY_NUMBER},
        turns="To",
        blank=MappingProxyType({"Number": "", "External": ""}),
        leads=Lead("Number", "To", DESTINATION_KINDS, "None", ("External", "External")),
    ),
    "Route": Facts(single="Route"),
    "AgentRoutingAction": Facts(decided=names("Name", "Type", "Tags"), turns="Action"),
    "AgentRoutingDirectory": Facts(key="Number", decided=names("Name", "Type", "Tags")),
    "ForwardingProfile": Facts(key="Name", decided=names("Id")),
    "ExtensionRule": Facts(decided=names("Id")),
    "Greeting": Facts(key="Type"),
    "Phone": Facts(
        key="MacAddress",
        secrets=names("ProvisioningLinkExt", "ProvisioningLinkLocal"),
        decided=names("Id", "ProvisioningLinkExt", "ProvisioningLinkLocal"),
    ),
    "PhoneSettings": Facts(
        secrets=names("Secret"),
        decided=names("IsLogoCustomizable", "LogoDescription", "LogoFileExtensionAllowed", "IsSBC"),
        ordered=names("Codecs"),
    ),
    "PhoneDeviceVlanInfo": Facts(
        key="Type",
        decided=names("Configurable", "PriorityConfigurable", "PriorityMax", "PriorityMin", "VlanIdMax", "VlanIdMin"),
    ),
    "CustomQueueRingtone": Facts(key="Queue"),
    "Variable": Facts(key="Name", speaking="Value"),
    "Parameter": Facts(speaking="Value"),
    "Property": Facts(speaking="Value"),
    "Choice": Facts(key="Key"),
    "CrmChoice": Facts(key="Key"),
    "DeviceLine": Facts(key="Key", decided=names("Name")),
    "GatewayParameterBinding": Facts(key="ParamId"),
    "EmergencyGeoTrunkLocation": Facts(key="Id"),
    "OutboundRoute": Facts(
        references={"TrunkId": Reference(TRUNKS)}, decided=names("TrunkName"), slots=Slots(SLOTS, is_used, UNUSED)
    ),
    "User": Facts(
        secrets=names("AccessPassword", "AuthPassword", "DeskphonePassword", "VMPIN", "SIPID"),
        decided=names("IsRegistered", "DisplayName", "SIPID", "Tags"),
        ordered=names("ForwardingExceptions"),
        # Every user has the same five, and every department one row for each role.
        standing=names("ForwardingProfiles"),
        references={"PrimaryGroupId": Reference(DEPARTMENTS)},
        meanings={"EmailAddress": str.casefold},
    ),
    "Group": Facts(
        decided=names("IsDefault", "HasMembers", "LastLoginTime"),
        standing=names("Rights"),
        elsewhere={"Members": BY_GROUPS, "Groups": BY_GROUPS},
    ),
    "Queue": Facts(
        decided=names("IsRegistered"), ordered=names("Agents", "ComfortPrompts", "MaxWaitTimeSkillGroupValues")
    ),
    "RingGroup": Facts(decided=names("IsRegistered"), ordered=names("Members")),
    "Receptionist": Facts(
        decided=names("IsRegistered", "TimeoutForwardPeerType"),
        references={"TimeoutForwardDN": BY_NUMBER, "InvalidKeyForwardDN": BY_NUMBER},
        leads=Lead("TimeoutForwardDN", "TimeoutForwardType", MENU_KINDS, "EndCall"),
    ),
    "Trunk": Facts(
        # Plain text on 20.0.4, concealed from 20.0.5 on.
        secrets=names("AuthPassword"),
        short=MappingProxyType(
            {
                "name": ("gateway", "name"),
                "host": ("gateway", "host"),
                "template": ("gateway", "template_filename"),
                "type": ("gateway", "type"),
            }
        ),
        decided=names("IsOnline", "Tags", "CertificateExpirationDate", "ConfigurationIssue"),
        ordered=names("InCIDFormatting", "OutCIDFormatting"),
        elsewhere={"RoutingRules": "inbound rules are a set of their own; write InboundRules instead"},
    ),
    "Gateway": Facts(decided=names("Id"), ordered=names("Codecs")),
    "CallFlowApp": Facts(
        # A script that did not compile stands in RejectedCode (REALITY.md section 8).
        secrets=names("ScriptCode", "RejectedCode"),
        decided=names(
            "IsRegistered",
            "CompilationLastSuccess",
            "CompilationResult",
            "CompilationSucceeded",
            "InvalidScript",
            "RejectedCode",
        ),
    ),
    "OutboundRule": Facts(
        decided=names("GroupNames"),
        ordered=names("Routes"),
        references={"GroupIds": Reference(DEPARTMENTS)},
        meanings={
            "NumberLengthRanges": lenient(lengths),
            "Prefix": lenient(prefixes),
            "DNRanges": _extensions,
        },
    ),
    "Holiday": Facts(references={"Group": Reference(DEPARTMENTS, "Number")}),
    "BlocklistAddr": Facts(decided=names("AddedBy"), meanings={"IPAddrMask": network_or_text}),
    "Contact": Facts(decided=names("ContactType")),
    "Fax": Facts(secrets=names("AuthPassword")),
    "Fxs": Facts(
        secrets=names("Password", "Secret"),
        decided=names("Registered", "ModelName"),
        ordered=names("Codecs"),
        references={"Group": Reference(DEPARTMENTS, "Number")},
    ),
    "FxsProvisioning": Facts(secrets=names("ProvLink"), decided=names("ProvLink")),
    "FxsTemplate": Facts(decided=names("IsCustom", "TemplateType")),
    "PhoneTemplate": Facts(decided=names("IsCustom", "TemplateType"), ordered=names("Codecs")),
    "TrunkTemplate": Facts(decided=names("IsCustom", "TemplateType")),
    "Playlist": Facts(ordered=names("Files"), decided=names("PromptName", "RepositoryPath")),
    "Sbc": Facts(
        secrets=names("Password", "ProvisionLink"),
        decided=names("Connection", "HasConnection", "ProvisionLink", "Version", "LocalIPv4", "PublicIP"),
        references={"Group": Reference(DEPARTMENTS, "Number")},
    ),
    "ScheduledReport": Facts(decided=names("ReportLink", "FilterDescription")),
    "ServicePrincipal": Facts(decided=names("LastUsed", "IsSystem")),
    "Weblink": Facts(references={"Group": Reference(DEPARTMENTS, "Number")}),
    "ConsoleRestrictions": Facts(decided=names("MyIpAddress", "Id")),
    "MailSettings": Facts(decided=names("CanEditMailServerType")),
    "CrmIntegration": Facts(decided=names("Id", "PossibleValues")),
    "GoogleSettings": Facts(decided=names("Id")),
    "NetworkSettings": Facts(decided=names("Id")),
    "CodecsSettings": Facts(ordered=names("ExternalCodecList", "LocalCodecList")),
    "CDRSettings": Facts(decided=names("PossibleFields"), ordered=names("EnabledFields")),
    "LicenseStatus": Facts(secrets=names("LicenseKey")),
    "SystemStatus": Facts(secrets=names("LicenseKey")),
    "SipDevice": Facts(secrets=names("PhoneWebPassword")),
    "OnBoardMcuRow": Facts(secrets=names("Secret")),
    "OnBoardConverterRow": Facts(secrets=names("Secret")),
    "RefreshToken": Facts(secrets=names("Token")),
    "OAuthClient": Facts(decided=names("RefreshTokens")),
    "Backups": Facts(secrets=names("DownloadLink"), decided=names("DownloadLink", "CreationTime", "Size")),
}

# The same type means something narrower in some places.
PLACES: dict[tuple[str, str], Reference] = {
    ("InboundRule", "TrunkDN"): Reference(TRUNKS),
    ("CallFlowApp", "Trunk"): Reference(TRUNKS),
}

NOTHING = Facts()


def facts_of(type_name: str) -> Facts:
    return TYPES.get(type_name, NOTHING)
