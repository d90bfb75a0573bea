# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A worker of a run that was killed does not go on."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from multiprocessing.connection import Connection

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.lifetime import end_with_parent

FORK = multiprocessing.get_context("fork")


def worker(report: Connection) -> None:
    os.setsid()
    end_with_parent()
    report.send("working")
    time.sleep(30)
    report.send("outlived its run")


def run(report: Connection) -> None:
    FORK.Process(target=worker, args=(report,)).start()
    report.close()
    time.sleep(30)


def test_a_worker_ends_when_its_run_is_killed() -> None:
    # Anew, since the process of the tests has threads, and those must not be forked.
    anew = multiprocessing.get_context("spawn")
    here, there = anew.Pipe(duplex=False)
    controller = anew.Process(target=run, args=(there,))
    controller.start()
    there.close()
    assert here.recv() == "working"
    assert controller.pid is not None
    os.kill(controller.pid, signal.SIGKILL)
    controller.join()
    # The last one that could write is gone.
    assert here.poll(10)
    with pytest.raises(EOFError):
        here.recv()


def test_a_process_that_nobody_forked_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: None)
    monkeypatch.setattr("ctypes.CDLL", lambda name: pytest.fail("this process would end with its parent"))
    end_with_parent()
