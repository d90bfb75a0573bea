# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_action, from options to result."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._task.call import call_anything, options_shown
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, NotFound
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.secrecy import HIDDEN
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.sink import Sink
from ansible_collections.tcx.pbx.plugins.modules.tcx_action import SPEC

OPTIONS = {name: option.get("default") for name, option in SPEC.options.items()}
GUARD = {"set": "Backups", "filter": {"file_name": "a.zip"}}
BACKUP = {"name": "Backups/Backup", "parameters": {"description": {"name": "a.zip"}}}
LINK = "/files/open-sesame/a.zip?key=open-sesame"


class FakeClient:
    """A PBX of version 20.0.10. calls: what was asked of it, in order."""

    def __init__(self, answer: Any = None, rows: Any = (), content: bytes = b"") -> None:
        self.answer = answer
        self.found = list(rows)
        self.content = content
        self.calls: list[tuple[Any, ...]] = []

    def known_version(self) -> str:
        return "20.0.10.1234"

    def rows(self, path: str, **options: Any) -> list[Any]:
        self.calls.append(("ROWS", path, options["filter"]))
        return self.found

    def value(self, path: str) -> Any:
        self.calls.append(("GET", path))
        return self._answer()

    def action(self, path: str, body: Any = None, *, repeatable: bool = False) -> Any:
        self.calls.append(("POST", path, body, repeatable))
        return self._answer()

    def download(self, path: str, sink: Sink) -> None:
        self.calls.append(("DOWNLOAD", path))
        self._pour(sink)

    def download_link(self, link: str, sink: Sink) -> None:
        self.calls.append(("LINK", link))
        self._pour(sink)

    def _pour(self, sink: Sink) -> None:
        self._answer()
        sink.restart()
        sink.write(b"an attempt that broke")
        sink.restart()
        for start in range(0, len(self.content), 4):
            sink.write(self.content[start : start + 4])

    def _answer(self) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class FakeTask:
    def __init__(self, client: FakeClient, check_mode: bool, params: dict[str, Any]) -> None:
        self.client = client
        self.check_mode = check_mode
        self.params = {**OPTIONS, **params}


def run(client: FakeClient, *, check_mode: bool = False, **params: Any) -> dict[str, Any]:
    return call_anything(FakeTask(client, check_mode, params))  # type: ignore[arg-type]


def test_an_action_is_sent_once_and_is_a_change() -> None:
    pbx = FakeClient()
    result = run(pbx, **BACKUP)
    body = {"description": {"Name": "a.zip"}}
    assert pbx.calls == [("POST", "Backups/Pbx.Backup", body, False)]
    request = {"method": "POST", "path": "Backups/Pbx.Backup", "body": body}
    assert result == {"changed": True, "status": "done", "request": request, "result": None}


def test_check_mode_shows_the_request_and_sends_nothing() -> None:
    pbx = FakeClient()
    parameters = {"description": {"name": "a.zip", "contents": {"encrypt_backup_password": "open-sesame"}}}
    result = run(pbx, check_mode=True, name="Backups/Backup", parameters=parameters)
    assert pbx.calls == []
    hidden = {"Name": "a.zip", "Contents": {"EncryptBackupPassword": {"Value": HIDDEN}}}
    assert result["request"]["body"] == {"description": {**hidden, "Contents": hidden["Contents"]}}
    assert (result["changed"], "status" in result) == (True, False)


def test_an_action_that_only_reads_is_no_change_and_not_sent_in_check_mode() -> None:
    pbx = FakeClient({"@odata.context": "x", "value": [{"Id": 5, "Routes": [{"DID": "+49", "TrunkId": 1}]}]})
    foretold = run(pbx, check_mode=True, name="Defs/GetRoutes", parameters={"ids": [5]})
    assert (pbx.calls, foretold["changed"], "result" in foretold) == ([], False, False)
    result = run(pbx, name="Defs/GetRoutes", parameters={"ids": [5]})
    assert pbx.calls == [("POST", "Defs/Pbx.GetRoutes", {"ids": [5]}, True)]
    assert (result["changed"], result["status"]) == (False, "done")
    assert result["result"] == [{"id": 5, "routes": [{"did": "+49", "trunk_id": 1}]}]


@pytest.mark.parametrize("check_mode", [False, True])
def test_functions_are_done_in_check_mode_too(check_mode: bool) -> None:
    number = run(FakeClient({"Number": "108"}), check_mode=check_mode, name="Users/GetFirstAvailableExtensionNumber")
    assert (number["changed"], number["result"]) == (False, {"number": "108"})


def test_a_function_that_lists_is_read_to_its_end() -> None:
    pbx = FakeClient(rows=[{"Id": number} for number in range(250)])
    result = run(pbx, name="OutboundRules/GetEmergencyOutboundRules")
    assert pbx.calls == [("ROWS", "OutboundRules/Pbx.GetEmergencyOutboundRules()", "")]
    assert len(result["result"]) == 250


