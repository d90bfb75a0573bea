# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who would be blocked. PRIVATE to the collection.

Where entries overlap, the narrower network decides, whatever the order (REALITY.md section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .networks import Network


@dataclass(frozen=True)
class Rule:
    """One entry. origin: what made it, for the message."""

    network: Network
    blocks: bool
    origin: Any = None


@dataclass(frozen=True)
class Lockout:
    protected: Network
    rule: Rule


def lockouts(protected: Iterable[Network], before: Sequence[Rule], after: Sequence[Rule]) -> Iterator[Lockout]:
    """Protected networks that a rule blocks afterwards, in whole or in part, and did not before."""
    for network in protected:
        earlier = {rule.network for rule in blockers(network, before)}
        for rule in blockers(network, after):
            if rule.network not in earlier:
                yield Lockout(network, rule)
                break


def blockers(network: Network, rules: Sequence[Rule]) -> list[Rule]:
    """The rules that block the network or a part of it."""
    related = [rule for rule in rules if rule.network.version == network.version and rule.network.overlaps(network)]
    around = [rule for rule in related if rule.network.prefixlen <= network.prefixlen]
    inside = [rule for rule in related if rule.network.prefixlen > network.prefixlen and rule.blocks]
    if not around:
        return inside
    narrowest = max(rule.network.prefixlen for rule in around)
    deciding = [rule for rule in around if rule.network.prefixlen == narrowest]
    # Two entries for one network: nobody knows which wins, so a Block counts.
    return [rule for rule in deciding if rule.blocks] + inside
