# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The event source against a PBX: each line once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import logging
import re
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.plugin_utils.events import watch
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.mark import Mark
from tests.integration.eda.source import INTERVAL, Turns, connection, main_of_the_source, report
from tests.simulator.testing import Simulator

REST = INTERVAL * 0.9
TOKEN = "POST /connect/token"
LOGS = "GET /xapi/v1/EventLogs"


def test_what_an_event_holds(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path, host="pbx1")
    assert watch.look() == []
    report(simulator, "192.0.2.7", "<b>", kind="Warning")
    assert watch.look() == ["192.0.2.7 <b>"]
    (event,) = watch.events
    time = event["tcx"].pop("time")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00", time)
    assert event["tcx"].pop("id") > 0
    assert event == {
        "meta": {"hosts": "pbx1"},
        "tcx": {
            "pbx": simulator.url,
            "log": "event",
            "type": "Warning",
            "event_id": 7,
            "source": "Test",
            "group": None,
            "group_name": None,
            "message": "192.0.2.7 <b>",
            "params": ["192.0.2.7", "<b>"],
        },
    }


def test_a_quiet_log_costs_one_request_a_look_and_one_token(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path)
    assert watch.look(times=5) == []
    assert simulator.calls() == [TOKEN, *[LOGS] * 5]
    assert watch.pauses == [REST] * 5


@pytest.mark.parametrize("log", ["event", "activity"])
def test_a_restart_goes_on_where_it_stopped(log: str, simulator: Simulator, tmp_path: Path) -> None:
    def write(*texts: str) -> None:
        for text in texts:
            if log == "event":
                report(simulator, text)
            else:
                simulator.note_activity(text)

    first = Turns(simulator, tmp_path, log)
    write("before the first start")
    assert first.look() == []
    write("a", "a", "b")
    assert first.look() == ["a", "a", "b"]
    first.end()
    write("a", "c")
    second = Turns(simulator, tmp_path, log)
    assert second.look(times=3) == ["a", "c"]
    second.end()
    assert Turns(simulator, tmp_path, log).look() == []


def test_all_that_the_log_still_holds(simulator: Simulator, tmp_path: Path) -> None:
    held = len(simulator.rows("EventLogs"))
    for number in range(120):
        report(simulator, str(number))
    watch = Turns(simulator, tmp_path, start="all")
    found = watch.look()
    assert held > 0
    assert found[held:] == [str(number) for number in range(120)]
    assert watch.look() == []


def test_a_rulebook_that_ends_while_it_is_busy(simulator: Simulator, tmp_path: Path) -> None:
    first = Turns(simulator, tmp_path)
    first.look()
    for number in range(5):
        report(simulator, str(number))
    first.room = 2
    assert first.look() == ["0", "1"]
    first.end()
    assert Turns(simulator, tmp_path).look() == ["2", "3", "4"]


class Killed(BaseException):
    """Nothing is done after it."""


