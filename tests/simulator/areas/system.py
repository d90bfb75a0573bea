# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system as a whole: modes, maintenance, remote access, parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import licensing

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

MODES = "SystemModes"  # what actions of SystemStatus set; names are those that SystemStatus or SystemParameters show
SYSTEM_EXTENSIONS = (("Conference", "700"), ("Voicemail", "999"), ("Park", "SP"))
ROW_BYTES = 512


def modes(pbx: Pbx) -> Entity:
    """What was set by actions."""
    held: Entity = pbx.shelf.setdefault(MODES, {})
    return held


def chat_log(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """SystemStatus/Pbx.SetChatLogStatus."""
    modes(pbx)["IsChatLogEnabled"] = bool(arguments.get("enable"))


def multi_company(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """SystemStatus/Pbx.SetMultiCompanyMode: shows in GetSystemParameters."""
    modes(pbx)["IsMulticompanyMode"] = bool(arguments.get("enable"))


def maintain_database(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """SystemStatus/Pbx.StartDBMaintenance: in progress for a while."""
    modes(pbx)["DBMaintenanceInProgress"] = True
    pbx.agenda.after(
        pbx.switches.number("database_maintenance"), lambda: modes(pbx).update({"DBMaintenanceInProgress": False})
    )


def request_help(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """SystemStatus/Pbx.RequestHelp: remote access is asked for when days are given."""
    description = arguments.get("description") or {}
    modes(pbx)["RemoteAccess"] = "Requested" if description.get("GrantPeriodDays") else "None"


def help_link(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> str:
    """SystemStatus/Pbx.GetRequestHelpLink(grantPeriodDays=...): the link grants access."""
    modes(pbx)["RemoteAccess"] = "Requested"
    return f"https://{pbx.fqdn}/help?days={arguments['grantPeriodDays']}"


def revoke_access(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """SystemStatus/Pbx.RevokeRemoteAccess."""
    modes(pbx)["RemoteAccess"] = "None"


def remote_access(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> str:
    """SystemStatus/Pbx.GetRemoteAccessStatus()."""
    return str(modes(pbx).get("RemoteAccess", "None"))


def version_type(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """SystemStatus/Pbx.GetVersionType()."""
    return {"Type": modes(pbx).get("VersionType", "Release")}


def extensions(_pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """SystemStatus/Pbx.SystemExtensions(): the PBX's own numbers."""
    return [{"Name": name, "Number": number, "Type": name, "IsRegistered": True} for name, number in SYSTEM_EXTENSIONS]


def database(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """SystemStatus/Pbx.SystemDatabaseInformation(): grows and shrinks with the rows."""
    used = {
        "CallsUsedSpace": "CallHistoryView",
        "ChatsUsedSpace": "ChatMessagesHistoryView",
        "EventLogUsedSpace": "EventLogs",
    }
    sizes = {name: ROW_BYTES * len(pbx.sets[set_name].rows) for name, set_name in used.items()}
    return {"Id": 0, "ChatFilesCount": 0, **sizes}


def parameters(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Defs/Pbx.GetSystemParameters()."""
    network = pbx.singletons["NetworkSettings"].entity()
    status = pbx.singletons["SystemStatus"].entity()
    found = {
        "Version": pbx.build,
        "FQDN": pbx.fqdn,
        "PbxExternalHost": pbx.fqdn,
        "StaticIp": status.get("IpV4"),
        "IsStaticIp": True,
        "SipPort": network.get("SipPort", 5060),
        "SipsPort": 5061,
        "TunnnelPort": network.get("TunnelPort", 5090),
        "HttpPort": 5000,
        "HttpsPort": 5001,
        "ENL": 3,
        "ENLRange": {"From": 2, "To": 5},
        "EmRuleCreationAllowed": True,
        "GlobalLanguage": "EN",
        "MaxDIDPerTrunk": 10_000,
        "ProcessorCount": 2,
        "IsMulticompanyMode": modes(pbx).get("IsMulticompanyMode", False),
        "IsChatLogEnabled": status.get("IsChatLogEnabled", True),
        "License": licensing.summary(pbx),
    }
    return {name: value for name, value in found.items() if name in pbx.types.properties("SystemParameters")}


def has_owner(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """Defs/Pbx.HasSystemOwner()."""
    return any(
        (member.get("Rights") or {}).get("RoleName") == "system_owners"
        for user in pbx.sets["Users"].rows.values()
        for member in user["Groups"]
    )


def interfaces(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[str]:
    """NetworkSettings/Pbx.GetIfaces()."""
    return [row["Id"] for row in pbx.sets["NetworkInterfaces"].entities()]


CALLS = {
    "SystemStatus/Pbx.SetChatLogStatus": chat_log,
    "SystemStatus/Pbx.SetMultiCompanyMode": multi_company,
    "SystemStatus/Pbx.StartDBMaintenance": maintain_database,
    "SystemStatus/Pbx.RequestHelp": request_help,
    "SystemStatus/Pbx.GetRequestHelpLink()": help_link,
    "SystemStatus/Pbx.RevokeRemoteAccess": revoke_access,
    "SystemStatus/Pbx.GetRemoteAccessStatus()": remote_access,
    "SystemStatus/Pbx.GetVersionType()": version_type,
    "SystemStatus/Pbx.SystemExtensions()": extensions,
    "SystemStatus/Pbx.SystemDatabaseInformation()": database,
    "Defs/Pbx.GetSystemParameters()": parameters,
    "Defs/Pbx.HasSystemOwner()": has_owner,
    "NetworkSettings/Pbx.GetIfaces()": interfaces,
}
