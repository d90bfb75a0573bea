# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The maintenance window from the outside: previewed, done, done again, and gone back on."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.integration.ansible import Ansible
from tests.integration.scenarios import is_write
from tests.integration.window import (
    BACKUP,
    PLAYBOOK,
    ROLLBACK,
    changed_tasks,
    go,
    go_back,
    inventory,
    quiet,
    restorable,
    standing,
    variables,
)
from tests.simulator.testing import Simulator


@pytest.fixture
def pbx(simulator: Simulator) -> Simulator:
    quiet(simulator)
    return simulator


def writes(pbx: Simulator) -> list[str]:
    return [f"{one['method']} {one['path']}" for one in pbx.log() if is_write(one)]


def test_a_preview_writes_nothing(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    """Also before the window opens: that is when it is looked at."""
    before = pbx.state()
    opens = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
    window = {
        "maintenance_window_start": opens.isoformat(),
        "maintenance_window_end": (opens + timedelta(hours=4)).isoformat(),
    }
    run = go(main_ansible, connection, variables(tmp_path, **window), "--check", "--diff")
    assert run.rc == 0, run.text
    assert f"this window opens at {opens.isoformat()}" in run.stdout
    assert {one["method"] for one in pbx.log()} <= {"GET", "POST"}
    assert [one["path"] for one in pbx.log() if one["method"] == "POST"] == ["/connect/token"]
    assert pbx.state() == before
    assert not (tmp_path / "windows").exists()
    assert "Warehouse abroad" in run.stdout
    assert "Would be changed: 7. Nothing was written." in run.stdout


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
    assert "Everything was in the desired state already. No service was stopped." in again.stdout


def test_everything_is_as_wanted_afterwards(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    run = go(main_ansible, connection, variables(tmp_path, **BACKUP))
    assert run.rc == 0, run.text
    entities = pbx.state()["sets"]
    assert "Legacy fax route" not in [rule["Name"] for rule in entities["OutboundRules"]]
    assert "Warehouse abroad" in [rule["Name"] for rule in entities["OutboundRules"]]
    assert "831" not in [app["Number"] for app in entities["CallFlowApps"]]
    assert {service["Status"] for service in entities["Services"]} == {"Running"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "windows").iterdir()} == {0o600}
    assert papers(tmp_path, "state")["result"] == "done"
    assert [line["step"] for line in journal(tmp_path) if line["event"] == "started"] == [
        *("preflight", "snapshot", "backup", "drain", "stop", "apply", "start", "verify")
    ]
    report = papers(tmp_path, "report")
    assert (report["result"], report["counts"]["changes"]["created"]) == ("done", 4)
    assert [step["name"] for step in report["steps"]][2:4] == ["backup", "drain"]
    assert all(check["status"] == "ok" for check in report["checks"])
    assert "ChristmasMenu" not in json.dumps(report), "a script is in the report"
    [page] = (tmp_path / "windows").glob("*.report.html")
    assert "Warehouse abroad" in page.read_text(encoding="utf-8")
    assert len([one for one in entities["Backups"] if one["FileName"].startswith("before-window-")]) == 1


def papers(place: Path, part: str) -> dict[str, Any]:
    """The one file of this kind."""
    [path] = (place / "windows").glob(f"*.{part}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def journal(place: Path) -> list[dict[str, Any]]:
    [path] = (place / "windows").glob("*.journal.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


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
    unchanged = path.endswith("Pbx.Stop")
    assert ("there was nothing to put back" in run.stdout) is unchanged
    assert ("The PBX was put back as the snapshot says, and the services were started" in run.stdout) is not unchanged
    assert restorable(standing(pbx)) == restorable(before)
    state = papers(tmp_path, "state")
    assert (state["result"], state["purpose"]) == ("went back", "rollback")


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


# What is wrong with a window, and what is then said.
REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"maintenance_window_start": "2020-01-01T00:00:00Z", "maintenance_window_end": "2020-01-02T00:00:00Z"},
        "this window is open from",
    ),
    ({"maintenance_window_minimum_version": "21.0.0"}, "this window needs 21.0.0 or newer"),
    (
        {
            "maintenance_window_directory": "",
            "maintenance_window_poll_interval": 0,
            "maintenance_window_extensions_share": 90,
            "maintenance_window_minimum_version": "newest",
        },
        (
            "maintenance_window_directory is empty; name a directory. "
            "maintenance_window_poll_interval=0 is no time to wait; write 1 or more. "
            "maintenance_window_extensions_share=90 is no share; write 0.9 for nine of ten. "
            "maintenance_window_minimum_version=newest is no version; write one such as 20.0.8."
        ),
    ),
    ({"maintenance_window_maximum_disk_usage": 10}, "more than maintenance_window_maximum_disk_usage=10"),
    ({"maintenance_window_required_services": ["3CXCoffee"]}, "must run before the window but do not: 3cxcoffee"),
    ({"maintenance_window_stop_services": ["3CXIVR"]}, "3CXIVR01"),
    ({"maintenance_window_minimum_license_days": 100000}, "Renew it first"),
    ({"maintenance_window_max_deletions": 0}, "max_deletions=0"),
    ({"maintenance_window_start": "25:00", "maintenance_window_end": "26:00"}, 'start "25:00" is not a time'),
    (
        {"maintenance_window_required_trunks": "Provider X"},
        "must be registered before the window but are not: provider x",
    ),
    ({"maintenance_window_close_departments": ["Salse"]}, "Salse"),
    ({"maintenance_window_blocklist": "198.51.100.1, nonsense"}, "nonsense"),
    # The window ends in ten minutes, and going back alone may take an hour.
    (
        {
            "maintenance_window_start": "2020-01-01T00:00:00Z",
            "maintenance_window_end": "{{ '%Y-%m-%dT%H:%M:%SZ' | strftime(now(fmt='%s') | int + 600, utc=true) }}",
            "maintenance_window_reserve": "3600",
        },
        "going back takes 60 min; the window ends at",
    ),
]


