# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts are read entry by entry, and only those that are asked for."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.parsing import parse_property
from ansible_collections.tcx.pbx.plugins.module_utils._catalog.shapes import Property
from ansible_collections.tcx.pbx.plugins.module_utils._catalog.table import Table, holds

FACTS = """\
Alpha one two@8-10
 three@4
Alphabet@4,9 lonely
Empty
Beta@9-10 first@9
"""


def table(number: int) -> tuple[Table[list[str]], list[str]]:
    """The facts above, and the names that were parsed."""
    parsed: list[str] = []

    def parse(name: str, facts: list[str]) -> list[str]:
        parsed.append(name)
        return facts

    return Table(FACTS, number, parse), parsed


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (4, {"Alpha": ["one", "three"], "Alphabet": ["lonely"], "Empty": []}),
        (8, {"Alpha": ["one", "two"], "Empty": []}),
        (10, {"Alpha": ["one", "two"], "Empty": [], "Beta": []}),
    ],
)
def test_a_version_has_its_own_entries(number: int, expected: dict[str, list[str]]) -> None:
    assert dict(table(number)[0]) == expected


def test_only_what_is_asked_for_is_parsed_and_only_once() -> None:
    entries, parsed = table(9)
    assert "Beta" in entries
    assert len(entries) == 4
    assert list(entries) == ["Alpha", "Alphabet", "Empty", "Beta"]
    assert parsed == []
    assert entries["Beta"] is entries["Beta"]
    assert parsed == ["Beta"]


def test_what_a_version_lacks_is_missing() -> None:
    entries, _parsed = table(8)
    assert entries.get("Beta") is None
    with pytest.raises(KeyError):
        entries["Alphabet"]


@pytest.mark.parametrize(
    ("versions", "numbers"), [("", range(4, 11)), ("8", [8]), ("4-6", [4, 5, 6]), ("4,9-10", [4, 9, 10])]
)
def test_versions(versions: str, numbers: list[int]) -> None:
    assert [number for number in range(4, 11) if holds(versions, number)] == list(numbers)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        ("Name", Property("Name", "string", nullable=True)),
        ("Name:string", Property("Name", "string")),
        ("Name^", Property("Name", "string", nullable=True, read_only=True)),
        ("Id:int32^", Property("Id", "int32", read_only=True)),
        ("Group:Peer?!", Property("Group", "Peer", nullable=True, navigation=True)),
        ("Members:[Peer]!", Property("Members", "Peer", collection=True, navigation=True)),
        (":[Peer]?", Property("", "Peer", collection=True, nullable=True)),
    ],
)
def test_a_property(fact: str, expected: Property) -> None:
    assert parse_property(fact) == expected


def test_what_is_no_property() -> None:
    with pytest.raises(ValueError, match="no property"):
        parse_property("Name:")
