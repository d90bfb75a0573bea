# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which fields are asked for, and which are kept from view. PRIVATE to the collection.

A plain GET of some sets brings passwords in clear (REALITY.md section 9). So what is secret is left out of the
question, and whatever comes all the same, such as within a structure, is dropped from the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .._catalog.catalog import EntityType, Property
from .._xapi.secrecy import masked, secret_name
from .calls_values import Values
from .declared.facts import CONCEALED
from .naming import plain
from .querying_filter import filter_text

Path = tuple[str, ...]


def selected(values: Values, names: Sequence[str], kind: EntityType, place: str = "select") -> list[str]:
    """XAPI names of fields, such as Number and Gateway/Name for gateway/name."""
    found = [_path(values, name, kind, f"{place}[{index}]") for index, name in enumerate(names)]
    return [path for path in dict.fromkeys(found) if path]


def _path(values: Values, name: str, kind: EntityType, place: str) -> str:
    spelled: list[str] = []
    current: EntityType | None = kind
    for part in name.strip().split("/"):
        if current is None:
            values.say(place, f"{name}: {spelled[-1]} has no fields")
            return ""
        one = values.find(part, current.properties, f"{place} ({name})", ("type", current.name))
        if one is None:
            return ""
        spelled.append(one.name)
        current = values.catalog.types.get(one.type)
    return "/".join(spelled)


def harmless(kind: EntityType) -> list[str]:
    """All fields but secret ones and those that are only there when expanded; [] if there is nothing secret."""
    own = [one for one in kind.properties.values() if not one.navigation]
    kept = [one.name for one in own if not is_secret(one)]
    return kept if len(kept) < len(own) else []


def is_secret(one: Property) -> bool:
    """A flag or a number that is only called like a secret is none."""
    return one.type in CONCEALED or (one.type in ("string", "binary") and secret_name(one.name))


def expanded(values: Values, given: Any, kind: EntityType, place: str = "expand") -> list[str]:
    """Each entry as $expand takes it. A name alone leaves out what is secret there; `Groups($expand=Rights)` is taken
    as it is; {groups: {select: [...], filter: ..., expand: ...}} is checked as the query itself is."""
    entries = given.items() if isinstance(given, Mapping) else [(name, None) for name in listed(given)]
    return [text for name, options in entries if (text := _expansion(values, str(name), options, kind, place))]


def _expansion(values: Values, name: str, options: Any, kind: EntityType, place: str) -> str:
    head, bracket, rest = name.strip().partition("(")
    where = f"{place}.{head}"
    one = values.find(head, kind.properties, where, ("type", kind.name))
    if one is None:
        return ""
    if not one.navigation:
        values.say(where, "is always there and cannot be expanded")
    if bracket:
        return f"{one.name}({rest}"
    inner = values.catalog.types.get(one.type)
    return one.name if inner is None else one.name + _within(values, options or {}, inner, where)


def _within(values: Values, options: Any, kind: EntityType, place: str) -> str:
    """The options of one expansion, in parentheses; "" for none."""
    if not isinstance(options, Mapping) or set(options) - {"select", "filter", "expand"}:
        values.say(place, "has to be a dictionary of select, filter and expand")
        return ""
    parts = {
        "$select": ",".join(selected(values, listed(options.get("select")), kind, f"{place}.select") or harmless(kind)),
        "$filter": filter_text(values, options.get("filter"), kind, f"{place}.filter"),
        "$expand": ",".join(expanded(values, options.get("expand"), kind, f"{place}.expand")),
    }
    text = ";".join(f"{name}={value}" for name, value in parts.items() if value)
    return f"({text})" if text else ""


def ordered(values: Values, given: Sequence[str], kind: EntityType) -> list[str]:
    """`name`, `id desc`: fields with their direction."""
    found = []
    for index, text in enumerate(given):
        name, _blank, direction = text.strip().partition(" ")
        place = f"orderby[{index}]"
        path = _path(values, name, kind, place)
        if direction.strip().lower() not in ("", "asc", "desc"):
            values.say(place, f'"{direction}" is no direction; write asc or desc')
        elif path:
            found.append(f"{path} {direction.strip().lower()}".strip())
    return found


def listed(given: Any) -> list[str]:
    """A list, or text with commas between its parts outside parentheses."""
    if not isinstance(given, str):
        return [str(one) for one in given or ()]
    parts, depth = [""], 0
    for sign in given:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts if part.strip()]


def asked_for(select: Iterable[str], expand: Any) -> frozenset[Path]:
    """The fields that were named, as paths of plain names: these are shown even if they are secret."""
    named = {tuple(plain(part) for part in path.split("/")) for path in select}
    if isinstance(expand, Mapping):
        for name, options in expand.items():
            if isinstance(options, Mapping):
                inner = asked_for(listed(options.get("select")), options.get("expand"))
                named |= {(plain(str(name)), *path) for path in inner}
    return frozenset(named)


def without_secrets(value: Any, shown: frozenset[Path], path: Path = ()) -> Any:
    """The same without secret fields that are not in `shown`, at every depth."""
    if isinstance(value, list):
        return [without_secrets(inner, shown, path) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = {name: inner for name, inner in value.items() if (*path, plain(name)) in shown or not _secret(name, inner)}
    found = {name: without_secrets(inner, shown, (*path, plain(name))) for name, inner in kept.items()}
    # Of a setting that is called like a secret, the value is one (REALITY.md section 9, Parameters).
    return {**found, "Value": masked(found)["Value"]} if {"Name", "Value"} <= set(found) else found


def _secret(name: str, value: Any) -> bool:
    return secret_name(name) and not isinstance(value, (bool, int, float))
