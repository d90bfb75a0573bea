# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports as files: whole, for their owner only, and not in a preview."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from ansible_collections.tcx.pbx.plugins.modules.tcx_report import SPEC


def keep(place: Path, *, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    params = {"directory": str(place), "name": "pbx.X", "data": {"host": "pbx"}, "page": "<html>", **options}
    return execute(SPEC, params, check_mode=check_mode, diff_mode=False)


def test_both_files_are_there_for_their_owner(tmp_path: Path) -> None:
    place = tmp_path / "reports"
    result = keep(place)
    assert result["changed"] is True
    assert result["files"] == [str(place / "pbx.X.report.json"), str(place / "pbx.X.report.html")]
    assert json.loads((place / "pbx.X.report.json").read_text(encoding="utf-8")) == {"host": "pbx"}
    assert (place / "pbx.X.report.html").read_text(encoding="utf-8") == "<html>"
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    keep(tmp_path / "reports")
    assert keep(tmp_path / "reports")["changed"] is False
    assert keep(tmp_path / "reports", page="<p>")["changed"] is True


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    assert keep(tmp_path / "reports", check_mode=True)["changed"] is True
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".hidden", "a\nb"])
def test_a_name_that_is_a_path_is_refused(tmp_path: Path, name: str) -> None:
    result = keep(tmp_path / "reports", name=name)
    assert result["failed"] is True
    assert "cannot be the beginning of a file name" in result["msg"]
    assert not (tmp_path / "reports").exists()


def test_a_directory_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert "symbolic link" in keep(tmp_path / "link")["msg"]


def test_logs_are_not_filled_with_reports() -> None:
    assert SPEC.shown is not None
    assert SPEC.shown({"directory": "/srv", "name": "x", "data": {"a": 1}, "page": "<html>"}) == {
        "directory": "/srv",
        "name": "x",
    }
