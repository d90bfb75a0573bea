# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The words in which a resource is declared. PRIVATE to the collection.

An *item* is what a user writes and what a result shows: a dict in option names.
A *body* is the same thing as the XAPI writes it: a dict in property names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

Item = dict[str, Any]
Body = dict[str, Any]
# Where an item stands in its option: its place in a list, or its key in a dictionary.
Place: TypeAlias = "int | str"
ChangeKind = Literal["create", "update", "delete"]


def as_is(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Field:
    """One property of an item.

    name: the option; prop: the XAPI property.
    same: the value's meaning, hashable or at least comparable; two equal meanings are no change.
    show: property value to option value; wire: the way back.
    empty: what a property means that the PBX left out (null keys are dropped, REALITY.md section 3).
    writable: False for what only the PBX decides; such a field is shown, accepted and never sent.
    in_diff: False keeps a value out of diffs (ids and other noise that a prediction cannot know).
    """

    name: str
    prop: str
    same: Callable[[Any], Any] = as_is
    show: Callable[[Any], Any] = as_is
    wire: Callable[[Any], Any] = as_is
    empty: Any = None
    writable: bool = True
    in_diff: bool = True


@dataclass(frozen=True)
class Record:
    """One thing that the PBX has. id: its key; item: its friendly shape; etag: only if the PBX gave one."""

    id: int | str
    item: Item
    etag: str | None = None
    body: Body = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """One item of the task's option: its place there, and only the fields that were given."""

    index: Place
    item: Item
    if_match: str | None = None


@dataclass(frozen=True)
class Problem:
    """Something wrong with one item of the input, found before any write."""

    index: Place | None
    label: str
    field: str
    message: str


@dataclass(frozen=True)
class Change:
    """One difference between what is wanted and what is there.

    values: the option values to write (all given ones for a create, the differing ones for an update).
    before, after: what a diff shows; None where the thing does not exist.
    concerns: what results name instead of the label, where a change is not about one item (an order, say).
    """

    kind: ChangeKind
    label: str
    before: Item | None
    after: Item | None
    values: Item = field(default_factory=dict)
    record: Record | None = None
    wanted: Wanted | None = None
    concerns: tuple[str, ...] | None = None

    @property
    def index(self) -> Place | None:
        return None if self.wanted is None else self.wanted.index

    @property
    def identity(self) -> tuple[Any, ...]:
        """Tells the same wish in two plans: by its place in the list, or for a removal by the thing removed."""
        removed = self.record.id if self.kind == "delete" and self.record is not None else None
        return (self.index, removed)

    @property
    def if_match(self) -> str | None:
        """The user's ETag as given, else the one that the PBX gave."""
        if self.wanted is not None and self.wanted.if_match:
            return self.wanted.if_match
        return None if self.record is None else self.record.etag

    @property
    def pinned(self) -> bool:
        """Whether the user gave the version that is meant."""
        return self.wanted is not None and bool(self.wanted.if_match)