def test_windows_that_cannot_go_well_are_refused_before_any_write(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    cases = {f"case{number}": case for number, case in enumerate(REFUSED)}
    hosts = {
        name: {**main_ansible.local(), **variables(tmp_path / name, **changes)}
        for name, (changes, _words) in cases.items()
    }
    run = main_ansible.playbook(PLAYBOOK, env=connection, inventory={"all": {"hosts": hosts}})
    assert run.rc == 2, run.text
    for name, (_changes, words) in cases.items():
        told = [one.result["msg"] for one in run.results if one.host == name and one.status == "failed"]
        assert words in " ".join(str(told).replace("\\n", " ").split()), (told, run.text)
    assert writes(pbx) == []


def test_calls_are_waited_for(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    pbx.set_calls({"caller": "100", "callee": "101", "ends_in": 12})
    run = go(main_ansible, connection, variables(tmp_path))
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
    assert "The PBX is as it was before; there was nothing to put back." in run.stdout
    assert "come back without their audio files" not in run.stdout
    assert standing(pbx) == before
    assert writes(pbx) == []


# Neighbours use what the one before them found out, so each is skipped together with one that is far away.
SKIPPED = ["preflight,start", "snapshot,verify", "drain,report", "stop", "apply"]


@pytest.mark.parametrize("steps", SKIPPED)
def test_each_step_can_be_skipped(
    steps: str, main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    run = go(main_ansible, connection, variables(tmp_path, **BACKUP), "--skip-tags", f"backup,{steps}")
    assert run.rc == 0, run.text
    assert not [one for one in writes(pbx) if one.endswith("Pbx.Backup")]


SURVEY = {
    **BACKUP,
    "maintenance_window_stop_services": "3CXQueueManager01, 3CXIVR01",
    "maintenance_window_outbound_rules_remove": "Legacy fax route\n",
    "maintenance_window_call_flow_apps_remove": "831",
    "maintenance_window_close_departments": "Sales",
    "maintenance_window_updates": "*",
    "maintenance_window_maximum_calls": "0",
    "maintenance_window_add_missing_dids": "yes",
    "maintenance_window_blocklist": '[{"ip_addr_mask": "203.0.113.64/26", "description": "SIP scanner"}]',
}


def test_a_survey_gives_flat_texts_and_every_step_takes_part(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    pbx.switch(update_delay=0, update_outage=0)
    before = standing(pbx)["Groups"]
    run = go(main_ansible, connection, variables(tmp_path, **SURVEY))
    assert run.rc == 0, run.text
    assert standing(pbx)["Groups"] == before, "departments have their hours back"
    sent = [f"{one['method']} {re.sub('[(][0-9]+[)]', '', one['path'].rpartition('/')[2])}" for one in pbx.log()]
    order = [
        "POST Pbx.Backup",
        "PATCH Groups",
        "POST InstallUpdates",
        "POST Pbx.Stop",
        "POST Pbx.Purge",
        "POST Pbx.Start",
    ]
    assert sorted(order, key=sent.index) == order
    assert sent.count("PATCH Groups") == 2, "closed, and opened again"
    assert "~ Updates: 3CX Phone System" in run.stdout


def test_a_pbx_is_taken_back_on_another_day(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    """Previewed, done, and done again; by nothing but the directory."""
    before = standing(pbx)
    assert go(main_ansible, connection, variables(tmp_path)).rc == 0
    after, known = standing(pbx), {"maintenance_window_directory": str(tmp_path / "windows")}
    preview = go_back(main_ansible, connection, known, "--check", "--diff")
    assert preview.rc == 0, preview.text
    assert standing(pbx) == after
    assert "Call flow apps that were removed (831) come back without their audio files" in preview.stdout
    back = go_back(main_ansible, connection, known, "--diff")
    assert back.rc == 0, back.text
    assert changed_tasks(preview) == changed_tasks(back)
    assert restorable(standing(pbx)) == restorable(before)
    assert "ChristmasMenu" not in preview.text + back.text, "a script was shown"
    pbx.clear_log()
    again = go_back(main_ansible, connection, known)
    assert again.rc == 0, again.text
    assert writes(pbx) == []


def test_the_snapshot_of_another_pbx_is_refused(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    assert go(main_ansible, connection, variables(tmp_path)).rc == 0
    [snapshot] = (tmp_path / "windows").glob("*.snapshot.json")
    content = json.loads(snapshot.read_text(encoding="utf-8"))
    content["pbx"]["fqdn"] = "other.example.com"
    snapshot.write_text(json.dumps(content), encoding="utf-8")
    under_another_name(tmp_path / "windows", "former")
    pbx.clear_log()
    known = {
        "maintenance_window_directory": str(tmp_path / "windows"),
        "maintenance_window_rollback_host": "former",
    }
    refused = go_back(main_ansible, connection, known)
    assert refused.rc == 2
    assert "is of other.example.com, and this PBX is" in " ".join(refused.stdout.split())
    unknown = go_back(main_ansible, connection, {**known, "maintenance_window_rollback_to": "20200101T000000Z"})
    assert "There is no window 20200101T000000Z of former" in " ".join(unknown.stdout.split())
    assert writes(pbx) == []
    forced = go_back(main_ansible, connection, {**known, "maintenance_window_rollback_force": True})
    assert forced.rc == 0, forced.text
    assert papers(tmp_path, "state")["result"] == "rolled back"


def under_another_name(place: Path, host: str) -> None:
    """As if the inventory had called the PBX so when its window was."""
    [state] = place.glob("*.state.json")
    state.write_text(state.read_text(encoding="utf-8").replace('"host": "pbx"', f'"host": "{host}"'), encoding="utf-8")
    for path in place.glob("pbx.*"):
        path.rename(path.with_name(host + path.name.removeprefix("pbx")))


def interrupted(
    ansible: Ansible,
    env: dict[str, str],
    values: dict[str, Any],
    playbook: Path = PLAYBOOK,
    where: str = "after Stop | Stop the named services",
) -> None:
    """A run that killed itself: a window, after services were stopped."""
    settings = {"ANSIBLE_CALLBACKS_ENABLED": "kill_at_task", "TCX_TEST_KILL": where}
    run = ansible.playbook(playbook, env={**env, **settings}, inventory=inventory(ansible, values))
    assert run.rc == -9, run.text


def test_an_interrupted_window_is_never_just_started_over(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    """Refused as told, refused when it is too long ago, and then taken back, without the window being run. Nor is going
    back forgotten that was interrupted itself; what cannot be put back does not keep the services from it."""
    before = standing(pbx)
    values = variables(tmp_path)
    back = {**values, "maintenance_window_interrupted": "rollback"}
    interrupted(main_ansible, connection, values)
    pbx.clear_log()
    refused = go(main_ansible, connection, {**values, "maintenance_window_interrupted": "refuse"})
    assert "A window on pbx was interrupted" in " ".join(refused.stdout.split())
    assert "maintenance_window_interrupted=rollback" in " ".join(refused.stdout.split())
    late = go(main_ansible, connection, {**values, "maintenance_window_resume_hours": -1})
    assert "more than maintenance_window_resume_hours=-1 ago" in " ".join(late.stdout.split())
    interrupted(main_ansible, connection, values, ROLLBACK, "after Rollback | Open the window once more")
    onwards = go(main_ansible, connection, values)
    assert "and did not end: it was interrupted" in " ".join(onwards.stdout.split())
    assert "run the playbook tcx.pbx.maintenance_rollback" in " ".join(onwards.stdout.split())
    assert (refused.rc, late.rc, onwards.rc, writes(pbx)) == (2, 2, 2, [])
    lead_nowhere(tmp_path / "windows")
    stuck = go(main_ansible, connection, back)
    assert stuck.rc == 2, stuck.text
    assert "Going back was begun before by process" in " ".join(stuck.stdout.split())
    assert "leave that part out with --skip-tags did_routes" in " ".join(stuck.stdout.split())
    assert {service["Status"] for service in standing(pbx)["Services"]} == {"Running"}
    done = go(main_ansible, connection, back, "--skip-tags", "did_routes")
    assert done.rc == 0, done.text
    assert restorable(standing(pbx)) == restorable(before)
    assert papers(tmp_path, "state")["result"] == "rolled back"


def lead_nowhere(place: Path) -> None:
    """As if the extension that a DID led to had been deleted since."""
    [snapshot] = place.glob("*.snapshot.json")
    content = json.loads(snapshot.read_text(encoding="utf-8"))
    content["did_routes"][0]["destination"] = "7999"
    snapshot.write_text(json.dumps(content), encoding="utf-8")


def test_a_window_is_not_resumed_with_more_than_it_was_about(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    values = variables(tmp_path)
    interrupted(main_ansible, connection, values)
    pbx.clear_log()
    apps = {"maintenance_window_call_flow_apps_remove": "830, 831", "maintenance_window_call_flow_apps_force": "yes"}
    more = go(main_ansible, connection, {**values, **apps})
    assert more.rc == 2
    assert "was not about call flow app 830" in " ".join(more.stdout.split())
    assert writes(pbx) == []
    resumed = go(main_ansible, connection, values)
    assert resumed.rc == 0, resumed.text
    assert papers(tmp_path, "report")["result"] == "resumed"


def test_a_window_that_another_run_has_is_left_alone(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    values = variables(tmp_path)
    interrupted(main_ansible, connection, values)
    [state] = (tmp_path / "windows").glob("*.state.json")
    content = json.loads(state.read_text(encoding="utf-8"))
    # As if this test were the run that has it.
    began = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    content["owner"] |= {"pid": os.getpid(), "began": began}
    state.write_text(json.dumps(content), encoding="utf-8")
    pbx.clear_log()
    for run in (go(main_ansible, connection, values), go_back(main_ansible, connection, values)):
        assert run.rc == 2
        assert "That run is alive; wait until it ends." in " ".join(run.stdout.split())
    assert writes(pbx) == []
    assert go(main_ansible, connection, {**values, "maintenance_window_take_over": True}).rc == 0


def test_a_window_that_runs_late_goes_back_while_there_is_time(
    main_ansible: Ansible, pbx: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    """Calls go on until going back has to begin, long before the time that they were given is over."""
    before = standing(pbx)
    pbx.set_calls({"caller": "100", "callee": "101", "ends_in": 3600})
    nothing = dict.fromkeys(
        (f"maintenance_window_expected_{name}" for name in ("drain", "services", "apply", "verify")), 0
    )
    end = datetime.now(UTC) + timedelta(seconds=120)
    run = go(
        main_ansible,
        connection,
        variables(
            tmp_path,
            **nothing,
            maintenance_window_start="2020-01-01T00:00:00Z",
            maintenance_window_end=end.isoformat(timespec="seconds"),
            maintenance_window_reserve=100,
        ),
    )
    assert run.rc == 2, run.text
    assert "Drain | Wait for calls to end" in run.stdout
    assert datetime.now(UTC) < end
    assert restorable(standing(pbx)) == restorable(before)
    assert writes(pbx) == []
