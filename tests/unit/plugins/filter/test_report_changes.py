# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter report_changes: results of tasks become the changes of a report."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.report_changes import report_changes


def test_a_diff_tells_before_and_after() -> None:
    result = {
        "changed": True,
        "created": ["New"],
        "diff": {
            "before": {"Old": {"prefix": "0"}, "Same": {"prefix": "1"}},
            "after": {"New": {"prefix": "2"}, "Same": {"prefix": "3"}},
        },
    }
    assert report_changes({"Rules": result}) == [
        {"area": "Rules", "item": "Old", "action": "deleted", "before": {"prefix": "0"}},
        {"area": "Rules", "item": "Same", "action": "updated", "before": {"prefix": "1"}, "after": {"prefix": "3"}},
        {"area": "Rules", "item": "New", "action": "created", "after": {"prefix": "2"}},
    ]


def test_without_a_diff_the_names_remain() -> None:
    results: dict[str, Any] = {
        "Routes": [{"created": ["A"], "updated": [], "deleted": ["B"]}, {"skipped": True}],
        "Services": {"results": [{"updated": ["C"]}, {"updated": []}]},
    }
    assert report_changes(results) == [
        {"area": "Routes", "item": "A", "action": "created"},
        {"area": "Routes", "item": "B", "action": "deleted"},
        {"area": "Services", "item": "C", "action": "updated"},
    ]


def test_the_diff_of_a_task_that_did_nothing_is_no_change() -> None:
    assert report_changes({"Rules": {"changed": False, "diff": {"before": {}, "after": {}}}}) == []


def test_results_without_their_subject_are_refused() -> None:
    with pytest.raises(AnsibleFilterError, match="not list"):
        report_changes([{"created": []}])  # type: ignore[arg-type]
