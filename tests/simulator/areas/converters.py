# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Voicemail: transcription servers of the customer, and the space that messages take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import made_up, servers
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

ROWS, REQUEST = "VoicemailConverters", "VoicemailConverterRequest"


def _rows(pbx: Pbx) -> dict[str, Entity]:
    held: dict[str, Entity] = pbx.shelf.setdefault(ROWS, {})
    return held


def _note(pbx: Pbx, operation: str, guid: str) -> None:
    pbx.shelf[REQUEST] = {
        "Operation": operation,
        "McuId": guid,
        "State": "Success",
        "ErrorMessage": "",
        "RequestExpiration": pbx.clock.stamp(3600),
    }


def create(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """VoicemailSettings/Pbx.CreateConverterConfiguration."""
    guid = made_up.guid("converter", len(_rows(pbx)), pbx.clock.stamp())
    _rows(pbx)[guid] = servers.row(pbx, "OnBoardConverterRow", "converter", guid)
    _note(pbx, "Create", guid)


def delete(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """VoicemailSettings/Pbx.DeleteConverterConfiguration."""
    guid = arguments.get("id", "")
    if _rows(pbx).pop(guid, None) is None:
        raise refused("id", "XAPI.NOT_FOUND")
    _note(pbx, "Delete", guid)


def configured(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity | list[Entity]:
    """VoicemailSettings/Pbx.GetConfiguredConverters(): a list before 20.0.10."""
    rows = list(_rows(pbx).values())
    if not pbx.types.properties("ConfiguredAiServers"):
        return rows
    return {"ConfiguredServers": rows, "ReleaseChannel": "Release"}


def connected(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity | list[Entity]:
    """VoicemailSettings/Pbx.GetConnectedConvertersData(): none is, here; a list before 20.0.10."""
    return {"ConnectedServers": [], "TranscriptionQueue": 0} if pbx.types.properties("ConnectedAiServers") else []


def status(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """VoicemailSettings/Pbx.GetConverterRequestStatus(strict=...): how the last request ended."""
    held: Entity = pbx.shelf.get(REQUEST, {})
    return held


def delete_messages(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """VoicemailSettings/Pbx.DeleteAllUserVoicemails: UsedSpace becomes 0."""
    pbx.singletons["VoicemailSettings"].values["UsedSpace"] = 0


CALLS = {
    "VoicemailSettings/Pbx.CreateConverterConfiguration": create,
    "VoicemailSettings/Pbx.DeleteConverterConfiguration": delete,
    "VoicemailSettings/Pbx.GetConfiguredConverters()": configured,
    "VoicemailSettings/Pbx.GetConnectedConvertersData()": connected,
    "VoicemailSettings/Pbx.GetConverterRequestStatus()": status,
    "VoicemailSettings/Pbx.DeleteAllUserVoicemails": delete_messages,
}
