# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How each section of a seed becomes entities. Names in a seed stand for what the XAPI knows by id."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.backups import SIZE, Backups
from tests.simulator.areas.calls import ActiveCalls
from tests.simulator.areas.destinations import TO_PEER, nowhere
from tests.simulator.areas.groups import DEFAULT
from tests.simulator.areas.services import RUNNING, STANDARD, STOPPED, Services
from tests.simulator.odata.values import instant, stamp

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Times that a seed gives relative to now count from here, so that a reset brings the very same state back.
BIRTH = time.time()
TRUNK_KINDS = {"provider": "Provider", "bridge": "BridgeMaster", "analog": "Analog"}
IVR_FORWARDS = {
    "Extension": "Extension",
    "RingGroup": "RingGroup",
    "Queue": "Queue",
    "IVR": "IVR",
    "RoutePoint": "CustomInput",
}


def _only(item: dict[str, Any], *known: str) -> None:
    for key in item:
        if key not in known:
            raise ValueError(f"{key}: unknown key; known: {', '.join(known)}")


def _make(pbx: Pbx, set_name: str, entity: Entity, item: dict[str, Any]) -> Entity:
    """Creates an entity; the seed's ``properties`` go in as they are, those that this version lacks stay out."""
    entity_set = pbx.sets[set_name]
    known = pbx.types.properties(entity_set.type)
    extra = {name: value for name, value in (item.get("properties") or {}).items() if name in known}
    content = {name: value for name, value in {**entity, **extra}.items() if value is not None and name in known}
    return entity_set.create(pbx.binder.entity(entity_set.type, content))


def group_id(pbx: Pbx, name: str) -> int:
    """The id of a department; ValueError when there is none of that name."""
    group = pbx.sets["Groups"].find_by("Name", name)
    if group is None:
        raise ValueError(f"no department named {name!r}")
    return int(group["Id"])


def trunk_named(pbx: Pbx, name: str) -> Entity:
    """A trunk by name or number; ValueError when there is none."""
    for trunk in pbx.sets["Trunks"].rows.values():
        if str(name) in (trunk["Gateway"]["Name"], trunk["Number"]):
            return trunk
    raise ValueError(f"no trunk named {name!r}")


def _membership(pbx: Pbx, item: dict[str, Any]) -> list[Entity]:
    names = item.get("departments") or [item.get("department", DEFAULT)]
    role = {"RoleName": item.get("role", "users")}
    return [{"GroupId": group_id(pbx, name), "Rights": role} for name in names]


def foundation(pbx: Pbx) -> None:
    """What every PBX has: the DEFAULT department."""
    group = pbx.sets["Groups"].create({"Name": DEFAULT})
    group["IsDefault"] = True


def completion(pbx: Pbx, content: dict[str, Any]) -> None:
    """What a seed that says nothing about it gets: the standard services, all running."""
    if "services" not in content:
        for name, display_name in STANDARD.items():
            _services(pbx).add(name, display_name, RUNNING)


def _services(pbx: Pbx) -> Services:
    services = pbx.sets["Services"]
    if not isinstance(services, Services):
        raise TypeError("Services is not modelled")
    return services


def system(pbx: Pbx, item: dict[str, Any]) -> None:
    """fqdn, and properties of SystemStatus."""
    _only(item, "fqdn", "properties")
    pbx.fqdn = item.get("fqdn", pbx.fqdn)
    pbx.singletons["SystemStatus"].values.update({"FQDN": pbx.fqdn, **(item.get("properties") or {})})


def license_(pbx: Pbx, item: dict[str, Any]) -> None:
    """Properties of LicenseStatus; those of SystemStatus follow."""
    pbx.license = {"LicenseActive": True, "Activated": True, "Support": True, **item}


def department(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "properties")
    if item["name"] == DEFAULT:
        group = pbx.default_group()
        pbx.sets["Groups"].update(group, item.get("properties") or {})
    else:
        _make(pbx, "Groups", {"Name": item["name"]}, item)


