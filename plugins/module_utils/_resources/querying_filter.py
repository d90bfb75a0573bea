# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters as people write them, and as OData wants them. PRIVATE to the collection.

{number: "100"}                         Number eq '100'
{type: [Queue, RingGroup]}              (Type eq 'Queue' or Type eq 'RingGroup')
{name: {contains: ber}, id: {ge: 5}}    contains(Name,'ber') and Id ge 5
{gateway: {name: Provider A}}           Gateway/Name eq 'Provider A'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .._catalog.catalog import EntityType, Property
from .._xapi import odata
from .calls_values import Values
from .literals import literal_of


def _comparing(operator: str) -> Callable[[str, str], str]:
    return lambda path, literal: f"{path} {operator} {literal}"


def _calling(function: str) -> Callable[[str, str], str]:
    return lambda path, literal: f"{function}({path},{literal})"


COMPARISONS = {name: _comparing(name) for name in ("eq", "ne", "gt", "ge", "lt", "le")}
TEXT_TESTS = {name: _calling(name) for name in ("contains", "startswith", "endswith")}
OPERATORS = {**COMPARISONS, **TEXT_TESTS, "in": _comparing("eq")}


def filter_text(values: Values, given: Any, kind: EntityType, place: str = "filter") -> str:
    """OData text; what is wrong is in `values.troubles`. Text is taken as it is; "" filters nothing."""
    if not given:
        return ""
    if isinstance(given, str):
        return given
    if not isinstance(given, Mapping):
        values.say(place, "has to be a dictionary of fields, or OData text")
        return ""
    return odata.all_of(*_conditions(values, given, kind, place, ""))


def _conditions(values: Values, given: Mapping[Any, Any], kind: EntityType, place: str, prefix: str) -> Iterator[str]:
    for name, wanted in given.items():
        where = f"{place}.{name}"
        one = values.find(str(name), kind.properties, where, ("type", kind.name))
        if one is None:
            continue
        if one.collection:
            values.say(where, "is a list; a condition on lists has to be given as OData text")
        elif one.type in values.catalog.types:
            yield from _inner(values, wanted, one, where, f"{prefix}{one.name}/")
        else:
            yield _condition(values, wanted, one, where, f"{prefix}{one.name}")


def _inner(values: Values, wanted: Any, one: Property, where: str, prefix: str) -> Iterator[str]:
    kind = values.catalog.type(one.type)
    if isinstance(wanted, Mapping):
        yield from _conditions(values, wanted, kind, where, prefix)
    else:
        values.say(where, f"has to be a dictionary of {', '.join(part.option for part in kind.properties.values())}")


def _condition(values: Values, wanted: Any, one: Property, where: str, path: str) -> str:
    if isinstance(wanted, Mapping):
        return odata.all_of(*(_operation(values, name, value, one, where, path) for name, value in wanted.items()))
    return _any(values, wanted, one, where, path)


def _operation(values: Values, name: str, wanted: Any, one: Property, where: str, path: str) -> str:
    operator = OPERATORS.get(str(name).lower())
    if operator is None:
        values.say(f"{where}.{name}", f"is no operator; there are {', '.join(OPERATORS)}")
        return ""
    if name in TEXT_TESTS and one.type != "string":
        values.say(f"{where}.{name}", "works with text only")
        return ""
    if isinstance(wanted, (list, tuple)) and name == "ne":
        return odata.all_of(*(operator(path, text) for text in _literals(values, wanted, one, where)))
    return _any(values, wanted, one, f"{where}.{name}", path, operator)


def _any(
    values: Values,
    wanted: Any,
    one: Property,
    where: str,
    path: str,
    operator: Callable[[str, str], str] = OPERATORS["eq"],
) -> str:
    many = list(wanted) if isinstance(wanted, (list, tuple)) else [wanted]
    return odata.any_of(*(operator(path, text) for text in _literals(values, many, one, where)))


def _literals(values: Values, many: list[Any] | tuple[Any, ...], one: Property, where: str) -> list[str]:
    """Each value as OData writes it, once; [] when one of them is wrong."""
    if not many:
        values.say(where, "is an empty list, which nothing would match")
    before = len(values.troubles)
    taken = [None if value is None else values.single(value, one, where) for value in many]
    if len(values.troubles) > before:
        return []
    return list(dict.fromkeys(literal_of(value, one.type) for value in taken))
