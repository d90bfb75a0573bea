# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How every operation of a version can be driven against the demo PBX so that it succeeds.

Keys are those of what the demo holds, bodies and parameters come from ARGUMENTS where a value of the right type alone
would not do, else they are made from the types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tests.simulator.facts.catalog import Operation
from tests.simulator.facts.grammar import Kind
from tests.simulator.pbx import Pbx

PHONE = "00155D000301"
EARLY, LATE = "2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"
# Reading comes first and deleting last, so that everything is there while it is looked at.
ORDER = ("list", "get", "navigation", "function", "update", "action", "create", "delete")

SAMPLES: dict[str, Any] = {
    "string": "x",
    "int32": 1,
    "int64": 1,
    "uint8": 1,
    "decimal": 1,
    "float": 1.5,
    "double": 1.5,
    "boolean": True,
    "datetime": "2030-01-01T00:00:00Z",
    "date": "2030-01-01",
    "time": "08:00:00",
    "duration": "PT1H",
    "uuid": "00000000-0000-0000-0000-000000000001",
}
# What a set needs before it takes a new entity; everything else is created empty.
MINIMUM: dict[str, dict[str, Any]] = {
    "BlackListNumbers": {"CallerId": "+491555099998"},
    "Blocklist": {"IPAddrMask": "198.51.100.99"},
    "CallFlowApps": {"Name": "New", "ScriptCode": "class A {}"},
    "Fxs": {"MacAddress": "00155D000999"},
    "Groups": {"Name": "New"},
    "Holidays": {"Name": "New"},
    "InboundRules": {"TrunkDN": {"Number": "10000"}, "Condition": "BasedOnDID", "Data": "+498955500017"},
    "OutboundRules": {"Name": "New"},
    "Parameters": {"Name": "New", "Value": "1"},
    "Playlists": {"Name": "New"},
    "Sbcs": {"Name": "new"},
    "ServicePrincipals": {"Number": "newclient"},
    "TenantProperties": {"Name": "New"},
    "Trunks": {"Gateway": {"Name": "New"}},
    "WebsiteLinks": {"Link": "new"},
}
# The row that a key names, where the first one would not do: by a property and its value.
ROWS: dict[str, tuple[str, Any]] = {
    "POST CallFlowApps(#)/Pbx.DeleteAudioFile": ("Number", "830"),
    "POST CallFlowApps(#)/Pbx.DeleteFile": ("Number", "830"),
    "DELETE Groups(#)": ("Name", "Gone"),
    "DELETE PhoneTemplates(#)": ("IsCustom", True),
    "DELETE FxsTemplates(#)": ("IsCustom", True),
    "DELETE TrunkTemplates(#)": ("Id", "generic.pv.xml"),
    "DELETE PromptSets(#)": ("PromptSetType", "Custom"),
    "PATCH PhoneTemplates(#)": ("IsCustom", True),
    "DELETE Trunks(#)": ("Number", "10002"),
    "DELETE ServicePrincipals(#)": ("Number", "reporting"),
    "POST ServicePrincipals(#)/Pbx.GenerateAppToken": ("Number", "reporting"),
}
Value = Callable[["Ground"], Any]


@dataclass
class Ground:
    """The PBX that is driven."""

    pbx: Pbx

    def id_of(self, set_name: str, name: str, value: Any) -> Any:
        """The key of an entity."""
        entity_set = self.pbx.sets[set_name]
        return next(row[entity_set.key_name()] for row in entity_set.entities() if row.get(name) == value)

    def number_of(self, group: str) -> str:
        """The number of a department."""
        return str(next(row["Number"] for row in self.pbx.sets["Groups"].rows.values() if row["Name"] == group))

    def user(self, number: str = "101") -> Any:
        """The id of a user."""
        return self.id_of("Users", "Number", number)

    def shelf(self, name: str) -> Any:
        """What an earlier call left behind a function."""
        return self.pbx.shelf[name]

    def last(self, name: str) -> str:
        """The newest key of what an earlier call left behind a function."""
        return str(list(self.shelf(name))[-1])

    def recording(self) -> Any:
        """The id of a recording."""
        return self.pbx.sets["Recordings"].entities()[0]["Id"]


