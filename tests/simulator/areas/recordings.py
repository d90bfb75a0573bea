# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings of calls: archived, transcribed, purged and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk, files
from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Recordings(EntitySet):
    """Recordings, from the seed or the control interface."""

    modelled = True


def _archive(rows: list[Entity]) -> None:
    for row in rows:
        row["IsArchived"] = True


def archive_some(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Recordings/Pbx.BulkRecordingsArchive."""
    _archive(bulk.chosen(pbx, "Recordings", arguments.get("ids", [])))


def archive_all(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """Recordings/Pbx.Archive and RemoteArchivingSettings/Pbx.ArchiveRecordings."""
    _archive(pbx.sets["Recordings"].entities())


class Purge:
    """Deletes all recordings that are, or are not, in the archive."""

    def __init__(self, *, archived: bool) -> None:
        self.archived = archived

    def __call__(self, pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
        recordings = pbx.sets["Recordings"]
        for row in recordings.entities():
            if bool(row.get("IsArchived")) == self.archived:
                recordings.delete(row)


def transcribe(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """Recordings/Pbx.TranscribeRecordings: done at once here."""
    for row in bulk.chosen(pbx, "Recordings", arguments.get("ids", [])):
        row["IsTranscribed"] = True
        row["Transcription"] = row.get("Transcription") or "Hello, how may I help you?"


def download(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> files.FileBody:
    """Recordings/Pbx.DownloadRecording(recId=...)."""
    row = pbx.sets["Recordings"].find(arguments["recId"])
    if row is None:
        raise not_found()
    return files.silence(f"recording-{row['Id']}.wav")


def download_by_name(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> files.FileBody:
    """Recordings/Pbx.DownloadRecordingByName(recName='...'): the name is the end of RecordingUrl."""
    name = str(arguments["recName"])
    if not any(str(row.get("RecordingUrl")).endswith(name) for row in pbx.sets["Recordings"].entities()):
        raise not_found()
    return files.silence(name)


CALLS: dict[str, Call] = {
    "Recordings/Pbx.Archive": archive_all,
    "RemoteArchivingSettings/Pbx.ArchiveRecordings": archive_all,
    "Recordings/Pbx.BulkRecordingsArchive": archive_some,
    "Recordings/Pbx.BulkRecordingsDelete": bulk.Deleter("Recordings"),
    "Recordings/Pbx.PurgeLocal": Purge(archived=False),
    "Recordings/Pbx.PurgeArchive": Purge(archived=True),
    "Recordings/Pbx.TranscribeRecordings": transcribe,
    "Recordings/Pbx.DownloadRecording()": download,
    "Recordings/Pbx.DownloadRecordingByName()": download_by_name,
}
