# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the playbook run at a task, for tests of what a killed run leaves behind."""

from __future__ import annotations

DOCUMENTATION = r"""
name: kill_at_task
type: aggregate
short_description: SIGKILL at a task
description:
  - Kills the run before or after the task that the environment variable TCX_TEST_KILL names, such as
    C(after Close | Close the papers).
"""

import os
import signal
from typing import Any

from ansible.plugins.callback import CallbackBase


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "kill_at_task"
    CALLBACK_NEEDS_ENABLED = True

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._kill("before", task)

    def v2_runner_on_ok(self, result: Any) -> None:
        self._kill("after", result._task)

    def _kill(self, when: str, task: Any) -> None:
        if os.environ.get("TCX_TEST_KILL") == f"{when} {task.get_name().rpartition(' : ')[2]}":
            os.kill(os.getpid(), signal.SIGKILL)
