# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many scenarios in one run of ansible-playbook, whose start costs more than a scenario does.

Each is a play: the PBX of every host is made ready, the task is previewed, done and done again, and the PBX is looked
at. A failed task ends neither the play nor the run.

A module process costs many times what the worker does. So the host that runs tasks as ordinary modules does not play
all of them, and most of those without a preview and a second time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pytest

from tests.integration.ansible import OWN_ACTIONS, Ansible, Run, TaskResult
from tests.integration.conftest import connection_of
from tests.integration.scenarios import Scenario
from tests.simulator.testing import RunningPbx

SIZE = 12
WORKER, MODULE = "worker", "module"


@dataclass(frozen=True)
class Modules:
    """What is played as an ordinary module, and what of it with preview and second time."""

    played: Collection[Scenario]
    in_full: Collection[Scenario]


@dataclass(frozen=True)
class Played:
    """What a batch showed of one scenario on one host. ``log`` has no token requests."""

    run: Run
    scenario: Scenario
    host: str

    def step(self, name: str) -> TaskResult:
        return self.run.of(task_name(self.scenario, name), self.host)

    @property
    def log(self) -> list[dict[str, Any]]:
        log = self.step("look").result["log"]
        return [one for one in log if not one["path"].endswith("/connect/token")]

    @property
    def address(self) -> str:
        return str(self.step("look").result["url"])

    @property
    def sets(self) -> dict[str, Any]:
        return dict(self.step("look").result["sets"])


def in_batches(scenarios: Sequence[Scenario], group: str) -> list[Any]:
    """Parameters of a test, so marked that one worker gets what is played together."""
    rest = iter(scenarios)
    numbered = enumerate(iter(lambda: list(islice(rest, SIZE)), []))
    return [
        pytest.param(scenario, id=scenario.title, marks=pytest.mark.xdist_group(f"{group} {number}"))
        for number, batch in numbered
        for scenario in batch
    ]


def of_the_same_batch(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The titles of the scenarios that this test is played with: those of its group that are to be tested at all."""
    group = group_of(request.node)
    return tuple(item.callspec.params["scenario"].title for item in request.session.items if group_of(item) == group)


def group_of(item: Any) -> str:
    marker = item.get_closest_marker("xdist_group")
    return str(marker.args[0]) if marker else ""


def play(scenarios: Sequence[Scenario], modules: Modules, ansible: Ansible, pbxs: Mapping[str, RunningPbx]) -> Run:
    """``pbxs`` are those of the hosts WORKER and MODULE, or of one of them."""
    hosts = {
        name: {
            **ansible.local(),
            "tcx_module_process": name == MODULE,
            "simulator": pbx.address,
            "reach": connection_of(pbx),
        }
        for name, pbx in pbxs.items()
    }
    env = {**OWN_ACTIONS, "ANSIBLE_PIPELINING": "1"}
    plays = [play_of(scenario, modules) for scenario in scenarios]
    return ansible.playbook(plays, "--diff", env=env, inventory={"all": {"hosts": hosts}}, timeout=900)


def play_of(scenario: Scenario, modules: Modules) -> dict[str, Any]:
    return {
        "name": scenario.title,
        "hosts": "all" if scenario in modules.played else WORKER,
        "gather_facts": False,
        "environment": "{{ reach }}",
        "ignore_errors": True,
        "tasks": list(tasks_of(scenario, scenario in modules.in_full)),
    }


def tasks_of(scenario: Scenario, in_full: bool) -> Iterator[dict[str, Any]]:
    where = {} if in_full else {"when": f"inventory_hostname == '{WORKER}'"}
    yield between(scenario, "prepare")
    yield {**scenario.task(task_name(scenario, "preview")), "check_mode": True, **where}
    yield scenario.task(task_name(scenario, "subject"))
    if scenario.again and not scenario.fails:
        yield {**scenario.task(task_name(scenario, "again")), **where}
    yield between(scenario, "look")


def between(scenario: Scenario, step: str) -> dict[str, Any]:
    return {"name": task_name(scenario, step), "scenario": {"name": scenario.title, "step": step}}


def task_name(scenario: Scenario, step: str) -> str:
    return f"{step} of {scenario.title}"
