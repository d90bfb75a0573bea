# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the quality tests run a tool and what they show when it is not content."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tools.checkout import BUILD, ROOT, run
from tools.tree import export

PYTHON = Path(sys.executable)


def tool(name: str) -> Path:
    """Return the path of a tool in the environment that runs the tests."""
    return PYTHON.parent / name


def exported(purpose: str) -> Path:
    """Return a fresh copy of the checkout in a real collection directory, one for each purpose."""
    return export(BUILD / "lint" / purpose)


def assert_content(*argv: str | Path, cwd: Path = ROOT, environ: Mapping[str, str] | None = None) -> str:
    """Run a tool, fail with all it said unless it exits with 0, and return what it said."""
    done = run(argv, python=PYTHON, cwd=cwd, environ=environ)
    if done.returncode:
        shown = " ".join(part.name if isinstance(part, Path) else part for part in argv)
        # The place in our code says nothing; the tool's own words do.
        pytest.fail(f"{shown} (exit status {done.returncode})\n{done.stdout}", pytrace=False)
    return done.stdout
