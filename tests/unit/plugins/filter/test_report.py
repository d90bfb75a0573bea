# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.report import report, report_lines, report_page, report_stats
from tests.unit.plugins.plugin_utils.report.examples import told


def test_a_report_goes_through_all_of_them() -> None:
    checked = report(told(), "/srv/reports")
    assert report_page(checked).startswith("<!doctype html>")
    assert report_lines(checked)[-1] == f"Report: {checked['files']['page']}"
    assert report_stats(checked)["result"] == "done"


def test_without_a_directory_it_is_a_preview() -> None:
    assert report_lines(report(told()))[-1] == "Report: not written in a preview"


def test_a_mistake_is_named_by_its_place() -> None:
    with pytest.raises(AnsibleFilterError, match=r'report: steps\[0\].status: "fine" is none of'):
        report(told(steps=[{"name": "a", "status": "fine"}]))


@pytest.mark.parametrize("make", [report_page, report_lines, report_stats])
@pytest.mark.parametrize("value", [{}, [], "x", told()])
def test_what_was_not_checked_is_refused(make: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(AnsibleFilterError, match=r"takes what the filter tcx\.pbx\.report returns"):
        make(value)
