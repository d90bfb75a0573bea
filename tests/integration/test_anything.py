# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tcx_action and tcx_query in real playbooks, in the worker and as ordinary modules: secrets and files."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ansible import Ansible, Run
from tests.integration.inprocess import run as run_here
from tests.integration.scenarios import comparable
from tests.simulator.testing import Simulator

PASSWORD = "open-sesame-4711"
WAYS = {"worker": False, "module": True}
BACKUP = {
    "name": "Backups/Backup",
    "parameters": {"description": {"name": "a.zip", "contents": {"encrypt_backup_password": PASSWORD}}},
}
WRONG = {
    "name": "Backups/Backup",
    "parameters": {"description": {"nam": "a.zip", "contents": {"encrypt_backup_password": [PASSWORD]}}},
}


def play(ansible: Ansible, env: dict[str, str], way: str, *tasks: dict[str, Any], args: tuple[str, ...] = ()) -> Run:
    return ansible.play(list(tasks), *args, env=env, settings={"vars": {"tcx_module_process": WAYS[way]}})


@pytest.mark.parametrize("way", WAYS)
def test_no_password_among_parameters_is_told_even_when_all_is(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], way: str
) -> None:
    env = {**connection, "ANSIBLE_INJECT_INVOCATION": "true"}
    subject = {"name": "subject", "tcx.pbx.tcx_action": BACKUP}
    run = play(ansible, env, way, subject, args=("-vvv",))
    assert run.rc == 0, run.text
    assert PASSWORD not in run.text
    assert PASSWORD not in str(run.results)
    shown = run.of("subject").result["invocation"]["module_args"]
    assert shown["parameters"]["description"]["name"] == "a.zip"
    assert simulator.writes() == ["POST /xapi/v1/Backups/Pbx.Backup"]


@pytest.mark.parametrize("way", WAYS)
def test_a_file_of_the_pbx(ansible: Ansible, connection: dict[str, str], tmp_path: Path, way: str) -> None:
    get = {"tcx.pbx.tcx_action": {"name": "CallCostSettings/ExportCallCosts", "dest": str(tmp_path / "costs.csv")}}
    tasks = [{**get, "name": "preview", "check_mode": True}, {**get, "name": "get"}, {**get, "name": "again"}]
    run = play(ansible, connection, way, *tasks)
    assert run.rc == 0, run.text
    file = tmp_path / "costs.csv"
    got = run.of("get").result
    assert [run.of(name).result["changed"] for name in ("preview", "get", "again")] == [True, True, False]
    assert got["download"]["size"] == file.stat().st_size > 0
    assert run.of("again").result["download"] == got["download"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not list(tmp_path.glob(".costs.csv*"))


def test_both_ways_tell_the_same(ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    results = []
    for way in WAYS:
        simulator.reset()
        tasks = [
            {"name": "subject", "tcx.pbx.tcx_query": {"set": "Users", "key": {"number": "100"}, "expand": ["groups"]}},
            {"name": "wrong", "tcx.pbx.tcx_action": WRONG, "ignore_errors": True},
        ]
        run = play(ansible, connection, way, *tasks)
        assert run.rc == 0, run.text
        assert PASSWORD not in str(run.of("wrong").result)
        results.append([comparable(run.of(name).result) for name in ("subject", "wrong")])
    assert results[0] == results[1]


def test_a_lost_answer_to_an_action_is_told_as_unknown_and_not_repeated(simulator: Simulator) -> None:
    simulator.switch(backup_delay=0)
    simulator.fault({"cut": "after"}, method="POST", path="Backups/Pbx.Backup")
    result = run_here(simulator, "tcx_action", BACKUP)
    assert (result["failed"], result["changed"], result["status"]) == (True, True, "unknown")
    assert "It may have been carried out: look at the PBX before repeating it." in result["msg"]
    assert simulator.writes() == ["POST /xapi/v1/Backups/Pbx.Backup"]
    simulator.advance(1)
    guarded = {**BACKUP, "unless": {"set": "Backups", "filter": {"file_name": "a.zip"}}}
    assert run_here(simulator, "tcx_action", guarded)["status"] == "skipped"


def test_all_pages_of_a_set_are_read_in_order(simulator: Simulator) -> None:
    for number in range(250):
        simulator.create("Contacts", FirstName=f"F{number:03}", LastName="Page", PhoneNumber=f"+49{number}")
    query = {
        "set": "Contacts",
        "filter": {"last_name": "Page"},
        "select": ["first_name"],
        "orderby": ["first_name desc"],
    }
    result = run_here(simulator, "tcx_query", query)
    assert [item["first_name"] for item in result["found"]] == [f"F{number:03}" for number in reversed(range(250))]
    assert result["count"] == 250
    pages = [one for one in simulator.log() if one["path"] == "/xapi/v1/Contacts"]
    assert len(pages) == 3
    few = run_here(simulator, "tcx_query", {**query, "limit": 120})
    assert few["found"] == result["found"][:120]


def test_a_backup_is_downloaded_by_the_link_that_the_pbx_gives(simulator: Simulator, tmp_path: Path) -> None:
    simulator.switch(backup_delay=0)
    run_here(simulator, "tcx_action", BACKUP)
    fields = ["download_link", "size"]
    (backup,) = run_here(simulator, "tcx_query", {"set": "Backups", "key": "a.zip", "select": fields})["found"]
    link = {"path": backup["download_link"], "dest": str(tmp_path / "a.zip")}
    result = run_here(simulator, "tcx_action", link)
    assert (result["changed"], result["download"]["size"]) == (True, backup["size"])
    assert (tmp_path / "a.zip").stat().st_size == backup["size"]
    assert backup["download_link"] not in str(result)
    assert not run_here(simulator, "tcx_action", link)["changed"]