@pytest.mark.parametrize(("noted_every", "repeated"), [(timedelta(days=1), ["a", "b", "c"]), (-timedelta(1), ["c"])])
def test_a_process_that_is_killed_repeats_what_it_had_not_noted_and_loses_nothing(
    noted_every: timedelta, repeated: list[str], simulator: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed with all handed over, when it is about to note the last of it."""
    first = Turns(simulator, tmp_path)
    first.look()
    for text in ("a", "b", "c"):
        report(simulator, text)
    monkeypatch.setattr(watch, "NOTED_EVERY", noted_every)
    save = first.store.save

    def dying(mark: Mark) -> None:
        if len(first.events) == 3:
            raise Killed
        save(mark)

    monkeypatch.setattr(first.store, "save", dying)
    with pytest.raises(Killed):
        first.look()
    first.end()
    assert [one["tcx"]["message"] for one in first.events] == ["a", "b", "c"]
    assert Turns(simulator, tmp_path).look(times=2) == repeated


def test_a_log_that_is_purged(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path)
    watch.look()
    report(simulator, "a")
    assert watch.look() == ["a"]
    assert simulator.request("POST", "PurgeAllLogs").status_code == 204
    assert watch.look() == []
    report(simulator, "b")
    assert watch.look(times=2) == ["b"]


def test_numbers_that_begin_anew_after_a_backup_was_restored(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path)
    watch.look()
    for text in ("a", "b", "c"):
        report(simulator, text)
    assert watch.look() == ["a", "b", "c"]
    simulator.reset()
    assert watch.look() == []
    report(simulator, "d")
    assert watch.events[0]["tcx"]["id"] == simulator.rows("EventLogs", ids=True)[-1]["Id"]
    assert watch.look(times=2) == ["d"]


def test_an_outage(simulator: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    watch = Turns(simulator, tmp_path)
    watch.look()
    simulator.fault({"status": 502, "html": "<h1>Bad Gateway</h1>"}, times=2)
    simulator.fault({"cut": "before"}, times=2)
    report(simulator, "meanwhile")
    assert watch.look(times=5) == ["meanwhile"]
    assert watch.pauses == [REST, 30, 60, 120, 240, REST]
    warnings = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    assert len(warnings) == 4
    assert all(simulator.url in text and "Next attempt in" in text for text in warnings)
    assert simulator.calls("POST") == [TOKEN]


def test_a_pbx_that_says_for_how_long_it_is_busy_is_left_alone_that_long(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path)
    simulator.fault({"status": 429, "headers": {"Retry-After": "900"}}, path="connect/token")
    for status in (429, 503):
        simulator.fault({"status": status, "headers": {"Retry-After": "800"}}, path="EventLogs")
    watch.look(times=4)
    assert watch.pauses == [900, 800, 800, REST]
    assert simulator.calls() == [TOKEN, TOKEN, *[LOGS] * 3]


def test_a_token_that_was_revoked_is_renewed_once(simulator: Simulator, tmp_path: Path) -> None:
    watch = Turns(simulator, tmp_path)
    watch.look()
    simulator.revoke_tokens()
    report(simulator, "a")
    assert watch.look(times=2) == ["a"]
    assert simulator.calls() == [TOKEN, LOGS, LOGS, TOKEN, LOGS, LOGS]


def test_a_program_that_takes_the_token_again_and_again_is_no_reason_to_hurry(
    simulator: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Turns(simulator, tmp_path)
    for _look in range(4):
        simulator.revoke_tokens()
        watch.look()
    assert watch.pauses == [REST, 30, 60, 120]
    assert "another program uses the same API client" in caplog.text


def test_refused_credentials_are_not_tried_again_soon(
    simulator: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watch = Turns(simulator, tmp_path, client_secret="wrong-4711")
    assert watch.look(times=3) == []
    assert watch.pauses == [300, 600, 600]
    assert simulator.calls() == [TOKEN] * 3
    assert "wrong-4711" not in caplog.text


@pytest.mark.parametrize("version", ["20.0.4", "20.0.6"])
def test_the_activity_log_of_older_versions(version: str, tmp_path: Path) -> None:
    with Simulator(version=version) as pbx:
        watch = Turns(pbx, tmp_path, "activity", activity={"extension": "101"})
        assert watch.look() == []
        pbx.note_activity("Info: extension 101 registered", "Info: extension 102 registered")
        assert watch.look(times=2) == ["Info: extension 101 registered"]
        assert [entry["status"] for entry in pbx.log() if "GetLogs" in entry["path"]] == [200] * 3


class Ready(asyncio.Queue[dict[str, Any]]):
    """The queue of a rulebook that has room for one event at a time."""

    def __init__(self) -> None:
        super().__init__(maxsize=1)


def test_both_logs_by_one_source_with_one_token(
    simulator: Simulator, collections_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    main = main_of_the_source(collections_path)

    async def scenario() -> set[str]:
        queue = Ready()
        arguments = {**connection(simulator), "logs": "event,activity", "interval": 5, "start": "all"}
        task = asyncio.create_task(main(queue, arguments))
        wanted = len(simulator.rows("EventLogs")) + 2
        events = [await asyncio.wait_for(queue.get(), 30) for _event in range(wanted)]
        # The second one of the same kind is refused, and the first is not disturbed.
        with pytest.raises(OptionError, match="another source watches the same log"):
            await main(queue, arguments)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return {event["tcx"]["log"] for event in events}

    assert asyncio.run(scenario()) == {"event", "activity"}
    # None if an earlier test of this process has left one that is still good.
    assert simulator.calls("POST") in ([], [TOKEN])
    place = tmp_path / "tcx.pbx" / "events"
    assert {stat.S_IMODE(one.stat().st_mode) for one in place.iterdir()} == {0o600}
    assert len(list(place.glob("*.json"))) == 2


def test_a_pbx_that_is_too_old_ends_the_source_with_a_sentence(
    simulator: Simulator, collections_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "known_version", lambda self: "20.0.3.9")
    arguments = {**connection(simulator), "logs": "activity", "state_directory": str(tmp_path / "state")}
    with pytest.raises(ValueError, match=r"older than 20\.0\.4"):
        asyncio.run(asyncio.wait_for(main_of_the_source(collections_path)(asyncio.Queue(), arguments), 20))


def test_an_argument_that_makes_no_sense_ends_the_source_at_once(simulator: Simulator, collections_path: Path) -> None:
    main = main_of_the_source(collections_path)
    with pytest.raises(OptionError, match="interval: "):
        asyncio.run(main(asyncio.Queue(), {**connection(simulator), "interval": "often"}))
    assert simulator.calls() == []
