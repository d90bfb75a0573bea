# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where calls go: a number, and the kind of place that it is. PRIVATE to the collection.

Whoever writes a number need not write that it is a queue: the PBX knows.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model import Item
from .facts import BY_NUMBER, Lead
from .names import Names
from .shapes import Shape


def is_meant(shape: Shape, item: Item, prop: str) -> bool:
    """Whether a property of the item is in force: the number of a call that ends may still stand there."""
    lead = shape.facts.leads
    if lead is None or prop != lead.number:
        return True
    kind = item.get(_option(shape, lead.kind))
    return kind is None or kind in lead.leading


def implied(shape: Shape, options: set[str]) -> set[str]:
    """The options that `with_kind` may add to an item that has these."""
    lead = shape.facts.leads
    return {_option(shape, lead.kind)} if lead is not None and _option(shape, lead.number) in options else set()


def with_kind(shape: Shape, item: Item, names: Names) -> Item:
    """The item with the kind of place that its number is. After references were resolved."""
    lead = shape.facts.leads
    if lead is None or item.get(_option(shape, lead.kind)) is not None:
        return item
    kind = _kind(shape, lead, item, names)
    return {**item, _option(shape, lead.kind): kind} if kind else item


def _kind(shape: Shape, lead: Lead, item: Item, names: Names) -> str:
    """ "" where the item says nothing of where calls go."""
    number = item.get(_option(shape, lead.number))
    outside = item.get(_option(shape, lead.outside[0])) if lead.outside[0] else None
    if number:
        return next(iter(lead.kinds.get(_type_of(names, number), ())), "")
    if outside:
        return lead.outside[1]
    return lead.nowhere if number == "" else ""


def problems(shape: Shape, item: Item, names: Names) -> Iterator[tuple[str, str]]:
    """(option, message) where number and kind do not go together. After references were resolved."""
    lead = shape.facts.leads
    if lead is None:
        return
    number_option, kind_option = _option(shape, lead.number), _option(shape, lead.kind)
    number, kind = item.get(number_option), item.get(kind_option)
    if kind in lead.leading and not number:
        yield number_option, f"is needed with {kind_option} {kind}"
    elif number and (kind is None or kind in lead.leading):
        yield from _unfit(lead, names, str(number), kind_option, kind)


def _unfit(lead: Lead, names: Names, number: str, option: str, kind: str | None) -> Iterator[tuple[str, str]]:
    there = _type_of(names, number)
    kinds = lead.kinds.get(there, ())
    if kind is None and not kinds:
        yield option, f"is needed, because nothing says how calls get to {number}, which is {_a(there)}"
    elif kind is not None and kind not in kinds:
        fitting = f"; write {' or '.join(kinds)}, or leave it out" if kinds else ""
        yield option, f"is {kind}, but {number} is {_a(there)}{fitting}"


def _type_of(names: Names, number: str) -> str:
    try:
        return str(names.row(BY_NUMBER, number).get("Type") or "")
    except ValueError:
        return ""


def _a(peer_type: str) -> str:
    article = "an" if peer_type[:1] in "AEIOU" else "a"
    return f"{article} {peer_type}" if peer_type else "something else"


def _option(shape: Shape, prop: str) -> str:
    return shape.by_prop[prop].option
