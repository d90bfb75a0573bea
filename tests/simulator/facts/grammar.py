# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short notation of xapi.json.

A type: ``int32``, ``Destination``, ``[string]``; ``?`` after it: may be null; ``!``: navigation property.
After a blank and @: the third numbers of the versions that have it, such as ``string? @4-6,8``; without: all.
"""

from __future__ import annotations

from dataclasses import dataclass

VERSIONS = tuple(f"20.0.{n}" for n in range(4, 11))


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of one property or parameter: a scalar's or a schema's name, and what it may be."""

    name: str
    collection: bool = False
    nullable: bool = False
    navigation: bool = False


def _patch(version: str) -> int:
    return int(version.rsplit(".", 1)[1])


def _ranges(numbers: list[int]) -> str:
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def versioned(text: str, versions: list[str]) -> str:
    """The text with its versions behind it, unless all have it."""
    if set(versions) == set(VERSIONS):
        return text
    return f"{text} @{_ranges([_patch(version) for version in versions])}"


def in_version(text: str, version: str) -> str | None:
    """The text without its versions when this version has it, else None."""
    bare, mark, spans = text.rpartition("@")
    if not mark:
        return text
    wanted = _patch(version)
    for span in spans.split(","):
        low, _mark, high = span.partition("-")
        if int(low) <= wanted <= int(high or low):
            return bare.rstrip()
    return None


def parse_kind(text: str) -> Kind:
    """``[UserGroup]!`` -> Kind("UserGroup", collection=True, navigation=True)."""
    navigation = text.endswith("!")
    text = text.removesuffix("!")
    nullable = text.endswith("?")
    text = text.removesuffix("?")
    collection = text.startswith("[")
    return Kind(text.strip("[]").removesuffix("?"), collection, nullable, navigation)
