# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trunks, the destinations of their DIDs, outbound rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.destinations import TO_PEER, nowhere
from tests.simulator.seeding.making import group_id, make, only, trunk_named

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


TRUNK_KINDS = {"provider": "Provider", "bridge": "BridgeMaster", "analog": "Analog"}


def trunk(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "name", "number", "kind", "host", "main_number", "dids", "online", "channels", "properties")
    kind = item.get("kind", "provider")
    if kind not in TRUNK_KINDS:
        raise ValueError(f"kind: {kind!r} is not one of {', '.join(TRUNK_KINDS)}")
    gateway = {"Name": item["name"], "Host": item.get("host", ""), "Type": TRUNK_KINDS[kind]}
    entity = make(
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
    only(item, "did", "trunk", "to", "name", "voicemail", "out_of_hours", "properties")
    aim = _destination(pbx, item["to"], voicemail=bool(item.get("voicemail")))
    late = _destination(pbx, item["out_of_hours"], voicemail=False) if "out_of_hours" in item else aim
    make(
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
    only(item, "name", "prefix", "lengths", "extensions", "departments", "emergency", "routes", "properties")
    make(
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
    only(item, "trunk", "strip", "prepend", "append", "caller_id")
    return {
        "TrunkId": trunk_named(pbx, item["trunk"])["Id"],
        "StripDigits": item.get("strip", 0),
        "Prepend": str(item.get("prepend", "")),
        "Append": str(item.get("append", "")),
        "CallerID": str(item.get("caller_id", "")),
    }
