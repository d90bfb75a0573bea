# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows that are killed, and what they leave behind."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Literal

from tests.integration.ansible import Ansible, Run
from tests.integration.conftest import variables_of
from tests.integration.window import PLAYBOOK, ROLLBACK, quiet, standing, variables
from tests.simulator.testing import RunningPbx

# The report makes no request, and every run counts here.
QUICK = ("--skip-tags", "report")
# Times, what is named after them, and who wrote it: two runs differ in nothing else.
OF_THE_MOMENT = re.compile(rb'\d{4}-?\d\d-?\d\d[T_-]?[\d:.]*Z?|"(pid|began)": "?\d+"?')
When = Literal["before", "after"]


@dataclass(frozen=True)
class Moment:
    """A request of the window, by its position: it has come (before), or took effect and was not answered (after)."""

    position: int
    when: When

    def of(self, log: Sequence[dict[str, Any]]) -> str:
        request = log[self.position - 1]
        return f"killed {self.when} request {self.position}, {request['method']} {request['path']}"


@dataclass(frozen=True)
class Site:
    """A host of the inventory, its PBX, and the variables of its window, which has papers of its own."""

    name: str
    pbx: RunningPbx
    values: dict[str, Any]

    def host(self, ansible: Ansible, names: Collection[str]) -> dict[str, Any]:
        # A request that is held waits for others that are.
        values = {name: self.values[name] for name in names}
        return {**ansible.local(), **variables_of(self.pbx), "tcx_timeout": 300, **values}

    def left(self) -> tuple[Any, ...]:
        """The PBX and the papers as they are, without what differs from run to run and from site to site.

        And without the journal, which people read: neither a resumption nor the way back asks what is in it.
        """
        files = sorted(path for path in self.folder.rglob("*") if path.suffix != ".jsonl")
        state = json.dumps(standing(self.pbx), sort_keys=True).encode()
        return self._alike(state), [(self._alike(path.name.encode()), self._alike(path.read_bytes())) for path in files]

    def keep(self) -> None:
        """PBX and papers as they are now, for `put_back`."""
        self.pbx.save(self.name)
        if self.folder.is_dir():
            shutil.copytree(self.folder, self._copy)

    def put_back(self) -> None:
        """PBX and papers as they were."""
        self.pbx.restore(self.name)
        shutil.rmtree(self.folder, ignore_errors=True)
        if self._copy.is_dir():
            shutil.copytree(self._copy, self.folder)

    @property
    def folder(self) -> Path:
        """Where the papers are."""
        return Path(self.values["maintenance_window_directory"])

    @property
    def _copy(self) -> Path:
        return self.folder.with_name("copy")

    def _alike(self, content: bytes) -> bytes:
        for own, common in ((self.name, b"site"), (self.pbx.url, b"URL")):
            content = content.replace(own.encode(), common)
        return OF_THE_MOMENT.sub(b"", content)


