# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables as spreadsheets save them, and mistakes with their places."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.plugin_utils.tables import Column, letters, read_table

COLUMNS = (Column("did", ("number", "Rufnummer"), required=True), Column("trunk", ("Leitung",)), Column("note"))


def values(text: str, **headings: str) -> list[dict[str, Any]]:
    return [dict(row.values) for row in read_table(text, "t.csv", COLUMNS, headings)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "did,trunk\n+49,A\n",
        "did;trunk\r\n+49;A\r\n",
        "DID\tTrunk\n+49\tA",
        '\ufeff"DID";"TRUNK"\n"+49";"A"\n',
        "sep=|\ndid|trunk\n+49|A\n",
        "\n;;\nRufnummer;Leitung\n;;\n'+49;A;\n",
        'Rufnummer,Leitung\n"=""+49""",\u00a0A\u200b\n',
        "# a note\n".join(["did,trunk\n", "+49,A\n"]),
    ],
)
def test_every_kind_of_csv_is_read(text: str) -> None:
    assert values(text) == [{"did": "+49", "trunk": "A"}]


def test_a_table_without_headings_gets_some() -> None:
    rows, unknown = read_table("# seen; number\n2027;+49\n", "t.csv", COLUMNS, head=["seen", "did"])
    assert [(row.where, row.values) for row in rows] == [("t.csv:2", {"did": "+49"})]
    assert unknown == ["seen"]


def test_a_heading_can_be_given_and_others_are_told() -> None:
    rows, unknown = read_table("Durchwahl;Leitung;Bemerkung\n11;A;x\n", "t.csv", COLUMNS, {"did": "durchwahl"})
    assert [row.values for row in rows] == [{"did": "11", "trunk": "A"}]
    assert unknown == ["Bemerkung"]


def test_places_are_those_of_the_file() -> None:
    text = 'did;note\n1;"two\nlines"\n\n2;x\n'
    rows, _unknown = read_table(text, "t.csv", COLUMNS)
    assert [row.where for row in rows] == ["t.csv:2", "t.csv:5"]
    assert rows[1].place("did") == 't.csv:5, column A "did"'


@pytest.mark.parametrize(
    ("text", "headings", "words"),
    [
        ("", {}, "t.csv: is empty"),
        (
            "trunk;note\nA;B\n",
            {},
            "t.csv:1: there is no column for did; call one did or number or Rufnummer (the headin",
        ),
        ("did;number\n1;2\n", {}, 't.csv:1, column B "number": is a second column for did'),
        ("did;trunk\n1;A;B\n2;;;C\n", {}, 't.csv:2, column C: "B" stands beyond the headings'),
        ("did;trunk\n1;A;B\n2;;;C\n", {}, 't.csv:3, column D: "C" stands beyond the headings'),
        ("did;trunk\n#NAME?;A\n", {}, 't.csv:2, column A "did": the spreadsheet could not calculate it: #NAME?;'),
        ("did;trunk\n1;#BEZUG!\n", {}, 't.csv:2, column B "trunk": the spreadsheet could not calculate it: #BEZUG!'),
        ("did\n1\n", {"nummer": "did"}, "there is no field nummer"),
        ("did\n1\n", {"did": "Durchwahl"}, "call one Durchwahl"),
    ],
)
def test_mistakes_are_named_with_their_places(text: str, headings: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError) as caught:
        read_table(text, "t.csv", COLUMNS, headings)
    assert words in str(caught.value)


def test_a_quotation_mark_that_never_ends_is_no_silence() -> None:
    with pytest.raises(ValueError, match=r"t\.csv:2: is no CSV"):
        read_table('did\n"' + "1\n" * 200_000, "t.csv", COLUMNS)
    with pytest.raises(ValueError, match=r"t\.csv:3: a cell begins with a quotation mark, and none ends it"):
        read_table('did;note\n1;"12" pipe"\n2;"x\n3;y\n', "t.csv", COLUMNS)


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_columns_are_called_as_in_a_spreadsheet(place: int, name: str) -> None:
    assert letters(place) == name


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda text: not text.startswith(("#", "'", "=", "\ufeff"))
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1), st.sampled_from(";,\t"))
def test_what_a_spreadsheet_writes_is_what_is_read(cells: list[tuple[str, str]], separator: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=separator).writerows([("did", "trunk"), *cells])
    assert values(file.getvalue()) == [{"did": did, "trunk": trunk} for did, trunk in cells]
