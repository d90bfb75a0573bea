# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator as a child process: started, waited for, and ended."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 60.0


class SimulatorProcess:
    """``python -m MODULE --exit-with-parent OPTIONS``; ``ready`` is what its first line says."""

    def __init__(self, module: str, options: Sequence[str], python: str = sys.executable) -> None:
        """RuntimeError with the words of the process when it does not come up."""
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1"}
        self._process = subprocess.Popen(
            [python, "-m", module, "--exit-with-parent", *options],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        line = _first_line(self._process.stdout, READY_WITHIN)
        if not line:
            self._process.kill()
            _out, errors = self._process.communicate()
            raise RuntimeError(f"the simulator did not start: {errors.strip()}")
        self.ready: dict[str, Any] = json.loads(line)
        threading.Thread(target=_drain, args=(self._process.stderr,), daemon=True).start()

    def stop(self) -> int:
        """Ends the process in order and returns its exit status."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        return self._process.returncode


def _first_line(pipe: IO[str] | None, seconds: float) -> str:
    lines: queue.Queue[str] = queue.Queue()
    if pipe is None:
        return ""
    threading.Thread(target=lambda: lines.put(pipe.readline()), daemon=True).start()
    try:
        return lines.get(timeout=seconds)
    except queue.Empty:
        return ""


def _drain(pipe: IO[str] | None) -> None:
    """Keeps the error pipe from filling up; what is in it helps to understand a failure."""
    if pipe is None:
        return
    with pipe:
        for line in pipe:
            print(f"simulator: {line}", end="", file=sys.stderr)
