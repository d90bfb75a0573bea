# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What reports in these tests have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import report_of

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def told(**more: Any) -> dict[str, Any]:
    """The least that a runbook tells, and more."""
    return {
        "runbook": "example",
        "title": "Example",
        "host": "pbx",
        "id": "20261124T110000Z",
        "started": "2026-11-24T11:00:00Z",
        "result": "done",
        "headline": "It went well.",
        **more,
    }


def report(**more: Any) -> dict[str, Any]:
    return report_of(told(**more), directory="/srv/reports", now=NOON)
