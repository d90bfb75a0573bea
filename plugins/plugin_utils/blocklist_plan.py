# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What feeds list becomes the part of a block list that is theirs. PRIVATE to the collection.

The entries of feeds are known by their description, which begins with [feed:NAME]. All others are somebody else's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._resources.instants import instant
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import Network, lenient, short
from ansible_collections.tcx.pbx.plugins.plugin_utils.feeds import Listed
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems

LONGEST_NOTE = 100
UNREADABLE = re.compile(r"[\x00-\x1f\x7f\[\]]+")
Entry = Mapping[str, Any]
# IP version, first address and prefix length: cheaper to look up than networks.
Key = tuple[int, int, int]


@dataclass(frozen=True)
class Limits:
    """broadest: the shortest prefix that is believed, by IP version. shrink: in percent. lifetime: of entries whose
    feed names no end."""

    least: int = 1
    most: int = 5000
    shrink: float = 50
    broadest: Mapping[int, int] = field(default_factory=lambda: {4: 8, 6: 19})
    lifetime: timedelta | None = None


@dataclass
class Counts:
    """Of one feed. before: what it has on the PBX."""

    listed: int = 0
    before: int = 0
    taken: int = 0


class Standing:
    """The block list as it is. mark: how descriptions of our entries begin."""

    def __init__(self, entries: Iterable[Entry], mark: str) -> None:
        self._mark = re.compile(rf"\[{re.escape(mark)}:([^\]]*)\]")
        self.own: dict[Any, tuple[str, Entry]] = {}
        self.foreign: set[Any] = set()
        for entry in entries:
            key = lenient(str(entry.get("ip_addr_mask") or ""))
            feed = self._feed_of(entry)
            if feed is None:
                self.foreign.add(key)
            else:
                self.own[key] = (feed, entry)

    def _feed_of(self, entry: Entry) -> str | None:
        if entry.get("block_type") != "Block" or entry.get("added_by") != "Manual":
            return None
        found = self._mark.search(entry.get("description") or "")
        return found.group(1) if found else None

    def sizes(self) -> Counter[str]:
        return Counter(feed for feed, _entry in self.own.values())

    def expiry(self, key: Network) -> datetime | None:
        """Of an entry of ours."""
        entry = self.own.get(key, ("", {}))[1]
        return instant(entry["expires_at"]) if entry.get("expires_at") else None


