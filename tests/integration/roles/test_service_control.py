# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services are taken where they should be, in order, between calls, and with a look afterwards."""

from __future__ import annotations

from pathlib import Path

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks
from tests.simulator.testing import Simulator

ORDER = "3CXQueueManager01, 3CXIVR01"


def commands(simulator: Simulator) -> list[tuple[str, list[str]]]:
    """(what, the services) of each call that was made."""
    found = [one for one in simulator.log() if "Services/Pbx." in one["path"] and one["method"] == "POST"]
    return [(one["path"].rpartition(".")[2], one["request"]["options"]["ServiceNames"]) for one in found]


def test_services_are_restarted_one_after_the_other_when_calls_have_ended(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    simulator.set_calls({"caller": "100", "callee": "101", "ends_in": 12})
    book = Runbook("service_control", ansible, connection, tmp_path)
    run = book.run(service_control_services=ORDER, service_control_poll_interval="1")
    assert run.rc == 0, run.text
    assert commands(simulator) == [("Restart", ["3CXQueueManager01"]), ("Restart", ["3CXIVR01"])]
    paths = [one["path"] for one in simulator.log()]
    first = next(place for place, path in enumerate(paths) if path.endswith("Services/Pbx.Restart"))
    assert sum("ActiveCalls" in path for path in paths[:first]) >= 2, "it did not wait"
    report = book.report()
    assert report["result"] == "done"
    assert [step["name"] for step in report["steps"]] == ["read", "drain", "apply", "verify"]
    assert [change["item"] for change in report["changes"]] == ["3CXQueueManager01", "3CXIVR01"]
    assert report["checks"] and {check["status"] for check in report["checks"]} == {"ok"}


def test_services_are_previewed_stopped_and_left_alone(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    simulator.set_calls()
    book = Runbook("service_control", main_ansible, connection, tmp_path)
    values = {"service_control_services": ["3CXIVR01"], "service_control_state": "stopped"}
    preview = book.run("--check", "--diff", **values)
    assert preview.rc == 0, preview.text
    assert simulator.writes() == []
    run = book.run(**values)
    assert run.rc == 0, run.text
    assert changed_tasks(run) == changed_tasks(preview)
    assert commands(simulator) == [("Stop", ["3CXIVR01"])]
    simulator.clear_log()
    again = book.run(**values)
    assert changed_tasks(again) == []
    assert simulator.writes() == []
    assert book.report()["result"] == "nothing to do"


def test_calls_that_do_not_end_and_unknown_services_are_a_reason_to_touch_nothing(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    simulator.set_calls({"caller": "100", "callee": "101", "ends_in": 3600})
    book = Runbook("service_control", main_ansible, connection, tmp_path)
    run = book.run(service_control_services=ORDER, service_control_drain_timeout=1, service_control_poll_interval=1)
    assert run.rc == 2
    report = book.report()
    assert report["failure"]["task"] == "Drain | Wait until few enough calls are left"
    assert [step["status"] for step in report["steps"]] == ["ok", "failed"]
    assert book.run(service_control_services=f"{ORDER}, 3CXCoffee").rc == 2
    assert "3CXCoffee" in book.report()["failure"]["msg"]
    assert commands(simulator) == []


def test_a_service_that_fails_ends_the_order(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    simulator.set_calls()
    simulator.fault({"status": 403}, method="POST", path="Services/Pbx.Restart", times=None)
    book = Runbook("service_control", main_ansible, connection, tmp_path)
    run = book.run(service_control_services=ORDER, service_control_drain=False)
    assert run.rc == 2
    assert {tuple(names) for _what, names in commands(simulator)} == {("3CXQueueManager01",)}
    report = book.report()
    assert report["failure"]["task"] == "Apply | Each service in its turn"
    assert "3CXQueueManager01" in report["failure"]["msg"]
