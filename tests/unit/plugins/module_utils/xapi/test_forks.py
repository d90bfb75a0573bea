# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One token for all forks of a run: counted at the server, with real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import client as client_module
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Server,
    entities,
    json_reply,
)

PROGRAM = Path(__file__).with_name("forks.py")
COLLECTIONS = str(client_module.__file__).partition("ansible_collections")[0]


class Forks:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.pids: list[int] = self._line()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def go(self, *numbers: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("".join(f"{number}\n" for number in numbers))
        self._process.stdin.flush()

    def result(self) -> list[Any]:
        """[worker, how it ended, token requests] of the next worker that is done."""
        found: list[Any] = self._line()
        return found


@contextmanager
def forks(*urls: str, warm: bool = False, carried: bool = False) -> Iterator[Forks]:
    command = [sys.executable, str(PROGRAM), json.dumps({"urls": urls, "warm": warm, "carried": carried})]
    environment = {**os.environ, "PYTHONPATH": COLLECTIONS}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Forks(process)
        assert process.stdin is not None
        process.stdin.close()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def waiting(pids: list[int]) -> int:
    """How many of the processes wait for a lock, by the word of the kernel."""
    lines = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return sum(fields[1] == "->" and int(fields[5]) in pids for fields in lines)


def test_many_workers_one_token(pbx: Server, hold: threading.Event) -> None:
    pbx.live = "slow-token"
    pbx.token_script = [replace(json_reply({"access_token": pbx.live, "expires_in": 60}), hold=hold)]
    with forks(*[pbx.url] * 12) as running:
        running.go(*range(12))
        wait_until(lambda: waiting(running.pids) == 11)
        hold.set()
        results = [running.result() for _attempt in range(12)]
    assert {result[1] for result in results} == {"done"}
    assert sum(result[2] for result in results) == 1
    assert len(pbx.token_requests) == 1
    assert len(pbx.seen) == 12


def test_a_token_of_the_parent_serves_all(pbx: Server) -> None:
    with forks(*[pbx.url] * 4, warm=True) as running:
        running.go(*range(4))
        results = [running.result() for _attempt in range(4)]
    assert [result[1:] for result in results] == [["done", 0]] * 4
    assert len(pbx.token_requests) == 1


def test_a_client_carried_into_a_fork_opens_its_own_connection(pbx: Server) -> None:
    with forks(*[pbx.url] * 3, warm=True, carried=True) as running:
        running.go(*range(3))
        assert [running.result()[1] for _attempt in range(3)] == ["done"] * 3
    assert sorted(seen.connection for seen in pbx.seen) == [1, 2, 3, 4]
    assert len(pbx.token_requests) == 1


def test_a_storm_of_401_means_one_renewal(pbx: Server) -> None:
    with forks(*[pbx.url] * 12, warm=True) as running:
        rejected = pbx.live
        pbx.live = "another program's"
        running.go(*range(12))
        results = [running.result() for _attempt in range(12)]
    assert {result[1] for result in results} == {"done"}
    assert len(pbx.token_requests) == 2
    assert sum(seen.headers["authorization"] == f"Bearer {pbx.live}" for seen in pbx.seen) == 12
    assert any(seen.headers["authorization"] == f"Bearer {rejected}" for seen in pbx.seen)


def test_a_killed_holder_blocks_nobody(pbx: Server, hold: threading.Event) -> None:
    pbx.token_script = [Reply(200, hold=hold)]
    with forks(pbx.url, pbx.url) as running:
        running.go(0)
        wait_until(lambda: len(pbx.token_requests) == 1)
        running.go(1)
        wait_until(lambda: waiting(running.pids) == 1)
        assert len(pbx.token_requests) == 1
        os.kill(running.pids[0], signal.SIGKILL)
        assert running.result() == [1, "done", 1]
    assert len(pbx.token_requests) == 2


def test_a_slow_pbx_does_not_hold_up_another(pbx: Server, other: Server, hold: threading.Event) -> None:
    pbx.token_script = [Reply(200, hold=hold)]
    with forks(pbx.url, other.url) as running:
        running.go(0)
        wait_until(lambda: len(pbx.token_requests) == 1)
        running.go(1)
        assert running.result() == [1, "done", 1]
        assert pbx.seen == []


@pytest.mark.parametrize(("status", "error"), [(401, "AuthFailed"), (403, "TokenFlood")])
def test_a_refusal_answers_all_who_waited(pbx: Server, hold: threading.Event, status: int, error: str) -> None:
    """Twelve wrong secrets at once would make the PBX stop issuing tokens to anybody."""
    pbx.token_script = [Reply(status, hold=hold)]
    with forks(*[pbx.url] * 6) as running:
        running.go(*range(6))
        wait_until(lambda: len(pbx.token_requests) == 1)
        wait_until(lambda: waiting(running.pids) == 5)
        hold.set()
        results = [running.result() for _attempt in range(6)]
    assert {result[1] for result in results} == {error}
    assert len(pbx.token_requests) == 1


def test_a_refusal_is_not_kept_for_later(pbx: Server) -> None:
    pbx.token_script = [Reply(401)]
    with forks(pbx.url, pbx.url) as running:
        running.go(0)
        assert running.result() == [0, "AuthFailed", 1]
        running.go(1)
        assert running.result() == [1, "done", 1]


def test_lost_answers_are_not_passed_on(pbx: Server, hold: threading.Event) -> None:
    """Only what the PBX decided about the credentials is true for the others as well."""
    pbx.token_script = [Reply(500, hold=hold)]
    pbx.otherwise = lambda seen: entities()
    with forks(pbx.url, pbx.url) as running:
        running.go(0)
        wait_until(lambda: len(pbx.token_requests) == 1)
        running.go(1)
        wait_until(lambda: waiting(running.pids) == 1)
        hold.set()
        results = sorted(running.result() for _attempt in range(2))
    assert results == [[0, "ServerFault", 1], [1, "done", 1]]
