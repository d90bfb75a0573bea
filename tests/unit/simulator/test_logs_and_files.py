# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs, histories, recordings, prompts and playlists: looked at, purged, downloaded."""

from __future__ import annotations

from tests.unit.simulator.api import CLIENT, Api

PERIOD = "startDate=2026-11-01T00:00:00Z,endDate=2026-11-30T00:00:00Z"


def activity(api: Api, extension: str = "", period: str = PERIOD) -> list[int]:
    path = f"ActivityLog/Pbx.GetLogs({period},extension='{extension}',call='',severity='')"
    return [row["Index"] for row in api.get(path).value]


def test_the_activity_log_is_filtered_and_purged(api: Api) -> None:
    assert activity(api) == [1, 2]
    assert activity(api, "800") == [2]
    assert activity(api, period="startDate=2025-01-01T00:00:00Z,endDate=2025-02-01T00:00:00Z") == []
    assert api.post("ActivityLog/Pbx.PurgeLogs").status == 204
    assert activity(api) == []


def test_events_are_reported_and_purged(api: Api) -> None:
    request = {"Type": "Error", "EventId": 7, "Source": "Test", "Params": ["a", "b"]}
    assert api.post("Defs/Pbx.ReportLogEvent", {"request": request}).status == 204
    newest = api.rows("EventLogs?$orderby=Id desc&$top=1")[0]
    assert (newest["Type"], newest["EventId"], newest["Message"], newest["Params"]) == (
        "Error",
        7,
        "%1$s %2$s",
        ["a", "b"],
    )
    assert api.post("PurgeAllLogs").status == 204
    assert api.rows("EventLogs") == activity(api) == []


def test_changes_are_noted_without_their_values(api: Api) -> None:
    user = api.id_of("Users", "101")
    api.patch(f"Users({user})", {"AuthPassword": "hidden-4711"})
    api.post("Users", {"Number": "101"})
    answer = api.get("ReportAuditLog/Pbx.GetAuditLogData()")
    assert [(row["ObjectName"], row["UserName"], row["Action"]) for row in answer.value] == [
        (f"Users({user})", CLIENT, 2)
    ]
    assert b"hidden-4711" not in answer.body


def test_calls_and_chats_of_a_period_are_purged(api: Api) -> None:
    rows = api.rows("CallHistoryView?$orderby=SegmentStartTime")
    assert len(rows) == 20
    middle = rows[9]["SegmentStartTime"]
    later = sum(row["SegmentStartTime"] > middle for row in rows)
    assert api.post("PurgeCalls", {"period": {"All": False, "Stop": middle}}).status == 204
    assert len(api.rows("CallHistoryView")) == later
    assert api.get("LastCdrAndChatMessageTimestamp").value[0]["LastCdrStartedAt"] == rows[-1]["SegmentStartTime"]
    assert api.post("PurgeChats", {"period": {"All": True}}).status == 204
    assert api.rows("ChatHistoryView") == api.rows("ChatMessagesHistoryView") == []


def test_recordings_are_archived_transcribed_and_deleted(api: Api) -> None:
    assert api.post("Recordings/Pbx.BulkRecordingsArchive", {"ids": [1]}).status == 204
    assert api.post("Recordings/Pbx.TranscribeRecordings", {"ids": [2]}).status == 204
    assert [row["IsTranscribed"] for row in api.rows("Recordings")][:2] == [False, True]
    assert api.post("Recordings/Pbx.PurgeArchive").status == 204
    assert [row["Id"] for row in api.rows("Recordings")] == [2, 3, 4]
    assert api.get("Recordings/Pbx.DownloadRecording(recId=1)").status == 404
    assert api.post("Recordings/Pbx.BulkRecordingsDelete", {"ids": [2]}).status == 204
    assert api.post("Recordings/Pbx.Archive").status == 204
    assert api.post("Recordings/Pbx.PurgeLocal").status == 204
    assert len(api.rows("Recordings")) == 2


def test_one_prompt_set_is_active_and_can_be_copied(api: Api) -> None:
    german = next(row["Id"] for row in api.rows("PromptSets") if row["PromptSetName"] == "Deutsch")
    assert api.get("PromptSets/Pbx.GetActive()").json["PromptSetName"] == "English"
    assert api.post(f"PromptSets({german})/Pbx.SetActive").status == 204
    assert api.get("PromptSets/Pbx.GetActive()").json["Id"] == german
    copied = api.post(f"PromptSets({german})/Pbx.Copy", {"overrides": {"Id": 0, "PromptSetName": "Ours"}}).json
    assert (copied["PromptSetName"], copied["PromptSetType"]) == ("Ours", "Custom")
    again = api.post(f"PromptSets({german})/Pbx.Copy", {"overrides": {"Id": 0, "PromptSetName": "Ours"}})
    assert again.code == "PromptSetName XAPI.DUPLICATE"
    assert api.post(f"PromptSets({copied['Id']})/Pbx.SetActive").status == 204
    assert api.delete(f"PromptSets({copied['Id']})").code == "Id XAPI.FORBIDDEN_CHANGE"
    assert api.post(f"PromptSets({german})/Pbx.SetActive").status == 204
    assert api.delete(f"PromptSets({copied['Id']})").status == 204
    assert api.delete(f"PromptSets({german})").code == "Id XAPI.FORBIDDEN_CHANGE"


def test_a_prompt_is_recorded_and_deleted(api: Api) -> None:
    body = {"dn": "101", "filename": "new.wav"}
    assert api.post("CustomPrompts/Pbx.MakeCallRecordCustomPrompt", body).status == 204
    assert api.delete("CustomPrompts('new.wav')").status == 204
    assert [row["Filename"] for row in api.rows("CustomPrompts")] == ["820.wav", "821.wav"]


def test_a_playlist_has_files(api: Api) -> None:
    path = "Playlists/Pbx.DownloadPlaylistFile(playlistKey='Lobby',fileName='two.wav')"
    assert api.get(path).body.startswith(b"RIFF")
    body = {"playlistKey": "Lobby", "fileName": "two.wav"}
    assert api.post("Playlists/Pbx.DeletePlaylistFile", body).status == 204
    assert api.get(path).status == 404
    assert api.post("Playlists/Pbx.DeletePlaylistFile", body).code == "fileName XAPI.FILE_NOT_FOUND"
    assert api.patch("Playlists('Lobby')", {"Name": "Hall"}).code == "Name XAPI.FORBIDDEN_CHANGE"