class Killer:
    """Runs windows of one test on simulated PBXs. `changes` are variables of the role besides those of the demo."""

    def __init__(self, pbxs: Sequence[RunningPbx], ansible: Ansible, place: Path, **changes: Any) -> None:
        self.pbxs = pbxs
        self.ansible = ansible
        self.place = place
        self.changes = changes
        self.sites_made = 0
        self._in_turn = cycle(pbxs)

    def sites(self, count: int) -> list[Site]:
        """PBXs as they are after installation, and windows that nobody has begun. The PBXs take turns."""
        return [self._fresh(pbx) for pbx in islice(self._in_turn, count)]

    def _fresh(self, pbx: RunningPbx) -> Site:
        """No calls, and services, backups and updates that need no time."""
        quiet(pbx)
        pbx.switch(service_delay=0, backup_delay=0, update_delay=0, update_outage=0)
        self.sites_made += 1
        name = f"site{self.sites_made:03}"
        return Site(name, pbx, variables(self.place / name, **self.changes))

    def undisturbed(self) -> tuple[list[dict[str, Any]], Any, Any]:
        """The requests of a whole window, and what the PBX is like before and after it."""
        [site] = self.sites(1)
        before = standing(site.pbx)
        run = self.run(PLAYBOOK, [site], site.values)
        assert run.rc == 0, run.text
        return site.pbx.log(), before, standing(site.pbx)

    def leftovers(self, when: When) -> list[Any]:
        """What a run leaves that is killed at its first request, at its second, and so on.

        A run that is killed leaves what is there at that moment. So one run, held at each request, shows them all.
        """
        [site] = self.sites(1)
        found: list[Any] = []
        site.pbx.hold(1, executed=when == "after")
        process = self.start([site])
        while process.poll() is None:
            if site.pbx.held(wait=0.2):
                found.append(site.left())
                site.pbx.hold(1, executed=when == "after")
                site.pbx.release()
        assert process.wait() == 0, "held at each request, the window failed"
        return found

    def kill_at(self, moments: Sequence[Moment]) -> list[Site]:
        """Start a window at as many sites, each of which is held at its moment, and kill it when all are.

        Sites do not wait for each other before that: the strategy is free.
        """
        sites = self.sites(len(moments))
        for site, moment in zip(sites, moments, strict=True):
            site.pbx.hold(moment.position, executed=moment.when == "after")
        process = self.start(sites, "--forks", str(len(sites)), ANSIBLE_STRATEGY="free")
        try:
            for site, moment in zip(sites, moments, strict=True):
                assert site.pbx.held(wait=120), f"request {moment.position} never came"
        finally:
            kill(process)
        for site in sites:
            site.pbx.release(drop=True)
        return sites

    def kill_at_task(self, where: str) -> Site:
        """Start a window that kills itself there, such as "after Snapshot | Open the window"."""
        [site] = self.sites(1)
        process = self.start([site], ANSIBLE_CALLBACKS_ENABLED="kill_at_task", TCX_TEST_KILL=where)
        assert process.wait(timeout=120) == -signal.SIGKILL, f"it never came to {where}"
        return site

    def resume(self, sites: Sequence[Site]) -> None:
        """The same window is run again; it has to end well everywhere."""
        run = self.run(PLAYBOOK, sites, sites[0].values)
        assert run.rc == 0, run.text
        assert not [site.name for site in sites if open_windows(site)], f"it is still open\n{run.text}"

    def take_back(self, sites: Sequence[Site]) -> None:
        """A process that knows nothing but the directory takes it back; it has to end well everywhere."""
        known = ("maintenance_window_directory", "maintenance_window_poll_interval")
        run = self.run(ROLLBACK, sites, known)
        for site in sites:
            [recap] = re.findall(rf"^{site.name} +: .*$", run.stdout, re.MULTILINE)
            if papers(site):
                assert "failed=0" in recap, run.text
            else:
                assert f"There is no window of {site.name}" in run.stdout, run.text
        assert not [site.name for site in sites if open_windows(site)], f"it is still open\n{run.text}"

    def run(self, playbook: Path, sites: Sequence[Site], names: Collection[str]) -> Run:
        return self.ansible.playbook(playbook, *QUICK, inventory=self._inventory(sites, names))

    def start(self, sites: Sequence[Site], *args: str, **env: str) -> subprocess.Popen[bytes]:
        hosts = self._inventory(sites, sites[0].values)
        command, environment, _results = self.ansible.prepare(PLAYBOOK, *QUICK, *args, env=env, inventory=hosts)
        nothing = subprocess.DEVNULL
        return subprocess.Popen(command, env=environment, cwd=self.place, stdout=nothing, stderr=nothing)

    def _inventory(self, sites: Sequence[Site], names: Collection[str]) -> dict[str, Any]:
        return {"all": {"hosts": {site.name: site.host(self.ansible, names) for site in sites}}}


def papers(site: Site) -> list[Path]:
    return sorted(site.folder.glob("*.state.json"))


def open_windows(site: Site) -> list[Path]:
    return [path for path in papers(site) if '"closed": ""' in path.read_text(encoding="utf-8")]


def kill(process: subprocess.Popen[bytes]) -> None:
    """As when the power fails: the run and its workers, which are in sessions of their own, at once."""
    os.kill(process.pid, signal.SIGSTOP)
    for pid in (*descendants(process.pid), process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def descendants(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
        yield from descendants(int(child))
        yield int(child)
