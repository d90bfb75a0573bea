# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task costs the controller, against the cheapest task there is and against a module process."""

from __future__ import annotations

import resource
from typing import Any

from tests.integration.ansible import Ansible
from tests.simulator.testing import Simulator

TASKS = 20
# Module processes are slow; a quarter of the tasks is enough to see it.
MODULES = 5
Task = dict[str, Any]
LOOK = {"name": "look", "tcx.pbx.tcx_info": {"gather": ["services"]}}
TALK = {"name": "talk", "ansible.builtin.debug": {"msg": "nothing"}}


def processor_seconds(
    ansible: Ansible, task: Task, env: dict[str, str], *, tasks: int = TASKS, as_module: bool = False
) -> float:
    """Of ansible-playbook and all its processes, for a play of this many tasks.

    Processor time and not the clock's: other work on the machine changes it little.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = ansible.play([task] * tasks, env=env, settings={"vars": {"tcx_module_process": as_module}})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.rc == 0, run.text
    assert len(run.results) == tasks
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def test_a_task_costs_little_more_than_a_debug_task_and_far_less_than_a_module(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    debug = min(processor_seconds(ansible, TALK, connection) for attempt in range(2))
    worker = min(processor_seconds(ansible, LOOK, connection) for attempt in range(2))
    module = processor_seconds(ansible, LOOK, connection, tasks=MODULES, as_module=True)
    shown = f"{TASKS} times debug {debug:.2f}, {TASKS} in the worker {worker:.2f}, {MODULES} modules {module:.2f}"
    assert worker < 2.5 * debug, shown
    assert module > worker, shown


def test_tasks_ask_the_pbx_for_no_more_than_they_need(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str]
) -> None:
    simulator.clear_log()
    run = ansible.play([LOOK] * TASKS, env=connection)
    assert run.rc == 0, run.text
    asked = simulator.calls()
    assert asked[0] == "POST /connect/token"
    assert asked[1:] == ["GET /xapi/v1/Services"] * TASKS