def user(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(
        item,
        "number",
        "first_name",
        "last_name",
        "email",
        "mobile",
        "department",
        "departments",
        "role",
        "registered",
        "properties",
    )
    entity = _make(
        pbx,
        "Users",
        {
            "Number": str(item["number"]),
            "FirstName": item.get("first_name"),
            "LastName": item.get("last_name"),
            "EmailAddress": item.get("email"),
            "Mobile": item.get("mobile"),
            "Groups": _membership(pbx, item),
        },
        item,
    )
    entity["IsRegistered"] = bool(item.get("registered", True))


def _numbers(values: Any) -> list[Entity]:
    return [{"Number": str(value)} for value in values or []]


def queue(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "name", "department", "agents", "managers", "properties")
    _make(pbx, "Queues", {**_dn(pbx, item), **_lists(item, Agents="agents", Managers="managers")}, item)


def ring_group(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "name", "department", "members", "properties")
    _make(pbx, "RingGroups", {**_dn(pbx, item), **_lists(item, Members="members")}, item)


def _dn(pbx: Pbx, item: dict[str, Any]) -> Entity:
    return {"Number": str(item["number"]), "Name": item["name"], "Groups": _membership(pbx, item)}


def _lists(item: dict[str, Any], **names: str) -> Entity:
    return {name: _numbers(item.get(key)) for name, key in names.items()}


def ivr(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "name", "department", "forwards", "timeout_to", "properties")
    entity = _dn(pbx, item)
    entity["PromptFilename"] = f"{item['number']}.wav"
    _make(pbx, "Receptionists", entity, item)


def ivr_keys(pbx: Pbx, item: dict[str, Any]) -> None:
    """The keys of an IVR, when all numbers are there: menus may lead to each other."""
    keys: Entity = {
        "Forwards": [
            {"Input": str(key["input"]), "ForwardDN": str(key["to"]), "ForwardType": _forward_type(pbx, key["to"])}
            for key in item.get("forwards") or []
        ]
    }
    if "timeout_to" in item:
        keys["TimeoutForwardDN"] = str(item["timeout_to"])
        keys["TimeoutForwardType"] = _forward_type(pbx, item["timeout_to"])
    receptionists = pbx.sets["Receptionists"]
    menu = receptionists.find_by("Number", str(item["number"]))
    if menu is not None:
        receptionists.update(menu, keys)


def _forward_type(pbx: Pbx, number: Any) -> str:
    peer = pbx.peer(str(number))
    if peer is None:
        raise ValueError(f"no peer has the number {number!r}")
    return IVR_FORWARDS.get(peer["Type"], "EndCall")


def call_flow_app(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "name", "department", "script", "files", "properties")
    entity = _make(pbx, "CallFlowApps", {**_dn(pbx, item), "ScriptCode": item.get("script", "")}, item)
    entity["_files"] = [str(name) for name in item.get("files") or []]


def fax(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "department", "properties")
    _make(pbx, "Fax", {"Number": str(item["number"]), "Groups": _membership(pbx, item)}, item)


def parking(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "number", "department", "properties")
    _make(pbx, "Parkings", {"Number": str(item["number"]), "Groups": _membership(pbx, item)}, item)


def trunk(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "number", "kind", "host", "main_number", "dids", "online", "channels", "properties")
    kind = item.get("kind", "provider")
    if kind not in TRUNK_KINDS:
        raise ValueError(f"kind: {kind!r} is not one of {', '.join(TRUNK_KINDS)}")
    gateway = {"Name": item["name"], "Host": item.get("host", ""), "Type": TRUNK_KINDS[kind]}
    entity = _make(
        pbx,
        "Trunks",
        {
            "Number": str(item["number"]) if "number" in item else None,
            "ExternalNumber": item.get("main_number"),
            "SimultaneousCalls": item.get("channels"),
            "DidNumbers": [str(did) for did in item.get("dids") or []],
            "Gateway": gateway,
        },
        item,
    )
    entity["IsOnline"] = bool(item.get("online", True))


def route(pbx: Pbx, item: dict[str, Any]) -> None:
    """An inbound rule of a DID. ``to`` is a number; ``voicemail: true`` leads to its voicemail."""
    _only(item, "did", "trunk", "to", "name", "voicemail", "out_of_hours", "properties")
    aim = _destination(pbx, item["to"], voicemail=bool(item.get("voicemail")))
    late = _destination(pbx, item["out_of_hours"], voicemail=False) if "out_of_hours" in item else aim
    _make(
        pbx,
        "InboundRules",
        {
            "RuleName": item.get("name", str(item["did"])),
            "Data": str(item["did"]),
            "Condition": "BasedOnDID",
            "TrunkDN": {"Id": trunk_named(pbx, item["trunk"])["Id"]},
            "AlterDestinationDuringOutOfOfficeHours": late != aim,
            "OfficeHoursDestination": aim,
            "OutOfOfficeHoursDestination": late,
            "HolidaysDestination": aim,
        },
        item,
    )


def _destination(pbx: Pbx, number: Any, *, voicemail: bool) -> Entity:
    peer = pbx.peer(str(number))
    if peer is None or peer["Type"] not in TO_PEER:
        raise ValueError(f"nothing that can ring has the number {number!r}")
    return {**nowhere(), "To": "VoiceMail" if voicemail else TO_PEER[peer["Type"]], "Number": str(number)}


def outbound_rule(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "prefix", "lengths", "extensions", "departments", "emergency", "routes", "properties")
    _make(
        pbx,
        "OutboundRules",
        {
            "Name": item["name"],
            "Prefix": str(item.get("prefix", "")),
            "NumberLengthRanges": str(item.get("lengths", "")),
            "EmergencyRule": bool(item.get("emergency", False)),
            "DNRanges": [_range(str(text)) for text in item.get("extensions") or []],
            "GroupIds": [group_id(pbx, name) for name in item.get("departments") or []],
            "Routes": [_outbound_route(pbx, given) for given in item.get("routes") or []],
        },
        item,
    )


def _range(text: str) -> Entity:
    low, _mark, high = text.partition("-")
    return {"From": low, "To": high} if high else {"From": low}


def _outbound_route(pbx: Pbx, item: dict[str, Any]) -> Entity:
    _only(item, "trunk", "strip", "prepend", "append", "caller_id")
    return {
        "TrunkId": trunk_named(pbx, item["trunk"])["Id"],
        "StripDigits": item.get("strip", 0),
        "Prepend": str(item.get("prepend", "")),
        "Append": str(item.get("append", "")),
        "CallerID": str(item.get("caller_id", "")),
    }


def block(pbx: Pbx, item: dict[str, Any]) -> None:
    """``expires_at``: an instant; ``expires_in``: seconds from the start of the simulator."""
    _only(item, "network", "type", "description", "expires_at", "expires_in", "added_by")
    expires = str(item["expires_at"]) if "expires_at" in item else None
    if expires is not None:
        instant(expires)
    if "expires_in" in item:
        expires = stamp(BIRTH + float(item["expires_in"]))
    row = _make(
        pbx,
        "Blocklist",
        {
            "IPAddrMask": str(item["network"]),
            "BlockType": item.get("type", "Block"),
            "Description": item.get("description", ""),
            "ExpiresAt": expires,
        },
        {},
    )
    row["AddedBy"] = item.get("added_by", "Manual")
    if row["AddedBy"] not in pbx.catalog.enums["AddedBy"]:
        raise ValueError(
            f"added_by: {row['AddedBy']!r} is not one of {', '.join(sorted(pbx.catalog.enums['AddedBy']))}"
        )


def service(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "display_name", "status", "enabled", "start_stop")
    status = item.get("status", RUNNING)
    if status not in (RUNNING, STOPPED):
        raise ValueError(f"status: {status!r} is not {RUNNING} or {STOPPED}")
    name = str(item["name"])
    _services(pbx).add(name, item.get("display_name") or STANDARD.get(name, name), status)
    row = _services(pbx).rows[name]
    row["_enabled"] = bool(item.get("enabled", True))
    row["StartStopEnabled"] = bool(item.get("start_stop", row["StartStopEnabled"]))


def backup(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "size", "created")
    created = str(item.get("created", "2026-01-01T03:00:00Z"))
    instant(created)
    backups = pbx.sets["Backups"]
    if isinstance(backups, Backups):
        backups.add(item["name"], int(item.get("size", SIZE)), created, 0.0)


def call(pbx: Pbx, item: dict[str, Any]) -> None:
    """A call in progress; ``ends_in``: seconds until it hangs up, none: never."""
    _only(item, "caller", "callee", "ends_in")
    calls = pbx.sets["ActiveCalls"]
    ends = item.get("ends_in")
    if isinstance(calls, ActiveCalls):
        calls.add(str(item["caller"]), str(item["callee"]), None if ends is None else float(ends))


def parameter(pbx: Pbx, item: dict[str, Any]) -> None:
    _only(item, "name", "value", "description")
    entity = {"Name": item["name"], "Value": str(item.get("value", "")), "Description": item.get("description", "")}
    _make(pbx, "Parameters", entity, {})


def raw_sets(pbx: Pbx, content: dict[str, list[dict[str, Any]]]) -> None:
    """Entities of any other set, in the words of the XAPI."""
    for name, rows in content.items():
        if name not in pbx.sets:
            raise ValueError(f"{name}: no such set in {pbx.catalog.version}")
        for row in rows:
            _make(pbx, name, row, {})


def raw_singletons(pbx: Pbx, content: dict[str, dict[str, Any]]) -> None:
    """Values of any other singleton, in the words of the XAPI."""
    for name, values in content.items():
        if name not in pbx.singletons:
            raise ValueError(f"{name}: no such singleton in {pbx.catalog.version}")
        singleton = pbx.singletons[name]
        singleton.update(pbx.binder.entity(singleton.type, values))


# In this order, since later sections refer to earlier ones.
SECTIONS: dict[str, Callable[[Pbx, Any], None]] = {
    "system": system,
    "license": license_,
    "departments": department,
    "users": user,
    "queues": queue,
    "ring_groups": ring_group,
    "call_flow_apps": call_flow_app,
    "fax": fax,
    "parkings": parking,
    "ivrs": ivr,
    "trunks": trunk,
    "routes": route,
    "outbound_rules": outbound_rule,
    "blocklist": block,
    "services": service,
    "backups": backup,
    "calls": call,
    "parameters": parameter,
    "sets": raw_sets,
    "singletons": raw_singletons,
}
# A second pass over a section, after all others.
SECOND_PASS: dict[str, Callable[[Pbx, Any], None]] = {"ivrs": ivr_keys}
WHOLE = frozenset(("system", "license", "sets", "singletons"))
