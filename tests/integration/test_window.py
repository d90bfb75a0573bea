# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maintenance window from the outside: previewed, done, done again, and gone back on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import changed_tasks, go, quiet, standing, variables
from tests.simulator.testing import Simulator


@pytest.fixture
def pbx(simulator: Simulator) -> Simulator:
    quiet(simulator)
    return simulator


def writes(pbx: Simulator) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in pbx.log() if is_write(one)]


def test_a_preview_writes_nothing(ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path) -> None:
    before = pbx.state()
    run = go(ansible, connection, variables(tmp_path), "--check", "--diff")
    assert run.rc == 0, run.text
    assert {one["method"] for one in pbx.log()} <= {"GET", "POST"}
    assert [one["path"] for one in pbx.log() if one["method"] == "POST"] == ["/connect/token"]
    assert pbx.state() == before
    assert not (tmp_path / "windows").exists()
    assert "Warehouse abroad" in run.stdout
    assert "nothing was written" in run.stdout


def test_the_preview_foretells_the_run_and_a_second_run_does_nothing(
    ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    values = variables(tmp_path)
    preview = go(ansible, connection, values, "--check", "--diff")
    run = go(ansible, connection, values, "--diff")
    assert run.rc == 0, run.text
    foretold = [task for task in changed_tasks(preview) if " | " in task]
    done = [task for task in changed_tasks(run) if not task.endswith("Start what was running before")]
    assert foretold == done
    after = standing(pbx)
    pbx.clear_log()
    again = go(ansible, connection, values, "--diff")
    assert again.rc == 0, again.text
    assert changed_tasks(again) == []
    assert writes(pbx) == []
    assert standing(pbx) == after
    assert "nothing to do" in again.stdout


def test_everything_is_as_wanted_afterwards(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    run = go(main_ansible, connection, variables(tmp_path))
    assert run.rc == 0, run.text
    entities = pbx.state()["sets"]
    assert "Legacy fax route" not in [rule["Name"] for rule in entities["OutboundRules"]]
    assert "Warehouse abroad" in [rule["Name"] for rule in entities["OutboundRules"]]
    assert "831" not in [app["Number"] for app in entities["CallFlowApps"]]
    assert {service["Status"] for service in entities["Services"]} == {"Running"}
    places = tmp_path / "windows"
    assert not list(places.glob("*.open.yml"))
    [snapshot] = places.glob("*.snapshot.yml")
    assert snapshot.stat().st_mode & 0o777 == 0o600
    [report] = places.glob("*.report.html")
    assert "Warehouse abroad" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("method", "path", "times"),
    [
        ("POST", "OutboundRules", 1),
        ("PATCH", "OutboundRules", 1),
        ("POST", "OutboundRules/Pbx.Purge", 1),
        ("POST", "Trunks/Pbx.SetRoutes", 1),
        ("POST", "Blocklist", 1),
        ("DELETE", "CallFlowApps", 1),
        # One call for both services, and then one for each.
        ("POST", "Services/Pbx.Stop", 3),
        ("POST", "Services/Pbx.Start", 3),
    ],
)
def test_a_failure_in_between_goes_back(
    method: str,
    path: str,
    times: int,
    main_ansible: Ansible,
    pbx: Simulator,
    connection: dict[str, str],
    tmp_path: Path,
) -> None:
    before = standing(pbx)
    pbx.fault({"status": 400, "body": refusal()}, method=method, path=path, times=times)
    run = go(
        main_ansible,
        connection,
        variables(tmp_path, maintenance_window_add_missing_dids=False, maintenance_window_did_routes=[known_did(pbx)]),
    )
    assert run.rc == 2, run.text
    assert "The maintenance window failed at" in run.stdout
    assert restorable(standing(pbx)) == restorable(before)
    assert not list((tmp_path / "windows").glob("*.open.yml"))


def restorable(sets: dict[str, Any]) -> dict[str, Any]:
    """Without what no snapshot can hold: departments and audio files of call flow apps."""
    lost = ("Groups", "Files")
    apps = [{name: value for name, value in app.items() if name not in lost} for app in sets["CallFlowApps"]]
    return {**sets, "CallFlowApps": sorted(apps, key=lambda app: str(app["Number"]))}


def refusal() -> dict[str, object]:
    return {
        "error": {
            "code": "",
            "message": "Name:\nWARNINGS.XAPI.OUT_OF_THE_RANGE",
            "details": [{"code": "", "target": "Name", "message": "WARNINGS.XAPI.OUT_OF_THE_RANGE"}],
        }
    }


def known_did(pbx: Simulator) -> dict[str, str]:
    """A DID of the demo PBX that is not routed yet."""
    entities = pbx.state()["sets"]
    trunk = next(one for one in entities["Trunks"] if one["Gateway"]["Name"] == "Provider A")
    routed = {rule["Data"] for rule in entities["InboundRules"]}
    free = next(did for did in trunk["DidNumbers"] if did not in routed)
    return {"did": free, "trunk": "Provider A", "destination": "801"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"maintenance_window_start": "2020-01-01T00:00:00Z", "maintenance_window_end": "2020-01-02T00:00:00Z"},
            "this window is open from",
        ),
        ({"maintenance_window_minimum_version": "21.0.0"}, "this window needs 21.0.0 or newer"),
        ({"maintenance_window_maximum_disk_usage": 10}, "more than maintenance_window_maximum_disk_usage=10"),
        ({"maintenance_window_required_services": ["3CXCoffee"]}, "must run before the window but do not: 3cxcoffee"),
        ({"maintenance_window_stop_services": ["3CXIVR"]}, "3CXIVR01"),
        ({"maintenance_window_minimum_license_days": 100000}, "Renew it first"),
        ({"maintenance_window_max_deletions": 0}, "max_deletions=0"),
    ],
)
def test_a_window_that_cannot_go_well_is_refused_before_any_write(
    changes: dict[str, object],
    words: str,
    main_ansible: Ansible,
    pbx: Simulator,
    connection: dict[str, str],
    tmp_path: Path,
) -> None:
    run = go(main_ansible, connection, variables(tmp_path, **changes))
    assert run.rc == 2, run.text
    assert words in " ".join(run.stdout.split()), run.text
    assert writes(pbx) == []


def test_calls_are_waited_for(ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path) -> None:
    pbx.set_calls({"caller": "100", "callee": "101", "ends_in": 15})
    run = go(ansible, connection, variables(tmp_path))
    assert run.rc == 0, run.text
    stops = [number for number, one in enumerate(pbx.log()) if one["path"].endswith("Services/Pbx.Stop")]
    looks = [number for number, one in enumerate(pbx.log()) if "/ActiveCalls" in one["path"]]
    assert sum(number < stops[0] for number in looks) >= 3


def test_calls_that_do_not_end_stop_the_window_with_nothing_changed(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    pbx.set_calls({"caller": "100", "callee": "101", "ends_in": 3600})
    before = standing(pbx)
    run = go(main_ansible, connection, variables(tmp_path, maintenance_window_drain_timeout=2))
    assert run.rc == 2, run.text
    assert standing(pbx) == before
    assert writes(pbx) == []


@pytest.mark.parametrize("step", ["preflight", "snapshot", "drain", "stop", "apply", "start", "verify", "report"])
def test_each_step_can_be_skipped(
    step: str, main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    run = go(main_ansible, connection, variables(tmp_path), "--skip-tags", step)
    assert run.rc == 0, run.text
