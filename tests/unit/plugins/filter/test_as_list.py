# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters as_list and as_dict: flat texts of surveys become lists and dictionaries."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.as_list import as_dict, as_list


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, []),
        ("", []),
        (" \n ", []),
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (" a , b,, \n", ["a", "b"]),
        ("a\r\nb, c\n\nd", ["a", "b", "c", "d"]),
        ('"Acme, Inc.", Provider B', ["Acme, Inc.", "Provider B"]),
        ('Bob "the" Builder', ['Bob "the" Builder']),
        ('"say ""hi"""', ['say "hi"']),
        ('["a, b", "c"]', ["a, b", "c"]),
        ('\n [{"name": "Local"}]', [{"name": "Local"}]),
        ("[]", []),
        (101, ["101"]),
        ([], []),
        (["a,b", 7], ["a,b", 7]),
        (("a",), ["a"]),
    ],
)
def test_every_way_to_write_a_list_is_taken(value: Any, wanted: list[Any]) -> None:
    assert as_list(value) == wanted


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ('a\n"b', "services: line 2: "),
        ('"a" b', "services: line 1: "),
        ('["a",\n "b" "c"]', "services: line 2, column 6: this JSON list is broken"),
        (["a", None], "services: item 2 is empty"),
        ('["", "b"]', "services: item 1 is empty"),
        ({"a": 1}, "not a dictionary"),
        (True, "not bool True"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(value: Any, words: str) -> None:
    with pytest.raises(AnsibleFilterError) as caught:
        as_list(value, "services")
    assert words in str(caught.value)


def test_without_a_name_the_filter_names_itself() -> None:
    with pytest.raises(AnsibleFilterError, match="as_list: item 1 is empty"):
        as_list([None])


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, {}),
        ("", {}),
        ("a=1", {"a": "1"}),
        ("a = b=c ,\n d=", {"a": "b=c", "d": ""}),
        ('"a=x, y"', {"a": "x, y"}),
        (' {"a": 1}', {"a": 1}),
        ({"a": 1}, {"a": 1}),
    ],
)
def test_every_way_to_write_a_dictionary_is_taken(value: Any, wanted: dict[str, Any]) -> None:
    assert as_dict(value) == wanted


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a=1, b", 'names: "b" is not of the form name=value'),
        ("=1", "is not of the form"),
        ("a=1,a=2", "names: a is given twice"),
        ('{"a": ', "names: line 1, column 7: this JSON object is broken"),
        (["a"], "not a list"),
        (7, "not int 7"),
    ],
)
def test_what_is_no_dictionary_is_named(value: Any, words: str) -> None:
    with pytest.raises(AnsibleFilterError) as caught:
        as_dict(value, "names")
    assert words in str(caught.value)
