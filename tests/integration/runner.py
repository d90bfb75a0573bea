# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as AWX runs them: ansible-runner with a private data directory, as a user without rights and without a home."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.controllers import ROOT, Controller

NOBODY = 65534
JOB = "job"
# As AWX has it: what is printed goes into the artifacts only.
SETTINGS = {"suppress_ansible_output": True}


def drop_privileges() -> list[str]:
    """The beginning of a command that is run as nobody.

    The interpreter may stand where only root can look, so the command keeps the right to read, and no other.
    LookupError if this user cannot become another.
    """
    if os.getuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise LookupError("there is no setpriv to become another user")
    kept = "-all,+dac_read_search"
    who = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
    return [setpriv, *who, f"--inh-caps={kept}", f"--ambient-caps={kept}", f"--bounding-set={kept}"]


@contextmanager
def public_directory() -> Iterator[Path]:
    """A directory that others may enter, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="tcx-runner-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


class Job:
    """One private data directory, as AWX prepares it for a job, and what the job leaves in its artifacts."""

    def __init__(self, place: Path, controller: Controller, collections: Path) -> None:
        self.directory = place / "private"
        self.scratch = place / "scratch"
        self.artifacts = self.directory / "artifacts" / JOB
        self._controller = controller
        self._collections = collections
        for folder in (self.directory, self.scratch):
            folder.mkdir(parents=True)

    def fill(
        self,
        project: Mapping[str, str | Path],
        inventory: dict[str, Any],
        envvars: Mapping[str, str],
        extravars: Mapping[str, Any],
    ) -> None:
        """project maps file names to texts or to files of the checkout."""
        for name, content in project.items():
            target = self.directory / "project" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content.read_text("utf-8") if isinstance(content, Path) else content, "utf-8")
        parts = {
            "inventory/hosts.json": inventory,
            "env/envvars": {**self._envvars(), **envvars},
            "env/extravars": dict(extravars),
            "env/settings": SETTINGS,
        }
        for name, value in parts.items():
            target = self.directory / name
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(value), "utf-8")
        self.hand_over(self.directory)

    def lock_project(self) -> None:
        """The job may read the project and change nothing in it."""
        for path in [self.directory / "project", *(self.directory / "project").rglob("*")]:
            os.chown(path, os.getuid(), os.getgid())
            path.chmod(0o555 if path.is_dir() else 0o444)

    def _envvars(self) -> dict[str, str]:
        """Where Ansible may write, since there is no home."""
        return {
            "ANSIBLE_COLLECTIONS_PATH": str(self._collections),
            "ANSIBLE_HOME": str(self.scratch / "ansible"),
            "ANSIBLE_REMOTE_TEMP": str(self.scratch / "remote"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_RETRY_FILES_ENABLED": "false",
        }

    def hand_over(self, folder: Path) -> None:
        """To the user that the job runs as."""
        owner = NOBODY if os.getuid() == 0 else os.getuid()
        for path in [self.scratch, folder, *folder.rglob("*")]:
            os.chown(path, owner, NOBODY if os.getuid() == 0 else os.getgid())

    def command(self, *arguments: str) -> list[str]:
        return [self._controller.bin("ansible-runner"), *arguments]

    def environment(self) -> dict[str, str]:
        """Nothing but the way to ansible-playbook: no HOME, no settings of whoever runs the tests."""
        return {"PATH": f"{Path(self._controller.python).parent}:{os.defpath}", "LANG": "C.UTF-8"}

    def run(self, playbook: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The whole job in one process."""
        command = self.command("run", str(self.directory), "-p", playbook, "--ident", JOB, *arguments)
        return subprocess.run(
            [*drop_privileges(), *command],
            cwd="/",
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def stream(self, playbook: str, execution_node: Path, *arguments: str) -> int:
        """The job over three nodes, as the mesh of AWX does it; only the one in the middle has no rights.

        Returns the exit status of the last. What the job left comes back into the artifacts.
        """
        send = self.command("transmit", str(self.directory), "-p", playbook, "--ident", JOB, *arguments)
        work = [*drop_privileges(), *self.command("worker", "--private-data-dir", str(execution_node))]
        receive = self.command("process", str(self.directory), "--ident", JOB)
        first = self._piped(send, stdin=subprocess.DEVNULL)
        second = self._piped(work, stdin=first.stdout)
        third = self._piped(receive, stdin=second.stdout)
        for one in (first, second):
            if one.stdout:
                one.stdout.close()
        third.communicate(timeout=120)
        return [one.wait(60) for one in (first, second, third)][-1]

    def _piped(self, command: Sequence[str], stdin: Any) -> subprocess.Popen[bytes]:
        return subprocess.Popen(command, cwd="/", env=self.environment(), stdin=stdin, stdout=subprocess.PIPE)

    # What it left

    @property
    def rc(self) -> int:
        return int((self.artifacts / "rc").read_text("utf-8"))

    @property
    def stdout(self) -> str:
        return (self.artifacts / "stdout").read_text("utf-8")

    def events(self) -> list[dict[str, Any]]:
        """All events, oldest first."""
        found = [json.loads(path.read_text("utf-8")) for path in (self.artifacts / "job_events").glob("*.json")]
        return sorted(found, key=lambda event: int(event["counter"]))

    def stats(self) -> dict[str, Any]:
        """What set_stats left, where AWX shows it and workflows find it."""
        [event] = [event for event in self.events() if event["event"] == "playbook_on_stats"]
        found: dict[str, Any] = event["event_data"]["artifact_data"]
        return found

    def leftovers(self) -> Iterator[tuple[str, str]]:
        """Every file of the artifacts with its text.

        Without `command`: ansible-runner itself notes there, for its owner only, in which environment it started.
        """
        for path in sorted(self.artifacts.rglob("*")):
            if path.is_file() and path.name != "command":
                yield str(path.relative_to(self.artifacts)), path.read_bytes().decode("utf-8", "replace")


def playbook(name: str) -> Path:
    """One of the collection's, as a project of AWX has it."""
    return ROOT / "playbooks" / name
