# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ansible-core installations of this machine that tests run playbooks with."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Written by tools/env.py; another list of the same form may be named instead.
LISTING = Path(os.environ.get("TCX_CONTROLLERS") or ROOT / ".venv" / "controllers.json")


@dataclass(frozen=True)
class Controller:
    """One installed ansible-core: ``core`` and ``version`` are as in "2.21" and "3.12"."""

    name: str
    core: str
    version: str
    python: str

    def bin(self, name: str) -> str:
        """Return the path of a command that is installed beside this Python, such as ``ansible-playbook``."""
        return str(Path(self.python).parent / name)


def running() -> Controller:
    """Return the installation that these tests run in."""
    core = ".".join(version("ansible-core").split(".")[:2])
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return Controller(f"core{core}-py{python}", core, python, sys.executable)


@cache
def _listing() -> dict[str, Any]:
    if LISTING.is_file():
        content: dict[str, Any] = json.loads(LISTING.read_text("utf-8"))
        return content
    reason = f"all but {running().name} (make test makes the other environments)"
    return {"controllers": [vars(running())], "untested": [reason]}


def controllers() -> list[Controller]:
    """Return all installations; without a listing, only the one that runs."""
    return [Controller(**row) for row in _listing()["controllers"]]


def untested() -> list[str]:
    """Return what should be tested and cannot be here, one sentence each."""
    return list(_listing()["untested"])
