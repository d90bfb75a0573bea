# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after, field by field."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fields import Field, fields_of, shown

NONE = "\N{EN DASH}"


def test_only_what_differs_is_shown() -> None:
    before = {"prefix": "0", "ranges": "9-12", "routes": [{"trunk": "A", "strip": 1}]}
    after = {"prefix": "0", "ranges": "9-13", "routes": [{"trunk": "B", "strip": 1}, {"trunk": "A"}]}
    assert fields_of({"before": before, "after": after}) == [
        Field("ranges", "9-12", "9-13"),
        Field("routes[0].trunk", "A", "B"),
        Field("routes[1].trunk", NONE, "A"),
    ]


def test_of_what_is_new_or_gone_everything_that_it_has_is_shown() -> None:
    assert fields_of({"after": {"a": 1, "b": "", "c": None, "d": [], "e": False}}) == [
        Field("a", None, "1"),
        Field("e", None, "no"),
    ]
    assert fields_of({"before": {"a": 1}}) == [Field("a", "1", None)]


def test_values_without_fields() -> None:
    assert fields_of({"before": 3, "after": 4}) == [Field("value", "3", "4")]
    assert fields_of({}) == []


def test_a_hidden_value_may_have_changed() -> None:
    assert fields_of({"before": {"pin": "********"}, "after": {"pin": "********"}}) == [
        Field("pin", "********", "********")
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, NONE),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("", "(empty)"),
        ([], "(empty)"),
        ({}, "(empty)"),
        (["a", None, 2], f"a, {NONE}, 2"),
        ([{"a": "ü"}], '[{"a": "ü"}]'),
    ],
)
def test_one_value_for_people(value: Any, text: str) -> None:
    assert shown(value) == text
