# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The switches and the facts: complete, used, and documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.simulator.areas import registry
from tests.simulator.facts.catalog import load
from tests.simulator.facts.generate import route
from tests.simulator.facts.grammar import VERSIONS, Kind, in_version, parse_kind, versioned
from tests.simulator.switches import NAMES, REGISTRY, Switches

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = ROOT / "tests" / "simulator"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/Users", "Users"),
        ("/Users({Id})", "Users(#)"),
        ("/Users(Number={Number})", "Users(Number=)"),
        ("/Users({Id})/Groups", "Users(#)/Groups"),
        ("/Users({Id})/Pbx.F()", "Users(#)/Pbx.F()"),
        ("/Users/Pbx.F(a={a},b={b})", "Users/Pbx.F()"),
        ("/Users/Pbx.F(name={name})", "Users/Pbx.F()"),
        ("/Users/Pbx.Act", "Users/Pbx.Act"),
        ("/GetUpdates()", "GetUpdates()"),
        ("/GetUpdateDetails(key={key},id={id})", "GetUpdateDetails()"),
    ],
)
def test_paths_of_the_contract_become_routes(path: str, name: str) -> None:
    assert route(path) == name


def test_versions_are_folded_and_unfolded() -> None:
    assert versioned("string", list(VERSIONS)) == "string"
    folded = versioned("string?", ["20.0.4", "20.0.5", "20.0.6", "20.0.9"])
    assert folded == "string? @4-6,9"
    assert [in_version(folded, version) for version in ("20.0.5", "20.0.7", "20.0.9")] == ["string?", None, "string?"]


def test_types_are_read_back() -> None:
    assert parse_kind("[UserGroup]!") == Kind("UserGroup", collection=True, navigation=True)
    assert parse_kind("int32?") == Kind("int32", nullable=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_type_that_is_named_is_known(version: str) -> None:
    catalog = load(version)
    scalars = {"string", "int32", "int64", "uint8", "boolean", "datetime", "duration", "time", "uuid", "object"}
    scalars |= {"decimal", "float", "double", "date"}
    known = set(catalog.types) | set(catalog.enums) | scalars
    used = {kind.name for properties in catalog.types.values() for kind in properties.values()}
    assert used <= known


def test_every_model_belongs_to_something_in_the_contract() -> None:
    catalogs = [load(version) for version in VERSIONS]
    routes = set().union(*(catalog.operations for catalog in catalogs))
    assert set(registry.SETS) <= set().union(*(catalog.sets for catalog in catalogs))
    assert set(registry.SINGLETONS) <= set(catalogs[-1].singletons)
    missing = set(registry.CALLS) - routes
    assert missing <= {f"{name}/Pbx.GetByNumber()" for name in registry.NUMBERED}


def test_every_switch_is_used_by_the_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "switches.py")
    unused = [name for name in NAMES if f'"{name}"' not in code]
    assert unused == []


def test_the_code_names_no_switch_that_is_not_there() -> None:
    asked = set()
    for path in PACKAGE.rglob("*.py"):
        asked |= set(re.findall(r"switches\.(?:word|number|on)\(\"(\w+)\"\)", path.read_text(encoding="utf-8")))
    assert asked <= set(NAMES)
    assert len(asked) > 40


def test_every_switch_tells_its_reason_and_section() -> None:
    for switch in REGISTRY:
        assert switch.why, switch.name
        assert re.match(r"^\d", switch.section), switch.name
        assert switch.accept(switch.default) == switch.default


def test_values_of_switches_are_checked() -> None:
    assert Switches({"service_delay": "1.5"}).number("service_delay") == 1.5
    for bad in ({"service_delay": "nan"}, {"service_delay": True}, {"service_delay": "inf"}, {"etag": 1}):
        with pytest.raises(ValueError, match="switch"):
            Switches(bad)


def rows_of_the_manual() -> list[tuple[str, str, str, str, str]]:
    text = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")
    table = text.partition("<!-- switches -->")[2].partition("<!-- /switches -->")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    rows = []
    for line in lines:
        name, values, default, why, section = (cell.strip() for cell in line.strip("|").split("|"))
        rows.append((name.strip("`"), values, default, why, section))
    return rows


def test_the_manual_lists_the_switches_as_they_are() -> None:
    def shown(value: object) -> str:
        return f"{value:g}" if isinstance(value, float) else str(value)

    expected = [
        (s.name, ", ".join(s.values) or f"a number from {s.minimum:g}", shown(s.default), s.why, s.section)
        for s in REGISTRY
    ]
    assert rows_of_the_manual() == expected
