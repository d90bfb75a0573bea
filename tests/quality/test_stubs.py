# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The action plugins are what the generator makes of the list of modules."""

from __future__ import annotations

from pathlib import Path

from tools.generate_stubs import apply, differences


def test_stubs_are_up_to_date() -> None:
    changes = [str(path) for path in differences()]
    assert not changes, f"run make stubs; these differ: {', '.join(changes)}"


def test_generator_mends_changed_missing_and_left_over_stubs(tmp_path: Path) -> None:
    modules, actions = tmp_path / "plugins" / "modules", tmp_path / "plugins" / "action"
    for directory in (modules, actions):
        directory.mkdir(parents=True)
    for name in ("tcx_changed", "tcx_missing"):
        (modules / f"{name}.py").touch()
    for name in ("tcx_changed", "tcx_left_over"):
        (actions / f"{name}.py").write_text("edited by hand\n", "utf-8")

    apply(differences(tmp_path), tmp_path)

    assert differences(tmp_path) == {}
    assert sorted(path.name for path in actions.iterdir()) == ["tcx_changed.py", "tcx_missing.py"]
    assert "module = tcx_missing\n" in (actions / "tcx_missing.py").read_text("utf-8")
