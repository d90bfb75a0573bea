# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Literals, keys, filters and queries, read back as a server reads them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from uuid import UUID

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import odata

PARIS_SUMMER = timezone(timedelta(hours=2))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class Block(Enum):
    ALLOW = "Allow"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-17, "-17"),
        (1.5, "1.5"),
        (float("inf"), "INF"),
        (float("-inf"), "-INF"),
        (float("nan"), "NaN"),
        ("", "''"),
        ("it's", "'it''s'"),
        (Block.ALLOW, "'Allow'"),
        (datetime(2027, 1, 31, 2, 0, tzinfo=PARIS_SUMMER), "2027-01-31T00:00:00Z"),
        (datetime(2027, 1, 31, 0, 0, 0, 250000, tzinfo=UTC), "2027-01-31T00:00:00.250000Z"),
        (date(2027, 1, 31), "2027-01-31"),
        (UUID(int=5), "00000000-0000-0000-0000-000000000005"),
    ],
)
def test_literals(value: Any, expected: str) -> None:
    assert odata.literal(value) == expected


def test_a_moment_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="time zone"):
        odata.literal(datetime(2027, 1, 31))


def test_there_is_no_literal_for_a_list() -> None:
    with pytest.raises(TypeError, match="list"):
        odata.literal([1])


@settings(deadline=None)
@given(texts)
def test_a_text_literal_reads_back(text: str) -> None:
    made = odata.literal(text)
    assert re.fullmatch(r"'(?:[^']|'')*'", made, re.DOTALL)
    assert made[1:-1].replace("''", "'") == text


def sent(url: str) -> str:
    """The URL as requests puts it on the wire."""
    prepared = requests.Request("GET", url).prepare().url
    assert prepared is not None
    return prepared


@settings(deadline=None)
@given(texts)
def test_a_key_reads_back(text: str) -> None:
    path = odata.key("Backups", text)
    assert unquote(path) == f"Backups({odata.literal(text)})"
    parts = urlsplit(sent("http://127.0.0.1/xapi/v1/" + path))
    assert unquote(parts.path) == "/xapi/v1/" + unquote(path)
    assert (parts.query, parts.fragment) == ("", "")
    assert "+" not in parts.path
    assert path.count("/") == 0


def test_keys() -> None:
    assert odata.key("Blocklist", 17) == "Blocklist(17)"
    assert odata.key("Users", {"Number": "100"}) == "Users(Number='100')"
    assert odata.key("X", {"A": 1, "B": None}) == "X(A=1,B=null)"
    assert odata.call("Updates/Pbx.GetUpdates", {}) == "Updates/Pbx.GetUpdates()"


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["$filter", "$search", "$expand", "$select"]), texts, min_size=1))
def test_a_query_reads_back(query: dict[str, str]) -> None:
    made = odata.encoded(query)
    # As a form decoder reads it ("+" is a blank), and as a plain percent decoder does.
    assert dict(parse_qsl(made, keep_blank_values=True)) == query
    assert "+" not in made
    url = urlsplit(sent("http://127.0.0.1/xapi/v1/Users?" + made))
    assert {unquote(k): unquote(v) for k, _equals, v in (pair.partition("=") for pair in url.query.split("&"))} == query
    assert url.fragment == ""


def test_query_values() -> None:
    assert odata.encoded({"$top": 5, "$count": True, "$select": ["Id", "Name"], "$skip": None}) == (
        "$top=5&$count=true&$select=Id,Name"
    )
    assert odata.encoded({"$filter": "Data eq '+41 5'"}) == "$filter=Data%20eq%20'%2B41%205'"
    assert quote("%2B") not in odata.encoded({"$filter": "+"})
    assert odata.encoded({}) == ""


def test_filters() -> None:
    one, two = odata.equals("A", 1), odata.equals("B", "x'y")
    assert (one, two) == ("A eq 1", "B eq 'x''y'")
    assert odata.contains("Name", "o'k") == "contains(Name,'o''k')"
    assert odata.any_of(one, two) == "(A eq 1 or B eq 'x''y')"
    assert odata.all_of(one, two) == "A eq 1 and B eq 'x''y'"
    assert odata.any_of(one) == odata.all_of(one) == odata.any_of(None, one, "") == one
    assert odata.any_of() == odata.all_of(None) == ""


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("A eq 1 or B eq 2", "(A eq 1 or B eq 2) and C eq 3"),
        ("(A eq 1 or B eq 2)", "(A eq 1 or B eq 2) and C eq 3"),
        ("(A eq 1) or (B eq 2)", "((A eq 1) or (B eq 2)) and C eq 3"),
        ("(A eq ')' or B eq 2)", "(A eq ')' or B eq 2) and C eq 3"),
        ("(A eq 'it''s)' or B eq 2) or D", "((A eq 'it''s)' or B eq 2) or D) and C eq 3"),
        ("(A eq 1 or B eq 2", "((A eq 1 or B eq 2) and C eq 3"),
    ],
)
def test_or_within_and_gets_parentheses(part: str, expected: str) -> None:
    assert odata.all_of(part, "C eq 3") == expected


def test_membership() -> None:
    assert odata.member("A", [1, 2, 1]) == "(A eq 1 or A eq 2)"
    assert odata.member("A", ["x"]) == "A eq 'x'"
    assert list(odata.member_filters("A", range(5), at_once=2)) == [
        "(A eq 0 or A eq 1)",
        "(A eq 2 or A eq 3)",
        "A eq 4",
    ]
    assert list(odata.member_filters("A", [])) == []
    with pytest.raises(ValueError, match="no values"):
        odata.member("A", [])
