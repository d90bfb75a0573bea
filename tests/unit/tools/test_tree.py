# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The copy of the checkout follows the checkout and keeps only what it is told to keep."""

from __future__ import annotations

from pathlib import Path

from tools.checkout import ROOT
from tools.tree import COLLECTION, export, tracked_files


def test_copy_holds_the_files_of_git_and_no_others(tmp_path: Path) -> None:
    tree = export(tmp_path)
    assert tree == tmp_path / COLLECTION
    present = {path.relative_to(tree) for path in tree.rglob("*") if path.is_file() and ".git" not in path.parts}
    assert present == set(tracked_files())


def test_second_export_mends_the_copy_and_spares_what_it_is_told_to(tmp_path: Path) -> None:
    tree = export(tmp_path)
    untouched = (tree / "LICENSE").stat().st_mtime_ns
    (tree / "galaxy.yml").write_text("changed\n", "utf-8")
    for name in ("left/over.py", "tests/output/cache/kept", "tests/outputs"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).touch()

    export(tmp_path, keep=["tests/output/"])

    assert (tree / "galaxy.yml").read_bytes() == (ROOT / "galaxy.yml").read_bytes()
    assert (tree / "LICENSE").stat().st_mtime_ns == untouched
    assert not (tree / "left").exists()
    assert not (tree / "tests" / "outputs").exists()
    assert (tree / "tests" / "output" / "cache" / "kept").exists()
