# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the role tcx.pbx.report: report, report_page, report_lines and report_stats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.page import page_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.redacting import plain
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import report_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.summary import lines_of, stats_of


def report(told: Any, directory: str = "") -> dict[str, Any]:
    """See report.yml."""
    try:
        return report_of(told, directory=directory)
    except ValueError as exc:
        raise AnsibleFilterError(f"report: {exc}") from None


def report_page(told: Any) -> str:
    """See report_page.yml."""
    return page_of(_again("report_page", told))


def report_lines(told: Any) -> list[str]:
    """See report_lines.yml."""
    return lines_of(_again("report_lines", told))


def report_stats(told: Any) -> dict[str, Any]:
    """See report_stats.yml."""
    return stats_of(_again("report_stats", told))


def _again(name: str, told: Any) -> dict[str, Any]:
    """A checked report that went through variables, as plain data."""
    data = plain(told)
    if not isinstance(data, dict) or "counts" not in data:
        raise AnsibleFilterError(f"{name} takes what the filter tcx.pbx.report returns")
    return data


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "report": report,
            "report_page": report_page,
            "report_lines": report_lines,
            "report_stats": report_stats,
        }
