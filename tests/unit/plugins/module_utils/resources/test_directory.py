# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names to ids and back, and what an unknown or doubtful name gets told."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.directory import Directory

TRUNKS = [(12, ("Provider A", "10000")), (13, ("Provider B", "10001"))]


@pytest.fixture
def trunks() -> Directory:
    return Directory("trunk", TRUNKS)


@pytest.mark.parametrize("text", ["Provider A", "10000", " Provider A "])
def test_any_name_leads_to_the_id(trunks: Directory, text: str) -> None:
    assert trunks.resolve(text) == 12


def test_the_name_for_people_comes_back(trunks: Directory) -> None:
    assert trunks.name_of(13) == "Provider B"


def test_an_unknown_id_has_no_name(trunks: Directory) -> None:
    assert trunks.name_of(99) is None
    assert 99 not in trunks
    assert 12 in trunks


@pytest.mark.parametrize("text", ["provider a", "Provder A", "Provider  A"])
def test_a_near_miss_is_offered(trunks: Directory, text: str) -> None:
    with pytest.raises(ValueError, match=f'no trunk is called "{text}"; did you mean "Provider A"'):
        trunks.resolve(text)


def test_a_far_miss_gets_the_list(trunks: Directory) -> None:
    with pytest.raises(ValueError, match='the PBX has "Provider A", "Provider B"'):
        trunks.resolve("Sipgate")


def test_a_far_miss_among_many_gets_their_number() -> None:
    many = Directory("department", [(number, (f"Department {number}",)) for number in range(40)])
    with pytest.raises(ValueError, match="the PBX has 40 others"):
        many.resolve("Xyz")


def test_an_empty_pbx_says_so() -> None:
    with pytest.raises(ValueError, match="the PBX has no trunk that could be named here"):
        Directory("trunk", []).resolve("Provider A")


def test_two_of_one_name_are_told_apart_by_number() -> None:
    twins = Directory("trunk", [(12, ("Provider", "10000")), (13, ("Provider", "10001"))])
    with pytest.raises(ValueError, match=r'may be "Provider" \(10000, id 12\) and "Provider" \(10001, id 13\)'):
        twins.resolve("Provider")
    assert [twins.name_of(12), twins.name_of(13)] == ["10000", "10001"]
    assert twins.resolve("10001") == 13


def test_a_name_that_is_the_number_of_another_is_doubtful() -> None:
    crossed = Directory("trunk", [(12, ("10001", "10000")), (13, ("Provider B", "10001"))])
    with pytest.raises(ValueError, match="only the one you mean has"):
        crossed.resolve("10001")


def test_nameless_rows_are_left_out() -> None:
    some = Directory("trunk", [(12, (None, "10000")), (13, ("", None))])
    assert some.name_of(12) == "10000"
    assert 13 not in some
