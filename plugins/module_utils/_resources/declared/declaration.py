# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How an entity set is managed, where its catalog entry does not tell. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..model import Item
from ..port import Port

Ids = list[Any]


def by_ids(ids: Ids) -> dict[str, Any]:
    return {"ids": ids}


def no_item(item: Item) -> bool:
    return False


def no_reason(item: Item) -> str:
    return ""


def as_given(item: Item) -> Item:
    return item


@dataclass(frozen=True)
class Identity:
    """Fields that together tell an item from others, as options; gateway.name is inside a structured value.

    blanks: a field that is left out counts as empty, as long as one is given. optional: those that may be left out so.
    """

    fields: tuple[str, ...]
    blanks: bool = False
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bulk:
    """An action that removes many. answers: it tells in its answer what it could not remove, and why."""

    action: str
    body: Callable[[Ids], dict[str, Any]] = by_ids
    answers: bool = False


@dataclass(frozen=True)
class Declaration:
    """One entity set.

    identities: tried in this order; an item is known by the first whose fields it has.
    called: an identity by which people call an item, if not by the first that it has.
    defaults: what a new item gets when the user left it out.
    fixed: given when an item is created, and never changed.
    granted: what only the PBX gives to a new item, and what an existing one is known by.
    bulk: of these the first that the PBX's version has.
    watched: options that are always read, because `kept` or a guard looks at them.
    kept: what a purge never removes.
    bound: why an item cannot be deleted; "" if it can.
    deleted_by: an action that deletes one, by {"id": ...}, instead of DELETE.
    pages: how many pages a listing usually has; so many portions of names may be asked for instead. 0: all are read,
    because a guard looks at all.
    same_for_many: an action that writes the same values to many, and the type of these values.
    apart: properties of what exists that only the action of same_for_many writes safely.
    prepared: from the body of a new item to what is posted; may read.
    guard: the name of a guard in guards.py.
    needed: options that a new item cannot do without.
    completed: what an item means that leaves something out. It may be given wrong types.
    peer_type: as what the items stand among the peers, so that others can lead to them before they are there.
    in_use: whether an item stays while calls are led to its number.
    """

    entity_set: str
    noun: str
    plural: str
    identities: tuple[Identity, ...]
    called: Identity | None = None
    defaults: Item = field(default_factory=dict)
    fixed: tuple[str, ...] = ()
    granted: tuple[str, ...] = ()
    bulk: tuple[Bulk, ...] = ()
    watched: tuple[str, ...] = ()
    kept: Callable[[Item], bool] = no_item
    bound: Callable[[Item], str] = no_reason
    deleted_by: str = ""
    absent_takes_all: bool = False
    pages: int = 1
    same_for_many: tuple[str, str] | None = None
    apart: tuple[str, ...] = ()
    prepared: Callable[[Port, dict[str, Any]], dict[str, Any]] | None = None
    guard: str = ""
    needed: tuple[str, ...] = ()
    completed: Callable[[Item], Item] = as_given
    peer_type: str = ""
    in_use: bool = False
