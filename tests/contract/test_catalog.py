# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's catalog is that of the contract, no more and no less."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, Catalog, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._catalog.names import snake
from tests.contract.openapi import document, require_contract, versions
from tests.simulator.facts.generate import specs_folder
from tools.catalog.__main__ import TARGET, pages

METHODS = ("get", "post", "patch", "put", "delete")
SCHEMAS = {"20.0.10": 597}
# Kept out of the catalog: lists, which are told by the calls that give them, and the shape of errors.
LEFT_OUT = ("CollectionResponse", "ODataErrors.")


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    require_contract()
    text: str = request.param
    return text


def schemas(version: str) -> dict[str, Any]:
    """The schemas of 3CX's own types, by their names without the prefix."""
    return {
        name.removeprefix("Pbx."): schema
        for name, schema in document(version)["components"]["schemas"].items()
        if name.startswith("Pbx.") and not any(part in name for part in LEFT_OUT)
    }


def property_names(version: str, schema: dict[str, Any]) -> list[str]:
    """Those of the base type first."""
    found: list[str] = []
    for part in schema.get("allOf", ()):
        if "$ref" in part:
            part = document(version)["components"]["schemas"][part["$ref"].rpartition("/")[2]]
        found += property_names(version, part)
    return [*found, *schema.get("properties", {})]


def test_the_committed_facts_are_made_of_the_contract() -> None:
    require_contract()
    committed = {path.name: path.read_text("utf-8") for path in TARGET.glob("*.py") if path.name != "__init__.py"}
    assert pages(specs_folder()) == committed, "run make catalog"


def test_the_versions() -> None:
    assert versions() == VERSIONS


def test_operations(version: str) -> None:
    offered = {
        f"{method.upper()} {path}"
        for path, item in document(version)["paths"].items()
        for method in METHODS
        if method in item
    }
    known = catalog_for(version).operations()
    assert len(known) == len(set(known))
    assert set(known) == offered


def test_types_and_enumerations(version: str) -> None:
    catalog = catalog_for(version)
    structured = {name: schema for name, schema in schemas(version).items() if "enum" not in schema}
    assert set(catalog.types) == set(structured)
    for name, schema in schemas(version).items():
        if "enum" in schema:
            assert sorted(catalog.enum(name) or ()) == sorted(schema["enum"]), name
            assert catalog.is_flags(name) == schema.get("x-ms-enum-flags", {}).get("isFlags", False), name
        else:
            assert catalog.enum(name) is None
            assert sorted(catalog.type(name).properties) == sorted(property_names(version, schema)), name


def test_order_of_properties_is_that_of_the_newest_contract() -> None:
    require_contract()
    newest = VERSIONS[-1]
    for name, one in catalog_for(newest).types.items():
        assert list(one.properties) == property_names(newest, schemas(newest)[name]), name


def described(version: str, holder: dict[str, Any]) -> dict[str, tuple[bool, bool, bool]]:
    """Own properties of a schema -> whether each is a list, may be null, is a navigation."""
    return {
        name: (
            prop.get("type") == "array",
            bool(prop.get("nullable") or any(one.get("nullable") for one in prop.get("oneOf", ()))),
            bool(prop.get("x-ms-navigationProperty")),
        )
        for name, prop in holder.get("properties", {}).items()
    }


def test_what_properties_are(version: str) -> None:
    catalog = catalog_for(version)
    checked = 0
    for name, schema in schemas(version).items():
        for part in [schema, *schema.get("allOf", ())]:
            for prop, expected in described(version, part).items():
                known = catalog.type(name).properties[prop]
                assert (known.collection, known.nullable, known.navigation) == expected, f"{name}.{prop}"
                checked += 1
    assert checked > 1500


def test_names_are_one_to_one_in_all_types(version: str) -> None:
    """Also in those that the catalog leaves out."""
    everything = document(version)["components"]["schemas"]
    assert len(everything) == SCHEMAS.get(version, len(everything))
    for name, schema in everything.items():
        options = Counter(snake(prop) for prop in set(property_names(version, schema)))
        assert [option for option, count in options.items() if count > 1] == [], name


def parameters_of(version: str, path: str, method: str) -> list[str]:
    operation = document(version)["paths"][path][method]
    if method == "get":
        inside = path.rpartition("/")[2].partition("(")[2].rstrip(")")
        return [text.partition("=")[0] for text in inside.split(",") if text]
    body = operation.get("requestBody", {})
    if "$ref" in body:
        body = document(version)["components"]["requestBodies"][body["$ref"].rpartition("/")[2]]
    schema = body.get("content", {}).get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        schema = document(version)["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return list(schema.get("properties", {}))


def path_of(catalog: Catalog, route: str) -> tuple[str, str]:
    call = catalog.calls[route]
    key = f"({{{catalog.sets[call.owner].key}}})" if call.bound == "entity" else ""
    owner = f"/{call.owner}{key}" if call.owner else ""
    if call.kind == "action":
        return f"{owner}/{call.name}", "post"
    return f"{owner}/{call.name}(" + ",".join(f"{name}={{{name}}}" for name in call.parameters) + ")", "get"


def test_parameters_and_results_of_calls(version: str) -> None:
    catalog = catalog_for(version)
    assert catalog.calls
    for route, call in catalog.calls.items():
        path, method = path_of(catalog, route)
        operation = document(version)["paths"][path][method]
        assert list(call.parameters) == parameters_of(version, path, method), route
        assert (call.result is None) == ("204" in operation["responses"]), route
        assert call.kind in operation["x-ms-docs-operation-type"]


def sentences(value: Any) -> set[str]:
    """Everything in a contract that is meant for people."""
    if isinstance(value, list):
        return set().union(*map(sentences, value))
    if not isinstance(value, dict):
        return set()
    own = {value[name] for name in ("description", "summary") if isinstance(value.get(name), str)}
    return {text for text in own if " " in text}.union(*map(sentences, value.values()))


def test_no_text_of_the_contract_is_in_the_facts(version: str) -> None:
    facts = " ".join(" ".join(path.read_text("utf-8").split()) for path in TARGET.glob("known_*.py"))
    texts = sentences(document(version))
    assert len(texts) > 500
    assert [text for text in texts if text in facts] == []
