# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter that makes tables."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.as_table import as_table

QUEUES = [{"number": "800", "name": "Sales", "calls": 7}, {"number": "801", "name": "Support desk", "calls": 112}]


def table(*args: Any, **options: Any) -> list[str]:
    return as_table(*args, **options).split("\n")


def test_columns_are_aligned_and_numbers_to_the_right() -> None:
    assert table(QUEUES) == [
        "number  name          calls",
        "------  ------------  -----",
        "800     Sales             7",
        "801     Support desk    112",
    ]


def test_columns_are_chosen_ordered_and_titled() -> None:
    assert table(QUEUES, ["name", "number"])[0] == "name          number"
    assert table(QUEUES, {"name": "Queue"}) == ["Queue", "------------", "Sales", "Support desk"]


def test_a_column_may_lie_within_a_dictionary() -> None:
    rows = [{"gateway": {"name": "Provider A"}}, {"gateway": None}, {}, {"gateway.name": "own key"}]
    assert table(rows, ["gateway.name"])[2:] == ["Provider A", "", "", "own key"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        ([1, "b", None], "1, b, "),
        ({"a": 1, "b": [True]}, "a=1 b=yes"),
        ("two\nlines\tand \x1b[31mcolour", "two lines and [31mcolour"),
        ("", ""),
        (0, "0"),
    ],
)
def test_values_are_one_line(value: Any, shown: str) -> None:
    assert table([{"a": value, "b": "x"}])[2] == f"{shown:<{max(1, len(shown))}}  x"


def test_wide_and_invisible_signs_take_the_columns_that_they_take_on_a_screen() -> None:
    rows = [{"a": "東京", "b": 1}, {"a": "Zu\u0308rich", "b": 2}, {"a": "a\u200bb", "b": 3}, {"a": "\uff11", "b": 4}]
    assert table(rows)[2:] == ["東京    1", "Zu\u0308rich  2", "a\u200bb      3", "\uff11      4"]


def test_long_cells_are_cut_to_the_width() -> None:
    assert table([{"a": "x" * 50}])[2] == "x" * 39 + "…"
    assert table([{"a": "x" * 40}])[2] == "x" * 40
    assert table([{"a": "one two three"}], max_width=8)[2] == "one two…"
    # A wide sign that would only half fit is left out.
    assert table([{"a": "東京東京"}], max_width=6)[2] == "東京…"
    assert table([{"a": 1}], {"a": "a title"}, max_width=4)[0] == "a t…"


def test_columns_that_only_some_have_are_shown() -> None:
    assert table([{"a": 1}, {"b": 2}]) == ["a  b", "-  -", "1", "   2"]


def test_nothing_is_no_table_but_columns_are() -> None:
    assert as_table([]) == ""
    assert table([], ["number", "name"]) == ["number  name", "------  ----"]


@pytest.mark.parametrize("items", ["abc", {"a": 1}, 7, [1], [["a"]]])
def test_what_is_no_list_of_dictionaries_is_refused(items: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="as_table takes a list of dictionaries"):
        as_table(items)


@pytest.mark.parametrize("width", [0, 3, "wide", True])
def test_a_width_that_cannot_be_is_refused(width: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="max_width"):
        as_table(QUEUES, max_width=width)


@pytest.mark.parametrize("columns", ["name", 5])
def test_columns_that_cannot_be_are_refused(columns: Any) -> None:
    with pytest.raises(AnsibleFilterError, match="columns"):
        as_table(QUEUES, columns)
