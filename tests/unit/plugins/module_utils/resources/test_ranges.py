# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ranges cover, and what is no range."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._resources.ranges import (
    compact,
    extensions,
    lengths,
    lenient,
    prefixes,
    same_extensions,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("9,10,11", "9-11"), ("9-10, 11", "9 - 11"), ("3,9-11", "9-11,3"), ("7-9,8-11", "7-11"), ("", " ")],
)
def test_lengths_that_are_the_same(one: str, other: str) -> None:
    assert lengths(one) == lengths(other)


@pytest.mark.parametrize(("one", "other"), [("9,11", "9-11"), ("9", ""), ("1-2,4", "1-4")])
def test_lengths_that_differ(one: str, other: str) -> None:
    assert lengths(one) != lengths(other)


@given(st.sets(st.integers(1, 40), min_size=1))
def test_listing_every_length_is_the_same_as_ranges(numbers: set[int]) -> None:
    covered = {number for low, high in lengths(",".join(map(str, numbers))) for number in range(low, high + 1)}
    assert covered == numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [("0-9", "0,1,2,3,4,5,6,7,8,9"), ("00,+", "+,00"), ("0-4,5-9", "0-9"), ("08-12", "08,09,10-12"), (" 0 ", "0")],
)
def test_prefixes_that_are_the_same(one: str, other: str) -> None:
    assert prefixes(one) == prefixes(other)


@pytest.mark.parametrize(
    ("one", "other"), [("0", "00"), ("01", "1"), ("0-9", "00-09"), ("9-10,0", "9,10,0"), ("+", "")]
)
def test_prefixes_that_differ_keep_their_zeros(one: str, other: str) -> None:
    assert lenient(prefixes)(one) != lenient(prefixes)(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([{"from": "100", "to": "199"}], [{"from": "100", "to": "149"}, {"from": "150", "to": "199"}]),
        ([{"from": "210"}], [{"from": "210", "to": "210"}]),
        ([{"from": "210", "to": None}], [{"from": "210", "to": ""}]),
        ([{"from": "210"}, {"from": "100"}], [{"from": "100"}, {"from": "210"}]),
        ([{"from": "*77"}], [{"from": "*77", "to": "*77"}]),
    ],
)
def test_extension_ranges_that_are_the_same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    assert extensions(one) == extensions(other)


def test_extension_ranges_that_differ() -> None:
    assert extensions([{"from": "100", "to": "199"}]) != extensions([{"from": "100", "to": "198"}])
    assert extensions([{"from": "0100"}]) != extensions([{"from": "100"}])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9-", "is no number length; write lengths such as 9-11"),
        ("ten", "is no number length"),
        ("9,,11", "empty part between commas"),
        ("11-9", "runs backwards; write 9-11"),
        ("0-3", "begins below 1"),
    ],
)
def test_a_bad_length_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lengths(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0,", "empty part between commas; write prefixes such as 0, 00"),
        ("9-0", "runs backwards; write 0-9"),
        ("1-10", "same number of digits"),
        ("a-c", "no range of digits"),
        ("0 0", "cannot be dialled"),
    ],
)
def test_a_bad_prefix_is_told(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        prefixes(text)


@pytest.mark.parametrize(
    ("low", "high", "message"),
    [("199", "100", "runs backwards"), ("10a", "10c", "digits at both ends"), ("1 0", "", "no range of extensions")],
)
def test_a_bad_extension_range_is_told(low: str, high: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        extensions([{"from": low, "to": high}])


def test_what_a_pbx_shows_and_nobody_understands_is_compared_as_it_stands() -> None:
    assert lenient(lengths)("all") == "all"
    strange = [{"from": "x-y", "to": "?"}]
    assert same_extensions(strange) == same_extensions([dict(strange[0])])
    assert same_extensions(strange) != same_extensions([{"from": "x-z", "to": "?"}])


def test_blanks_are_not_sent() -> None:
    assert compact(" 9, 10 -11 ") == "9,10-11"
