# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drift from the outside: every module compares, nothing is written, and the exit status is as asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.tcx.pbx.plugins.plugin_utils.desired import TITLES
from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks, words
from tests.simulator.testing import Simulator

# Of each module something that the demo PBX is not like.
DRIFTING: dict[str, Any] = {
    "tcx_backup": {"schedule": {"rotation": 9}},
    "tcx_blacklist_numbers": {"numbers": [{"caller_id": "+4915550000"}]},
    "tcx_blocklist": {"entries": [{"ip_addr_mask": "203.0.113.0/24", "description": "{{ scanner_name }}"}]},
    "tcx_call_flow_apps": {"apps": [{"number": "831"}], "state": "absent", "force": True},
    "tcx_contacts": {"contacts": [{"first_name": "Noor", "phone_number": "+4915550001"}]},
    "tcx_groups": {"groups": [{"name": "Archive"}]},
    "tcx_holidays": {"holidays": [{"name": "Founding day", "date": "07-14"}]},
    "tcx_inbound_rules": {"inbound_rules": []},
    "tcx_object": {"set": "Parkings", "items": [{"number": "SP77"}]},
    "tcx_office_hours": {"office_hours": []},
    "tcx_outbound_rules": {"rules": [{"name": "Legacy fax route"}], "state": "absent"},
    "tcx_parameters": {"parameters": [{"name": "MADE_UP", "value": "1"}]},
    "tcx_queues": {"queues": [{"number": "800", "name": "Renamed"}]},
    "tcx_receptionists": {"receptionists": []},
    "tcx_ring_groups": {"ring_groups": []},
    "tcx_service": {"name": ["3CXIVR01"], "state": "stopped"},
    "tcx_settings": {"settings": {"mail_settings": {"mail_server": "mail.example.org"}}},
    "tcx_trunk_routes": {"routes": []},
    "tcx_trunks": {"trunks": []},
    "tcx_update": {"schedule": {"auto_update_enabled": True}},
    "tcx_users": {"users": [{"number": "100", "first_name": "Renamed"}]},
}
NETWORK = {"ip_addr_mask": "203.0.113.0/24"}


@pytest.fixture
def book(main_ansible: Ansible, connection: dict[str, str], tmp_path: Path) -> Runbook:
    return Runbook("drift_report", main_ansible, connection, tmp_path)


def test_each_module_tells_what_differs_and_nothing_is_written(
    book: Runbook, simulator: Simulator, tmp_path: Path
) -> None:
    assert set(DRIFTING) == set(TITLES)
    desired = tmp_path / "desired.yml"
    desired.write_text(yaml.safe_dump(DRIFTING), encoding="utf-8")
    before = simulator.state()
    run = book.run(drift_report_file=str(desired), scanner_name="from a variable")
    assert run.rc == 0, run.text
    assert simulator.writes() == [] and simulator.state() == before
    assert changed_tasks(run) == []
    report = book.report()
    assert report["result"] == "drift"
    differing = {check["name"] for check in report["checks"] if check["status"] == "warning"}
    empty = {TITLES[name] for name, options in DRIFTING.items() if [] in options.values()}
    assert differing >= set(TITLES.values()) - empty - {"Objects"}, report["checks"]
    assert "Objects (Parkings)" in differing
    [entry] = [change for change in report["changes"] if change["area"] == "Blocklist"]
    assert entry["after"]["description"] == "from a variable"


def test_a_pbx_that_is_as_desired(book: Runbook, simulator: Simulator) -> None:
    # A survey gives text.
    text = json.dumps({"tcx_blocklist": {"entries": [NETWORK]}})
    run = book.run(drift_report_desired=text, drift_report_fail_on="drift")
    assert run.rc == 0, run.text
    assert book.report()["result"] == "no drift"
    assert "Nothing differs." in words(run)


@pytest.mark.parametrize(("fail_on", "rc"), [("failure", 0), ("drift", 2)])
def test_drift_fails_if_that_was_asked_for(fail_on: str, rc: int, book: Runbook) -> None:
    # What keeps a task from writing does not keep it from being told.
    desired = {"tcx_blocklist": {"entries": [NETWORK], "state": "absent", "max_deletions": 0}}
    run = book.run(drift_report_desired=desired, drift_report_fail_on=fail_on)
    assert run.rc == rc, run.text
    assert "1 thing differs, in Blocklist." in words(run)


def test_what_cannot_be_compared_does_not_keep_the_rest_from_it(
    ansible: Ansible, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("drift_report", ansible, connection, tmp_path)
    desired = {
        "tcx_object": {"set": "Nonsense", "items": [{"number": "1"}]},
        # It would lock the controller out.
        "tcx_settings": {"settings": {"console_restrictions": {"access_restricted": True}}},
        "tcx_blocklist": {"entries": [NETWORK], "state": "absent"},
    }
    run = book.run(drift_report_desired=desired)
    assert run.rc == 2, run.text
    statuses = {check["name"]: check["status"] for check in book.report()["checks"]}
    assert statuses == {"Objects (Nonsense)": "unknown", "Settings": "warning", "Blocklist": "warning"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tcx_blocklist:\n  entries: [{ip_addr_mask: 203.0.113.0/24}\n", 'desired.yml", line 3'),
        ("tcx_blocklist:\n  entires: []\n", "desired.yml: tcx_blocklist:"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_before_anything_is_asked(
    text: str, said: str, book: Runbook, simulator: Simulator, tmp_path: Path
) -> None:
    (tmp_path / "desired.yml").write_text(text, encoding="utf-8")
    run = book.run(drift_report_file=str(tmp_path / "desired.yml"))
    assert run.rc == 2, run.text
    assert said in run.stdout + run.stderr
    assert simulator.calls() == []
