# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-rulebook as an operator starts it, if this machine has it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.controllers import ROOT

# tools/env.py makes it; see requirements/rulebook.txt.
PROGRAM = ROOT / ".venv" / "rulebook" / "bin" / "ansible-rulebook"
PASSED_ON = ("HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME")
# Java takes its time on a machine that is busy.
WITHIN = 120.0


def demand_ansible_rulebook() -> None:
    if not PROGRAM.is_file() or shutil.which("java") is None:
        pytest.skip("NOT TESTED: rulebooks in ansible-rulebook (it is not installed, or there is no Java)")


class Rulebook:
    """One process. text: all that it has said."""

    def __init__(self, process: subprocess.Popen[str], output: Path) -> None:
        self._process = process
        self._output = output

    @property
    def text(self) -> str:
        return self._output.read_text(encoding="utf-8", errors="replace")

    def says(self, words: str, times: int = 1) -> None:
        """Waits until it has said this so often."""
        end = time.monotonic() + WITHIN
        while self.text.count(words) < times:
            assert self._process.poll() is None, self.text
            assert time.monotonic() < end, f"not {times} times {words} in\n{self.text}"
            time.sleep(0.2)


@contextmanager
def running_rulebook(
    name: str, collections: Path, workdir: Path, inventory: Mapping[str, object], environ: Mapping[str, str], *args: str
) -> Iterator[Rulebook]:
    hosts = workdir / "hosts.yml"
    hosts.write_text(yaml.safe_dump(dict(inventory)), encoding="utf-8")
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ} | {
        "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}",
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_LOCAL_TEMP": str(workdir / "tmp"),
        "ANSIBLE_NOCOLOR": "1",
        "XDG_STATE_HOME": str(workdir / "state"),
        **environ,
    }
    output = workdir / "rulebook.log"
    with output.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [str(PROGRAM), "--rulebook", name, "--inventory", str(hosts), "--verbose", *args],
            env=environment,
            cwd=workdir,
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield Rulebook(process, output)
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
