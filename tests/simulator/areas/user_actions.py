# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions and functions of users: several at once, credentials, greetings, calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk, files, made_up
from tests.simulator.areas.calling import there
from tests.simulator.areas.calls import ActiveCalls
from tests.simulator.areas.dn import DnSet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# RegenerateOptions -> the property that gets a new value, and whether it consists of digits.
CREDENTIALS = {
    "SipAuth": ("AuthPassword", False),
    "DeskphonePassword": ("DeskphonePassword", False),
    "VoicemailPIN": ("VMPIN", True),
    "WebclientPassword": ("AccessPassword", False),
    "ConfigurationLink": ("_link", False),
}
HOTDESKING_FROM = 190


# Several users at once


def bulk_update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users/Pbx.BulkUpdate: the same partial user for all of them."""
    given = {name: value for name, value in (arguments.get("user") or {}).items() if value is not None}
    given.pop("Number", None)
    for user in bulk.chosen(pbx, "Users", arguments.get("ids", [])):
        pbx.sets["Users"].update(user, given)


def multi_update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users/Pbx.MultiUserUpdate: as BulkUpdate, but profiles are merged by their name (REALITY.md section 9)."""
    known = pbx.types.properties("User")
    given = {
        name: value
        for name, value in (arguments.get("user") or {}).items()
        if value is not None and name in known and name != "Number"
    }
    for user in bulk.chosen(pbx, "Users", arguments.get("ids", [])):
        changes = dict(given)
        if "ForwardingProfiles" in given:
            changes["ForwardingProfiles"] = _profiles(user, given["ForwardingProfiles"])
        pbx.sets["Users"].update(user, changes)


def _profiles(user: Entity, given: list[Entity]) -> list[Entity]:
    merged = {profile["Name"]: profile for profile in user.get("ForwardingProfiles") or []}
    for profile in given:
        former = merged.get(profile.get("Name"))
        merged[profile.get("Name")] = {**former, **profile, "Id": former["Id"]} if former else profile
    return list(merged.values())


# Credentials


def _regenerate(users: list[Entity], options: Entity) -> None:
    for option, (name, numeric) in CREDENTIALS.items():
        if options.get(option):
            for user in users:
                draw = made_up.digits if numeric else made_up.secret
                user[name] = draw(name, user["Number"], user.get(name))


