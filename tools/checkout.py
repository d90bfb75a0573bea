# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things lie in a checkout, and how a tool is run in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENVS = ROOT / ".venv"
BUILD = ROOT / ".build"
CONTROLLERS = VENVS / "controllers.json"


def clean_environ(python: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables for a tool of the environment that ``python`` belongs to.

    The caller's Ansible, git, pytest and Python settings are left out: git sets some for its hooks.
    """
    left_out = ("ANSIBLE_", "GIT_", "PYTEST_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    kept["PATH"] = os.pathsep.join([str(python.parent), os.environ.get("PATH", os.defpath)])
    return kept | dict(extra or {})


def run(
    argv: Sequence[str | Path],
    *,
    python: Path,
    cwd: Path = ROOT,
    environ: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a tool and return its exit status and its output, both streams in one text (``stdout``)."""
    return subprocess.run(
        [str(part) for part in argv],
        cwd=cwd,
        env=clean_environ(python, environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=timeout,
    )