# By "METHOD route": the parameters of a function or the body of an action.
ARGUMENTS: dict[str, dict[str, Any | Value]] = {
    "POST AISettings/Pbx.CreateVectorStore": {"model": {"Name": "Handbook"}},
    "POST AISettings/Pbx.UpdateVectorStore": {"model": lambda g: {"Id": g.last("VectorStores"), "Name": "Manual"}},
    "POST AISettings/Pbx.AddVectorStoreFiles": {
        "model": lambda g: {"VectorId": g.last("VectorStores"), "FileIds": ["a", "b", "c"]}
    },
    "POST AISettings/Pbx.BatchDeleteFiles": {
        "model": lambda g: {"VectorId": g.last("VectorStores"), "FileIds": ["a", "nope"]}
    },
    "POST AISettings/Pbx.DeleteVectorStoreFile": {"vectorid": lambda g: g.last("VectorStores"), "fileid": "b"},
    "POST AISettings/Pbx.DeleteOpenAiFile": {"fileid": "c"},
    "POST AISettings/Pbx.DeleteVectorStore": {"id": lambda g: g.last("VectorStores")},
    "GET AISettings/Pbx.GetVectorStore()": {"id": lambda g: g.last("VectorStores")},
    "GET AISettings/Pbx.GetVectorStoreFiles()": {"id": lambda g: g.last("VectorStores"), "limit": 2, "after": ""},
    "GET AISettings/Pbx.GetVectorStores()": {"limit": 2, "after": ""},
    "GET ActivityLog/Pbx.GetLogs()": {"startDate": EARLY, "endDate": LATE, "extension": "", "call": "", "severity": ""},
    "POST Backups(#)/Pbx.Restore": {
        "footprint": lambda g: g.pbx.sets["Backups"].entities()[0]["Size"],
        "password": "",
    },
    "POST Backups/Pbx.Backup": {"description": {"Name": "driven.zip", "Contents": {"CallHistory": True}}},
    "POST CallFlowApps(#)/Pbx.DeleteAudioFile": {"filename": "welcome.wav"},
    "POST CallFlowApps(#)/Pbx.DeleteFile": {"filename": "welcome.wav"},
    "POST BlackListNumbers/Pbx.BulkNumbersDelete": {"ids": ["1"]},
    "GET ConferenceSettings/Pbx.GetMCURow()": {"guid": lambda g: g.last("ConferenceServers")},
    "POST ConferenceSettings/Pbx.UpdateMCURequestStatus": {"request": {"Operation": "Create"}},
    "POST Contacts/Pbx.CreateContactByNumber": {"contact": {"FirstName": "Cameron"}, "number": "101"},
    "POST Contacts/Pbx.DeleteContactsByType": {"contactSource": "3CX", "number": "101"},
    "GET Contacts/Pbx.GetContactsByNumber()": {"number": "101"},
    "GET CrmIntegration/Pbx.GetCrmTemplateSource()": {"name": "Example CRM"},
    "POST CustomPrompts/Pbx.MakeCallRecordCustomPrompt": {"dn": "101", "filename": "new.wav"},
    "POST DNProperties/Pbx.CreateDNProperty": {"dnNumber": "101", "property": {"Name": "ROOM", "Value": "4"}},
    "POST DNProperties/Pbx.UpdateDNProperty": {"dnNumber": "101", "property": {"Name": "ROOM", "Value": "5"}},
    "POST DNProperties/Pbx.DeleteDNProperty": {"dnNumber": "101", "propertyName": "ROOM"},
    "GET DNProperties/Pbx.GetDNPropertyByName()": {"dnNumber": "101", "name": "ROOM"},
    "GET DNProperties/Pbx.GetPropertiesByDn()": {"dnNumber": "101"},
    "POST Defs/Pbx.GetRoutes": {"ids": lambda g: [g.id_of("Queues", "Number", "800")]},
    "POST Defs/Pbx.ReportLogEvent": {
        "request": {"Type": "Info", "EventId": 1, "Source": "Test", "Params": ["a", "b"]},
    },
    "POST DeviceInfos(#)/Pbx.Provision": {"reprovision": False, "userId": lambda g: g.user()},
    "POST EmergencyGeoLocations/Pbx.Update": {"locations": [{"Id": "hq", "FriendlyName": "Headquarters"}]},
    "POST Fax/Pbx.BulkFaxDelete": {"ids": []},
    "GET GetUpdateDetails()": {
        "key": SAMPLES["uuid"],
        "id": lambda g: g.shelf("Updates")[0]["Guid"],
    },
    "POST Groups/Pbx.DeleteCompanyById": {"id": lambda g: g.id_of("Groups", "Name", "Spare")},
    "POST Groups/Pbx.DeleteCompanyByNumber": {"number": lambda g: g.number_of("Extra")},
    "POST Groups/Pbx.LinkGroupPartner": {"groupId": "GRP0001", "resellerId": "7"},
    "POST Groups/Pbx.ReplaceGroupLicenseKey": {"groupId": "GRP0001", "licenseKey": "DEMO"},
    "POST InboundRules/Pbx.BulkInboundRulesDelete": {
        "ids": lambda g: [g.pbx.sets["InboundRules"].entities()[-1]["Id"]]
    },
    "POST InstallUpdates": {
        "install": lambda g: {"Key": g.shelf("UpdateKey"), "Entries": [g.shelf("Updates")[0]["Guid"]]},
    },
    "POST OutboundRules/Pbx.MoveUpDown": {"id": lambda g: g.id_of("OutboundRules", "Name", "National"), "up": True},
    "POST OutboundRules/Pbx.Purge": {
        "purgeObject": lambda g: {"Ids": [g.id_of("OutboundRules", "Name", "Legacy fax route")]},
    },
    "GET Parameters/Pbx.GetParameterByName()": {"name": "LOCALE"},
    "GET Peers/Pbx.GetPeerByNumber()": {"number": "800"},
    "POST Playlists/Pbx.DeletePlaylistFile": {"fileName": "two.wav", "playlistKey": "Lobby"},
    "GET Playlists/Pbx.DownloadPlaylistFile()": {"playlistKey": "Lobby", "fileName": "one.wav"},
    "POST PromptSets(#)/Pbx.Copy": {"overrides": {"PromptSetName": "Copied"}},
    "GET Recordings/Pbx.DownloadRecording()": {"recId": lambda g: g.recording()},
    "GET Recordings/Pbx.DownloadRecordingByName()": {
        "recName": lambda g: g.pbx.sets["Recordings"].entities()[0]["RecordingUrl"].rsplit("/", 1)[-1],
    },
    "POST Services/Pbx.Disable": {"options": {"ServiceNames": ["3CXGatewayService"]}},
    "POST Services/Pbx.Enable": {"options": {"ServiceNames": ["3CXGatewayService"]}},
    "POST Services/Pbx.Restart": {"options": {"ServiceNames": ["3CXIVR01"]}},
    "POST Services/Pbx.Start": {"options": {"ServiceNames": ["3CXIVR01"]}},
    "POST Services/Pbx.Stop": {"options": {"ServiceNames": ["3CXIVR01"]}},
    "POST SipDevices(#)/Pbx.PushFirmware": {"firmwareId": "example-d1-1.1"},
    "GET Trunks/Pbx.GetTrunkByNumber()": {"number": "10000"},
    "POST Trunks/Pbx.FinalizeTrunkProvisioning": {
        "model": {"Name": "Cloud", "PhoneNumbers": [{"Sid": "1", "PhoneNumber": "+4915550188"}]},
    },
    "POST Trunks/Pbx.ProvisionTrunk": {"model": {"Name": "Cloud"}},
    "POST Trunks/Pbx.RefreshRegistration": {"id": lambda g: g.id_of("Trunks", "Number", "10000")},
    "POST Trunks/Pbx.SetRoutes": {
        "routes": lambda g: {
            "Id": g.user(),
            "Routes": [
                {
                    "DID": "+498955500016",
                    "TrunkId": g.id_of("Trunks", "Number", "10000"),
                    "DisplayName": "Alex",
                }
            ],
        },
    },
    "POST Users(#)/Pbx.MakeCallUserRecordGreeting": {"dn": "101", "filename": "hello.wav"},
    "POST Users/Pbx.BatchDelete": {"ids": lambda g: [g.user("111")]},
    "POST Users/Pbx.BulkUpdate": {"ids": lambda g: [g.user()], "user": {"Mobile": "+4915550100"}},
    "GET Users/Pbx.DownloadGreeting()": {"userId": lambda g: g.user("100"), "fileName": "hello.wav"},
    "GET Users/Pbx.GetPhoneRegistrar()": {"mac": PHONE},
    "POST Users/Pbx.GetPhoneRegistrars": {"macs": [PHONE]},
    "POST Users/Pbx.MakeCall": {"dn": "101", "destination": "102"},
    "POST Users/Pbx.MultiUserUpdate": {
        "ids": lambda g: [g.user()],
        "user": {"ForwardingProfiles": [{"Id": 0, "Name": "Away", "NoAnswerTimeout": 10}]},
    },
    "POST VoicemailSettings/Pbx.DeleteConverterConfiguration": {"id": lambda g: g.last("VoicemailConverters")},
    "POST WebsiteLinks/Pbx.ValidateLink": {"model": {"FriendlyName": "free", "Pair": "800"}},
}
PURGED_LATE = ("POST Backups(#)/Pbx.Restore", "DELETE Backups(#)")
# What must have been called before: a function that shows what an action makes, an action on what another one made.
FIRST: dict[str, tuple[str, ...]] = {
    "GET AISettings/Pbx.GetVectorStore()": ("POST AISettings/Pbx.CreateVectorStore",),
    "GET AISettings/Pbx.GetVectorStoreFiles()": ("POST AISettings/Pbx.CreateVectorStore",),
    "POST AISettings/Pbx.AddVectorStoreFiles": ("POST AISettings/Pbx.CreateVectorStore",),
    "POST AISettings/Pbx.UpdateVectorStore": ("POST AISettings/Pbx.CreateVectorStore",),
    "POST AISettings/Pbx.BatchDeleteFiles": ("POST AISettings/Pbx.AddVectorStoreFiles",),
    "POST AISettings/Pbx.DeleteVectorStoreFile": ("POST AISettings/Pbx.AddVectorStoreFiles",),
    "POST AISettings/Pbx.DeleteOpenAiFile": ("POST AISettings/Pbx.AddVectorStoreFiles",),
    "POST AISettings/Pbx.DeleteVectorStore": (
        "POST AISettings/Pbx.DeleteOpenAiFile",
        "POST AISettings/Pbx.DeleteVectorStoreFile",
        "POST AISettings/Pbx.BatchDeleteFiles",
        "POST AISettings/Pbx.UpdateVectorStore",
    ),
    "GET ConferenceSettings/Pbx.GetMCURow()": ("POST ConferenceSettings/Pbx.UpdateMCURequestStatus",),
    "GET Contacts/Pbx.GetContactsByNumber()": ("POST Contacts/Pbx.CreateContactByNumber",),
    "GET DNProperties/Pbx.GetDNPropertyByName()": ("POST DNProperties/Pbx.CreateDNProperty",),
    "POST DNProperties/Pbx.UpdateDNProperty": ("POST DNProperties/Pbx.CreateDNProperty",),
    "POST DNProperties/Pbx.DeleteDNProperty": ("POST DNProperties/Pbx.UpdateDNProperty",),
    "GET Users/Pbx.DownloadGreeting()": ("POST Users(#)/Pbx.MakeCallUserRecordGreeting",),
    "POST Firmwares/Pbx.CleanUp": (
        "POST SipDevices(#)/Pbx.PushFirmware",
        "POST Firmwares(#)/Pbx.PushFirmwareForPhones",
        "DELETE Firmwares(#)",
    ),
    "POST Backups/Pbx.PurgeLocalBackups": PURGED_LATE,
    "POST PurgeLocalBackups": PURGED_LATE,
    "POST InstallUpdates": ("GET GetUpdates()",),
    "POST VoicemailSettings/Pbx.DeleteConverterConfiguration": (
        "POST VoicemailSettings/Pbx.CreateConverterConfiguration",
    ),
}


