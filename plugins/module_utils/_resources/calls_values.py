# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that are given to the XAPI as they are: names and types checked at every depth. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from .._catalog.catalog import VERSIONS, Catalog, EntityType, Property, catalog_for, since
from .._xapi.secrecy import secret_name
from .declared.facts import CONCEALED
from .declared.scalars import scalar
from .naming import available, meant, plain

Trouble = tuple[str, str]
MANY = 20


class Values:
    """Turns what a person writes into what the XAPI takes. What is wrong is collected in `troubles`: (where, what)."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.troubles: list[Trouble] = []

    def members(
        self, given: Mapping[Any, Any], properties: Mapping[str, Property], place: str, owner: tuple[str, str]
    ) -> dict[str, Any]:
        """A mapping with option names or XAPI names, as the XAPI takes it: in the contract's order, without nulls.

        owner: (kind, name) of what the properties belong to, for `since`.
        """
        found: dict[str, Any] = {}
        for name, value in given.items():
            where = f"{place}.{name}"
            one = self.find(str(name), properties, where, owner)
            if one is not None and one.name in found:
                self.say(where, f"is given twice; it is the same as {one.option}")
            elif one is not None and value is not None:
                found[one.name] = self.value(value, one, where)
        return {name: found[name] for name in properties if name in found}

    def find(
        self, name: str, properties: Mapping[str, Property], place: str, owner: tuple[str, str]
    ) -> Property | None:
        """The property that an option name or an XAPI name stands for; None, with a trouble, if there is none."""
        one = next((one for spelled, one in properties.items() if plain(spelled) == plain(name)), None)
        if one is None:
            self.say(place, self._unknown(name, properties, owner))
        return one

    def value(self, given: Any, one: Property, place: str) -> Any:
        if not one.collection:
            return self.single(given, one, place)
        if not isinstance(given, (list, tuple)):
            self.say(place, "has to be a list")
            return []
        return [self.single(inner, one, f"{place}[{index}]") for index, inner in enumerate(given)]

    def single(self, given: Any, one: Property, place: str) -> Any:
        """One value of the property's type, whether or not the property holds a list of them."""
        if one.type in CONCEALED and not isinstance(given, Mapping):
            return {CONCEALED[one.type]: self._scalar(given, replace(one, type="string"), place)}
        enum = self.catalog.enum(one.type)
        if enum is not None:
            return self._member(given, one.type, enum, place)
        if one.type in self.catalog.types:
            return self._structure(given, self.catalog.type(one.type), place)
        return self._scalar(given, one, place)

    def _structure(self, given: Any, kind: EntityType, place: str) -> Any:
        if isinstance(given, Mapping):
            return self.members(given, kind.properties, place, ("type", kind.name))
        self.say(place, f"has to be a dictionary of {', '.join(one.option for one in kind.properties.values())}")
        return given

    def _member(self, given: Any, name: str, members: tuple[str, ...], place: str) -> str:
        """A member in any case; of flags also several, as a list or separated by commas."""
        spelled = {member.lower(): member for member in members}
        if self.catalog.is_flags(name):
            parts = given if isinstance(given, (list, tuple)) else str(given).split(",")
            return ",".join(self._one_member(str(part).strip(), name, spelled, place) for part in parts)
        return self._one_member(str(given), name, spelled, place)

    def _one_member(self, given: str, name: str, spelled: Mapping[str, str], place: str) -> str:
        member = spelled.get(given.lower())
        if member is not None:
            return member
        versions = next(
            (since("enum", name, one) for one in self._members_ever(name) if one.lower() == given.lower()), ()
        )
        if versions:
            self.say(place, f"{given} exists {available(versions)}; this PBX is {self.catalog.version}")
        else:
            self.say(place, f'"{given}" has to be one of {", ".join(spelled.values())}')
        return given

    def _members_ever(self, name: str) -> list[str]:
        return [member for version in VERSIONS for member in catalog_for(version).enum(name) or ()]

    def _scalar(self, given: Any, one: Property, place: str) -> Any:
        kind = scalar(one.type)
        # YAML makes dates of what looks like one.
        value = given.isoformat() if isinstance(given, (date, datetime)) else given
        try:
            return kind.take(value)
        except ValueError as exc:
            shown = "this value" if secret_name(one.name) or secret_name(place) else f'"{value}"'
            self.say(place, f"{shown} is not {kind.words}" + (f": {exc}" if str(exc) else ""))
            return given

    def _unknown(self, name: str, properties: Mapping[str, Property], owner: tuple[str, str]) -> str:
        kind, owner_name = owner
        for spelled in _spelled_ever(kind, owner_name, name):
            return f"exists {available(since(kind, owner_name, spelled))}; this PBX is {self.catalog.version}"
        options = [one.option for one in properties.values()]
        near = meant(name, options)
        return f"there is no such {'parameter' if kind == 'call' else 'field'}" + (near or _known(options))

    def say(self, place: str, words: str) -> None:
        self.troubles.append((place, words))


def _known(options: list[str]) -> str:
    """What there is, unless that would be a page."""
    if not options:
        return "; it takes none"
    return f"; there are {', '.join(options)}" if len(options) <= MANY else ""


def _spelled_ever(kind: str, owner: str, name: str) -> list[str]:
    """The XAPI's spelling of a property that other versions have."""
    found = []
    for version in reversed(VERSIONS):
        catalog = catalog_for(version)
        table: Mapping[str, Any] = catalog.calls if kind == "call" else catalog.types
        if owner in table:
            properties = table[owner].parameters if kind == "call" else table[owner].properties
            found += [spelled for spelled in properties if plain(spelled) == plain(name)]
    return found
