# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues, ring groups, IVRs, call flow apps, fax extensions and parkings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.seeding.making import make, membership, only

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


IVR_FORWARDS = {
    "Extension": "Extension",
    "RingGroup": "RingGroup",
    "Queue": "Queue",
    "IVR": "IVR",
    "RoutePoint": "CustomInput",
}


def _numbers(values: Any) -> list[Entity]:
    return [{"Number": str(value)} for value in values or []]


def queue(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "number", "name", "department", "agents", "managers", "properties")
    make(pbx, "Queues", {**_dn(pbx, item), **_lists(item, Agents="agents", Managers="managers")}, item)


def ring_group(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "number", "name", "department", "members", "properties")
    make(pbx, "RingGroups", {**_dn(pbx, item), **_lists(item, Members="members")}, item)


def _dn(pbx: Pbx, item: dict[str, Any]) -> Entity:
    return {"Number": str(item["number"]), "Name": item["name"], "Groups": membership(pbx, item)}


def _lists(item: dict[str, Any], **names: str) -> Entity:
    return {name: _numbers(item.get(key)) for name, key in names.items()}


def ivr(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "number", "name", "department", "forwards", "timeout_to", "properties")
    entity = _dn(pbx, item)
    entity["PromptFilename"] = f"{item['number']}.wav"
    make(pbx, "Receptionists", entity, item)


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
    only(item, "number", "name", "department", "script", "files", "properties")
    entity = make(pbx, "CallFlowApps", {**_dn(pbx, item), "ScriptCode": item.get("script", "")}, item)
    entity["_files"] = [str(name) for name in item.get("files") or []]


def fax(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "number", "department", "properties")
    make(pbx, "Fax", {"Number": str(item["number"]), "Groups": membership(pbx, item)}, item)


def parking(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "number", "department", "properties")
    make(pbx, "Parkings", {"Number": str(item["number"]), "Groups": membership(pbx, item)}, item)
