# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bringing some things of a list into an order by exchanging neighbours, with the fewest exchanges.

PRIVATE to the collection. Each exchange turns round one pair, so the fewest exchanges are also the fewest pairs whose
order changes: things that are not asked for stay where they are relative to as many others as possible.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Move(Generic[T]):
    """One thing changes places with its neighbour, above (nearer to the front) or below."""

    item: T
    up: bool


def target(current: Sequence[T], listed: Sequence[T], new: Collection[T] = ()) -> list[T]:
    """The order nearest to the current one in which the listed things stand in the order of their list.

    listed: a part of current, in any order, without repetitions. new: things that nobody relies on yet; where there
    is a choice, they rather than old ones change sides.
    """
    place = {item: number for number, item in enumerate(current)}
    others = [(place[item], item in new) for item in listed]
    asked = {own for own, _is_new in others}
    after: list[list[T]] = [[] for _gap in range(len(listed) + 1)]
    for own, item in enumerate(current):
        if own not in asked:
            after[_gap(own, others)].append(item)
    result = after[0]
    for item, followers in zip(listed, after[1:], strict=True):
        result += [item, *followers]
    return result


def _gap(own: int, listed: Sequence[tuple[int, bool]]) -> int:
    """Behind how many of the listed things an unlisted one stands best: where it turns round the fewest pairs, of
    such gaps the fewest with old things, of such the nearest to its present one. Gaps chosen so never make two
    unlisted things change sides."""
    before = [is_new for place, is_new in listed if place < own]
    turned, old, now = len(before), before.count(False), len(before)
    best = (turned, old, now, 0)
    for gap, (place, is_new) in enumerate(listed, start=1):
        step = 1 if place > own else -1
        turned, old = turned + step, old + (0 if is_new else step)
        best = min(best, (turned, old, abs(gap - now), gap))
    return best[3]


def movers(current: Sequence[T], wanted: Sequence[T], listed: Collection[T], new: Collection[T] = ()) -> list[T]:
    """The listed things that have to move so that all others can stay; new ones rather than old ones."""
    place = {item: number for number, item in enumerate(current)}
    rank = {item: number for number, item in enumerate(wanted)}
    fixed = [item for item in wanted if item not in listed]
    free = [item for item in wanted if item in listed and not _crosses(item, fixed, place, rank)]
    staying = _heaviest_rise([(place[item], item not in new) for item in free])
    stays = {free[number] for number in staying}
    return [item for item in wanted if item in listed and item not in stays]


def _crosses(item: T, fixed: Sequence[T], place: dict[T, int], rank: dict[T, int]) -> bool:
    return any((place[item] < place[other]) != (rank[item] < rank[other]) for other in fixed)


def _heaviest_rise(items: Sequence[tuple[int, bool]]) -> list[int]:
    """Indices of a rising part of (place, is old) with the most old ones, and of such parts of the longest."""
    best: list[tuple[int, int, tuple[int, ...]]] = []
    for number, (place, old) in enumerate(items):
        before = max(
            (one for one, (other, _old) in zip(best, items[:number], strict=True) if other < place),
            key=lambda one: one[:2],
            default=(0, 0, ()),
        )
        best.append((before[0] + old, before[1] + 1, (*before[2], number)))
    return list(max(best, key=lambda one: one[:2])[2]) if best else []


def moves(current: Sequence[T], wanted: Sequence[T], movable: Collection[T]) -> Iterator[Move[T]]:
    """The exchanges, in this order. movable: what `movers` says; of each pair one is in it, and is the one named."""
    standing = list(current)
    for place, item in enumerate(wanted):
        for at in range(standing.index(item), place, -1):
            above = standing[at - 1]
            standing[at - 1], standing[at] = item, above
            yield Move(item, True) if item in movable else Move(above, False)
