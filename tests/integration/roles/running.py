# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook of a role as a user runs it, and the report that it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.controllers import ROOT
from tests.integration.ansible import Ansible, Run


class Runbook:
    """One role on the demo PBX; reports go to the directory of the test."""

    def __init__(self, role: str, ansible: Ansible, env: dict[str, str], place: Path) -> None:
        self._playbook = ROOT / "playbooks" / f"{role}.yml"
        self._ansible = ansible
        self._env = env
        self.reports = place / "reports"

    def run(self, *args: str, **values: Any) -> Run:
        """values: variables of the host, as an inventory or a survey gives them."""
        host = {**self._ansible.local(), "report_directory": str(self.reports), **values}
        return self._ansible.playbook(self._playbook, *args, env=self._env, inventory={"all": {"hosts": {"pbx": host}}})

    def report(self) -> dict[str, Any]:
        """The newest one; they are called by their time."""
        newest = max(self.reports.glob("*.report.json"))
        assert newest.with_suffix(".html").is_file()
        found: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return found


def words(run: Run) -> str:
    """What was told on the terminal, in one line."""
    return " ".join(run.stdout.replace("\\n", " ").split())


def changed_tasks(run: Run) -> list[str]:
    return [one.task for one in run.results if one.status == "ok" and one.result.get("changed")]
