# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a property is likely to hold, by its name, or by its type's name, a dot and its name. The first match wins."""

from __future__ import annotations

# A word in braces is taken from the scene; a list is gone through from row to row.
TEXTS: tuple[tuple[str, str | tuple[str, ...]], ...] = (
    (
        r"EventLog.Message",
        ("Extension %1$s registered", "Trunk %1$s is online", "Backup finished", "IP %1$s was blocked"),
    ),
    (r"EventLog.Source", ("3CXPhoneSystem01", "3CXSystemService01")),
    (r"EventLog.Param", "{user_number}"),
    (r"Chat(Messages)?HistoryView.Message", ("Hello, is anybody there?", "Yes, how may I help?", "Where is my order?")),
    (r"Chat(Messages)?HistoryView.Source", "Web"),
    (r"Chat(Messages)?HistoryView.ParticipantsGroupsArray", "GRP0000"),
    (r"LogEntry.Text|TrunkReport.Template", ("INVITE sent", "100 Trying", "200 OK")),
    # Numbers and names of the PBX
    (r"QueueNo|QueueDn|QueueDnNumber|QueueNumber|Queue|DnNumber", "{queue_number}"),
    (r"Queue(DisplayName|Name)|Dn", "{queue_name}"),
    (r"RingGroup(Dn|Number)", "{ring_group_number}"),
    (r"RingGroup(DisplayName|Name)", "{ring_group_name}"),
    (r"Trunk(Dn|Number)", "{trunk_number}"),
    (r"Trunk(Name)?", "{trunk_name}"),
    (r"Did|DID|.*DidNumber", "{did}"),
    (r"AgentNo|Extension|ExtensionDn|ExtensionNumber|SrcDn|SourceDn|actionDnDn", "{user_number}"),
    (r"FromDn|FromNo|SenderParticipantNo", "{user_number}"),
    (r"Agent|(Extension|Dn|Src|Source|From|ActionDn)DisplayName|FromName|UserName", "{user_name}"),
    (r"(Src|Source|From)?ExtendedDisplayName", "{user_name} ({user_number})"),
    (r"DisplayName|AssignedUser|SenderParticipantName|ContactName|Username", "{user_name}"),
    (r"DstDn|DestinationDn|ToDn|Destination", "{colleague_number}"),
    (r"(Dst|Destination|To)DisplayName|ParticipantName", "{colleague_name}"),
    (r"DstExtendedDisplayName", "{colleague_name} ({colleague_number})"),
    (r"(Dst|Destination|To)(CallerId|CallerNumber|CalleeId)", "{colleague_number}"),
    (r".*(CallerId|CallerNumber|CallerID|CallbackNo|ParticipantNumber|PhoneNumber|Phone|Source|CalleeId)", "{caller}"),
    (r".*[Ee]mail.*", "{email}"),
    (r"GroupName|Department", "{group_name}"),
    # Addresses and files
    (r".*(Version|VersionNumber)", "{version}"),
    (r"RecordingUrl", "https://{fqdn}/recordings/{index}.wav"),
    (r"ArchivedUrl", ""),
    (r"(?i).*(fqdn|host|domain)", "{fqdn}"),
    (r"(?i).*(url|link|uri|endpoint)", "https://{fqdn}/{index}"),
    (r".*(IpAddress|Ip|LocalIPv4|PublicIP|NetworkAddress|IPv4)", "192.0.2.{index}"),
    (r"(?i).*mac.*", "00155D0000{index:02X}"),
    (r".*(Filename|FileName)", "file{index}.wav"),
    # Words
    (r"(?i).*(currency|country|countrycode)", "DE"),
    (r"(?i).*(language|lang|code)", "EN"),
    (r"Vendor", "Example"),
    (r"Model", "X{index}"),
    (r"Gender", ("female", "male")),
    (r".*(Status|State)", ("Answered", "Answered", "Unanswered")),
    (r"CallType", ("National", "Mobile", "Local")),
    (r"Direction", ("Inbound", "Outbound", "Internal")),
    (r"(?i).*(reason|error|errormessage|.*crmcontact)", ""),
    (r"Summary", ("The caller asks for a quotation.", "An order is late.", "A meeting is moved.")),
    (r"Transcription", ("Hello, I would like a quotation.", "My order has not arrived.", "Can we meet tomorrow?")),
    (r"(?i).*(token|ticket|secret|password|pin)", "example-{name}-{index}"),
    (r"(Main)?(CallHistoryId|CdrId)", "00000000-0000-4000-8000-{index:012d}"),
    (r".*[Ii]d", "{name}-{index}"),
)
# Where nothing else fits and something must be there.
OTHERWISE = "Example {name} {index}"
# Figures that are known, by name.
FIXED: tuple[tuple[str, int], ...] = (
    (r"TotalDiskSpace|DiskSpaceTotal", 128_849_018_880),
    (r"FreeDiskSpace|DiskSpaceFree", 76_020_921_139),
    (r"Total(Physical|Virtual)Memory|MemoryTotal", 8_589_934_592),
    (r"Free(Physical|Virtual)Memory", 3_221_225_472),
    (r".*DnType|.*DnClass|SourceType|DestinationType|ActionDnType|Indent", 0),
    (r"SegmentType|ActionType|SubrowDescNumber|TranscriptionResult", 1),
)
# Counters and other figures: the largest value, by name; 0: the number of the row.
FIGURES: tuple[tuple[str, int], ...] = (
    (r".*(Percent|Percentage|Perc|Cpu|Memory|Gpu|Usage)", 60),
    (r".*(Port)", 5060),
    (r".*(Bytes|Size|Space|Kbps).*", 900_000_000),
    (r"SentimentScore", 5),
    (r".*(Id|ID|Participant)", 0),
    (r".*", 40),
)
# Spans: the longest one in seconds.
SPANS: tuple[tuple[str, int], ...] = (
    (r".*(Ring|Wait).*", 45),
    (r".*(LoggedIn|Total).*", 8 * 3600),
    (r".*", 900),
)
# Moments that come this many seconds after the others of a row.
LATER = r".*(End|Stop|Out|Answered|Close).*"
LATER_BY = 240
TRUE = (
    r".*(Success|Available|Connected|Answered|CallAnswered|Active|Enabled|Online|IsLoggedIn|Assigned|Allowed"
    r"|CanBeTranscribed|CanCreateTicket)"
)
