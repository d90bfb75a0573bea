# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Orders by exchanging neighbours: right, and with no exchange too many."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.ordering import movers, moves, target

CASES = [
    ("".join(current), "".join(listed))
    for length in range(6)
    for current in ["ABCDE"[:length]]
    for size in range(length + 1)
    for listed in permutations(current, size)
]


def turned(one: str, other: str) -> int:
    """Pairs that stand the other way round."""
    return sum(other.index(left) > other.index(right) for left, right in combinations(one, 2))


def carried_out(current: str, wanted: str, movable: list[str]) -> tuple[str, int]:
    standing, count = list(current), 0
    for move in moves(current, wanted, movable):
        assert move.item in movable
        at = standing.index(move.item)
        to = at - 1 if move.up else at + 1
        assert to >= 0
        standing[at], standing[to] = standing[to], standing[at]
        count += 1
    return "".join(standing), count


def test_every_case_up_to_five_ends_right_with_the_fewest_exchanges() -> None:
    assert len(CASES) == 1 + 2 + 5 + 16 + 65 + 326
    for current, listed in CASES:
        wanted = "".join(target(current, listed))
        assert [item for item in wanted if item in listed] == list(listed)
        allowed = ["".join(p) for p in permutations(current) if [item for item in p if item in listed] == list(listed)]
        fewest = min(turned(current, one) for one in allowed)
        assert carried_out(current, wanted, movers(current, wanted, listed)) == (wanted, fewest)


@pytest.mark.parametrize(
    ("current", "listed", "wanted", "moved"),
    [
        ("ABCD", "DABC", "DABC", "D"),
        ("ABCD", "BCDA", "BCDA", "A"),
        ("xAByN", "NAB", "xNABy", "N"),
        ("AxyzB", "AB", "AxyzB", ""),
        ("xyAz", "A", "xyAz", ""),
        ("ABC", "", "ABC", ""),
    ],
)
def test_only_what_has_to_move_moves(current: str, listed: str, wanted: str, moved: str) -> None:
    assert "".join(target(current, listed)) == wanted
    assert "".join(movers(current, wanted, listed)) == moved


@pytest.mark.parametrize(("new", "wanted"), [("", "yNA"), ("N", "NAy")])
def test_where_there_is_a_choice_old_ones_keep_their_sides(new: str, wanted: str) -> None:
    assert "".join(target("AyN", "NA", new)) == wanted


def test_new_ones_move_rather_than_old_ones() -> None:
    assert movers("ANM", "NMA", "NMA", new="NM") == ["N", "M"]
    assert movers("ANM", "NMA", "NMA") == ["A"]
