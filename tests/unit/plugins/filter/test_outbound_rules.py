# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter outbound_rules: one list for many sites, in three notations, and mistakes with their places."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.outbound_rules import outbound_rules

TRUNKS = [
    {"id": 12, "name": "Provider A", "number": "10000"},
    {"id": 13, "name": "Provider B", "number": "10001"},
]
DEPARTMENTS = [{"id": 28, "name": "DEFAULT", "number": "GRP0000"}, {"id": 29, "name": "Sales", "number": "GRP0001"}]
HERE = {"Main": "Provider A", "Spare": "Provider B", "Satellite": ""}

WANTED = [
    {
        "name": "National",
        "prefix": "0",
        "number_length_ranges": "6-14",
        "dn_ranges": [{"from": "100", "to": "199"}, {"from": "210", "to": "210"}],
        "group_names": ["DEFAULT", "Sales"],
        "routes": [
            {"trunk_name": "Provider A", "strip_digits": 1, "prepend": "+49", "append": "", "caller_id": ""},
            {"trunk_name": "Provider B", "strip_digits": 0, "prepend": "", "append": "", "caller_id": ""},
        ],
    },
    {"name": "Emergency", "emergency_rule": True},
]
TABLE = """\
Regel;Präfix;Länge;Nebenstellen;Abteilungen;Notruf;Leitung;Entfernen;Voranstellen;Notiz
National;0;6-14;100-199, 210;DEFAULT, Sales;;Main;1;+49;bis 2027
;;;;;;Spare;;;
;;;;;;Satellite;;;
Emergency;;;;;ja;;;;
"""
YAML = """\
# The rules of all sites.
outbound_rules:
  - name: National
    prefix: "0"
    number_length_ranges: 6-14
    dn_ranges: [{from: "100", to: "199"}, {from: 210, to: 210}]
    departments: [DEFAULT, Sales]
    routes:
      - {trunk: Main, strip_digits: "1", prepend: "+49"}
      - {trunk_name: Spare}
      - {trunk: Satellite}
  - {name: Emergency, emergency_rule: true}
"""
LIST: list[dict[str, Any]] = [
    {**WANTED[0], "routes": [{"trunk": "Main", "strip_digits": 1, "prepend": "+49"}, {"trunk": "Provider B"}]},
    {"name": "Emergency", "emergency_rule": "yes"},
]


def read(source: Any, name: str, **options: Any) -> dict[str, Any]:
    return outbound_rules(source, name, TRUNKS, DEPARTMENTS, **{"trunk_names": HERE, **options})


def refusal(source: Any, name: str, **options: Any) -> str:
    with pytest.raises(AnsibleFilterError) as caught:
        read(source, name, **options)
    return str(caught.value)


def test_table_yaml_and_list_say_the_same() -> None:
    assert read(TABLE, "rules.csv") == {
        "rules": WANTED,
        "notes": [
            'rules.csv: the column "Notiz" has no meaning here and was left out',
            'rules.csv:4: the route by "Satellite" is left out on this PBX',
        ],
    }
    assert read(YAML, "rules.yml") == {
        "rules": WANTED,
        "notes": ['rules.yml:3: the route by "Satellite" is left out on this PBX'],
    }
    assert read(LIST, "rules") == {"rules": WANTED, "notes": []}


def test_a_hyphen_clears_and_an_empty_cell_leaves_alone() -> None:
    table = "name,prefix,departments,extensions,emergency,trunk\nA,-,-,-,-,\nB,,,,,\n"
    cleared = {"name": "A", "prefix": "", "group_names": [], "dn_ranges": [], "emergency_rule": False}
    assert read(table, "rules.csv")["rules"] == [cleared, {"name": "B"}]


def test_digits_that_a_spreadsheet_has_made_decimals_are_read() -> None:
    [rule] = read("name;strip;trunk\nA;1,0;Main\n", "r.csv")["rules"]
    assert rule["routes"][0]["strip_digits"] == 1


