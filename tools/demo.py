# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated PBX, looked at, and taken through a maintenance window: previewed, done, and done again.

Run it by ``make demo``.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tools import build
from tools.checkout import BUILD

ROOT = Path(__file__).resolve().parent.parent
PLACE = BUILD / "demo"
BIN = Path(sys.executable).parent
# An inventory of one.
HOST = "pbx.example.com,"
# Seconds. Long enough that the window has to wait for its end.
CALL_LASTS = 15


def main() -> int:
    collections = install()
    with simulator() as pbx:
        environment = surroundings(pbx, collections)
        return look(environment) or demonstrate(environment, pbx)


def install() -> Path:
    """The collection as a user gets it: built, and installed from the tarball."""
    say("Build the collection and install it")
    PLACE.mkdir(parents=True, exist_ok=True)
    python = Path(sys.executable)
    tarball = build.build(python, PLACE / "package", PLACE)
    print(build.install(python, tarball, PLACE / "collections"))
    return PLACE / "collections"


@contextmanager
def simulator() -> Iterator[dict[str, str]]:
    """A simulated PBX; stopped at the end, come what may."""
    say("Start a simulated PBX (tests/simulator) with the demo data")
    command = [sys.executable, "-m", "tests.simulator", "--port", "0", "--version", "20.0.10", "--seed", "demo"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = json.loads(process.stdout.readline())
        print(f"It answers at {ready['url']}")
        yield ready
    finally:
        process.terminate()
        process.wait(timeout=10)
        say("The simulated PBX is stopped")


def surroundings(pbx: dict[str, str], collections: Path) -> dict[str, str]:
    """What a shell with the connection to a PBX looks like; settings of this user or machine do not matter."""
    (PLACE / "ansible.cfg").write_text("[defaults]\nlocalhost_warning = false\n", encoding="utf-8")
    return {
        **os.environ,
        "ANSIBLE_COLLECTIONS_PATH": str(collections),
        "ANSIBLE_CONFIG": str(PLACE / "ansible.cfg"),
        "TCX_URL": pbx["url"],
        "TCX_CLIENT_ID": pbx["client_id"],
        "TCX_CLIENT_SECRET": pbx["client_secret"],
        "TCX_CA_PATH": pbx["ca_path"],
    }


def look(environment: dict[str, str]) -> int:
    """What is on the PBX, as tables. In YAML a table keeps its lines."""
    say("Look at the PBX: what tcx_query reads, as tables")
    shown_as = {**environment, "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml"}
    playbook = ROOT / "playbooks" / "demo" / "query.yml"
    return run(["ansible-playbook", "-i", HOST, str(playbook)], shown_as)


def demonstrate(environment: dict[str, str], pbx: dict[str, str]) -> int:
    """Preview, run, run again, preview the way back. The exit code is that of the first run that fails."""
    reports = Path(tempfile.mkdtemp(prefix="tcx-demo-"))
    wanted = ROOT / "playbooks" / "demo" / "window.yml"
    papers = ["-e", f"maintenance_window_directory={reports}"]
    playbook = ["ansible-playbook", "-i", HOST, "tcx.pbx.maintenance_window", "-e", f"@{wanted}", *papers]
    rollback = ["ansible-playbook", "-i", HOST, "tcx.pbx.maintenance_rollback", *papers]
    steps = {
        "Preview the window: --check --diff writes nothing": [*playbook, "--check", "--diff"],
        "Go through the window: snapshot, backup, wait for calls to end, stop, change, start, verify, report": playbook,
        "Go through it again: nothing is left to do, so nothing is stopped": playbook,
        "Preview what taking the PBX back would do, on any later day": [*rollback, "--check"],
    }
    for title, command in steps.items():
        say(title)
        if command == playbook:
            phone(pbx)
        code = run(command, environment)
        if code:
            return code
    tell_reports(reports)
    return 0


def phone(pbx: dict[str, str]) -> None:
    """A call on the simulated PBX, for the window to wait for."""
    calls = [{"caller": "100", "callee": "101", "ends_in": CALL_LASTS}]
    answer = requests.post(f"{pbx['control']}/calls", json=calls, verify=pbx["ca_path"], timeout=10)
    answer.raise_for_status()
    print(f"Somebody phones, for another {CALL_LASTS} seconds")


def tell_reports(reports: Path) -> None:
    pages = sorted(reports.glob("*.report.html"))
    say("Reports of the two runs")
    for page in pages:
        print(page)


def run(command: list[str], environment: dict[str, str]) -> int:
    """The exit code. The command is shown as a person would type it."""
    print(f"$ {shlex.join(command)}", flush=True)
    full = [str(BIN / command[0]), *command[1:]]
    return subprocess.run(full, env=environment, cwd=PLACE, check=False).returncode


def say(text: str) -> None:
    print(f"\n=== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
