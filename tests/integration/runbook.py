# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A playbook of a role as a user starts it, and the report that it leaves, for tests of roles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.integration.ansible import Ansible, Run

PLAYBOOKS = Path(__file__).resolve().parent.parent.parent / "playbooks"


class Runbook:
    """One playbook against one PBX. Everything that it writes goes below `place`."""

    def __init__(self, name: str, ansible: Ansible, connection: dict[str, str], place: Path) -> None:
        self.playbook = PLAYBOOKS / f"{name}.yml"
        self.reports = place / "reports"
        self._ansible = ansible
        self._connection = connection

    def run(self, *args: str, **variables: Any) -> Run:
        hosts = {"pbx": {**self._ansible.local(), **variables}}
        env = {**self._connection, "TCX_REPORT_DIRECTORY": str(self.reports)}
        return self._ansible.playbook(self.playbook, *args, env=env, inventory={"all": {"hosts": hosts}})

    def report(self) -> dict[str, Any]:
        """Of the last run."""
        newest = max(self.reports.glob("pbx.*.report.json"), key=lambda path: path.stat().st_mtime_ns)
        told: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return told


def changed_tasks(run: Run) -> list[str]:
    return [one.task for one in run.results if one.status == "ok" and one.result.get("changed")]
