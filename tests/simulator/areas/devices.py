# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Phones, gateways, session border controllers and their firmware."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Sbcs(RuledSet):
    """Session border controllers, by name."""

    made = {"DisplayName": "", "Group": "", "HasConnection": False}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        limit = self.pbx.switches.number("limit_sbcs")
        if before is None and limit and len(self.rows) >= limit:
            raise refused("Name", "XAPI.TOO_MANY_SBC", int(self.pbx.switches.word("limit_status")))
        draft["DisplayName"] = draft.get("DisplayName") or draft.get("Name")
        draft["Password"] = draft.get("Password") or made_up.secret("sbc", draft.get("Name"))
        draft["ProvisionLink"] = f"https://{self.pbx.fqdn}/sbc/{draft.get('Name')}"


class Fxs(RuledSet):
    """Analog gateways, by MAC address."""

    made = {"Name": "", "Group": "", "FxsLineCount": 0, "FxsLines": [], "Codecs": [], "Variables": []}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        for line in draft.get("FxsLines") or []:
            if line.get("Number") and line["Number"] not in self.pbx.numbers:
                raise refused("FxsLines", "XAPI.NOT_FOUND")
        for name in ("Password", "Secret"):
            draft[name] = draft.get(name) or made_up.secret(name, draft.get("MacAddress"))


class DeviceInfos(RuledSet):
    """Phones that were seen in the network."""


class SipDevices(RuledSet):
    """Phones that belong to an extension. ``_number``: the extension."""


class Firmwares(RuledSet):
    """Firmware files on the PBX."""


def device_owner(pbx: Pbx, device: Entity) -> Entity | None:
    """SipDevice.DN: the extension of a phone."""
    number = (device.get("DN") or {}).get("Number")
    return pbx.peer(number) if number else None


def template(pbx: Pbx, gateway: Entity) -> Entity | None:
    """Fxs.Template: the template that a gateway names."""
    given = gateway.get("Template") or {}
    return pbx.sets["FxsTemplates"].find(given.get("Id"))


def regenerate(_pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> Entity | None:
    """Fxs('mac')/Pbx.RegenerateWebCredentials: a new password each time."""
    if target is not None:
        target["Password"] = made_up.secret(target["Password"])
    return target


def provision(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """DeviceInfos(id)/Pbx.Provision: the phone belongs to a user from now on."""
    user = pbx.sets["Users"].find(arguments.get("userId"))
    if user is None:
        raise refused("userId", "XAPI.NOT_FOUND")
    if target is not None:
        target["Assigned"] = True
        target["AssignedUser"] = user["Number"]


def registrars(pbx: Pbx) -> list[Entity]:
    """What is known of all registered phones."""
    return [row["Registrar"] for row in pbx.sets["SipDevices"].entities() if row.get("Registrar")]


def registrar(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """Users/Pbx.GetPhoneRegistrar(mac='...')."""
    for known in registrars(pbx):
        if known.get("MAC") == arguments["mac"]:
            return known
    raise not_found()


def some_registrars(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """Users/Pbx.GetPhoneRegistrars: those of the MAC addresses given."""
    return [known for known in registrars(pbx) if known.get("MAC") in arguments.get("macs", [])]


def push_firmware(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """SipDevices(id)/Pbx.PushFirmware: the phone runs it afterwards."""
    firmware = pbx.sets["Firmwares"].find(arguments.get("firmwareId"))
    if firmware is None:
        raise refused("firmwareId", "XAPI.NOT_FOUND")
    if target is not None and target.get("Registrar"):
        target["Registrar"]["FirmwareVersion"] = firmware.get("Version")


def clean_up(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Firmwares/Pbx.CleanUp: no firmware file remains."""
    pbx.sets["Firmwares"].rows.clear()
    return {}


def firmware_state(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Firmwares/Pbx.GetFirmwareState(): count and names of the files."""
    names = [row["Filename"] for row in pbx.sets["Firmwares"].entities()]
    return {"Id": "0", "Count": len(names), "FileNames": names, "TotalSize": 20_000_000 * len(names)}


CALLS = {
    "Fxs(#)/Pbx.RegenerateWebCredentials": regenerate,
    "DeviceInfos(#)/Pbx.Provision": provision,
    "Users/Pbx.GetPhoneRegistrar()": registrar,
    "Users/Pbx.GetPhoneRegistrars": some_registrars,
    "SipDevices(#)/Pbx.PushFirmware": push_firmware,
    "Firmwares/Pbx.CleanUp": clean_up,
    "Firmwares/Pbx.GetFirmwareState()": firmware_state,
}
