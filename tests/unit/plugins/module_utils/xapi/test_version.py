# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version of the PBX is known without a request wherever any answer has told it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import token_memory, version_memory
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import AuthFailed, Malformed, Refused
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_memory import TokenMemory
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token_slots import SLOT_SIZE, Slots
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.version_memory import HEADER, VersionMemory
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    VERSION,
    Reply,
    Server,
    entities,
    json_reply,
)

URL = "https://pbx.example.com"
SILENT = {HEADER: ""}
COLLECTIONS = str(version_memory.__file__).partition("ansible_collections")[0]
# A process of its own, because one with threads must not fork.
FORKING = f"""
import os
from {token_memory.__name__} import SHARED
child = os.fork()
if child == 0:
    SHARED.versions.remember("{URL}", "20.0.9.1")
    os._exit(0)
os.waitpid(child, 0)
print(SHARED.versions.recall("{URL}"))
"""


def silent_token(server: Server) -> Reply:
    """A token that comes without the version."""
    server.live = "quiet-token"
    return json_reply({"access_token": server.live, "expires_in": 60}, **SILENT)


def requests(server: Server) -> tuple[int, int]:
    """(XAPI requests, token requests) so far."""
    return len(server.seen), len(server.token_requests)


def test_the_answer_with_the_token_tells_it(pbx: Server, client: Client) -> None:
    assert client.known_version() == VERSION
    assert requests(pbx) == (0, 1)
    client.rows("Blocklist")
    assert requests(pbx) == (1, 1)


def test_any_earlier_answer_serves_all_clients_of_the_pbx(pbx: Server, make_client: MakeClient) -> None:
    make_client(pbx.url).rows("Blocklist")
    assert make_client(pbx.url).known_version() == VERSION
    assert make_client(pbx.url, client_id="another").known_version() == VERSION
    assert make_client(pbx.url, access_token="ready").known_version() == VERSION
    assert requests(pbx) == (1, 1)


def test_one_ping_where_the_token_does_not_tell_it(pbx: Server, make_client: MakeClient) -> None:
    pbx.token_script.append(silent_token(pbx))
    pbx.answers(json_reply({"Id": 0}))
    assert make_client(pbx.url).known_version() == VERSION
    assert [(seen.method, seen.path, seen.query) for seen in pbx.seen] == [("GET", "Defs", {"$select": "Id"})]
    assert make_client(pbx.url).known_version() == VERSION
    assert requests(pbx) == (1, 1)


def test_one_ping_with_a_ready_token(pbx: Server, make_client: MakeClient) -> None:
    pbx.live = "ready"
    pbx.answers(json_reply({"Id": 0}))
    client = make_client(pbx.url, access_token="ready")
    assert client.known_version() == client.known_version() == VERSION
    assert requests(pbx) == (1, 0)


def test_another_pbx_has_its_own(pbx: Server, other: Server, make_client: MakeClient) -> None:
    assert make_client(pbx.url).known_version() == VERSION
    other.token_script.append(json_reply({"access_token": "x", "expires_in": 60}, **{HEADER: "20.0.4.1"}))
    assert make_client(other.url).known_version() == "20.0.4.1"
    assert make_client(pbx.url).known_version() == VERSION


def test_a_renewed_token_forgets_nothing(pbx: Server, make_client: MakeClient) -> None:
    client = make_client(pbx.url)
    client.rows("Blocklist")
    pbx.token_script.append(silent_token(pbx))
    pbx.answers(Reply(401, b"", SILENT), json_reply({"value": []}, **SILENT))
    pbx.checks_token = False
    client.rows("Blocklist")
    assert requests(pbx) == (3, 2)
    assert make_client(pbx.url).known_version() == VERSION
    assert requests(pbx) == (3, 2)


def test_a_refused_token_forgets_nothing(pbx: Server, make_client: MakeClient) -> None:
    make_client(pbx.url).rows("Blocklist")
    pbx.answers(Reply(401, b"", SILENT))
    pbx.token_script.append(Reply(400, b"", SILENT))
    with pytest.raises(AuthFailed):
        make_client(pbx.url).rows("Blocklist")
    assert make_client(pbx.url).known_version() == VERSION


def test_the_version_after_an_update_replaces_the_old_one(pbx: Server, make_client: MakeClient) -> None:
    old = make_client(pbx.url)
    assert old.known_version() == VERSION
    pbx.answers(json_reply({"value": []}, **{HEADER: "20.0.11.5"}))
    make_client(pbx.url).rows("Blocklist")
    assert make_client(pbx.url).known_version() == "20.0.11.5"
    assert requests(pbx) == (1, 1)


def test_an_error_tells_it_too(pbx: Server, client: Client) -> None:
    pbx.token_script.append(silent_token(pbx))
    pbx.answers(Reply(400))
    with pytest.raises(Refused):
        client.get("Users")
    assert client.known_version() == VERSION
    assert requests(pbx) == (1, 1)


def test_a_pbx_that_never_tells_it(pbx: Server, client: Client) -> None:
    pbx.token_script.append(silent_token(pbx))
    pbx.answers(json_reply({"Id": 0}, **SILENT))
    with pytest.raises(Malformed, match=HEADER):
        client.known_version()


def test_answers_that_agree_are_not_written_again(
    pbx: Server, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_client(pbx.url).rows("Blocklist")
    written: list[bytes] = []
    monkeypatch.setattr(Slots, "write", lambda self, slot, content: written.append(content))
    pbx.otherwise = lambda seen: entities()
    for _client in range(3):
        make_client(pbx.url).rows("Blocklist")
    assert written == []


def test_a_fork_tells_its_parent() -> None:
    environment = {**os.environ, "PYTHONPATH": COLLECTIONS}
    command = [sys.executable, "-c", FORKING]
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "20.0.9.1\n"


def test_tokens_and_versions_do_not_mix() -> None:
    tokens = TokenMemory(8)
    tokens.versions.remember(URL, "20.0.9.1")
    assert tokens.versions.recall(URL) == "20.0.9.1"
    assert tokens.versions.recall("https://other.example.com") is None


def test_a_full_memory_only_shares_no_more() -> None:
    memory = VersionMemory(Slots(1))
    memory.remember("a", "20.0.9.1")
    memory.remember("b", "20.0.10.1")
    assert (memory.recall("a"), memory.recall("b")) == ("20.0.9.1", "20.0.10.1")


def test_a_version_too_long_for_a_slot_is_kept_by_the_process() -> None:
    memory = VersionMemory(Slots(1))
    memory.remember(URL, "2" * SLOT_SIZE)
    assert memory.recall(URL) == "2" * SLOT_SIZE


@pytest.mark.parametrize("slots", [None, "gone"])
def test_without_shared_memory_each_process_keeps_its_own(slots: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Slots, tag: bytes) -> Any:
        raise OSError(errno.EBADF, "gone")

    monkeypatch.setattr(Slots, "find", refuse)
    memory = VersionMemory(Slots(1) if slots else None)
    assert memory.recall(URL) is None
    memory.remember(URL, "20.0.9.1")
    assert memory.recall(URL) == "20.0.9.1"
