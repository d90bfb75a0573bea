# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the reference pages of the modules: ``python -m tools.docs [DIRECTORY]`` (default .build/docs)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.build import build, install
from tools.checkout import BUILD, run


def write_pages(python: Path, work: Path, destination: Path) -> str:
    """Render the pages of the collection as it installs, below ``destination``, and return what the tool said.

    Raises RuntimeError with the tool's output if it fails.
    """
    for directory in (work, destination):
        directory.mkdir(parents=True, exist_ok=True)
    # antsibull-docs refuses a directory that others may write to.
    destination.chmod(0o755)
    install(python, build(python, work, work), work / "collections")
    tool = python.parent / "antsibull-docs"
    done = run(
        [tool, "collection", "--use-current", "--squash-hierarchy", "--dest-dir", destination, "tcx.pbx"],
        python=python,
        environ={"ANSIBLE_COLLECTIONS_PATH": str(work / "collections")},
    )
    if done.returncode:
        raise RuntimeError(done.stdout)
    return done.stdout


def main(argv: Sequence[str]) -> int:
    """Write the pages, print where they are and return an exit status."""
    destination = Path(argv[0]).resolve() if argv else BUILD / "docs"
    try:
        write_pages(Path(sys.executable), BUILD / "docs-work", destination)
    except RuntimeError as exc:
        print(exc, file=sys.stderr)
        return 1
    print(destination)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