def regenerate(_pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users(id)/Pbx.Regenerate."""
    _regenerate([there(target)], arguments.get("opts") or {})


def regenerate_some(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users/Pbx.RegeneratePasswords."""
    _regenerate(bulk.chosen(pbx, "Users", arguments.get("Ids", [])), arguments.get("opts") or {})


def provisioning_link(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> str:
    """Users(id)/Pbx.GenerateProvLink()."""
    user = there(target)
    return f"https://{pbx.fqdn}/provisioning/{user.get('_link') or made_up.secret('link', user['Number'])}"


def phone_secret(_pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> str:
    """Users(id)/Pbx.GetPhoneSecret()."""
    return str(there(target)["DeskphonePassword"])


# Mail addresses and numbers


def _holders(pbx: Pbx, email: str) -> int:
    return sum(user.get("EmailAddress") == email for user in pbx.sets["Users"].rows.values())


def has_duplicate(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """Users(id)/Pbx.HasDuplicatedEmail()."""
    email = there(target).get("EmailAddress")
    return bool(email) and _holders(pbx, str(email)) > 1


def duplicates(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[str]:
    """Users/Pbx.GetDuplicatedEmails: those of the addresses that some user has already."""
    return [email for email in arguments.get("emails", []) if _holders(pbx, email)]


def hotdesking_number(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Users/Pbx.GetFirstAvailableHotdeskingNumber()."""
    return {"Number": next(str(n) for n in range(HOTDESKING_FROM, 100_000) if str(n) not in pbx.numbers)}


def export(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """Users/Pbx.ExportExtensions()."""
    return pbx.sets["Users"].entities()


# Greetings


def greetings(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """Users/Pbx.GetMultiEditGreetings: the files that any of the users has."""
    names = {
        greeting["Filename"]
        for user in bulk.chosen(pbx, "Users", arguments.get("ids", []))
        for greeting in user.get("Greetings") or []
    }
    return [{"Filename": name, "DisplayName": name} for name in sorted(names)]


def delete_greeting(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users/Pbx.MultiDeleteGreeting."""
    for user in bulk.chosen(pbx, "Users", arguments.get("ids", [])):
        user["Greetings"] = [g for g in user.get("Greetings") or [] if g["Filename"] != arguments.get("filename")]


def record_greeting(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users(id)/Pbx.MakeCallUserRecordGreeting: the call is made, and the file is there."""
    if arguments.get("dn") not in pbx.numbers:
        raise refused("dn", "XAPI.NOT_FOUND")
    name = arguments.get("filename")
    greeting = {"Filename": name, "DisplayName": name, "Type": "Default"}
    there(target)["Greetings"] = [*(there(target).get("Greetings") or []), greeting]


def download_greeting(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> files.FileBody:
    """Users/Pbx.DownloadGreeting(userId=...,fileName='...')."""
    user = there(pbx.sets["Users"].find(arguments["userId"]))
    name = str(arguments["fileName"])
    if name not in [greeting["Filename"] for greeting in user.get("Greetings") or []]:
        raise not_found()
    return files.silence(name)


# Calls and monitoring


def make_call(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Users/Pbx.MakeCall: the call is in progress afterwards."""
    dn = arguments.get("dn") or next(iter(pbx.numbers), "")
    caller = pbx.numbers.get(dn)
    if caller is None:
        raise refused("dn", "XAPI.NOT_FOUND")
    calls = pbx.sets["ActiveCalls"]
    name = caller[0].display_name(caller[1]) if isinstance(caller[0], DnSet) else dn
    if isinstance(calls, ActiveCalls):
        calls.add(f"{dn} {name}", str(arguments.get("destination")), pbx.switches.number("made_call"))
    return {"FinalStatus": "Success", "Reason": "None", "ReasonText": ""}


def monitor(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """Users(id)/Pbx.SetMonitorStatus: for so many days; 0 ends it."""
    there(target)["_monitored_until"] = int(pbx.clock.now()) + 86_400 * int(arguments.get("days", 0))


def monitored(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """Users/Pbx.GetMonitorStatus(), up to 20.0.8: the users that are being monitored, and until when."""
    now = pbx.clock.now()
    return [
        {"DN": user["Number"], "Expiration": user["_monitored_until"]}
        for user in pbx.sets["Users"].rows.values()
        if user.get("_monitored_until", 0) > now
    ]


CALLS = {
    "Users/Pbx.BulkUpdate": bulk_update,
    "Users/Pbx.MultiUserUpdate": multi_update,
    "Users(#)/Pbx.Regenerate": regenerate,
    "Users/Pbx.RegeneratePasswords": regenerate_some,
    "Users(#)/Pbx.GenerateProvLink()": provisioning_link,
    "Users(#)/Pbx.GetPhoneSecret()": phone_secret,
    "Users(#)/Pbx.HasDuplicatedEmail()": has_duplicate,
    "Users/Pbx.GetDuplicatedEmails": duplicates,
    "Users/Pbx.GetFirstAvailableHotdeskingNumber()": hotdesking_number,
    "Users/Pbx.ExportExtensions()": export,
    "Users/Pbx.GetMultiEditGreetings": greetings,
    "Users/Pbx.MultiDeleteGreeting": delete_greeting,
    "Users(#)/Pbx.MakeCallUserRecordGreeting": record_greeting,
    "Users/Pbx.DownloadGreeting()": download_greeting,
    "Users/Pbx.MakeCall": make_call,
    "Users(#)/Pbx.SetMonitorStatus": monitor,
    "Users/Pbx.GetMonitorStatus()": monitored,
}
