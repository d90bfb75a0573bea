# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the collection's tarball from the files of the checkout: ``python -m tools.build [DIRECTORY]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.checkout import BUILD, run
from tools.tree import export


def build(python: Path, work: Path, destination: Path) -> Path:
    """Build with the ansible-galaxy beside ``python`` and return the tarball.

    Raises RuntimeError with the tool's output if it refuses. ``work`` is where the copy of the checkout goes.
    """
    tree = export(work)
    for old in destination.glob("tcx-pbx-*.tar.gz"):
        old.unlink()
    galaxy = python.parent / "ansible-galaxy"
    done = run([galaxy, "collection", "build", "--force", "--output-path", destination], python=python, cwd=tree)
    made = list(destination.glob("tcx-pbx-*.tar.gz"))
    if done.returncode or len(made) != 1:
        raise RuntimeError(done.stdout)
    return made[0]


def install(python: Path, tarball: Path, destination: Path) -> Path:
    """Install a tarball into a collections directory and return that of the collection in it.

    Raises RuntimeError with the tool's output if that fails.
    """
    galaxy = python.parent / "ansible-galaxy"
    done = run([galaxy, "collection", "install", "--offline", "--force", "-p", destination, tarball], python=python)
    if done.returncode:
        raise RuntimeError(done.stdout)
    return destination / "ansible_collections" / "tcx" / "pbx"


def main(argv: Sequence[str]) -> int:
    """Build into the one argument (default .build/dist), print the tarball's path, return an exit status."""
    destination = Path(argv[0]).resolve() if argv else BUILD / "dist"
    destination.mkdir(parents=True, exist_ok=True)
    try:
        print(build(Path(sys.executable), BUILD / "package", destination))
    except RuntimeError as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
