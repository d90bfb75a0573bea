# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The newest backup, and what was waited for, for reports."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.newest_backup import newest_backup
from ansible_collections.tcx.pbx.plugins.filter.wait_checks import wait_checks

NOW = "2027-01-31T12:00:00Z"
BACKUPS = [
    {"file_name": "nightly-1.zip", "creation_time": "2027-01-30T02:30:00Z", "size": 1},
    {"file_name": "nightly-2.zip", "creation_time": "2027-01-31T02:30:00.1234567+01:00", "size": 2},
    {"file_name": "by-hand.zip", "creation_time": "2027-01-31T11:00:00Z", "size": 3},
    {"file_name": "nightly-3.zip", "creation_time": None, "size": None},
]


def test_the_newest_of_a_kind() -> None:
    found = newest_backup(BACKUPS, "nightly-*.zip", NOW)
    assert (found["file_name"], found["size"], found["age_hours"]) == ("nightly-2.zip", 2, 10.5)


def test_the_newest_of_all() -> None:
    assert newest_backup(BACKUPS, now=NOW)["file_name"] == "by-hand.zip"


@pytest.mark.parametrize("backups", [[], BACKUPS[3:]])
def test_none_that_can_be_dated(backups: list[dict[str, Any]]) -> None:
    assert newest_backup(backups, now=NOW) == {}


@pytest.mark.parametrize("backups", ["nightly.zip", {"file_name": "nightly.zip"}, 7])
def test_what_is_no_list_of_backups(backups: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="takes a list of backups"):
        newest_backup(backups)


def test_a_time_that_is_none() -> None:
    with pytest.raises(AnsibleFilterError, match=r"newest_backup: .*is not a time"):
        newest_backup([{"file_name": "a", "creation_time": "yesterday"}])


def test_conditions_become_checks() -> None:
    result = {
        "conditions": [
            {"condition": "api", "wanted": "the API answers", "reading": "it answers", "holds": True},
            {"condition": "trunks_before", "wanted": "2 trunks", "reading": "B is offline", "holds": False},
        ]
    }
    assert wait_checks(result) == [
        {"name": "api", "status": "ok", "msg": "Wanted: the API answers. Found: it answers."},
        {"name": "trunks", "status": "critical", "msg": "Wanted: 2 trunks. Found: B is offline."},
    ]
    assert wait_checks({"skipped": True}) == []
