# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Number lengths, prefixes and extension ranges, compared by what they cover. PRIVATE to the collection.

How the XAPI writes them: REALITY.md section 5. "9,10,11" covers what "9-11" does, and "0,00" is not "0":
leading zeros count, so a range of numbers belongs to one number of digits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from .model import Item

Interval = tuple[int, int]
# Numbers of one number of digits, from first to last.
Span = tuple[int, int, int]
Meaning = frozenset[Hashable]

DIGITS = re.compile(r"[0-9]+")
DIALLED = re.compile(r"[0-9A-Za-z+*#._]+")
LENGTHS_REMEDY = "write lengths such as 9-11 or 3,7,9-11"
PREFIX_REMEDY = "write prefixes such as 0, 00,+ or 0-9"


def merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Overlapping and adjoining intervals joined."""
    current: Interval | None = None
    for low, high in sorted(intervals):
        if current is None:
            current = (low, high)
        elif low <= current[1] + 1:
            current = (current[0], max(current[1], high))
        else:
            yield current
            current = (low, high)
    if current is not None:
        yield current


def lengths(text: str) -> Meaning:
    """The lengths that a text covers. Raises ValueError with a remedy."""
    return frozenset(merged(_length(part, text) for part in _parts(text, LENGTHS_REMEDY)))


def prefixes(text: str) -> Meaning:
    """The prefixes that a text covers: spans of digits, and texts such as "+". Raises ValueError with a remedy."""
    return _united(_prefix(part, text) for part in _parts(text, PREFIX_REMEDY))


def extensions(ranges: Iterable[Item]) -> Meaning:
    """The extensions that ranges cover. Raises ValueError with a remedy."""
    return _united(_extension(one) for one in ranges)


def lenient(parse: Callable[[str], Meaning]) -> Callable[[str | None], Hashable]:
    """As `parse`, for what a PBX shows: what cannot be read stays a text."""

    def meaning(text: str | None) -> Hashable:
        try:
            return parse(text or "")
        except ValueError:
            return text

    return meaning


def same_extensions(ranges: Sequence[Item]) -> Hashable:
    """As `extensions`, for what a PBX shows."""
    try:
        return extensions(ranges)
    except ValueError:
        return frozenset((one["from"], one["to"]) for one in ranges)


def compact(text: str | None) -> str:
    """What to send: without blanks, which nobody dials."""
    return "".join((text or "").split())


def _parts(text: str, remedy: str) -> list[str]:
    if not text.strip():
        return []
    parts = [part.strip() for part in text.split(",")]
    if not all(parts):
        raise ValueError(f'"{text}" has an empty part between commas; {remedy}')
    return parts


def _length(part: str, text: str) -> Interval:
    low, dash, high = (piece.strip() for piece in part.partition("-"))
    if not DIGITS.fullmatch(low) or (dash and not DIGITS.fullmatch(high)):
        raise ValueError(f"{_place(part, text)} is no number length; {LENGTHS_REMEDY}")
    interval = (int(low), int(high or low))
    if interval[0] < 1:
        raise ValueError(f"{_place(part, text)} begins below 1; {LENGTHS_REMEDY}")
    if interval[0] > interval[1]:
        raise ValueError(f"{_place(part, text)} runs backwards; write {high}-{low}")
    return interval


def _prefix(part: str, text: str) -> Span | str:
    low, dash, high = (piece.strip() for piece in part.partition("-"))
    if not dash:
        if not DIALLED.fullmatch(part):
            raise ValueError(f"{_place(part, text)} cannot be dialled; {PREFIX_REMEDY}")
        return _single(part)
    if not DIGITS.fullmatch(low) or not DIGITS.fullmatch(high):
        raise ValueError(f"{_place(part, text)} is no range of digits; {PREFIX_REMEDY}")
    if len(low) != len(high):
        raise ValueError(f"{_place(part, text)}: both ends need the same number of digits, as in 0-9 or 10-19")
    if low > high:
        raise ValueError(f"{_place(part, text)} runs backwards; write {high}-{low}")
    return len(low), int(low), int(high)


def _extension(one: Item) -> Hashable:
    low = str(one.get("from") or "").strip()
    high = str(one.get("to") or low).strip()
    if not low:
        raise ValueError('has no "from"; write from: "100" and to: "199", or from: "100" for a single extension')
    if not DIALLED.fullmatch(low) or not DIALLED.fullmatch(high):
        raise ValueError(f'"{low}" to "{high}" is no range of extensions; write from: "100" and to: "199"')
    if low == high:
        return _single(low)
    if not DIGITS.fullmatch(low) or not DIGITS.fullmatch(high):
        raise ValueError(f'from "{low}" to "{high}": a range has digits at both ends; list these extensions one by one')
    if int(low) > int(high):
        raise ValueError(f'from "{low}" to "{high}" runs backwards; exchange from and to')
    return (len(low), int(low), int(high)) if len(low) == len(high) else (low, high)


def _place(part: str, text: str) -> str:
    return f'"{part}"' if part == text.strip() else f'"{part}" in "{text}"'


def _single(text: str) -> Span | str:
    return (len(text), int(text), int(text)) if DIGITS.fullmatch(text) else text


def _united(found: Iterable[Hashable]) -> Meaning:
    """Spans of one number of digits joined; everything else as it is."""
    by_width: dict[int, list[Interval]] = defaultdict(list)
    others: set[Hashable] = set()
    for one in found:
        if isinstance(one, tuple) and len(one) == 3:
            by_width[one[0]].append((one[1], one[2]))
        else:
            others.add(one)
    spans = ((width, low, high) for width, intervals in by_width.items() for low, high in merged(intervals))
    return frozenset([*spans, *others])
