# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which backup is meant, which ones go, and when one is finished."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.backups import (
    Backup,
    backups_of,
    fault_in,
    named,
    newest_first,
    surplus,
    unknown,
)
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort


def made(name: str, day: int) -> Backup:
    return Backup(name, 1000, f"2027-01-{day:02d}T03:00:00Z")


WEEK = [made("weekly-1.zip", 1), made("weekly-8.zip", 8), made("other.zip", 5), made("weekly-15.zip", 15)]


def names(backups: list[Backup]) -> list[str]:
    return [one.name for one in backups]


def test_the_list_is_read_without_links_unless_asked_for() -> None:
    row = {"FileName": "a.zip", "Size": 5.0, "CreationTime": "2027-01-01T03:00:00Z", "DownloadLink": "/x?key=1"}
    assert backups_of(FakePort(Backups=[{**row, "DownloadLink": None}])) == [Backup("a.zip", 5, "2027-01-01T03:00:00Z")]
    [linked] = backups_of(FakePort(Backups=[row]), links=True)
    assert linked.link == "/x?key=1"
    assert "key=1" not in repr(linked), "whoever has the link can fetch the file"
    assert linked.item == {"file_name": "a.zip", "creation_time": "2027-01-01T03:00:00Z", "size": 5}


def test_null_keys_are_dropped_by_a_pbx() -> None:
    assert backups_of(FakePort(Backups=[{"FileName": "a.zip"}])) == [Backup("a.zip")]


def test_instants_with_another_zone_are_ordered_as_instants() -> None:
    late = Backup("late", 1, "2027-01-01T03:30:00+00:00")
    early = Backup("early", 1, "2027-01-01T04:00:00.1234567+01:00")
    assert names(newest_first([early, Backup("unknown"), late])) == ["late", "early", "unknown"]


def test_a_pbx_may_have_added_the_suffix() -> None:
    found = [made("before.zip", 1), made("after", 2)]
    assert named(found, "before") == found[0]
    assert named(found, "after") == found[1]
    assert named(found, "befor") is None


@pytest.mark.parametrize(
    ("name", "words"), [("weekly-16.zip", "weekly-15.zip or weekly-8.zip?"), ("qqq", "the PBX has weekly-1.zip")]
)
def test_an_unknown_name_is_told_with_those_that_are_there(name: str, words: str) -> None:
    assert words in unknown(WEEK, name)


def test_no_backup_at_all_is_told() -> None:
    assert unknown([], "a.zip").endswith("the PBX has none at all")


@pytest.mark.parametrize("name", ["", " ", "a.zip ", "a/b", "..\\b", "a*", 'a"b', ".hidden", "a\nb"])
def test_what_no_file_is_called_is_refused(name: str) -> None:
    assert fault_in(name)


@pytest.mark.parametrize("name", ["a.zip", "before window 2027-01-31.zip", "Nächtlich"])
def test_other_names_are_fine(name: str) -> None:
    assert fault_in(name) == ""


@pytest.mark.parametrize(
    ("keep", "pattern", "name", "gone"),
    [
        (2, "weekly-*", None, ["weekly-1.zip"]),
        (1, "*", None, ["weekly-8.zip", "other.zip", "weekly-1.zip"]),
        (3, "weekly-*", None, []),
        (2, "weekly-*", "weekly-22.zip", ["weekly-8.zip", "weekly-1.zip"]),
        (2, "weekly-*", "before.zip", ["weekly-1.zip"]),
        (1, "weekly-*", "weekly-1.zip", ["weekly-15.zip", "weekly-8.zip"]),
        (1, "weekly-*.zip", "weekly-1", ["weekly-15.zip", "weekly-8.zip"]),
    ],
    ids=["oldest", "all", "enough", "new one counts", "foreign new one", "wanted old one stays", "without suffix"],
)
def test_what_is_beyond_the_newest(keep: int, pattern: str, name: str | None, gone: list[str]) -> None:
    assert names(surplus(WEEK, keep, pattern, name)) == gone


def test_of_the_same_age_the_last_by_name_is_the_newest() -> None:
    there = [Backup(f"{day}.zip", 1, "2026-11-01T03:00:00Z") for day in (2, 3, 1)]
    assert names(surplus(there, 1, "*", None)) == ["2.zip", "1.zip"]


def test_brackets_in_a_pattern_mean_themselves() -> None:
    there = [Backup("pbx [1]-a.zip", 1, "2026-11-01T03:00:00Z"), Backup("pbx 1-a.zip", 1, "2026-11-01T03:00:00Z")]
    assert names(surplus(there, 0, "pbx [1]-*.zip", None)) == ["pbx [1]-a.zip"]


def test_what_is_of_unknown_age_is_never_removed() -> None:
    assert names(surplus([*WEEK, Backup("weekly-x.zip", 1)], 3, "weekly-*", None)) == []
