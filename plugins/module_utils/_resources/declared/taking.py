# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a user wrote to option names and types, and what is wrong with it. PRIVATE to the collection.

Keys may be written as options (ip_addr_mask) or as the XAPI spells them (IPAddrMask). What cannot be taken stays as it
was written, so that taking it again finds the same problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..._catalog.catalog import VERSIONS, catalog_for, since
from ..._catalog.names import snake
from ..model import Item
from ..naming import available, meant
from .scalars import scalar
from .shapes import Part, Shape, Shapes

# Accepted in every item, besides the fields of the contract.
ID = "id"


@dataclass
class Taking:
    """problems: (path of the field, message with the remedy), in the order found."""

    shapes: Shapes
    problems: list[tuple[str, str]] = field(default_factory=list)

    def item(self, shape: Shape, given: Item, path: str = "") -> Item:
        taken: Item = {}
        for name, value in self._named(shape, self._long(shape, given, path), path):
            where = f"{path}.{name}" if path else name
            part = shape.parts.get(name)
            if part is None:
                self._unknown(shape, name, where)
                taken[name] = value
            elif part.elsewhere:
                self._say(where, f"cannot be set here: {part.elsewhere}")
                taken[name] = value
            else:
                taken[name] = self._value(shape, part, value, where)
        return taken

    def _long(self, shape: Shape, given: Item, path: str) -> Item:
        """Short options at the place that they stand for: {role: users} is {rights: {role_name: users}}."""
        for short, (outer, inner) in shape.facts.short.items():
            if short not in given:
                continue
            deeper = given.get(outer, {})
            if not isinstance(deeper, dict) or deeper.get(inner, given[short]) != given[short]:
                self._say(f"{path}.{short}" if path else short, f"is not what {outer} says; keep one of the two")
                return given
            rest = {name: value for name, value in given.items() if name != short}
            given = {**rest, outer: {**deeper, inner: given[short]}}
        return given

    def _named(self, shape: Shape, given: Item, path: str) -> Iterator[tuple[str, Any]]:
        """The same pairs under option names. A field that is given in both spellings keeps its wrong name."""
        for name, value in given.items():
            option = option_of(shape, str(name))
            if option != name and option in given:
                self._say(f"{path}.{name}" if path else str(name), f"is {option} once more; keep one of the two")
                yield str(name), value
            else:
                yield option, value

    def _unknown(self, shape: Shape, name: str, where: str) -> None:
        if option_of(shape, name) == name:
            self._say(where, unknown(self.shapes, shape, name))

    def _value(self, shape: Shape, part: Part, value: Any, where: str) -> Any:
        if part.collection:
            return self._list(shape, part, value, where)
        return self._one(shape, part, value, where)

    def _list(self, shape: Shape, part: Part, value: Any, where: str) -> Any:
        if not isinstance(value, list):
            if value != "":
                self._say(where, f"has to be a list, not {described(value)}")
                return value
            return []
        taken = [self._one(shape, part, one, f"{where}[{index}]") for index, one in enumerate(value)]
        self._twice(shape, part, taken, where)
        return taken

    def _twice(self, shape: Shape, part: Part, elements: list[Any], where: str) -> None:
        """Of elements that are known by a key, each can be there once."""
        inner = self.shapes.inner(shape.type, part)
        if inner is None or inner.refers is not None or inner.key is None:
            return
        seen: dict[Any, int] = {}
        for index, one in enumerate(elements):
            known_by = one.get(inner.key.option) if isinstance(one, dict) else None
            if known_by in (None, ""):
                continue
            if known_by in seen:
                self._say(f"{where}[{index}]", f'"{known_by}" is also {where}[{seen[known_by]}]; keep one of the two')
            seen.setdefault(known_by, index)

    def _one(self, shape: Shape, part: Part, value: Any, where: str) -> Any:
        if part.wrapped:
            return self._secret(part, value, where)
        inner = self.shapes.inner(shape.type, part)
        if inner is not None:
            return self._structured(inner, value, where)
        members = self.shapes.members(part.type) or part.words
        if members:
            return self._member(part, members, value, where)
        return self._scalar(part, value, where)

    def _secret(self, part: Part, value: Any, where: str) -> Any:
        """The text itself, or the object that the XAPI has for it."""
        if isinstance(value, dict):
            named = {snake(str(name)): inner for name, inner in value.items()}
            value = named.get(snake(part.wrapped), value)
        if not isinstance(value, str):
            self._say(where, "has to be text")
        return value

    def _structured(self, inner: Shape, value: Any, where: str) -> Any:
        if inner.refers is not None and isinstance(value, (str, int)) and not isinstance(value, bool):
            return {inner.facts.names[0]: str(value)} if isinstance(value, str) else {inner.facts.names[-1]: value}
        if inner.facts.single and isinstance(value, (str, int)) and not isinstance(value, bool):
            value = {inner.by_prop[inner.facts.single].option: value}
        if not isinstance(value, dict):
            keys = ", ".join(list(inner.parts)[:5])
            self._say(where, f"has to be a dictionary with keys such as {keys}, not {described(value)}")
            return value
        return self.item(inner, value, where)

    def _member(self, part: Part, members: tuple[str, ...], value: Any, where: str) -> Any:
        if value == "" and part.nullable:
            return value
        flags = self.shapes.catalog.is_flags(part.type)
        if flags and isinstance(value, list):
            value = ", ".join(str(one) for one in value)
        given = [one.strip() for one in value.split(",")] if flags and isinstance(value, str) else [value]
        for one in given:
            if one not in members:
                self._say(where, self._no_member(part.type, members, one))
        return value

    def _no_member(self, enum: str, members: tuple[str, ...], value: Any) -> str:
        versions = since("enum", enum, value) if isinstance(value, str) else ()
        if versions:
            return f"{described(value)} exists {available(versions)}, and the PBX has {self.shapes.catalog.version}"
        return f"{described(value)} is none of {', '.join(members)}{meant(str(value), members)}"

    def _scalar(self, part: Part, value: Any, where: str) -> Any:
        if part.reference is not None and isinstance(value, str) and value:
            return value
        if value == "" and part.nullable and part.type != "string":
            return value
        kind = scalar(part.type)
        try:
            return kind.take(value)
        except ValueError as exc:
            remedy = f"; {exc}" if str(exc) else ""
            shown = "this value" if part.secret else described(value)
            self._say(where, f"has to be {kind.words}, not {shown}{remedy if not part.secret else ''}")
            return value

    def _say(self, where: str, message: str) -> None:
        self.problems.append((where, message))


def option_of(shape: Shape, name: str) -> str:
    """The option for a key in either spelling; a key that is neither stays."""
    if name in shape.parts or name == ID:
        return name
    part = shape.by_prop.get(name)
    if part is not None:
        return part.option
    return snake(name) if snake(name) == ID else name


def unknown(shapes: Shapes, shape: Shape, name: str) -> str:
    """What to say of a field that this version of the PBX does not have."""
    others = versions_with(shape.type, name)
    if others:
        return f"exists {available(others)}, and the PBX has {shapes.catalog.version}"
    return f"{shape.type} has no such field{meant(name, shape.parts)}"


def versions_with(type_name: str, name: str) -> tuple[str, ...]:
    """The versions whose type has this option (or property)."""
    found = []
    for version in VERSIONS:
        kind = catalog_for(version).types.get(type_name)
        if kind is not None and (name in kind.properties or kind.by_option(name) is not None):
            found.append(version)
    return tuple(found)


def described(value: Any) -> str:
    if isinstance(value, dict):
        return "a dictionary"
    if isinstance(value, list):
        return "a list"
    return f'"{value}"' if isinstance(value, str) else str(value)
