# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a PBX could update (contract: Pbx.UpdateList; REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .model import Body, Item
from .patterns import fits
from .port import Port

# Not installed by category unless asked for: they may take more than a night.
CAREFUL = ("Release", "Hotfix")


@dataclass(frozen=True)
class Update:
    """guid: means this entry in the listing from which it comes, and only there."""

    name: str
    category: str
    local_version: str
    server_version: str
    out_of_date: bool
    ignore: bool = False
    update_type: str | None = None
    description: str = ""
    guid: str | None = None

    @property
    def identity(self) -> tuple[str, str]:
        return (self.category, self.name)

    @property
    def item(self) -> Item:
        return {
            "name": self.name,
            "category": self.category,
            "local_version": self.local_version,
            "server_version": self.server_version,
            "out_of_date": self.out_of_date,
            "ignore": self.ignore,
            "update_type": self.update_type,
            "description": self.description,
        }

    def changes_version(self, version: str) -> bool:
        """Whether it is one of the PBX itself, which then has another version: 20.0.8 of 20.0.8.1131."""
        return bool(self.local_version) and f"{version}.".startswith(f"{self.local_version}.")


@dataclass(frozen=True)
class Listing:
    """key: of this very listing; the PBX wants it back with the guids. maintenance_expired: then it may refuse."""

    key: str | None
    updates: tuple[Update, ...]
    maintenance_expired: bool
    last_successful_update: str | None


def listing_of(port: Port) -> Listing:
    answer = port.function("GetUpdates") or {}
    return Listing(
        answer.get("Key"),
        tuple(_update(row) for row in answer.get("Entries") or ()),
        # Misspelled so in the contract.
        bool(answer.get("IsMaintananceExpired")),
        answer.get("LastSuccessfulUpdate"),
    )


def _update(row: Body) -> Update:
    return Update(
        row.get("Name") or "",
        row.get("Category") or "",
        row.get("LocalVersion") or "",
        row.get("ServerVersion") or "",
        bool(row.get("OutOfDate")),
        bool(row.get("Ignore")),
        row.get("UpdateType"),
        row.get("Description") or "",
        row.get("Guid"),
    )


@dataclass(frozen=True)
class Choice:
    """What is to be installed. categories and names are patterns, in any case; types: those of the contract."""

    categories: Sequence[str] = ()
    names: Sequence[str] = ()
    types: Sequence[str] = CAREFUL

    def of(self, updates: Iterable[Update]) -> list[Update]:
        """What is out of date and chosen. An ignored one only by its whole name."""
        return [one for one in updates if one.out_of_date and self._means(one) and not self._passed_over(one)]

    def passed_over(self, updates: Iterable[Update]) -> list[Update]:
        """What would be chosen, if it were of another type or not ignored."""
        return [one for one in updates if one.out_of_date and self._means(one) and self._passed_over(one)]

    def idle(self, updates: Sequence[Update]) -> Iterator[str]:
        """The patterns that mean nothing of what is listed."""
        for pattern in self.categories:
            if not any(_fits(one.category, pattern) for one in updates):
                yield f"category {pattern}"
        for pattern in self.names:
            if not any(_fits(one.name, pattern) for one in updates):
                yield f"name {pattern}"

    def _means(self, one: Update) -> bool:
        by_category = any(_fits(one.category, pattern) for pattern in self.categories)
        return by_category or any(_fits(one.name, pattern) for pattern in self.names)

    def _passed_over(self, one: Update) -> bool:
        other_type = one.update_type is not None and one.update_type not in self.types
        return other_type or (one.ignore and one.name.casefold() not in [name.casefold() for name in self.names])


def _fits(text: str, pattern: str) -> bool:
    return fits(text.casefold(), pattern.casefold())
