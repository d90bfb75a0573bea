# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies of this checkout in the directory that Ansible's tools insist on: .../ansible_collections/tcx/pbx."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tools.checkout import ROOT

COLLECTION = Path("ansible_collections", "tcx", "pbx")
# What the tarball holds; a test compares. Everything else in the repository serves development.
SHIPPED_FOLDERS = ("changelogs", "docs", "extensions", "meta", "playbooks", "plugins", "roles")
SHIPPED_FILES = ("CHANGELOG.rst", "CONTRIBUTING.md", "LICENSE", "README.md", "tests/config.yml")


def tracked_files(root: Path = ROOT) -> list[Path]:
    """Return the files of the checkout, relative to it: those in git and new ones that git does not ignore."""
    argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(argv, cwd=root, stdout=subprocess.PIPE, text=True, check=True).stdout
    return sorted({Path(name) for name in listing.split("\0") if name and (root / name).is_file()})


def shipped_files(root: Path = ROOT) -> list[Path]:
    """Return those of the tracked files that users get."""
    return [name for name in tracked_files(root) if name.parts[0] in SHIPPED_FOLDERS or str(name) in SHIPPED_FILES]


def export(base: Path, *, files: Iterable[Path] | None = None, keep: Iterable[str] = ()) -> Path:
    """Bring the copy of ``files`` (default: all tracked ones) below ``base`` up to date and return its directory.

    Only what differs is written, so that caches by modification time stay good. Whatever is not in the checkout goes,
    except the paths in ``keep``. The copy is a git repository of its own, because the tools ask git for the files and
    would otherwise find that the surrounding checkout ignores all of them.
    """
    tree = base / COLLECTION
    wanted = set(tracked_files() if files is None else files)
    if not (tree / ".git").exists():
        tree.mkdir(parents=True, exist_ok=True)
        subprocess.run(["git", "init", "--quiet", tree], check=True)
    for name in sorted(wanted):
        _copy(ROOT / name, tree / name)
    _remove_others(tree, wanted, (".git/", *keep))
    return tree


def _copy(source: Path, target: Path) -> None:
    if target.is_file() and filecmp.cmp(source, target, shallow=False) and _mode(source) == _mode(target):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _mode(path: Path) -> int:
    return path.stat().st_mode


def _remove_others(tree: Path, files: set[Path], keep: tuple[str, ...]) -> None:
    # Deepest first, so that a directory is empty by the time it is looked at.
    for path in sorted(tree.rglob("*"), reverse=True):
        name = path.relative_to(tree)
        if name in files or f"{name.as_posix()}/".startswith(keep):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        else:
            path.unlink()
