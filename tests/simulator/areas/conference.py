# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Conference servers of the customer (MCU) and the key of the meeting interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up, servers
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

ROWS, REQUEST, KEY = "ConferenceServers", "ConferenceRequest", "ConferenceKey"


def _rows(pbx: Pbx) -> dict[str, Entity]:
    held: dict[str, Entity] = pbx.shelf.setdefault(ROWS, {})
    return held


def request(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """ConferenceSettings/Pbx.UpdateMCURequestStatus: asks for a server, or to be rid of one."""
    wanted = arguments.get("request") or {}
    guid = wanted.get("McuId") or made_up.guid("mcu", len(_rows(pbx)))
    if wanted.get("Operation") == "Delete":
        if _rows(pbx).pop(guid, None) is None:
            raise refused("McuId", "XAPI.NOT_FOUND")
    else:
        _rows(pbx)[guid] = servers.row(pbx, "OnBoardMcuRow", "mcu", guid)
    operation = wanted.get("Operation") or "Create"
    pbx.shelf[REQUEST] = {"McuId": guid, "Operation": operation, "State": "Success", "ErrorMessage": ""}


def status(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """ConferenceSettings/Pbx.GetMCURequestStatus(): how the last request ended."""
    held: Entity = pbx.shelf.get(REQUEST, {})
    return held


def rows(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """ConferenceSettings/Pbx.GetMCURows()."""
    return list(_rows(pbx).values())


def row(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """ConferenceSettings/Pbx.GetMCURow(guid='...')."""
    for known in rows(pbx, target, arguments):
        if known["Guid"] == arguments["guid"]:
            return known
    raise not_found()


def generate_key(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> str:
    """ConferenceSettings/Pbx.GenerateApiKey(): another one each time."""
    pbx.shelf[KEY] = made_up.secret("meeting", pbx.shelf.get(KEY, ""))
    return str(pbx.shelf[KEY])


def delete_key(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """ConferenceSettings/Pbx.DeleteApiKey."""
    pbx.shelf.pop(KEY, None)


CALLS = {
    "ConferenceSettings/Pbx.UpdateMCURequestStatus": request,
    "ConferenceSettings/Pbx.GetMCURequestStatus()": status,
    "ConferenceSettings/Pbx.GetMCURows()": rows,
    "ConferenceSettings/Pbx.GetMCURow()": row,
    "ConferenceSettings/Pbx.GenerateApiKey()": generate_key,
    "ConferenceSettings/Pbx.DeleteApiKey": delete_key,
}
