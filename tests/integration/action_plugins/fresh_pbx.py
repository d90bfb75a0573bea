# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated PBX of the host as it is after installation, for plays that follow each other in one run."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase

from tests.simulator.testing import RunningPbx


class ActionModule(ActionBase):
    def run(self, tmp: Any = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        RunningPbx.at(**(task_vars or {})["simulator"]).reset()
        return {}
