# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which updates are meant."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.updates import Choice, Update, listing_of
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

SYSTEM = Update("3CX Phone System", "TcxPbx", "20.0.8.1109", "20.0.8.1131", True, update_type="Release")
BETA = Update("3CX Beta", "TcxPbx", "20.0.8.1109", "20.0.9.1", True, update_type="Beta")
PROMPTS = Update("English prompts", "PromptSets", "1", "2", True)
IGNORED = Update("German prompts", "PromptSets", "1", "2", True, ignore=True)
CURRENT = Update("Phones", "Firmware", "7", "7", False)
ALL = (SYSTEM, BETA, PROMPTS, IGNORED, CURRENT)


def test_the_list_is_read_with_its_key() -> None:
    port = FakePort()
    row = {"Guid": "g", "Name": "A", "Category": "C", "LocalVersion": "1", "ServerVersion": "2", "OutOfDate": True}
    port.actions["GetUpdates"] = lambda parameters: {"Key": "k", "Entries": [row], "IsMaintananceExpired": True}
    listing = listing_of(port)
    assert (listing.key, listing.maintenance_expired, listing.last_successful_update) == ("k", True, None)
    assert listing.updates == (Update("A", "C", "1", "2", True, guid="g"),)
    assert "guid" not in listing.updates[0].item, "it means nothing in another listing"


@pytest.mark.parametrize("answer", [None, {}, {"Entries": None}])
def test_an_empty_list_is_one(answer: Any) -> None:
    port = FakePort()
    port.actions["GetUpdates"] = lambda parameters: answer
    assert listing_of(port).updates == ()


@pytest.mark.parametrize(
    ("choice", "meant"),
    [
        (Choice(), []),
        (Choice(categories=["tcxpbx"]), [SYSTEM]),
        (Choice(categories=["*"]), [SYSTEM, PROMPTS]),
        (Choice(names=["*prompts"]), [PROMPTS]),
        (Choice(names=["german PROMPTS"]), [IGNORED]),
        (Choice(names=["3cx beta"], types=["Beta"]), [BETA]),
        (Choice(categories=["Firmware"]), []),
        # Brackets mean themselves.
        (Choice(names=["[3]cx*"]), []),
    ],
    ids=["nothing", "category", "all", "ignored by pattern", "ignored by name", "type", "up to date", "brackets"],
)
def test_what_is_chosen(choice: Choice, meant: list[Update]) -> None:
    assert choice.of(ALL) == meant


def test_what_was_passed_over_can_be_told() -> None:
    assert Choice(categories=["*"]).passed_over(ALL) == [BETA, IGNORED]


def test_what_means_nothing_can_be_told() -> None:
    choice = Choice(categories=["firmware", "Firmwares"], names=["*x*", "qqq"])
    assert list(choice.idle(ALL)) == ["category Firmwares", "name qqq"]


@pytest.mark.parametrize(
    ("local", "version", "changes"),
    [
        ("20.0.8.1109", "20.0.8.1109", True),
        ("20.0.8", "20.0.8.1109", True),
        ("20.0.8.11", "20.0.8.1109", False),
        ("7.1", "20.0.8.1109", False),
        ("", "20.0.8.1109", False),
    ],
)
def test_an_update_of_the_pbx_itself_changes_its_version(local: str, version: str, changes: bool) -> None:
    assert Update("A", "C", local, "9", True).changes_version(version) is changes
