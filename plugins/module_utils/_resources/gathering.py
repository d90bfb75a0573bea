# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tcx_info reads, each part on its own. PRIVATE to the collection.

Lists that a module manages come from that module's resource, so they are input for it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .._catalog.names import snaked
from .._xapi.odata import key
from .blocklist import Blocklist
from .call_flow_apps import CallFlowApps
from .outbound_rules import OutboundRules
from .port import Port
from .resource import Resource
from .services import read_services
from .trunk_routes import TrunkRoutes
from .usage import uses_of

# Shown nowhere: whoever has the licence key can use the licence.
HIDDEN = ("LicenseKey",)
TRUNK_PROPS = ("Id", "Number", "Gateway", "Direction", "IsOnline", "DidNumbers", "ExternalNumber", "SimultaneousCalls")


def singleton(path: str) -> Callable[[Port], dict[str, Any]]:
    def read(port: Port) -> dict[str, Any]:
        body = port.get(path)
        return dict(snaked({name: value for name, value in body.items() if name not in HIDDEN}))

    return read


def items(resource: Callable[[], Resource]) -> Callable[[Port], list[dict[str, Any]]]:
    def read(port: Port) -> list[dict[str, Any]]:
        one = resource()
        one.load(port, (), "present")
        return [record.item for record in one.read(port)]

    return read


def trunks(port: Port) -> list[dict[str, Any]]:
    """Name and number are how other modules refer to a trunk. Internal and bridge trunks are in the list."""
    return [_trunk(row) for row in port.rows("Trunks", select=TRUNK_PROPS)]


def _trunk(row: dict[str, Any]) -> dict[str, Any]:
    gateway = row.get("Gateway") or {}
    shown = snaked({name: row.get(name) for name in TRUNK_PROPS if name != "Gateway"})
    called = {"name": gateway.get("Name"), "type": gateway.get("Type")}
    return {**shown, **called, "did_numbers": row.get("DidNumbers") or []}


def active_calls(port: Port) -> list[dict[str, Any]]:
    return [snaked(row) for row in port.rows("ActiveCalls")]


def call_flow_app_uses(port: Port) -> dict[str, Any]:
    """Who leads calls to which app, and what could not be looked at: it may hide a use."""
    numbers = {str(row["Number"]) for row in port.rows("CallFlowApps", select=("Id", "Number")) if row.get("Number")}
    uses = uses_of(port, numbers)
    used_by = {number: [str(use) for use in found] for number, found in sorted(uses.by_number.items())}
    return {"used_by": used_by, "unread": uses.unread}


def scripts_of(port: Port, apps: list[dict[str, Any]], wanted: list[str]) -> list[dict[str, Any]]:
    """The apps, those that are wanted by number or name with their script, which only $select shows."""
    return [_scripted(port, app) if {app["number"], app["name"]} & set(wanted) else app for app in apps]


def _scripted(port: Port, app: dict[str, Any]) -> dict[str, Any]:
    body = port.get(key("CallFlowApps", app["id"]), {"$select": "ScriptCode"})
    return {**app, "script_code": body.get("ScriptCode") or ""}


PARTS: dict[str, Callable[[Port], Any]] = {
    "system_status": singleton("SystemStatus"),
    "license": singleton("LicenseStatus"),
    "services": read_services,
    "trunks": trunks,
    "outbound_rules": items(OutboundRules),
    "blocklist": items(Blocklist),
    "call_flow_apps": items(CallFlowApps),
    "call_flow_app_uses": call_flow_app_uses,
    "did_routes": items(TrunkRoutes),
    "active_calls": active_calls,
}
