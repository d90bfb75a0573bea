# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known of single actions and functions beyond the contract. PRIVATE to the collection.

Each entry has its reason. What is not listed is taken at the word of the contract: an action changes something, a
function does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .._catalog.catalog import Call
from .._catalog.names import snake
from .._xapi.secrecy import secret_name

# Actions that certainly only read: POST is used because the question does not fit into an address.
READING = {
    "Backups/Pbx.GetSftpHostKey": "asks an SFTP server for its key",
    "Defs/Pbx.GetRoutes": "lists the DIDs of peers",
    "GetDirectoryInfo": "lists a directory of the PBX",
    "GoogleSettings/Pbx.GetGoogleUsers": "lists users of the outside directory",
    "Microsoft365Integration/Pbx.GetM365Groups": "lists groups of the outside directory",
    "Microsoft365Integration/Pbx.GetM365Users": "lists users of the outside directory",
    "Microsoft365Integration/Pbx.GetUsersByPrincipalNames": "lists users of the outside directory",
    "Peers/Pbx.RetreivePeersByNumbers": "lists peers",
    "Trunks/Pbx.GetProviderPhones": "lists numbers that a provider offers",
    "Users/Pbx.GetDuplicatedEmails": "tells which addresses are in use",
    "Users/Pbx.GetMultiEditGreetings": "lists files",
    "Users/Pbx.GetPhoneRegistrars": "lists phones",
    "WebsiteLinks/Pbx.ValidateLink": "tells whether a name is free",
}
# Tests are not among them: TestEmail sends a mail, TestOutboundCall makes a call, CrmIntegration/Pbx.Test may write to
# the CRM, and what TestConnection and TestDataConnector leave behind is not known.

# Functions that make something, whatever the contract calls them.
MAKING = {
    "ConferenceSettings/Pbx.GenerateApiKey": "makes a key, which DeleteApiKey removes",
    "MyUser/Pbx.GenerateProvLink": "makes a link that lets a phone in",
    "Users(#)/Pbx.GenerateProvLink": "makes a link that lets a phone in",
}

# Answers that are a secret as a whole, without a name inside that would tell.
SECRET_ANSWERS = {
    "ConferenceSettings/Pbx.GenerateApiKey",
    "Microsoft365Integration/Pbx.GetMicrosoftAccessToken",
    "MyUser/Pbx.GenerateProvLink",
    "MyUser/Pbx.IssueDownloadTicket",
    "ServicePrincipals(#)/Pbx.GenerateAppToken",
    "SystemStatus/Pbx.APIToken",
    "SystemStatus/Pbx.GetRequestHelpLink",
    "Users(#)/Pbx.GenerateProvLink",
    "Users(#)/Pbx.GetPhoneSecret",
}

# Where a call without these may mean everything (REALITY.md section 5 for Purge, the others by analogy): paths of
# properties, of which one has to be given and not empty. Actions with `ids` need no entry.
NARROWING: Mapping[str, Sequence[tuple[str, ...]]] = {
    "AISettings/Pbx.BatchDeleteFiles": [("model", "FileIds")],
    "AISettings/Pbx.DeleteOpenAiFile": [("fileid",)],
    "AISettings/Pbx.DeleteVectorStore": [("id",)],
    "AISettings/Pbx.DeleteVectorStoreFile": [("fileid",)],
    "CallCostSettings/Pbx.UpdateCost": [("costs",)],
    "Contacts/Pbx.DeleteContactsByType": [("contactSource",)],
    "Contacts/Pbx.DeleteDepartmentContactsByType": [("contactSource",)],
    "Contacts/Pbx.DeletePersonalContactsByType": [("contactSource",)],
    "EmergencyGeoLocations/Pbx.Update": [("locations",)],
    "OutboundRules/Pbx.Purge": [("purgeObject", "Ids")],
    "PurgeCalls": [("period", "Start"), ("period", "Stop"), ("period", "All")],
    "PurgeChats": [("period", "Start"), ("period", "Stop"), ("period", "All")],
    "Services/Pbx.Disable": [("options", "ServiceNames")],
    "Services/Pbx.Enable": [("options", "ServiceNames")],
    "Services/Pbx.Restart": [("options", "ServiceNames")],
    "Services/Pbx.Start": [("options", "ServiceNames")],
    "Services/Pbx.Stop": [("options", "ServiceNames")],
}


def acts(call: Call) -> bool:
    """Whether the call changes something on the PBX, or may do so."""
    return call.route in MAKING if call.kind == "function" else call.route not in READING


def answers_with_a_secret(call: Call) -> bool:
    """Of a text without a name: also where the name of the call sounds like it."""
    plain_answer = call.result is not None and call.result.type == "string" and not call.result.collection
    return call.route in SECRET_ANSWERS or (plain_answer and secret_name(call.name))


def unbounded(call: Call, body: Mapping[str, Any]) -> str:
    """The option to give, where the call might otherwise be taken to mean everything; "" if it is bounded."""
    ways = list(_narrowing(call))
    if not ways or any(_given(body, way) for way in ways):
        return ""
    return " or ".join(".".join(snake(part) for part in way) for way in ways)


def _narrowing(call: Call) -> Iterator[tuple[str, ...]]:
    yield from NARROWING.get(call.route, ())
    if acts(call):
        yield from ((name,) for name, one in call.parameters.items() if one.collection and name.lower() == "ids")


def _given(body: Mapping[str, Any], way: Sequence[str]) -> bool:
    value: Any = body
    for part in way:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value not in (None, "", [], False)
