# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How trunks come about, are exported, registered and looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import files
from tests.simulator.areas.calling import there
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

FORM: Entity = {
    "Id": 0,
    "Number": "",
    "Direction": "Both",
    "EnableInboundCalls": True,
    "EnableOutboundCalls": True,
    "SimultaneousCalls": 10,
    "DidNumbers": [],
}


def _form(kind: str, template: str) -> Entity:
    gateway = {"Name": "", "Host": "", "Port": 5060, "Type": kind, "Internal": False, "TemplateFilename": template}
    return {**FORM, "Gateway": gateway}


def init_trunk(_pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Trunks/Pbx.InitTrunk(template='...'): a form to fill in and post."""
    return _form("Provider", arguments["template"])


class InitBridge:
    """Trunks/Pbx.InitMasterBridge() and InitSlaveBridge()."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __call__(self, _pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
        return _form(self.kind, "")


def finalize(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Trunks/Pbx.FinalizeTrunkProvisioning: a trunk of a provider with an interface, with its numbers."""
    model = arguments.get("model") or {}
    name = model.get("Name") or model.get("Type")
    if not name:
        raise refused("Name", "XAPI.REQUIRED")
    numbers = [phone["PhoneNumber"] for phone in model.get("PhoneNumbers") or [] if phone.get("PhoneNumber")]
    return pbx.sets["Trunks"].create({"Gateway": {"Name": name, "Type": "Provider"}, "DidNumbers": numbers})


def provision(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Trunks/Pbx.ProvisionTrunk, of 20.0.4 only: the same, its answer has an open type."""
    return {"Id": finalize(pbx, target, arguments)["Id"]}


def refresh(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Trunks/Pbx.RefreshRegistration."""
    trunk = pbx.sets["Trunks"].find(arguments.get("id"))
    if trunk is None:
        raise refused("id", "XAPI.NOT_FOUND")
    trunk["IsOnline"] = True


def export(_pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> files.FileBody:
    """Trunks(id)/Pbx.ExportTrunk(): the template that would make this trunk again, without its password."""
    trunk = there(target)
    gateway = trunk["Gateway"]
    content = f'<doc><header name="{gateway["Name"]}"/><field name="Host">{gateway.get("Host") or ""}</field></doc>'
    return files.text(f"{trunk['Number']}.pv.xml", "application/xml", content)


CALLS: dict[str, Call] = {
    "Trunks/Pbx.InitTrunk()": init_trunk,
    "Trunks/Pbx.InitMasterBridge()": InitBridge("BridgeMaster"),
    "Trunks/Pbx.InitSlaveBridge()": InitBridge("BridgeSlave"),
    "Trunks/Pbx.FinalizeTrunkProvisioning": finalize,
    "Trunks/Pbx.ProvisionTrunk": provision,
    "Trunks/Pbx.RefreshRegistration": refresh,
    "Trunks(#)/Pbx.ExportTrunk()": export,
}
