# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of windows: opened once, taken up when their run is gone, never shared, whole whatever happens."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task import window as window_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from ansible_collections.tcx.pbx.plugins.module_utils._task.window_owner import Owner, owner_from, standing, this_run
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.clock import Clock
from ansible_collections.tcx.pbx.plugins.modules.tcx_window import SPEC

NINE = 1_801_000_000.0
ID = "20270126T214640Z"
SNAPSHOT = {"outbound_rules": [{"name": "National"}], "call_flow_apps": [{"script_code": "password"}]}
FQDN = {"fqdn": "pbx.example.com"}


class Office:
    """A directory, a time, and whoever runs."""

    def __init__(self, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.place = place
        self.now = NINE
        self._monkeypatch = monkeypatch

    def run(self, state: str, *, check_mode: bool = False, **options: Any) -> dict[str, Any]:
        usual = {name: option.get("default") for name, option in SPEC.argument_spec.items()}
        params = {**usual, "directory": str(self.place), "host": "pbx", "state": state, **options}
        clock = Clock(lambda seconds: None, lambda: self.now, lambda: self.now)
        return execute(SPEC, params, check_mode=check_mode, diff_mode=False, clock=clock)

    def open(self, **options: Any) -> dict[str, Any]:
        return self.run("open", **{"snapshot": SNAPSHOT, "pbx": FQDN, **options})

    def run_by(self, owner: Owner) -> None:
        """From now on somebody else runs."""
        self._monkeypatch.setattr(window_module, "this_run", lambda: owner)

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text(encoding="utf-8") for path in self.place.iterdir()}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path / "windows", monkeypatch)


