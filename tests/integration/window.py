# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo window as a user runs it, for tests of the role."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.integration.ansible import Ansible, Run
from tests.simulator.testing import Simulator

ROOT = Path(__file__).resolve().parent.parent.parent
PLAYBOOK = ROOT / "playbooks" / "maintenance_window.yml"
ROLLBACK = ROOT / "playbooks" / "maintenance_rollback.yml"
DEMO = yaml.safe_load((ROOT / "playbooks" / "demo" / "window.yml").read_text(encoding="utf-8"))
# Short waits: the simulated services are quick. A backup is not, so those who want one say so.
QUICK = {
    "maintenance_window_poll_interval": 1,
    "maintenance_window_verify_timeout": 20,
    "maintenance_window_backup": "",
}
BACKUP = {"maintenance_window_backup": DEMO["maintenance_window_backup"]}


def variables(place: Path, **changes: Any) -> dict[str, Any]:
    return {**DEMO, **QUICK, "maintenance_window_directory": str(place / "windows"), **changes}


def inventory(ansible: Ansible, values: dict[str, Any]) -> dict[str, Any]:
    return {"all": {"hosts": {"pbx": {**ansible.local(), **values}}}}


def go(ansible: Ansible, env: dict[str, str], values: dict[str, Any], *args: str) -> Run:
    return ansible.playbook(PLAYBOOK, *args, env=env, inventory=inventory(ansible, values))


def go_back(ansible: Ansible, env: dict[str, str], values: dict[str, Any], *args: str) -> Run:
    return ansible.playbook(ROLLBACK, *args, env=env, inventory=inventory(ansible, values))


def quiet(simulator: Simulator) -> None:
    """A PBX without calls, so that nobody has to be waited for."""
    simulator.reset()
    simulator.set_calls()
    simulator.clear_log()


def changed_tasks(run: Run) -> list[str]:
    return [one.task for one in run.results if one.status == "ok" and one.result.get("changed")]


def standing(simulator: Simulator) -> dict[str, Any]:
    """What the PBX is like, without ids, calls (which change by themselves) and backups (named after the moment).

    Null is as good as absent.
    """
    sets = {name: rows for name, rows in simulator.state()["sets"].items() if name not in ("ActiveCalls", "Backups")}
    return {
        name: [{key: value for key, value in row.items() if value is not None} for row in rows]
        for name, rows in sets.items()
    }


def restorable(sets: dict[str, Any]) -> dict[str, Any]:
    """Without what the role says that no snapshot brings back: departments and audio files of call flow apps, and DIDs
    that were added to a trunk."""
    apps = [without(app, "Groups", "Files") for app in sets["CallFlowApps"]]
    trunks = [without(trunk, "DidNumbers") for trunk in sets["Trunks"]]
    return {**sets, "CallFlowApps": sorted(apps, key=lambda app: str(app["Number"])), "Trunks": trunks}


def without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
