# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running ansible-playbook as a person would, and reading what came of it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import yaml

from tests.controllers import ROOT

HERE = Path(__file__).parent
# For a run whose playbook uses the action plugins of these tests.
OWN_ACTIONS = {"ANSIBLE_ACTION_PLUGINS": str(HERE / "action_plugins"), "PYTHONPATH": str(ROOT)}
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class Controller(Protocol):
    """One installed ansible-core. See tests/conftest.py."""

    name: str
    python: str

    def bin(self, name: str) -> str: ...


@dataclass(frozen=True)
class TaskResult:
    host: str
    task: str
    status: str
    result: dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What a playbook run left behind."""

    rc: int
    stdout: str
    stderr: str
    results: tuple[TaskResult, ...]

    def of(self, task: str, host: str | None = None) -> TaskResult:
        """The one result of the task of this name. Role tasks match by the end of their name."""
        found = [one for one in self.results if one.task.rpartition(" : ")[2] == task and host in (None, one.host)]
        assert len(found) == 1, f"{len(found)} results of {task!r}\n{self.text}"
        return found[0]

    @property
    def text(self) -> str:
        return f"rc={self.rc}\n{self.stdout}\n{self.stderr}"


class Ansible:
    """ansible-playbook of one controller, with the collection of this checkout."""

    def __init__(self, controller: Controller, collections: Path, workdir: Path) -> None:
        self.controller = controller
        self.collections = collections
        self.workdir = workdir
        self._runs = 0

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        """A small environment: nothing of the developer's own settings may matter."""
        kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        return {
            **kept,
            # As when a program starts a run in another directory than its own.
            "PWD": "/nowhere",
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "results_json",
            "ANSIBLE_LOCAL_TEMP": str(self.workdir / "tmp"),
            "ANSIBLE_REMOTE_TEMP": str(self.workdir / "remote-tmp"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_RETRY_FILES_ENABLED": "false",
            "ANSIBLE_DEPRECATION_WARNINGS": "true",
            **extra,
        }

    def play(self, tasks: Sequence[dict[str, Any]], *args: str, **options: Any) -> Run:
        """A play of these tasks on the hosts of the inventory (default: one called pbx)."""
        settings = options.pop("settings", {})
        play = {"name": "Test", "hosts": "all", "gather_facts": False, **settings, "tasks": list(tasks)}
        return self.playbook([play], *args, **options)

    def playbook(
        self,
        playbook: Sequence[dict[str, Any]] | Path,
        *args: str,
        env: Mapping[str, str] | None = None,
        inventory: dict[str, Any] | None = None,
        timeout: float = 300,
    ) -> Run:
        run, env_full, results = self.prepare(playbook, *args, env=env or {}, inventory=inventory)
        done = subprocess.run(
            run, env=env_full, cwd=self.workdir, capture_output=True, text=True, timeout=timeout, check=False
        )
        return Run(done.returncode, done.stdout, done.stderr, read_results(results))

    def prepare(
        self,
        playbook: Sequence[dict[str, Any]] | Path,
        *args: str,
        env: Mapping[str, str],
        inventory: dict[str, Any] | None = None,
    ) -> tuple[list[str], dict[str, str], Path]:
        """Command, environment and results file of a run, for tests that start it themselves."""
        self._runs += 1
        place = self.workdir / f"run{self._runs}"
        place.mkdir(parents=True)
        if not isinstance(playbook, Path):
            (place / "playbook.yml").write_text(yaml.safe_dump(list(playbook), sort_keys=False), encoding="utf-8")
            playbook = place / "playbook.yml"
        hosts = place / "hosts.yml"
        hosts.write_text(yaml.safe_dump(inventory or self.one_host()), encoding="utf-8")
        results = place / "results.jsonl"
        command = [self.controller.bin("ansible-playbook"), "-i", str(hosts), str(playbook), *args]
        return command, self.environment({"TCX_TEST_RESULTS": str(results), **env}), results

    def one_host(self) -> dict[str, Any]:
        return {"all": {"hosts": {"pbx": self.local()}}}

    def local(self) -> dict[str, Any]:
        """Variables of a host that is handled from the controller."""
        return {"ansible_connection": "local", "ansible_python_interpreter": self._interpreter()}

    def _interpreter(self) -> str:
        """The controller's Python by a path without spaces: ansible-core 2.19 does not quote it for async tasks."""
        python = Path(self.controller.python)
        place = self.workdir / "python-environment"
        if not place.is_symlink():
            place.symlink_to(python.parent.parent)
        return str(place / "bin" / python.name)


def read_results(path: Path) -> tuple[TaskResult, ...]:
    if not path.exists():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(TaskResult(**json.loads(line)) for line in lines)
