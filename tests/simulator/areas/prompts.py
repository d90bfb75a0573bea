# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prompt sets, custom prompts and playlists: files, of which the XAPI shows names only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import files
from tests.simulator.areas.calling import there
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

ACTIVE = "ActivePromptSet"


class PromptSets(RuledSet):
    """Languages of prompts; one is active, which the shelf holds by id."""

    def releasing(self, entity: Entity) -> None:
        if entity.get("PromptSetType") == "System" or self.pbx.shelf.get(ACTIVE) == entity["Id"]:
            raise refused("Id", "XAPI.FORBIDDEN_CHANGE")


class CustomPrompts(RuledSet):
    """Own recordings."""

    def releasing(self, entity: Entity) -> None:
        if entity.get("CanBeDeleted") is False:
            raise refused("Filename", "XAPI.FORBIDDEN_CHANGE")


class Playlists(RuledSet):
    """Playlists of music files, by name."""

    made = {"Files": [], "Shuffle": False, "AutoGain": False, "MaxVolumePercent": 100, "RepositoryPath": ""}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        draft["PromptName"] = draft.get("PromptName") or f"playlist_{draft.get('Name')}"


def active(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """PromptSets/Pbx.GetActive(): the first one unless another was chosen."""
    sets = pbx.sets["PromptSets"]
    return there(sets.find(pbx.shelf.get(ACTIVE)) or next(iter(sets.entities()), None))


def set_active(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> None:
    """PromptSets(id)/Pbx.SetActive."""
    pbx.shelf[ACTIVE] = there(target)["Id"]


def copy(pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """PromptSets(id)/Pbx.Copy: a custom set, under the name that the overrides give."""
    overrides = {name: value for name, value in (arguments.get("overrides") or {}).items() if value is not None}
    source = {name: value for name, value in there(target).items() if name != "Id"}
    name = overrides.get("PromptSetName") or f"{source.get('PromptSetName')} copy"
    if pbx.sets["PromptSets"].find_by("PromptSetName", name) is not None:
        raise refused("PromptSetName", "XAPI.DUPLICATE")
    return pbx.sets["PromptSets"].create(
        {**source, **overrides, "PromptSetName": name, "Folder": name, "PromptSetType": "Custom"}
    )


def pronunciation(_pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """PromptSets(id)/Pbx.SetAlternatePronunciation."""
    there(target)["UseAlternateNumberPronunciation"] = bool(arguments.get("alternatePronunciation"))


def record(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """CustomPrompts/Pbx.MakeCallRecordCustomPrompt: the call is made, and the file is there."""
    name = arguments.get("filename")
    if arguments.get("dn") not in pbx.numbers:
        raise refused("dn", "XAPI.NOT_FOUND")
    if not name:
        raise refused("filename", "XAPI.REQUIRED")
    prompt = {
        "Filename": name,
        "DisplayName": name,
        "FileLink": f"/xapi/v1/prompts/{name}",
        "CanBeDeleted": True,
        "PromptType": "File",
    }
    known = pbx.types.properties("CustomPrompt")
    pbx.sets["CustomPrompts"].rows[name] = {key: value for key, value in prompt.items() if key in known}


def _playlist(pbx: Pbx, arguments: dict[str, Any]) -> Entity:
    return there(pbx.sets["Playlists"].find(arguments.get("playlistKey")))


def delete_file(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Playlists/Pbx.DeletePlaylistFile."""
    playlist = _playlist(pbx, arguments)
    if arguments.get("fileName") not in playlist["Files"]:
        raise refused("fileName", "XAPI.FILE_NOT_FOUND")
    playlist["Files"] = [name for name in playlist["Files"] if name != arguments["fileName"]]


def download_file(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> files.FileBody:
    """Playlists/Pbx.DownloadPlaylistFile(playlistKey='...',fileName='...')."""
    name = str(arguments["fileName"])
    if name not in _playlist(pbx, arguments)["Files"]:
        raise not_found()
    return files.silence(name)


CALLS = {
    "PromptSets/Pbx.GetActive()": active,
    "PromptSets(#)/Pbx.SetActive": set_active,
    "PromptSets(#)/Pbx.Copy": copy,
    "PromptSets(#)/Pbx.SetAlternatePronunciation": pronunciation,
    "CustomPrompts/Pbx.MakeCallRecordCustomPrompt": record,
    "Playlists/Pbx.DeletePlaylistFile": delete_file,
    "Playlists/Pbx.DownloadPlaylistFile()": download_file,
}
