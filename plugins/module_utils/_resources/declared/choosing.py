# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which entity set or settings a user means. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable

from ..._catalog.catalog import VERSIONS, EntitySet, catalog_for
from ..._catalog.names import snake
from ..naming import meant, plain
from .declaration import Declaration, Identity
from .sets import BY_SET

CHANGING = {"create", "update", "delete"}
# What items of an undeclared set are usually known by.
USUAL = ("Number", "Name", "Filename", "FileName")


def declaration_for(given: str) -> Declaration:
    """The declaration of the set that is called so: Parkings, parkings. Raises ValueError with a remedy."""
    known = known_sets()
    entity_set = _found(given, known)
    if entity_set is None:
        raise ValueError(_no_set(given, known))
    declared = BY_SET.get(entity_set)
    return declared if declared is not None else _by_its_key(known[entity_set])


def settings_named(given: str) -> str:
    """The singleton that is called so: MailSettings, mail_settings. Raises ValueError with a remedy."""
    known = known_settings()
    name = _found(given, known)
    if name is None:
        other = _found(given, known_sets())
        more = f"; {other} is a set, use tcx_object" if other is not None else meant(given, known)
        raise ValueError(f'no settings are called "{given}"{more}')
    return name


def known_sets() -> dict[str, EntitySet]:
    """All that some version can change, by name."""
    found: dict[str, EntitySet] = {}
    for version in VERSIONS:
        found |= {name: one for name, one in catalog_for(version).sets.items() if one.verbs & CHANGING}
    return found


def known_settings() -> tuple[str, ...]:
    """The singletons that some version can change."""
    found: dict[str, None] = {}
    for version in VERSIONS:
        found |= dict.fromkeys(name for name, one in catalog_for(version).singletons.items() if "update" in one.verbs)
    return tuple(found)


def _found(given: str, known: Iterable[str]) -> str | None:
    spelled = {plain(name): name for name in known}
    return spelled.get(plain(given.strip()))


def _no_set(given: str, known: Iterable[str]) -> str:
    newest = catalog_for(VERSIONS[-1])
    settings = _found(given, newest.singletons)
    if settings is not None:
        return f"{settings} is no set of things; use tcx_settings for settings, tcx_query to read"
    if _found(given, newest.sets) is not None:
        return f"{_found(given, newest.sets)} can only be read; use tcx_query"
    return f'no set is called "{given}"{meant(given, known)}'


def _by_its_key(entity_set: EntitySet) -> Declaration:
    properties = catalog_for(VERSIONS[-1]).type(entity_set.type).properties
    name = next((one for one in (entity_set.key, *USUAL) if one in properties and one != "Id"), "Id")
    return Declaration(entity_set.name, "item", "items", (Identity((snake(name),)),))
