# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a property is likely to hold, by its name. First match wins; a value in braces is taken from the scene."""

from __future__ import annotations

TEXTS: tuple[tuple[str, str], ...] = (
    (r"^(QueueNo|QueueDn|QueueDnNumber|QueueNumber|Queue|DnNumber)$", "{queue_number}"),
    (r"^(Queue(DisplayName|Name)|Dn)$", "{queue_name}"),
    (r"^RingGroup(Dn|Number)$", "{ring_group_number}"),
    (r"^RingGroup(DisplayName|Name)$", "{ring_group_name}"),
    (r"^Trunk(Dn|Number)$", "{trunk_number}"),
    (r"^Trunk(Name)?$", "{trunk_name}"),
    (r"^(Did|DID|.*DidNumber)$", "{did}"),
    (
        r"^(AgentNo|ExtensionDn|SrcDn|SourceDn|FromDn|FromNo|SenderParticipantNo|ExtensionNumber|Extension)$",
        "{user_number}",
    ),
    (
        r"^(Agent|ExtensionDisplayName|DnDisplayName|SrcDisplayName|SourceDisplayName|FromDisplayName|FromName|UserName)$",
        "{user_name}",
    ),
    (r"^(DisplayName|AssignedUser|SenderParticipantName|ContactName|Username)$", "{user_name}"),
    (r"^(DstDn|DestinationDn|ToDn|Destination)$", "{colleague_number}"),
    (r"^(DstDisplayName|DestinationDisplayName|ToDisplayName|ParticipantName)$", "{colleague_name}"),
    (r".*(CallerId|CallerNumber|CallerID|CallbackNo|ParticipantNumber|PhoneNumber|Phone|Source|CalleeId)$", "{caller}"),
    (r".*[Ee]mail.*", "{email}"),
    (r"^(GroupName|Department)$", "{group_name}"),
    (r".*(Version|VersionNumber)$", "{version}"),
    (r"(?i).*(fqdn|host|domain)$", "{fqdn}"),
    (r"(?i).*(url|link|uri|endpoint)$", "https://{fqdn}/{index}"),
    (r"(?i).*\bip$|.*(IpAddress|Ip|LocalIPv4|PublicIP|NetworkAddress|IPv4)$", "192.0.2.{index}"),
    (r"(?i).*mac.*", "00155D0000{index:02X}"),
    (r".*(Filename|FileName)$", "file{index}.wav"),
    (r"(?i).*(currency|country|countrycode)$", "DE"),
    (r"(?i).*(language|lang|code)$", "EN"),
    (r"^Vendor$", "Example"),
    (r"^Model$", "X{index}"),
    (r"^Gender$", "female"),
    (r".*(Status|State)$", "Completed"),
    (r"^CallType$", "National"),
    (r"^Direction$", "Inbound"),
    (r"(?i).*(reason|error|errormessage)$", ""),
    (r"(?i).*(message|description|summary|transcription|text|template)$", "Example {name} {index}"),
    (r"(?i).*(token|ticket|secret|password|pin)$", "example-{name}-{index}"),
    (r".*[Ii]d$", "{name}-{index}"),
    (r".*", "Example {name} {index}"),
)
# Counters and figures: the largest value, by name.
FIGURES: tuple[tuple[str, int], ...] = (
    (r".*(Percent|Percentage|Perc|Cpu|Memory|Gpu|Usage)$", 60),
    (r".*(Port)$", 5060),
    (r".*(Bytes|Size|Space|SpaceFree|SpaceTotal|DiskSpace|Kbps).*", 900_000_000),
    (r"^SentimentScore$", 5),
    (r".*(Id|ID)$", 0),  # the index of the scene
    (r".*(Count|Calls|Attempts|YValue\d|Total|Used).*", 40),
    (r".*", 9),
)
TRUE = r".*(Success|Available|Connected|Answered|CallAnswered|Active|Enabled|Online|IsLoggedIn|Assigned|Allowed)$"
