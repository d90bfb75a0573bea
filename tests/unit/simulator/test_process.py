# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process: its ready line, its end, TLS, holding requests, several at a time."""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.simulator.process import ROOT
from tests.simulator.testing import Simulator


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def pbx(running: Simulator) -> Simulator:
    running.reset()
    return running


def in_background(work: Any) -> tuple[threading.Thread, list[Any]]:
    results: list[Any] = []

    def run() -> None:
        try:
            results.append(work())
        except requests.ConnectionError as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, results


def add(pbx: Simulator, token: str) -> int:
    session = requests.Session()
    session.trust_env = False
    answer = session.post(
        f"{pbx.url}/xapi/v1/Blocklist",
        json={"IPAddrMask": "198.51.100.99"},
        headers={"Authorization": f"Bearer {token}"},
        verify=pbx.ca_path or True,
        timeout=30,
    )
    return answer.status_code


def blocked(pbx: Simulator) -> bool:
    return "198.51.100.99/32" in [row["IPAddrMask"] for row in pbx.rows("Blocklist")]


def start(*options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.simulator", *options],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ready_line(process: subprocess.Popen[str]) -> dict[str, Any]:
    if process.stdout is None:
        raise RuntimeError("no output")
    line: dict[str, Any] = json.loads(process.stdout.readline())
    return line


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_one_line_when_ready_and_a_clean_end(end: signal.Signals) -> None:
    process = start("--client-id", "demo1", "--client-secret", "s3cret", "--version", "20.0.8", "--seed", "empty")
    line = ready_line(process)
    assert set(line) == {"url", "client_id", "client_secret", "ca_path", "version", "control", "pid"}
    assert (line["client_id"], line["client_secret"], line["version"]) == ("demo1", "s3cret", "20.0.8")
    assert line["url"].startswith("https://127.0.0.1:")
    assert line["control"] == line["url"] + "/_sim"
    assert Path(line["ca_path"]).is_file()
    process.send_signal(end)
    rest, errors = process.communicate(timeout=30)
    assert (process.returncode, rest, errors) == (0, "", "")
    assert not Path(line["ca_path"]).exists()


def test_it_ends_with_its_parent_only_when_asked_to() -> None:
    following, staying = start("--no-tls", "--exit-with-parent"), start("--no-tls")
    for process in (following, staying):
        assert ready_line(process)["ca_path"] is None
        if process.stdin:
            process.stdin.close()
    assert following.wait(timeout=30) == 0
    with pytest.raises(subprocess.TimeoutExpired):
        staying.wait(timeout=1)
    staying.terminate()
    assert staying.wait(timeout=30) == 0
    for process in (following, staying):
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--switch", "nope=1"], "unknown switch 'nope'"),
        (["--switch", "etag"], "must be NAME=VALUE"),
        (["--seed", "/no/such/file.yml"], "file.yml"),
        (["--client-id", "Bad-Id"], "lower-case"),
        (["--version", "19.0"], "invalid choice"),
        (["--port", "99999", "--no-tls"], "error: --port 99999: "),
        (["--host", "0.0.0.0"], "invalid choice"),
    ],
)
def test_bad_options_end_with_a_reason(options: list[str], reason: str) -> None:
    process = start(*options)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, output) == (2, "")
    assert reason in errors


def test_the_helper_reports_why_it_did_not_start() -> None:
    with pytest.raises(RuntimeError, match="unknown switch"):
        Simulator(switches={"nope": 1}).start()


def test_the_certificate_is_checked(pbx: Simulator) -> None:
    session = requests.Session()
    session.trust_env = False
    with pytest.raises(requests.exceptions.SSLError):
        session.get(f"{pbx.url}/xapi/v1/Defs", timeout=10)
    assert session.get(f"{pbx.url}/xapi/v1/Defs", timeout=10, verify=pbx.ca_path).status_code == 401


def test_a_held_request_is_not_executed_until_released(pbx: Simulator) -> None:
    token = pbx.token()
    pbx.hold(1, method="POST", path="Blocklist")
    thread, results = in_background(lambda: add(pbx, token))
    held = pbx.held(wait=20)
    assert [(one["method"], one["path"], one["executed"]) for one in held] == [("POST", "/xapi/v1/Blocklist", False)]
    assert not blocked(pbx)
    assert results == []
    assert pbx.release() == 1
    thread.join(20)
    assert results == [201]
    assert blocked(pbx)
    assert pbx.held() == []