@pytest.mark.parametrize("check_mode", [False, True])
def test_unless_something_is_there(check_mode: bool) -> None:
    pbx = FakeClient(rows=[{"FileName": "a.zip"}])
    result = run(pbx, check_mode=check_mode, **BACKUP, unless=GUARD)
    assert pbx.calls == [("ROWS", "Backups", "FileName eq 'a.zip'")]
    assert (result["changed"], result["status"]) == (False, "skipped")
    assert "Backups" in result["skipped_because"]
    nothing_there = FakeClient()
    assert run(nothing_there, **BACKUP, unless=GUARD)["status"] == "done"
    assert [call[0] for call in nothing_there.calls] == ["ROWS", "POST"]


def test_what_is_wrong_with_unless_is_told() -> None:
    pbx = FakeClient()
    with pytest.raises(OptionError, match=r"unless: filter\.file_nam: there is no such field; did you mean file_name"):
        run(pbx, **BACKUP, unless={"set": "Backups", "filter": {"file_nam": "a.zip"}})
    assert pbx.calls == []


def test_a_key_is_looked_up_or_taken() -> None:
    pbx = FakeClient(rows=[{"Id": 29}])
    run(pbx, name="Users/SendWelcomeEmail", key={"number": "100"})
    assert pbx.calls == [
        ("ROWS", "Users", "Number eq '100'"),
        ("POST", "Users(29)/Pbx.SendWelcomeEmail", None, False),
    ]
    given = FakeClient()
    run(given, name="Backups/Restore", key="it's.zip", parameters={"footprint": 1, "password": "x"})
    assert given.calls[0][1] == "Backups('it''s.zip')/Pbx.Restore"


def test_a_key_that_fits_nothing_is_told_before_anything_is_sent() -> None:
    pbx = FakeClient()
    with pytest.raises(OptionError, match="key: there is nothing in Users with number 100"):
        run(pbx, name="Users/SendWelcomeEmail", key={"number": "100"})
    assert [call[0] for call in pbx.calls] == ["ROWS"]


def test_everything_wrong_is_told_at_once_and_nothing_is_sent() -> None:
    pbx = FakeClient()
    with pytest.raises(InvalidInput) as caught:
        run(pbx, name="Backups/Backup", key=1, parameters={"description": {"nam": "x"}, "more": 1}, unless=GUARD)
    for words in ("key: Backups/Pbx.Backup takes none", "parameters.description.nam:", "parameters.more:"):
        assert words in str(caught.value)
    assert pbx.calls == []


def test_a_call_that_could_mean_everything_needs_force() -> None:
    pbx = FakeClient()
    with pytest.raises(InvalidInput, match=r"parameters\.purge_object\.ids: without it .* may mean everything"):
        run(pbx, name="OutboundRules/Purge")
    assert pbx.calls == []
    run(pbx, name="OutboundRules/Purge", force=True)
    assert pbx.calls == [("POST", "OutboundRules/Pbx.Purge", {}, False)]


def test_a_lost_answer_is_unknown_and_not_repeated() -> None:
    pbx = FakeClient(LostAnswer("POST Backups/Pbx.Backup: the connection was lost"))
    result = run(pbx, **BACKUP)
    assert (result["failed"], result["changed"], result["status"]) == (True, True, "unknown")
    assert result["msg"].startswith("POST Backups/Pbx.Backup: the connection was lost")
    assert len(pbx.calls) == 1


def test_failures_inside_a_success_fail_with_each_item() -> None:
    rows = [{"ExtensionNumber": "104", "Error": "In use"}, {"ExtensionNumber": "105", "Error": "In use"}]
    result = run(FakeClient({"value": rows}), name="Users/BatchDelete", parameters={"ids": [1, 2, 3]})
    assert (result["failed"], result["changed"], result["status"]) == (True, True, "failed")
    assert result["failures"] == [{"item": "104", "msg": "In use"}, {"item": "105", "msg": "In use"}]
    assert result["msg"] == "Users/Pbx.BatchDelete failed for 2 items: 104: In use; 105: In use"


def test_secrets_are_hidden_unless_asked_for() -> None:
    token = {"@odata.context": "x", "value": "a-token"}
    device = {"MacAddress": "00", "Password": "pw", "Secret": "s", "Registered": True}
    call = {"name": "ServicePrincipals/GenerateAppToken", "key": 5}
    assert run(FakeClient(token), **call)["result"] == HIDDEN
    assert run(FakeClient(token), **call, return_secrets=True)["result"] == "a-token"
    call = {"name": "Fxs/RegenerateWebCredentials", "key": "00"}
    shown = run(FakeClient(device), **call)["result"]
    assert shown == {"mac_address": "00", "password": HIDDEN, "secret": HIDDEN, "registered": True}
    assert run(FakeClient(device), **call, return_secrets=True)["result"]["password"] == "pw"