def gone() -> Owner:
    """A run of this controller that has ended."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return replace(this_run(), pid=ended.pid, began="1")


def alive() -> Owner:
    """Another run of this controller that lives: the process of this test, seen as if it were one."""
    return this_run()


def test_a_new_window_has_its_papers_for_its_owner_only(office: Office) -> None:
    result = office.open(lines=[{"step": "open", "event": "done"}])
    assert (result["changed"], result["standing"], result["window"]["id"]) == (True, "mine", ID)
    assert stat.S_IMODE(office.place.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in office.place.iterdir()} == {0o600}
    assert sorted(office.files()) == [f"pbx.{ID}.{part}" for part in ("journal.jsonl", "snapshot.json", "state.json")]
    assert json.loads(office.files()[f"pbx.{ID}.journal.jsonl"]) == {
        "time": "2027-01-26T21:46:40Z",
        "step": "open",
        "event": "done",
    }


def test_opening_is_done_once(office: Office) -> None:
    first = office.open()
    before = office.files()
    again = office.open(id=first["window"]["id"])
    assert not again["changed"]
    assert office.files() == before


def test_check_mode_foretells_and_writes_nothing(office: Office) -> None:
    assert office.open(check_mode=True)["changed"]
    assert not office.place.exists()
    office.open()
    before = office.files()
    assert office.run("noted", check_mode=True, lines=[{"step": "drain"}])["changed"]
    assert office.run("closed", check_mode=True)["changed"]
    assert office.files() == before


def test_check_mode_goes_on_with_a_window_that_was_not_opened(office: Office) -> None:
    """As at the tasks of a preview after the one that would have opened it."""
    assert office.run("noted", check_mode=True, lines=[{"step": "drain"}])["changed"]
    assert office.run("closed", check_mode=True)["changed"]


def test_lines_get_their_time_and_keep_their_order(office: Office) -> None:
    office.open()
    office.now += 60
    office.run(
        "noted", lines=[{"step": "drain", "event": "started"}, {"time": "then", "step": "drain", "event": "done"}]
    )
    journal = office.run("read", content=True)["journal"]
    assert [(line["time"], line["event"]) for line in journal] == [
        ("2027-01-26T21:47:40Z", "started"),
        ("then", "done"),
    ]


def test_a_line_cut_off_by_the_power_is_left_out_and_the_next_is_whole(office: Office) -> None:
    office.open(lines=[{"step": "open"}])
    with (office.place / f"pbx.{ID}.journal.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"step": "dra')
    office.run("noted", lines=[{"step": "stop"}])
    assert [line["step"] for line in office.run("read", content=True)["journal"]] == ["open", "stop"]


def test_closing_is_done_once_and_ends_the_window(office: Office) -> None:
    office.open()
    closed = office.run("closed", result="went back")
    assert (closed["changed"], closed["standing"], closed["window"]["result"]) == (True, "closed", "went back")
    assert not office.run("closed", id=ID)["changed"]
    assert office.run("read")["standing"] == "none"
    assert office.run("read", id="latest")["standing"] == "closed"


def test_the_latest_is_the_one_that_is_open_else_the_newest(office: Office) -> None:
    for _attempt in range(2):
        office.open()
        office.run("closed")
    assert office.run("read", id="latest")["window"]["id"] == "20270126T214641Z"
    assert office.run("read", id="latest")["open"] == ""
    office.open(id=ID, purpose="rollback")
    assert office.run("read", id="latest")["window"]["id"] == ID
    assert office.run("read", id="20270126T214641Z")["open"] == ID


def test_a_snapshot_is_returned_only_when_asked_for(office: Office) -> None:
    office.open()
    assert "password" not in json.dumps(office.run("read"))
    assert office.run("read", content=True)["snapshot"]["call_flow_apps"] == SNAPSHOT["call_flow_apps"]
    assert SPEC.shown is not None
    assert "password" not in json.dumps(SPEC.shown({"snapshot": SNAPSHOT}))


def test_a_window_whose_run_is_gone_is_found_and_taken_up(office: Office) -> None:
    office.run_by(gone())
    office.open()
    office.run_by(alive())
    office.now += 3600
    found = office.run("read")
    assert (found["standing"], found["window"]["age"]) == ("gone", 3600)
    taken = office.open(id=ID, snapshot=None)
    assert (taken["changed"], taken["standing"]) == (True, "mine")
    assert office.run("read", content=True)["snapshot"]["outbound_rules"] == SNAPSHOT["outbound_rules"]


def test_a_window_whose_run_lives_is_nobody_elses(office: Office) -> None:
    office.open()
    office.run_by(replace(this_run(), pid=os.getpid(), began="7"))
    for result in (office.open(id=ID), office.run("noted", lines=[{}]), office.run("closed")):
        assert result["failed"]
        assert "that run is alive; wait until it ends" in result["msg"]
        assert f"process {os.getppid()} on" in result["msg"]
    assert office.open(id=ID, take_over=True)["standing"] == "mine"


def test_a_run_on_another_controller_cannot_be_asked(office: Office) -> None:
    office.run_by(replace(this_run(), controller="ops2"))
    office.open()
    office.run_by(alive())
    assert office.run("read")["standing"] == "elsewhere"
    assert "take the window over with take_over=true" in office.open(id=ID)["msg"]
    assert office.open(id=ID, take_over=True)["standing"] == "mine"


def test_one_pbx_under_two_names_is_still_one(office: Office) -> None:
    office.open(host="berlin")
    office.run_by(replace(this_run(), pid=os.getpid(), began="7"))
    assert "window 20270126T214640Z of berlin is held by" in office.open(host="berlin-2")["msg"]
    assert office.open(host="vienna", pbx={"fqdn": "vienna.example.com"})["changed"]


def test_one_pbx_under_two_names_in_one_run_is_refused(office: Office) -> None:
    office.open(host="berlin")
    for take_over in (False, True):
        result = office.open(host="berlin-2", take_over=take_over)
        assert f"this run has window {ID} there; leave one of the two names out" in result["msg"]
    assert office.run("read", host="berlin-2")["standing"] == "none"


def test_an_interrupted_window_is_not_started_over_under_another_name(office: Office) -> None:
    office.run_by(gone())
    office.open(host="berlin")
    office.run_by(alive())
    refused = office.open(host="berlin-2")
    assert "window 20270126T214640Z of berlin was interrupted and is still open" in refused["msg"]
    assert "take it up or back under that name" in refused["msg"]
    begun = office.open(host="berlin-2", take_over=True)
    assert begun["changed"]
    assert "of berlin was interrupted" in begun["warnings"][0]


def test_a_second_window_waits_for_the_first_to_be_closed(office: Office) -> None:
    office.open()
    office.now += 1
    assert "window 20270126T214640Z of pbx is still open" in office.open(id="20270126T214641Z")["msg"]
    office.run("closed")
    assert office.open()["window"]["id"] == "20270126T214641Z"


def test_two_windows_of_one_second_have_two_names(office: Office) -> None:
    office.open()
    office.run("closed")
    assert office.open()["window"]["id"] == "20270126T214641Z"


def test_a_closed_window_is_opened_again_only_to_go_back(office: Office) -> None:
    office.open()
    office.run("closed")
    assert "was closed at 2027-01-26T21:46:40Z (done)" in office.open(id=ID)["msg"]
    back = office.open(id=ID, purpose="rollback", snapshot=None)
    assert (back["standing"], back["window"]["purpose"]) == ("mine", "rollback")


@pytest.mark.parametrize(
    ("state", "options", "words"),
    [
        ("open", {"snapshot": None}, "a new one needs its snapshot"),
        ("open", {"snapshot": {}, "id": "../../etc"}, "is not the start of a window"),
        ("noted", {"lines": []}, "there is no window that is open of pbx"),
        ("closed", {"id": ID}, f"there is no window {ID} of pbx in"),
    ],
)
def test_what_makes_no_sense_is_told(office: Office, state: str, options: dict[str, Any], words: str) -> None:
    result = office.run(state, **options)
    assert result["failed"]
    assert words in result["msg"]
    assert not office.place.exists() or office.files() == {}


def test_hosts_whose_names_begin_alike_or_hold_a_slash_are_kept_apart(office: Office) -> None:
    for host in ("pbx", "pbx.example.com", "../pbx"):
        office.open(host=host, pbx={})
    for host in ("pbx", "pbx.example.com", "../pbx"):
        assert office.run("read", host=host)["known"] == [ID]
    assert {path.parent for path in office.place.rglob("*")} == {office.place}


def test_a_symbolic_link_is_refused(office: Office, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    office.place.symlink_to(tmp_path / "elsewhere")
    assert "is a symbolic link; give the directory that it leads to" in office.open()["msg"]


def test_a_file_behind_a_symbolic_link_is_not_written(office: Office, tmp_path: Path) -> None:
    office.open()
    journal = office.place / f"pbx.{ID}.journal.jsonl"
    (tmp_path / "victim").write_text("mine\n", encoding="utf-8")
    journal.symlink_to(tmp_path / "victim")
    assert "cannot be opened" in office.run("noted", lines=[{"step": "drain"}])["msg"]
    assert (tmp_path / "victim").read_text(encoding="utf-8") == "mine\n"


def test_a_directory_of_another_user_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.open()
    user = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: user + 1)
    # Those of root are trusted, and whoever tests as root owns them.
    monkeypatch.setattr("ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet.ROOT", -1)
    assert f"belongs to another user (uid {user})" in office.open()["msg"]


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_directory_that_cannot_be_written_to_is_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    office.place.mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != office.place)
    assert "cannot be written to" in office.open(directory=str(office.place / below))["msg"]


def test_a_file_in_the_place_of_the_directory_is_refused(office: Office) -> None:
    office.place.write_text("", encoding="utf-8")
    assert "is not a directory" in office.open()["msg"]
    assert "is not a directory" in office.open(directory=str(office.place / "below"))["msg"]


def test_damaged_papers_are_told(office: Office) -> None:
    office.open()
    state = office.place / f"pbx.{ID}.state.json"
    state.write_text("{", encoding="utf-8")
    damaged = office.run("read")["msg"]
    assert f"pbx.{ID}.state.json is damaged" in damaged
    assert "move all files of that window elsewhere" in damaged
    state.write_text('{"schema": 99}', encoding="utf-8")
    assert "was not written by this version" in office.run("read")["msg"]
    state.write_text('{"schema": 1, "host": "pbx"}', encoding="utf-8")
    assert "is not the state of a window" in office.run("read")["msg"]


@pytest.mark.parametrize("renames", [0, 1])
def test_a_run_killed_while_it_opens_leaves_no_window_or_a_whole_one(
    office: Office, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    """Cut off at the first rename (the snapshot) or the second (the state): there is no window then."""
    done: list[Path] = []
    rename = Path.replace

    def cut_off(path: Path, target: Path) -> Path:
        if len(done) == renames:
            raise KeyboardInterrupt
        done.append(path)
        return rename(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut_off)
        with pytest.raises(KeyboardInterrupt):
            office.open()
    assert office.run("read")["standing"] == "none"
    assert office.open()["standing"] == "mine"
    assert office.run("read", content=True)["snapshot"]["outbound_rules"] == SNAPSHOT["outbound_rules"]


def race(place: str, start: Any, results: Any) -> None:
    usual = {name: option.get("default") for name, option in SPEC.argument_spec.items()}
    params = {**usual, "directory": place, "host": "pbx", "state": "open", "snapshot": {}, "pbx": FQDN}
    window_module.this_run = lambda: replace(this_run(), pid=os.getpid(), began=str(os.getpid()))  # type: ignore[assignment]
    start.wait()
    results.put(bool(execute(SPEC, params, check_mode=False, diff_mode=False).get("changed")))


def test_of_two_that_open_at_once_one_wins(tmp_path: Path) -> None:
    # Anew, since the process of the tests has threads, and those must not be forked.
    anew = multiprocessing.get_context("spawn")
    start, results = anew.Event(), anew.Queue()
    racers = [anew.Process(target=race, args=(str(tmp_path / "windows"), start, results)) for _racer in range(4)]
    for racer in racers:
        racer.start()
    start.set()
    outcomes = [results.get(timeout=30) for _racer in racers]
    for racer in racers:
        racer.join()
    assert sorted(outcomes) == [False, False, False, True]


def test_a_run_is_told_from_a_later_one_of_the_same_number() -> None:
    me = this_run()
    assert owner_from(me.as_dict()) == me
    assert standing(me, me) == "mine"
    other = replace(me, pid=os.getpid(), began="1")
    assert standing(other, me) == "gone", "the number is taken, by a process that began at another time"
    assert standing(replace(me, boot="before"), me) == "gone", "the controller was started anew since"
    assert standing(replace(me, place="another container"), me) == "elsewhere"


def test_a_process_that_ended_and_was_not_collected_is_gone() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.read()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    me = this_run()
    stat_line = Path(f"/proc/{child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    assert standing(replace(me, pid=child.pid, began=stat_line[19]), me) == "gone"
    child.wait()
