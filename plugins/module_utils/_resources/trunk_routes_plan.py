# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From changed DID routes to few calls, in an order that leaves no DID without a route. PRIVATE to the collection.

One SetRoutes for each destination that changes. A DID that moves is first added to the new destination, which takes
it from the old one (REALITY.md section 6, inferred); the old one is written without it only where a later reading
shows that it still has it. Until a move is done, the old destination keeps the DID in every list that is sent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .model import Change
from .trunk_routes_rules import Key, Rule


@dataclass(frozen=True)
class Wish:
    """One change of one DID.

    target: the number it is to ring at; None for a DID that leaves, or for a rule that goes on ringing no number.
    rename: its new display name, None to keep the one it has. rules: what catches the DID now.
    again: it was tried before, and the PBX did not do it.
    """

    change: Change
    key: Key
    target: str | None
    rename: str | None
    rules: tuple[Rule, ...]
    again: bool = False

    @property
    def leaves(self) -> bool:
        return self.change.kind == "delete"

    @property
    def in_place(self) -> bool:
        """A rule that says more than a route can is changed itself: SetRoutes knows nothing of the rest of it."""
        if self.leaves or not self.rules:
            return False
        return self.target is None or (len(self.rules) == 1 and self.rules[0].has_own_hours)

    def stands_at(self, number: str | None) -> bool:
        return any(rule.plain and rule.office.rings == number for rule in self.rules)


class Batch:
    """Everything that is to be written, by destination."""

    def __init__(self, wishes: Iterable[Wish]) -> None:
        self.patches: list[Wish] = []
        self.arrivals: dict[str, list[Wish]] = defaultdict(list)
        self.removals: dict[str, list[Wish]] = defaultdict(list)
        self.deletions: list[tuple[Wish, Rule]] = []
        self._told: set[int] = set()
        for wish in wishes:
            self._sort(wish)

    def _sort(self, wish: Wish) -> None:
        if wish.in_place:
            self.patches.append(wish)
        elif wish.target is None:
            self._remove(wish, wish.rules)
        elif wish.rename is not None or not wish.stands_at(wish.target):
            self.arrivals[wish.target].append(wish)
        else:
            self._remove(wish, [rule for rule in wish.rules if rule.office.rings != wish.target])

    def _remove(self, wish: Wish, rules: Iterable[Rule]) -> None:
        for rule in rules:
            number = rule.office.rings
            # That an empty list clears a destination is inferred: a second try removes the rule itself.
            if number is not None and rule.plain and not (wish.leaves and wish.again):
                self.removals[number].append(wish)
            else:
                self.deletions.append((wish, rule))

    @property
    def numbers(self) -> list[str]:
        """Destinations to write: those that get a DID first, so that none is unrouted before it is routed anew."""
        return list(dict.fromkeys([*self.arrivals, *self.removals]))

    def removed(self, number: str) -> set[Key]:
        return {wish.key for wish in self.removals.get(number, ())}

    def rules_removed(self, number: str) -> list[int]:
        found = (rule for wish in self.removals.get(number, ()) for rule in wish.rules if rule.office.rings == number)
        return list(dict.fromkeys(rule.id for rule in found))

    def arriving(self, number: str) -> list[Wish]:
        return self.arrivals.get(number, [])

    def changes_at(self, number: str) -> tuple[Change, ...]:
        return self.once([*self.arriving(number), *self.removals.get(number, ())])

    def once(self, wishes: Iterable[Wish]) -> tuple[Change, ...]:
        """The changes that no step has yet: a DID that stands in two places is one change and two calls."""
        new = [wish.change for wish in wishes if id(wish.change) not in self._told]
        self._told.update(id(change) for change in new)
        return tuple({id(change): change for change in new}.values())

    def together(self, most: int) -> dict[str, tuple[str, ...]]:
        """Destinations that are written one after the other, with where their DIDs come from: asked for at once."""
        numbers = self.numbers
        portions = [numbers[start : start + most] for start in range(0, len(numbers), most)]
        return {number: asked for portion in portions for asked in [self._with_sources(portion)] for number in portion}

    def _with_sources(self, numbers: Sequence[str]) -> tuple[str, ...]:
        sources = (
            rule.office.rings
            for number in numbers
            for wish in self.arriving(number)
            if wish.rename is None
            for rule in wish.rules
            if rule.office.rings is not None
        )
        return tuple(dict.fromkeys([*numbers, *sources]))
