# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""tools/pythons believes what a Python does, not what it is called."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tools.checkout import ROOT

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def listing(tmp_path: Path, *arguments: str) -> list[str]:
    """Run tools/pythons where only /bin's tools and what the test put in tmp_path exist."""
    for tool in ("awk", "cut", "head", "ls", "sh", "sort"):
        link = tmp_path / "path" / tool
        link.parent.mkdir(parents=True, exist_ok=True)
        found = next(p for p in (Path("/usr/bin", tool), Path("/bin", tool)) if p.exists())
        link.symlink_to(found)
    environ = {"PATH": str(tmp_path / "path"), "PYENV_ROOT": str(tmp_path / "pyenv"), "HOME": os.devnull}
    argv = [ROOT / "tools" / "pythons", *arguments]
    return subprocess.run(argv, env=environ, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def test_a_shim_that_fails_is_passed_over_for_a_version_of_pyenv(tmp_path: Path) -> None:
    script(tmp_path / "path" / f"python{VERSION}", "exit 127")
    script(tmp_path / "pyenv" / "versions" / f"{VERSION}.1" / "bin" / "python3", f'exec "{sys.executable}" "$@"')
    (line,) = listing(tmp_path)
    version, python = line.split(" ", 1)
    assert version == VERSION
    assert Path(python).exists()


def test_a_python_without_venv_does_not_count(tmp_path: Path) -> None:
    script(tmp_path / "path" / "python3", "echo ModuleNotFoundError >&2; exit 1")
    assert listing(tmp_path) == []
    assert listing(tmp_path / "again", "--any") == []


def test_any_prints_only_a_path(tmp_path: Path) -> None:
    script(tmp_path / "path" / "python3", f'exec "{sys.executable}" "$@"')
    (path,) = listing(tmp_path, "--any")
    assert Path(path).is_file()
