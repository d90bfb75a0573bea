# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tasks of the role drift_report are what the generator makes of the modules."""

from __future__ import annotations

import yaml

from tools.drift_tasks import differences, task


def test_tasks_are_up_to_date() -> None:
    changes = [str(path) for path in differences()]
    assert not changes, f"run make stubs; these differ: {', '.join(changes)}"


def test_a_task_only_looks_and_names_every_option() -> None:
    [made] = yaml.safe_load(task("tcx_settings", "Settings"))
    assert made["check_mode"] is True
    assert set(made["tcx.pbx.tcx_settings"]) == {"settings", "update_password", "force"}
