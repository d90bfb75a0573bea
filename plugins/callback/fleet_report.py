# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The callback tcx.pbx.fleet_report."""

from __future__ import annotations

DOCUMENTATION = r"""
name: fleet_report
type: aggregate
short_description: Write an overview of all PBXs at the end of a run
version_added: 0.1.0
author:
  - tcx.pbx contributors (@tcx-pbx)
description:
  - Writes C(fleet.ID.report.html), one page with the result of each PBX, the worst first, and C(fleet.ID.report.json),
    the same as data. Both can be read by their owner only. C(ID) is the start of the run in UTC.
  - Takes the results from the reports of the role P(tcx.pbx.report#role). A PBX without a report that failed is listed
    with the message of its failure, and one whose turn never came as not started.
  - Says nothing at the end of runs that have nothing to do with this collection. In check mode it shows the result and
    writes no file.
requirements:
  - enabling it in the setting C(callbacks_enabled), or with E(ANSIBLE_CALLBACKS_ENABLED=tcx.pbx.fleet_report)
options:
  directory:
    description:
      - Directory on the controller in which the overview is written. Made with mode 0700 if it is missing.
      - If not set, that of the reports of the run, and C(reports) in the current directory if no PBX came so far as to
        have one.
    type: path
    env:
      - name: TCX_REPORT_DIRECTORY
    ini:
      - section: callback_fleet_report
        key: directory
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansible import context
from ansible.plugins.callback import CallbackBase

from ansible_collections.tcx.pbx.plugins.module_utils._task.cabinet import Cabinet
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fleet import Fleet
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.gathering import Gathering, directory_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.page import fleet_page_of

STATS = "tcx_report"


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "tcx.pbx.fleet_report"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._began = datetime.now(UTC)
        self._gathering = Gathering(self._began)

    def v2_playbook_on_start(self, playbook: Any) -> None:
        self._gathering.playbook(Path(playbook._file_name).stem)

    def v2_playbook_on_play_start(self, play: Any) -> None:
        self._gathering.play(play.get_variable_manager().get_vars(play=play)["ansible_play_hosts_all"])

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._gathering.task(task.get_name(), task.action)

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        self._gathering.task(task.get_name(), task.action)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        if not ignore_errors:
            self._gathering.failed(result._host.get_name(), result._task.get_name(), result._result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._gathering.unreachable(result._host.get_name(), result._task.get_name(), result._result)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        told = stats.custom.get("_run", {}).get(STATS, {})
        counts = {host: stats.summarize(host) for host in stats.processed}
        bad = {host: bool(count["failures"] or count["unreachable"]) for host, count in counts.items()}
        fleet = self._gathering.fleet(datetime.now(UTC), told, bad)
        if fleet is not None:
            self._tell(fleet, self._keep(fleet, directory_of(told)))

    def _keep(self, fleet: Fleet, beside: str) -> str:
        """Where the overview is, or why it is nowhere."""
        if context.CLIARGS.get("check"):
            return "not written in a preview"
        cabinet = Cabinet("directory", self.get_option("directory") or beside or "reports")
        name = f"fleet.{self._began:%Y%m%dT%H%M%SZ}.report"
        try:
            cabinet.make()
            cabinet.write(f"{name}.json", json.dumps(fleet.as_data(), indent=2, ensure_ascii=False) + "\n")
            cabinet.write(f"{name}.html", fleet_page_of(fleet, cabinet.path))
        except OptionError as exc:
            # The runs themselves went as they went; the exit status is theirs.
            return f"NOT WRITTEN: {exc}"
        return str(cabinet.path / f"{name}.html")

    def _tell(self, fleet: Fleet, place: str) -> None:
        self._display.banner(f"{fleet.title}: {fleet.headline}")
        self._display.display(f"Overview: {place}")
