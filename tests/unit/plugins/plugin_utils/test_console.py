# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines on the console, with what is not for everybody taken out."""

from __future__ import annotations

import pytest
from ansible.utils.display import Display

from ansible_collections.tcx.pbx.plugins.plugin_utils.console import Console


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    lines: list[str] = []
    monkeypatch.setattr(Display(), "display", lines.append)
    return lines


def test_a_line_says_who_tells_it(shown: list[str]) -> None:
    Console("pbx1", "tcx_wait", (), silent=False).tell("one call is left")
    assert shown == ["pbx1 | tcx_wait: one call is left"]


def test_secrets_are_masked(shown: list[str]) -> None:
    Console("pbx1", "tcx_backup", {"hidden-4711"}, silent=False).tell("no backup is called hidden-4711")
    [line] = shown
    assert "hidden-4711" not in line
    assert line.startswith("pbx1 | tcx_backup: no backup is called")


def test_a_task_with_no_log_tells_nothing(shown: list[str]) -> None:
    Console("pbx1", "tcx_wait", (), silent=True).tell("one call is left")
    assert shown == []
