# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DNProperties: named texts of a directory number, reached by functions and actions only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def _of(pbx: Pbx, number: str) -> dict[str, Entity]:
    if number not in pbx.numbers:
        raise refused("dnNumber", "XAPI.NOT_FOUND")
    held: dict[str, Entity] = pbx.shelf.setdefault("DNProperties", {}).setdefault(number, {})
    return held


def _argument(arguments: dict[str, Any]) -> Entity:
    given: Entity = arguments.get("property") or {}
    if not given.get("Name"):
        raise refused("Name", "XAPI.REQUIRED")
    return given


def create(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """DNProperties/Pbx.CreateDNProperty: a name that the number has already is refused."""
    held = _of(pbx, arguments.get("dnNumber", ""))
    given = _argument(arguments)
    if given["Name"] in held:
        raise refused("Name", "XAPI.ALREADY_IN_USE")
    held[given["Name"]] = {"Value": "", "Description": "", **given, "Id": len(held) + 1}


def update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """DNProperties/Pbx.UpdateDNProperty."""
    held = _of(pbx, arguments.get("dnNumber", ""))
    given = _argument(arguments)
    if given["Name"] not in held:
        raise refused("Name", "XAPI.NOT_FOUND")
    held[given["Name"]].update({name: value for name, value in given.items() if name != "Id"})


def delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """DNProperties/Pbx.DeleteDNProperty."""
    held = _of(pbx, arguments.get("dnNumber", ""))
    if held.pop(arguments.get("propertyName", ""), None) is None:
        raise refused("propertyName", "XAPI.NOT_FOUND")


def by_name(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """DNProperties/Pbx.GetDNPropertyByName(dnNumber='...',name='...')."""
    found = _of(pbx, str(arguments["dnNumber"])).get(str(arguments["name"]))
    if found is None:
        raise not_found()
    return found


def by_dn(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> list[Entity]:
    """DNProperties/Pbx.GetPropertiesByDn(dnNumber='...')."""
    return list(_of(pbx, str(arguments["dnNumber"])).values())


CALLS = {
    "DNProperties/Pbx.CreateDNProperty": create,
    "DNProperties/Pbx.UpdateDNProperty": update,
    "DNProperties/Pbx.DeleteDNProperty": delete,
    "DNProperties/Pbx.GetDNPropertyByName()": by_name,
    "DNProperties/Pbx.GetPropertiesByDn()": by_dn,
}
