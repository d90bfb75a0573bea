# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else became different while DID routes were written. PRIVATE to the collection.

SetRoutes is told of every DID of a destination, also of those that nobody wants changed. What a PBX makes of these
is not documented (REALITY.md section 6), so the readings before and after are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from .trunk_routes_rules import Key, Rule


def by_key(rules: Iterable[Rule]) -> dict[Key, tuple[Rule, ...]]:
    found: dict[Key, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.key].append(rule)
    return {key: tuple(some) for key, some in found.items()}


def bystanders(before: Iterable[Rule], after: Iterable[Rule], changed: Collection[Key]) -> Iterator[tuple[Key, str]]:
    """(key, what happened) for each DID that was not to change and did."""
    then, now = by_key(before), by_key(after)
    for key in sorted((then.keys() | now.keys()) - set(changed)):
        if _meaning(then.get(key, ())) != _meaning(now.get(key, ())):
            yield key, f"was {described(then.get(key, ()))} and is now {described(now.get(key, ()))}"


def _meaning(rules: Iterable[Rule]) -> set[Rule]:
    """A rule made anew has another id and is the same; its name is not what matters to a caller."""
    return {replace(rule, id=0, name="") for rule in rules if rule.routed}


def described(rules: Iterable[Rule]) -> str:
    """Where calls go, for people."""
    return " and ".join(_rule(rule) for rule in rules if rule.routed) or "without a route"


def _rule(rule: Rule) -> str:
    own = [("out of office", rule.out_of_office), ("on holidays", rule.holidays)]
    return ", ".join([str(rule.office), *(f"{when} {where}" for when, where in own if where is not None)])