def ordered(pbx: Pbx) -> Iterator[Operation]:
    """All operations of the version, each after what it needs."""
    every = [operation for methods in pbx.catalog.operations.values() for operation in methods.values()]
    every.sort(key=lambda operation: (ORDER.index(operation.kind), operation.route))
    by_call = {call_of(operation): operation for operation in every}
    done: set[str] = set()

    def with_needs(call: str) -> Iterator[Operation]:
        if call in done or call not in by_call:
            return
        done.add(call)
        for needed in FIRST.get(call, ()):
            yield from with_needs(needed)
        yield by_call[call]

    for operation in every:
        yield from with_needs(call_of(operation))


def call_of(operation: Operation) -> str:
    """ "METHOD route"."""
    return f"{operation.method} {operation.route}"


class Driver:
    """Makes the path and the body of an operation."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.ground = Ground(pbx)

    def path(self, operation: Operation) -> str:
        """The path below /xapi/v1."""
        head, mark, rest = operation.route.partition("(#)")
        if mark:
            path = f"{head}({literal(self.key(operation))}){rest}"
        elif operation.route.endswith("=)"):
            path = f"{operation.route[:-1]}{literal(self.alternate(operation)[1])})"
        else:
            path = operation.route
        if not path.endswith("()"):
            return path
        kinds = operation.parameters
        given = ",".join(f"{name}={literal(value, kinds[name])}" for name, value in self.arguments(operation).items())
        return f"{path[:-1]}{given})"

    def body(self, operation: Operation) -> Any:
        """The body, or None."""
        if operation.kind == "create":
            return MINIMUM.get(operation.route, {})
        if operation.kind == "update":
            return {}
        return None if operation.body is None else self.arguments(operation)

    def key(self, operation: Operation) -> Any:
        """The key of the entity that is addressed."""
        set_name = operation.route.partition("(")[0]
        entity_set = self.pbx.sets[set_name]
        if call_of(operation) in ROWS:
            return self.ground.id_of(set_name, *ROWS[call_of(operation)])
        rows = entity_set.entities()
        # The last row is the one that nothing else leads to.
        row = rows[-1] if operation.kind == "delete" else rows[0]
        return row[entity_set.key_name()]

    def alternate(self, operation: Operation) -> tuple[str, Any]:
        """The name of the alternate key, and one that there is."""
        set_name, _bracket, inside = operation.route.partition("(")
        name = inside.removesuffix("=)")
        return name, self.pbx.sets[set_name].entities()[0][name]

    def arguments(self, operation: Operation) -> dict[str, Any]:
        """The parameters of a function, or the body of an action."""
        given = ARGUMENTS.get(call_of(operation), {})
        if operation.kind == "action":
            if given or operation.body is None:
                return {name: self._value(value) for name, value in given.items()}
            return {name: self._argument(operation, name, kind) for name, kind in operation.body.items()}
        own = dict(operation.parameters)
        if "(#)" in operation.route:
            own.pop(self.pbx.sets[operation.route.partition("(")[0]].key_name(), None)
        return {
            name: self._value(given[name]) if name in given else self._parameter(operation, name, kind)
            for name, kind in own.items()
        }

    def sample(self, kind: Kind, depth: int = 0) -> Any:
        """A value of a type: every property filled, two levels deep."""
        catalog = self.pbx.catalog
        if kind.name in catalog.enums:
            value: Any = sorted(catalog.enums[kind.name])[0]
        elif kind.name in catalog.types:
            properties = catalog.types[kind.name] if depth < 2 else {}
            value = {name: self.sample(inner, depth + 1) for name, inner in properties.items() if not inner.navigation}
        else:
            value = SAMPLES.get(kind.name, {})
        return [value] if kind.collection else value

    def _argument(self, operation: Operation, name: str, kind: Kind) -> Any:
        if kind.collection and name.lower() == "ids":
            rows = self.pbx.sets[operation.route.partition("/")[0]].entities()
            return [rows[-1][self.pbx.sets[operation.route.partition("/")[0]].key_name()]] if rows else []
        return self.sample(kind)

    def _parameter(self, operation: Operation, name: str, kind: Kind) -> Any:
        if kind.name == "string" and kind.nullable:
            return ""
        if name == "number":
            return self.pbx.sets[operation.route.partition("/")[0]].entities()[0]["Number"]
        return self.sample(kind)

    def _value(self, value: Any) -> Any:
        return value(self.ground) if callable(value) else value


def literal(value: Any, kind: Kind | None = None) -> str:
    """A value in a path: only texts are quoted."""
    if isinstance(value, str) and (kind is None or kind.name not in ("datetime", "uuid", "date", "duration", "time")):
        return f"'{quote(value, safe='')}'" if not _is_guid(value) else value
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_guid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4