def test_departments_have_other_names_too() -> None:
    rules = [{"name": "A", "group_names": ["Verkauf", "Lager"]}]
    found = read(rules, "rules", department_names={"Verkauf": "Sales", "Lager": ""})
    assert found["rules"] == [{"name": "A", "group_names": ["Sales"]}]
    assert found["notes"] == ['rules[0]: department "Lager" is left out on this PBX']


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("name,trunk\nA,Provider C\n", "r.csv", 'r.csv:2, column B "trunk": no trunk is called "Provider C"'),
        (
            "name,departments\nA,Support\n",
            "r.csv",
            'r.csv:2, column B "departments": no department is called "Support"',
        ),
        ("name,prefix\nA,12-3\n", "r.csv", 'r.csv:2, column B "prefix": '),
        ("name,strip,trunk\nA,one,Main\n", "r.csv", 'r.csv:2, column B "strip": "one" is no number of digits'),
        ("name,strip,trunk\nA,2,\n", "r.csv", 'r.csv:2, column B "strip": belongs to a route, and this row names no'),
        (
            "name,emergency\nA,vielleicht\n",
            "r.csv",
            'r.csv:2, column B "emergency": "vielleicht" is neither yes nor no',
        ),
        ("name,trunk\n,Main\n", "r.csv", 'r.csv:2, column A "name": is empty, and there is no rule above it'),
        ("name,prefix,trunk\nA,0,Main\n,1,Spare\n", "r.csv", 'r.csv:3, column B "prefix": belongs into the first row'),
        ("name,prefix,trunk\nA,0,Main\n,,\nA,,\n", "r.csv", 'r.csv:4, column C "trunk": a further route needs a trunk'),
        ("name\nA\nB\nA\n", "r.csv", 'r.csv:4, column A "name": "A" stands in r.csv:2 already'),
        ("name,trunk\nA,Satellite\n", "r.csv", "r.csv:2: none of its trunks is on this PBX"),
        ("name\n", "r.csv", "r.csv: has no rules"),
        ("- name: A\n  prefix: 00\n", "r.yml", "r.yml:1, prefix in line 2: has to be in quotation marks"),
        (
            "- name: A\n\n- nmae: B\n",
            "r.yml",
            "r.yml:3, nmae in line 3: there is no such field; there are name, prefix",
        ),
        (
            [{"name": "A", "routes": [{"trunk": "Main", "strip": 1}]}],
            "rules",
            "rules[0], routes, route 1, strip: there is no such field; there are trunk_name, strip_digits",
        ),
        (
            "- name: A\n  routes:\n    - trunk: X\n",
            "r.yml",
            'r.yml:1, routes in line 2, route 1, trunk_name: no trunk is called "X"',
        ),
        ("- name: A\n  routes: [Main]\n", "r.yml", "routes in line 2, route 1: has to be a dictionary with trunk_name"),
        ("- name: A\n  - b\n", "r.yml", "r.yml:2: is no YAML"),
        ("name: A\nprefix: b\n", "r.yml", "r.yml: has to be a list of rules"),
        ("- A\n", "r.yml", "r.yml:1: a rule has fields such as name and routes, and this is str A"),
        ([{"name": "A", "prefix": 0}], "rules", "rules[0], prefix: has to be in quotation marks"),
        ([{"prefix": "0"}], "rules", "rules[0]: has no name"),
        (
            [{"name": "A", "routes": [{"prepend": "+"}]}],
            "rules",
            "rules[0], routes, route 1, trunk_name: a route needs a trunk",
        ),
        ([{"name": "A", "routes": [{"trunk": "Main"}] * 6}], "rules", "rules[0], routes: a rule has 5 routes at most"),
    ],
)
def test_mistakes_are_named_with_their_places(source: Any, name: str, words: str) -> None:
    assert words in refusal(source, name)


def test_a_rule_for_departments_never_becomes_one_for_everybody() -> None:
    message = refusal([{"name": "A", "group_names": ["Lager"]}], "rules", department_names={"Lager": ""})
    assert "rules[0], group_names: none of its departments is on this PBX" in message


def test_all_mistakes_are_told_at_once() -> None:
    message = refusal("name,prefix,trunk\nA,12-3,X\nB,0,Y\n", "r.csv")
    assert [line.split(",")[0] for line in message.splitlines()[1:]] == ["r.csv:2", "r.csv:2", "r.csv:3"]