class Plan:
    """Feeds are added one after the other; of a network that several list, the first one has it."""

    def __init__(self, standing: Standing, limits: Limits, never: Sequence[Network], mark: str, now: datetime) -> None:
        """never: networks that are not blocked, whoever lists them."""
        self._standing, self._limits, self._never = standing, limits, tuple(never)
        self._mark, self._now = mark, now
        self._wanted: dict[Network, tuple[str, Listed]] = {}
        self._sizes = standing.sizes()
        self.counts: dict[str, Counts] = {}
        # Networks that were listed although they must not be blocked, a sentence each.
        self.protected: list[str] = []

    def add(self, feed: str, items: Iterable[Listed], problems: Problems) -> None:
        """problems: takes networks that are too broad to be believed."""
        kept: dict[Network, Listed] = {}
        for one in items:
            shortest = self._limits.broadest[one.network.version]
            if one.network.prefixlen < shortest:
                problems.add(one.place, f"{one.network} is broader than /{shortest}, which is not believed")
            elif one.expires is None or one.expires > self._now:
                kept[one.network] = _lasting(kept.get(one.network), one)
        own = _without_covered(self._blockable(kept))
        self.counts[feed] = Counts(len(own), self._sizes[feed])
        for network, one in own.items():
            if network in self._wanted:
                first, present = self._wanted[network]
                self._wanted[network] = (first, _lasting(present, one))
            else:
                self._wanted[network] = (feed, one)

    def _blockable(self, kept: Mapping[Network, Listed]) -> dict[Network, Listed]:
        left = {}
        for network, one in kept.items():
            protected = next(
                (own for own in self._never if own.version == network.version and own.overlaps(network)), None
            )
            if protected is None:
                left[network] = one
            else:
                self.protected.append(
                    f"{one.place}: {short(network)} is not blocked, since it touches {short(protected)}"
                )
        return left

    def refusals(self) -> list[str]:
        """Why this plan must not be carried out."""
        limits = self._limits
        found = [_refusal(name, one, limits) for name, one in self.counts.items()]
        gone, own = self._gone().total(), self._sizes.total()
        if gone * 100 > limits.shrink * own:
            found.append(
                f"{gone} of the {own} entries on the PBX are of feeds that are not given any more "
                f"({', '.join(sorted(self._gone()))}), more than {limits.shrink:g} % (blocklist_sync_maximum_shrink)"
            )
        total = len(self.entries())
        if total > limits.most:
            sizes = ", ".join(f"{name} {one.taken}" for name, one in self.counts.items())
            found.append(
                f"there would be {total} entries ({sizes}), more than {limits.most} (blocklist_sync_maximum_entries)"
            )
        return [message for message in found if message]

    def others(self) -> list[str]:
        """What is left to others, and what is left of feeds that are not read any more, a sentence each."""
        left = sum(1 for network in self._wanted if network in self._standing.foreign)
        notes = [f"{left} of the networks are left to entries that are not of a feed"] if left else []
        return notes + [
            f"{name} is not one of the feeds any more; what only it has on the PBX is removed ({size})"
            for name, size in sorted(self._gone().items())
        ]

    def _gone(self) -> Counter[str]:
        """How many entries go with feeds that are not given any more."""
        own = self._standing.own.items()
        return Counter(feed for key, (feed, _entry) in own if feed not in self.counts and key not in self._wanted)

    def entries(self) -> list[dict[str, Any]]:
        """For tcx_blocklist. What somebody else has entered is left to them."""
        wanted = _without_covered({network: one for network, (_feed, one) in self._wanted.items()})
        for counts in self.counts.values():
            counts.taken = 0
        entries = []
        for network, one in wanted.items():
            feed = self._wanted[network][0]
            if network not in self._standing.foreign:
                self.counts[feed].taken += 1
                entries.append(self._entry(feed, one))
        return entries

    def _entry(self, feed: str, one: Listed) -> dict[str, Any]:
        note = " ".join(UNREADABLE.sub(" ", one.note).split())[:LONGEST_NOTE].rstrip()
        expires = one.expires or self._renewed(one.network)
        return {
            "ip_addr_mask": short(one.network),
            "block_type": "Block",
            "description": f"[{self._mark}:{feed}] {note}".rstrip(),
            "expires_at": expires.strftime("%Y-%m-%dT%H:%M:00Z") if expires else "",
        }

    def _renewed(self, network: Network) -> datetime | None:
        """A new end only when half of the time is over: otherwise every run would write every entry."""
        lifetime = self._limits.lifetime
        if lifetime is None:
            return None
        present = self._standing.expiry(network)
        if present is not None and lifetime / 2 <= present - self._now <= lifetime:
            return present
        return self._now + lifetime


def _refusal(name: str, one: Counts, limits: Limits) -> str:
    if one.listed < limits.least:
        return f"feed {name} lists {one.listed} networks, fewer than {limits.least} (blocklist_sync_minimum_entries)"
    lost = 100 * (one.before - one.listed) / one.before if one.before else 0
    if lost > limits.shrink:
        return (
            f"feed {name} lists {one.listed} networks and has {one.before} on the PBX; it has lost {lost:.0f} %, "
            f"more than {limits.shrink:g} % (blocklist_sync_maximum_shrink)"
        )
    return ""


def _lasting(present: Listed | None, new: Listed) -> Listed:
    """The one that lasts longer."""
    return present if present is not None and _lasts(present.expires, new.expires) else new


def _without_covered(items: Mapping[Network, Listed]) -> dict[Network, Listed]:
    """Without networks within another one that lasts at least as long."""
    ends: dict[Key, datetime | None] = {_key(one): listed.expires for one, listed in items.items()}
    lengths = {version: sorted({length for kind, _start, length in ends if kind == version}) for version in (4, 6)}
    return {one: item for one, item in items.items() if not _is_covered(one, item, ends, lengths[one.version])}


def _key(one: Network) -> Key:
    return one.version, int(one.network_address), one.prefixlen


def _is_covered(one: Network, item: Listed, ends: Mapping[Key, datetime | None], lengths: Iterable[int]) -> bool:
    """lengths: the prefix lengths that there are, the shortest first."""
    for length in lengths:
        if length >= one.prefixlen:
            return False
        hosts = one.max_prefixlen - length
        key = (one.version, int(one.network_address) >> hosts << hosts, length)
        if key in ends and _lasts(ends[key], item.expires):
            return True
    return False


def _lasts(end: datetime | None, other: datetime | None) -> bool:
    """At least as long. None is for good."""
    return end is None or (other is not None and end >= other)