@pytest.mark.parametrize("executed", [False, True])
def test_a_held_request_can_be_dropped(pbx: Simulator, executed: bool) -> None:
    token = pbx.token()
    pbx.hold(1, executed=executed, method="POST", path="Blocklist")
    thread, results = in_background(lambda: add(pbx, token))
    assert pbx.held(wait=20)[0]["executed"] is executed
    assert pbx.release(drop=True) == 1
    thread.join(20)
    assert isinstance(results[0], requests.ConnectionError)
    assert blocked(pbx) is executed
    entry = next(entry for entry in pbx.log() if entry["path"].endswith("Blocklist"))
    assert (entry["status"], entry["effect"]) == (None, executed)


def test_a_held_request_of_a_client_that_died_is_never_executed(pbx: Simulator) -> None:
    token = pbx.token()
    pbx.hold(1, method="POST", path="Blocklist")
    code = (
        "import requests, sys; s = requests.Session(); s.trust_env = False; s.post(sys.argv[1] + '/xapi/v1/Blocklist',"
        "json={'IPAddrMask': '198.51.100.99'}, headers={'Authorization': 'Bearer ' + sys.argv[2]}, verify=sys.argv[3])"
    )
    client = subprocess.Popen([sys.executable, "-c", code, pbx.url, token, str(pbx.ca_path)])
    assert len(pbx.held(wait=30)) == 1
    client.kill()
    client.wait()
    gone = threading.Event()
    for _turn in range(200):
        if not pbx.held():
            gone.set()
            break
        gone.wait(0.05)
    assert gone.is_set()
    assert not blocked(pbx)


def test_asking_for_held_requests_does_not_wait_for_ever(pbx: Simulator) -> None:
    assert pbx.held(wait=0.05) == []


def test_a_cut_connection_is_one_for_the_client_too(pbx: Simulator) -> None:
    token = pbx.token()
    pbx.fault({"cut": "before"}, method="POST")
    with pytest.raises(requests.ConnectionError):
        add(pbx, token)
    assert not blocked(pbx)
    pbx.fault({"cut": "after"}, method="POST")
    with pytest.raises(requests.ConnectionError):
        add(pbx, token)
    assert blocked(pbx)


def test_the_helper_sees_and_changes_what_it_promises(pbx: Simulator) -> None:
    pbx.create("Blocklist", IPAddrMask="198.51.100.99", Description="drift")
    pbx.change("Blocklist", "198.51.100.99/32", Description="more drift")
    pbx.change("OutboundRules", "National", Prefix="9")
    pbx.remove("Users", "113")
    pbx.switch(etag="on")
    pbx.advance(10)
    pbx.set_calls({"caller": "1", "callee": "2"})
    pbx.add_client("second", "secret", "admin")
    assert pbx.get("Blocklist?$filter=Description eq 'more drift'")["value"][0]["@odata.etag"]
    assert pbx.get("SystemStatus?$select=CallsActive")["CallsActive"] == 1
    assert pbx.log() == []
    assert pbx.request("GET", "Defs", token=pbx.token()).status_code == 200
    assert pbx.calls() == ["POST /connect/token", "GET /xapi/v1/Defs"]
    assert pbx.writes() == []
    pbx.revoke_tokens()
    pbx.clear_log()
    assert pbx.log() == []
    with pytest.raises(ValueError, match="nothing has the key"):
        pbx.remove("Users", "113")


def test_a_seed_is_found_from_where_the_caller_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine.yml").write_text("users: [{number: 200}]", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with Simulator(seed="mine.yml", tls=False) as pbx:
        assert [user["Number"] for user in pbx.rows("Users")] == ["200"]


def test_several_run_beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Simulator(seed="empty", tls=False) as one, Simulator(seed="empty", tls=False) as other:
        assert one.url != other.url
        one.create("Blocklist", IPAddrMask="198.51.100.99")
        assert (len(one.rows("Blocklist")), len(other.rows("Blocklist"))) == (1, 0)


def test_a_kept_connection_carries_thousands_of_requests(pbx: Simulator) -> None:
    token = pbx.token()
    for _turn in range(1_000):
        assert pbx.request("GET", "Defs?$select=Id", token=token).status_code == 200
    assert len(pbx.log()) == 1_001
    usual = statistics.median(entry["duration"] for entry in pbx.log()[1:])
    listing = pbx.request("GET", "Users", token=token)
    assert listing.status_code == 200
    # Noise of the machine spares ratios: the plainest call must cost far less than a listing of all users.
    assert usual < pbx.log()[-1]["duration"]
