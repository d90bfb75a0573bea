# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters of the collection."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.as_items import as_items
from ansible_collections.tcx.pbx.plugins.filter.changes import change_lines, changes
from ansible_collections.tcx.pbx.plugins.filter.window import window


def test_names_become_items():
    assert as_items(["a", "b"], "name") == [{"name": "a"}, {"name": "b"}]
    assert as_items([], "name") == []
    assert as_items(["a", {"name": "b", "prefix": "0"}], "name") == [{"name": "a"}, {"name": "b", "prefix": "0"}]


@pytest.mark.parametrize("value", ["abc", {"a": 1}, 7])
def test_what_is_no_list_is_refused(value: Any):
    with pytest.raises(AnsibleFilterError, match="takes a list"):
        as_items(value, "name")


def test_changes_leaves_out_what_did_nothing():
    results = {
        "Rules": [
            {"changed": True, "created": ["National"], "updated": [], "deleted": []},
            {"changed": True, "created": [], "updated": [], "deleted": ["Fax"]},
        ],
        "Routes": [{"changed": False, "created": [], "updated": [], "deleted": []}],
        "Apps": {"skipped": True, "changed": False},
        "Lines": {"changed": True, "created": [], "updated": ["A"], "deleted": []},
    }
    found = changes(results)
    assert found == [
        {"what": "Rules", "created": ["National"], "updated": [], "deleted": ["Fax"]},
        {"what": "Lines", "created": [], "updated": ["A"], "deleted": []},
    ]
    assert change_lines(found) == ["+ Rules: National", "- Rules: Fax", "~ Lines: A"]


def test_window_tells_the_time_left():
    found = window("22:00", "04:00", "Europe/Berlin", now="2027-01-11T03:00:00+01:00")
    assert found == {
        "open": True,
        "yet_to_come": False,
        "now": "2027-01-11T03:00:00+01:00",
        "start": "2027-01-10T22:00:00+01:00",
        "end": "2027-01-11T04:00:00+01:00",
        "seconds": 21600,
        "seconds_left": 3600,
    }


def test_window_refuses_with_words_for_the_user():
    with pytest.raises(AnsibleFilterError, match="maintenance window: start"):
        window("late", "later")
