# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter call_flow_cleanup: which call flow apps nobody needs."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.call_flow_cleanup import call_flow_cleanup

APPS: list[dict[str, Any]] = [
    {"id": 1, "number": "830", "name": "Survey", "compilation_succeeded": True, "invalid_script": False},
    {"id": 2, "number": "831", "name": "Old menu", "compilation_succeeded": True, "invalid_script": False},
    {"id": 3, "number": "832", "name": "Broken", "compilation_succeeded": False},
    {"id": 4, "number": "833", "name": "Broken too", "invalid_script": True},
]
USES = {"used_by": {"830": ["queue 800"], "832": ["IVR 820 (key 1)"]}, "unread": {}}


def chosen(uses: dict[str, Any] | None = None, **options: Any) -> dict[str, list[str]]:
    return {one["number"]: one["reasons"] for one in call_flow_cleanup(APPS, uses or USES, **options)["remove"]}


def test_unused_and_invalid_apps_go_and_used_ones_stay() -> None:
    found = call_flow_cleanup(APPS, USES)
    assert found["remove"] == [
        {"number": "831", "name": "Old menu", "id": 2, "reasons": ["unused"]},
        {"number": "833", "name": "Broken too", "id": 4, "reasons": ["unused", "invalid"]},
    ]
    assert found["notes"] == [
        '832 "Broken" (invalid) is left alone, since it is still used by IVR 820 (key 1)',
        '831 "Old menu": unused',
        '833 "Broken too": unused, invalid',
    ]


def test_one_reason_is_enough_and_keeping_goes_before_all() -> None:
    assert chosen(select=["invalid"]) == {"833": ["invalid"]}
    assert chosen(select=[], patterns=["Old *", "83[01]"]) == {"831": ["matches Old *", "matches 83[01]"]}
    assert chosen(keep=["Old*", "833"]) == {}
    assert chosen(select=["invalid"], force=True) == {"832": ["invalid"], "833": ["invalid"]}


def test_a_pattern_that_matches_nothing_is_told() -> None:
    found = call_flow_cleanup(APPS, USES, keep=["old *"], patterns=["Old *", "9*"])
    assert found["notes"][:2] == [
        'no call flow app is called "9*"; capital letters matter',
        'no call flow app is called "old *"; capital letters matter',
    ]


def test_nothing_counts_as_unused_where_not_everything_could_be_seen() -> None:
    uses = {"used_by": {}, "unread": {"Queues": "403"}}
    found = call_flow_cleanup(APPS, uses, select=["unused"])
    assert found["remove"] == []
    assert found["notes"] == ["Queues could not be read, so no app counts as unused: 403"]
    assert chosen(uses) == {"832": ["invalid"], "833": ["invalid"]}


@pytest.mark.parametrize(
    ("options", "words"),
    [({"select": ["old"]}, "select knows unused and invalid, and not old"), ({"select": []}, "nothing says which")],
)
def test_wishes_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(AnsibleFilterError, match=words):
        chosen(**options)
