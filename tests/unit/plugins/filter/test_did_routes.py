# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter did_routes: tables that spreadsheets have spoilt become routes, and mistakes have places."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.did_routes import did_routes

TRUNKS = [
    {"name": "Provider A", "number": "10000", "did_numbers": ["+498955500010", "+498955500011", "089555012"]},
    {"name": "Provider B", "number": "10001", "did_numbers": ["+493055501020", "12", "+12", "+498955500010"]},
]
DESTINATIONS = [
    {"id": 40, "number": "800", "name": "Sales", "type": "Queue"},
    {"id": 28, "number": "GRP0001", "name": "Sales", "type": "Group"},
    {"number": "801", "name": "Support"},
    {"number": "101", "name": "Alex"},
    {"number": "102", "name": "Alex"},
]


def read(text: str, **options: Any) -> dict[str, Any]:
    return did_routes(text, "dids.csv", TRUNKS, DESTINATIONS, **options)


def test_a_hyphen_clears_a_name_and_an_empty_cell_leaves_it_alone() -> None:
    found = read("did;trunk;destination;name\n12;Provider B;800;-\n+12;Provider B;800;\n")["routes"]
    assert [one.get("display_name") for one in found] == ["", None]


def test_a_name_in_two_lines_is_one_with_a_quotation_mark_too_few() -> None:
    words = refusal('did;destination;name\n+493055501020;800;"Hotline\n12;800;"Sales"\n')
    assert 'dids.csv:2, column C "name": goes on in another line; is a quotation mark missing' in words


def test_a_url_is_shown_without_what_may_be_a_key_in_it() -> None:
    url = "https://user:secret@example.com/dids.csv?key=secret"
    table = "did;trunk;destination\n"
    assert did_routes(f"{table}12;Provider B;800", url, TRUNKS, DESTINATIONS)["notes"] == ["Table: dids.csv"]
    with pytest.raises(AnsibleFilterError) as caught:
        did_routes(table, url, TRUNKS, DESTINATIONS)
    assert "\ndids.csv: has no rows" in str(caught.value)


def routes(text: str, **options: Any) -> list[tuple[str, str, str]]:
    return [(one["did"], one["trunk"], one["destination"]) for one in read(text, **options)["routes"]]


def refusal(text: str, **options: Any) -> str:
    with pytest.raises(AnsibleFilterError) as caught:
        read(text, **options)
    return str(caught.value)


def test_a_german_table() -> None:
    table = "\ufeffRufnummer;Leitung;Ziel;Bezeichnung;Bemerkung\r\n498955500011;Provider A;801;Hotline;neu\r\n"
    assert read(table) == {
        "routes": [
            {"did": "+498955500011", "trunk": "Provider A", "destination": "801", "display_name": "Hotline"},
        ],
        "notes": [
            "Table: dids.csv",
            'dids.csv: the column "Bemerkung" has no meaning here and was left out',
            'dids.csv:2, column A "Rufnummer": 498955500011 was read as +498955500011',
        ],
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("+498955500010", "+498955500010"),
        ("'+498955500010", "+498955500010"),
        ("498955500010", "+498955500010"),
        ("+49 (0)89 555000-10", "+498955500010"),
        ("+49 89 / 555 000 10", "+498955500010"),
        ("0049 89 555000-10", "+498955500010"),
        ("89555012", "089555012"),
        ("12", "12"),
        ("+12", "+12"),
    ],
)
def test_a_did_is_known_however_it_is_written(written: str, meant: str) -> None:
    trunk = "Provider B" if meant.endswith("12") and len(meant) < 4 else "Provider A"
    assert routes(f"did,trunk,destination\n{written},{trunk},800\n") == [(meant, trunk, "800")]


def test_a_trunk_is_found_by_its_did_by_its_number_and_by_another_name() -> None:
    table = "did;trunk;destination\n+493055501020;;800\n089555012;10000;800\n+498955500011;Main;800\n"
    assert routes(table, trunk_names={"Main": "Provider A"}) == [
        ("+493055501020", "Provider B", "800"),
        ("089555012", "Provider A", "800"),
        ("+498955500011", "Provider A", "800"),
    ]
    assert routes("did,destination\n12,800\n", trunk="Provider B") == [("12", "Provider B", "800")]


@pytest.mark.parametrize(("written", "number"), [("801", "801"), ("801,0", "801"), ("801.00", "801"), ("Sales", "800")])
def test_a_destination_is_a_number_or_a_name(written: str, number: str) -> None:
    assert routes(f"did;destination\n+493055501020;{written}\n") == [("+493055501020", "Provider B", number)]


@pytest.mark.parametrize(
    ("written", "add_plus", "did"),
    [("+49301", False, "+49301"), ("0301", False, "0301"), ("17", False, "17"), ("49305550199", True, "+49305550199")],
)
def test_missing_dids_may_be_added(written: str, add_plus: bool, did: str) -> None:
    table = f"did;trunk;destination\n{written};Provider B;800\n"
    assert routes(table, add_missing=True, add_plus=add_plus) == [(did, "Provider B", "800")]


@pytest.mark.parametrize(
    ("row", "options", "words"),
    [
        ("4,98956E+11;Provider A;800", {}, 'dids.csv:2, column A "did": "4,98956E+11" has lost its digits'),
        ("+4711;Provider A;800", {}, 'column A "did": trunk "Provider A" has no DID +4711; look at the number, add'),
        (
            "+4711;;800",
            {},
            'column A "did": no trunk is given, and no trunk of the PBX has "+4711"; look at the number',
        ),
        ("4711471147;Provider A;800", {"add_missing": True}, "may have lost its plus; write +4711471147"),
        ("tbd;Provider A;800", {"add_missing": True}, '"tbd" is no number'),
        (";Provider A;800", {}, 'dids.csv:2, column A "did": is empty'),
        ("+498955500010;;800", {}, "no trunk is given, and Provider A and Provider B of the PBX has"),
        ("+498955500010;Provider C;800", {}, 'dids.csv:2, column B "trunk": no trunk is called "Provider C"'),
        ("+498955500010;Provider A;", {}, 'dids.csv:2, column C "destination": is empty'),
        ("+498955500010;Provider A;999", {}, 'column C "destination": no destination is called "999"'),
        ("+498955500010;Provider A;Alex", {}, 'column C "destination": '),
        (
            "+12;Provider B;800\n12;Provider B;800\n+12;Provider B;801",
            {},
            'dids.csv:4, column A "did": +12 stands in dids.csv:2',
        ),
    ],
)
def test_mistakes_are_named_with_file_line_and_column(row: str, options: dict[str, Any], words: str) -> None:
    assert words in refusal(f"did;trunk;destination\n{row}\n", **options)


def test_a_short_number_that_may_be_two_is_refused() -> None:
    trunks = [{"name": "A", "did_numbers": ["+0812", "00812"]}]
    with pytest.raises(AnsibleFilterError, match=r'"812" may mean \+?00?812|"0812" may mean') as caught:
        did_routes("did,destination\n0812,800\n", "dids.csv", trunks, DESTINATIONS, trunk="A")
    assert "dids.csv:2" in str(caught.value)


def test_a_table_without_rows_is_no_wish() -> None:
    assert "dids.csv: has no rows below its headings" in refusal("did;trunk;destination\n;;\n")


def test_all_mistakes_are_told_at_once() -> None:
    message = refusal("did;trunk;destination\n+4711;Provider A;999\n+4712;Provider C;800\n")
    assert [line.split(":")[1].split(",")[0] for line in message.splitlines()[1:]] == ["2", "2", "3"]
