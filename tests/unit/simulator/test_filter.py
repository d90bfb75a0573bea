# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""$filter: what it means, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.errors import ApiError
from tests.simulator.facts.catalog import load
from tests.simulator.odata.filter import compile_filter
from tests.simulator.odata.types import Types

TYPES = Types(load("20.0.10"))
ROWS: list[dict[str, Any]] = [
    {
        "Id": 1,
        "IPAddrMask": "192.0.2.0/24",
        "BlockType": "Block",
        "Description": "O'Hara's net",
        "ExpiresAt": "2030-01-01T00:00:00Z",
    },
    {"Id": 2, "IPAddrMask": "198.51.100.7/32", "BlockType": "Allow", "Description": "Office", "ExpiresAt": None},
    {
        "Id": 3,
        "IPAddrMask": "203.0.113.0/24",
        "BlockType": "Block",
        "Description": None,
        "ExpiresAt": "2029-06-01T02:00:00.1234567+02:00",
    },
]


def matches(text: str, rows: list[dict[str, Any]] | None = None, type_name: str = "BlocklistAddr") -> list[int]:
    test = compile_filter(TYPES, type_name, text)
    return [row["Id"] for row in (ROWS if rows is None else rows) if test(row)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Id eq 2", [2]),
        ("Id ne 2", [1, 3]),
        ("Id gt 1 and Id le 3", [2, 3]),
        ("Id lt 2 or Id ge 3", [1, 3]),
        ("not (Id eq 2)", [1, 3]),
        ("Id in (1, 3)", [1, 3]),
        ("Id add 1 eq 3", [2]),
        ("Id mod 2 eq 1", [1, 3]),
        ("BlockType eq 'Allow'", [2]),
        ("Description eq 'O''Hara''s net'", [1]),
        ("Description eq null", [3]),
        ("Description ne null", [1, 2]),
        ("contains(Description, 'ff')", [2]),
        ("contains(tolower(Description), 'OFFICE')", []),
        ("contains(tolower(Description), 'office')", [2]),
        ("startsWith(IPAddrMask, '192')", [1]),
        ("endswith(IPAddrMask, '/24')", [1, 3]),
        ("length(Description) eq 6", [2]),
        ("substring(IPAddrMask, 0, 3) eq '203'", [3]),
        ("indexof(IPAddrMask, '.') eq 3", [1, 2, 3]),
        ("concat(Description, '!') eq 'Office!'", [2]),
        ("ExpiresAt gt 2029-06-01T00:00:00Z", [1, 3]),
        ("ExpiresAt eq 2029-06-01T00:00:00.123456Z", [3]),
        ("ExpiresAt lt 2029-06-01T00:00:01Z", [3]),
        ("date(ExpiresAt) eq 2030-01-01", [1]),
        ("year(ExpiresAt) eq 2030", [1]),
        ("Description gt 'A' and Description lt 'P'", [1, 2]),
    ],
)
def test_a_filter_finds_what_it_means(text: str, found: list[int]) -> None:
    assert matches(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Routes/any(r: r/TrunkId eq 7)", [1]),
        ("Routes/all(r: r/TrunkId eq 7)", [2]),
        ("Routes/any()", [1]),
        ("GroupIds/any(g: g eq 28)", [1]),
        ("Routes/any(r: r/TrunkId eq 7 and r/StripDigits gt 0)", []),
    ],
)
def test_any_and_all_look_into_collections(text: str, found: list[int]) -> None:
    rows: list[dict[str, Any]] = [
        {"Id": 1, "Routes": [{"TrunkId": 7, "StripDigits": 0}, {"TrunkId": 8}], "GroupIds": [28]},
        {"Id": 2, "Routes": [], "GroupIds": []},
    ]
    assert matches(text, rows, "OutboundRule") == found


def test_a_path_leads_into_a_complex_value() -> None:
    rows: list[dict[str, Any]] = [
        {"Id": 1, "Gateway": {"Name": "A"}},
        {"Id": 2, "Gateway": {"Name": "B"}},
        {"Id": 3, "Gateway": None},
    ]
    assert matches("Gateway/Name eq 'B'", rows, "Trunk") == [2]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nope eq 1", "Could not find a property named 'Nope' on type 'Pbx.BlocklistAddr'"),
        ("Id eq '1'", "incompatible types"),
        ("Description eq 1", "incompatible types"),
        ("ExpiresAt gt '2029'", "incompatible types"),
        ("BlockType eq 'Perhaps'", "not a valid enumeration type constant"),
        ("Id", "must evaluate to a single boolean value"),
        ("Id eq", "Syntax error"),
        ("Id === 1", "Syntax error"),
        ("frobnicate(Id) eq 1", "Syntax error"),
        ("Description and Id eq 1", "boolean operands"),
        ("Id/any(x: x eq 1)", "need a collection"),
    ],
)
def test_a_wrong_filter_is_a_400_that_names_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ApiError) as caught:
        compile_filter(TYPES, "BlocklistAddr", text)
    assert caught.value.status == 400
    assert isinstance(caught.value.body, dict)
    message = caught.value.body["error"]["message"]
    assert message.startswith("The query specified in the URI is not valid.")
    assert reason in message


def test_words_in_quotes_are_not_taken_for_functions() -> None:
    rows = [{"Id": 1, "Description": "StartsWith(x)"}]
    assert matches("Description eq 'StartsWith(x)'", rows) == [1]