def test_a_function_that_makes_something_is_not_done_in_check_mode() -> None:
    pbx = FakeClient({"value": "key"})
    assert run(pbx, check_mode=True, name="ConferenceSettings/GenerateApiKey")["changed"]
    assert pbx.calls == []


def test_the_invocation_shows_no_secrets() -> None:
    given = {"name": "Users/BulkUpdate", "parameters": {"ids": [1], "user": {"vmpin": "1234", "mobile": "1234"}}}
    shown = options_shown(given)
    assert shown["parameters"] == {"ids": [1], "user": {"vmpin": HIDDEN, "mobile": "1234"}}
    assert given["parameters"]["user"]["vmpin"] == "1234"


DOWNLOAD = {"name": "Recordings/DownloadRecording", "parameters": {"rec_id": 5}}


def test_a_download_is_a_private_file_and_no_change_the_second_time(tmp_path: Path) -> None:
    dest = tmp_path / "call.wav"
    content = b"RIFF and much more"
    pbx = FakeClient(content=content)
    result = run(pbx, **DOWNLOAD, dest=str(dest))
    assert pbx.calls == [("DOWNLOAD", "Recordings/Pbx.DownloadRecording(recId=5)")]
    assert (result["changed"], result["status"]) == (True, "done")
    checksum = hashlib.sha256(content).hexdigest()
    assert result["download"] == {"dest": str(dest), "size": len(content), "checksum": checksum}
    assert dest.read_bytes() == content
    assert stat.S_IMODE(dest.stat().st_mode) == 0o600
    before = dest.stat().st_ino
    again = run(pbx, **DOWNLOAD, dest=str(dest))
    assert (again["changed"], again["download"]) == (False, result["download"])
    assert dest.stat().st_ino == before, "a file that is the same was replaced"
    assert list(tmp_path.iterdir()) == [dest]


def test_another_content_replaces_the_file(tmp_path: Path) -> None:
    dest = tmp_path / "call.wav"
    dest.write_bytes(b"old")
    dest.chmod(0o644)
    assert run(FakeClient(content=b"new"), **DOWNLOAD, dest=str(dest))["changed"]
    assert (dest.read_bytes(), stat.S_IMODE(dest.stat().st_mode)) == (b"new", 0o600)


@pytest.mark.parametrize("there", [False, True])
def test_check_mode_downloads_nothing_and_goes_by_whether_there_is_a_file(tmp_path: Path, there: bool) -> None:
    dest = tmp_path / "call.wav"
    if there:
        dest.write_bytes(b"old")
    pbx = FakeClient(content=b"new")
    for source in (DOWNLOAD, {"path": LINK}):
        result = run(pbx, check_mode=True, **source, dest=str(dest))
        assert (result["changed"], result["download"]) == (not there, {"dest": str(dest)})
    assert pbx.calls == []
    assert dest.exists() == there


def test_a_download_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    dest = tmp_path / "call.wav"
    dest.write_bytes(b"old")
    with pytest.raises(NotFound):
        run(FakeClient(NotFound("not there", status=404)), **DOWNLOAD, dest=str(dest))
    assert dest.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [dest]


def test_a_link_is_followed_and_not_shown(tmp_path: Path) -> None:
    pbx = FakeClient(content=b"backup")
    result = run(pbx, path=LINK, dest=str(tmp_path / "a.zip"))
    assert pbx.calls == [("LINK", LINK)]
    assert (result["changed"], result["request"]["path"]) == (True, ".../a.zip")
    assert "open-sesame" not in str(result)
    assert "open-sesame" not in str(options_shown({**OPTIONS, "path": LINK}))


@pytest.mark.parametrize(
    ("place", "words"),
    [("gone/call.wav", "the directory .*gone does not exist"), ("", "is a directory; give the name of a file in it")],
)
def test_a_place_that_cannot_be_is_told_before_anything_is_asked(tmp_path: Path, place: str, words: str) -> None:
    pbx = FakeClient(content=b"x")
    for source in (DOWNLOAD, {"path": LINK}):
        with pytest.raises(OptionError, match=f"dest: .*{words}"):
            run(pbx, **source, dest=str(tmp_path / place))
    assert pbx.calls == []


def test_a_file_needs_a_place_and_an_action_has_none(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"dest: Recordings/Pbx\.DownloadRecording answers with a file"):
        run(FakeClient(), **DOWNLOAD)
    with pytest.raises(OptionError, match=r"dest: Backups/Pbx\.Backup is an action"):
        run(FakeClient(), **BACKUP, dest=str(tmp_path / "x"))
