# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns 3CX's OpenAPI files into one compact file of facts.

Usage: ``python -m tests.simulator.facts.generate [FOLDER]`` where FOLDER holds swagger-20.0.N.yaml
(default: the environment variable TCX_SPECS, else ../shared/xapi). Only names, types and orders of
parameters are kept; nothing of the contract's text.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.simulator.facts.grammar import VERSIONS, versioned

HERE = Path(__file__).resolve().parent
TARGET = HERE / "xapi.json"
METHODS = ("get", "post", "patch", "put", "delete")
SCALARS = {
    ("string", None): "string",
    ("string", "date-time"): "datetime",
    ("string", "date"): "date",
    ("string", "time"): "time",
    ("string", "duration"): "duration",
    ("string", "uuid"): "uuid",
    ("string", "base64url"): "binary",
    ("boolean", None): "boolean",
    ("integer", "int32"): "int32",
    ("integer", "int64"): "int64",
    ("integer", "uint8"): "uint8",
    ("integer", "decimal"): "decimal",
    ("number", "float"): "float",
    ("number", "double"): "double",
    ("object", None): "object",
}
# Older contracts call these "number".
INTEGERS = ("int32", "int64", "uint8", "decimal")


def specs_folder() -> Path:
    """Where the contract lies: TCX_SPECS or ../shared/xapi relative to the repository root."""
    return Path(os.environ.get("TCX_SPECS") or HERE.parents[2] / ".." / "shared" / "xapi").resolve()


class ContractLoader(yaml.CSafeLoader):
    """YAML 1.2 booleans: the contract has enum members such as No and Off that YAML 1.1 would turn into False."""


ContractLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
ContractLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))


def load_contract(folder: Path, version: str) -> dict[str, Any]:
    """The parsed OpenAPI document of one version; FileNotFoundError when it is not there."""
    with (folder / f"swagger-{version}.yaml").open(encoding="utf-8") as stream:
        document: dict[str, Any] = ContractLoader(stream).get_single_data()
    return document


def _name(reference: str) -> str:
    return reference.rsplit("/", 1)[-1].removeprefix("Pbx.")


def type_text(schema: dict[str, Any]) -> str:
    """A schema in the short notation of grammar.py, such as ``int32?`` or ``[UserGroup]!``."""
    mark = ("?" if schema.get("nullable") else "") + ("!" if schema.get("x-ms-navigationProperty") else "")
    if "$ref" in schema:
        return _name(schema["$ref"]) + mark
    if "allOf" in schema:
        return _name(schema["allOf"][0]["$ref"]) + mark
    if "oneOf" in schema:
        return type_text(schema["oneOf"][0]) if schema["oneOf"][0].get("type") == "number" else "object" + mark
    if schema.get("type") == "array":
        return f"[{type_text(schema['items'])}]{mark}"
    kind = "integer" if schema.get("format") in INTEGERS else schema.get("type", "object")
    return SCALARS[kind, schema.get("format")] + mark


def _parts(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield schema
    yield from schema.get("allOf", [])


def _properties(schema: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in _parts(schema):
        found.update({name: type_text(value) for name, value in part.get("properties", {}).items()})
    return found


def _base(schema: dict[str, Any]) -> str | None:
    for part in schema.get("allOf", []):
        if "$ref" in part:
            return _name(part["$ref"])
    return None


def route(path: str) -> str:
    """A contract path as the simulator names it: ``Users(#)/Groups``, ``Users(Number=)``, ``Users/Pbx.F()``."""
    segments = []
    for segment in path.strip("/").split("/"):
        name, _mark, inside = segment.partition("(")
        if not inside:
            segments.append(name)
        elif inside == ")" or (name.startswith("Pbx.") or len(inside.split("=")) > 2 or _is_import(inside)):
            segments.append(f"{name}()")
        elif "=" in inside:
            segments.append(f"{name}({inside.split('=')[0]}=)")
        else:
            segments.append(f"{name}(#)")
    return "/".join(segments)


def _is_import(inside: str) -> bool:
    # Alternate keys are named after a property (upper case), function parameters are not.
    return "=" in inside and inside[0].islower()


def _result(document: dict[str, Any], operation: dict[str, Any]) -> str | None:
    for status in ("200", "201"):
        response = operation["responses"].get(status)
        if response is None:
            continue
        if "$ref" in response:
            response = document["components"]["responses"][response["$ref"].rsplit("/", 1)[-1]]
        schema = response.get("content", {}).get("application/json", {}).get("schema")
        return _result_type(document, schema) if schema else None
    return None


def _result_type(document: dict[str, Any], schema: dict[str, Any]) -> str:
    if "$ref" in schema and schema["$ref"].endswith("CollectionResponse"):
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    for part in _parts(schema):
        if set(part.get("properties", {})) == {"value"}:
            return "value:" + type_text(part["properties"]["value"])
    return type_text(schema)


def _parameters(path: str, operation: dict[str, Any]) -> dict[str, str]:
    named = {p["name"]: p["schema"] for p in operation.get("parameters", []) if p.get("in") == "path"}
    order = re.findall(r"\{(\w+)\}", path)
    return {name: type_text(named[name]) for name in order}


def _body(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, str] | None:
    body = operation.get("requestBody")
    if body is None or "$ref" in body:
        return None
    schema = body["content"]["application/json"]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return _properties(schema) if "properties" in schema else None


def _kind(name: str, method: str, operation: dict[str, Any], result: str | None) -> str:
    declared = operation.get("x-ms-docs-operation-type")
    if declared in ("action", "actionImport"):
        return "action"
    if declared in ("function", "functionImport"):
        return "function"
    if method != "get":
        return {"post": "create", "patch": "update", "delete": "delete"}[method]
    if "/" in name:
        return "navigation"
    return "list" if (result or "").startswith("value:[") else "get"


def operations(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every operation of one contract: "METHOD route" -> kind, parameters in order, body, result."""
    found: dict[str, dict[str, Any]] = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                if "$ref" in operation.get("requestBody", {}):
                    reference = operation["requestBody"]["$ref"].rsplit("/", 1)[-1]
                    operation["requestBody"] = document["components"]["requestBodies"][reference]
                found[f"{method.upper()} {route(path)}"] = _operation(document, path, method, operation)
    return found


def _operation(document: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    result = _result(document, operation)
    fact: dict[str, Any] = {"kind": _kind(route(path), method, operation, result)}
    if parameters := _parameters(path, operation):
        fact["parameters"] = parameters
    if fact["kind"] == "action" and (body := _body(document, operation)):
        fact["body"] = body
    if result:
        fact["result"] = result
    return fact


def _schemas(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    schemas: dict[str, dict[str, Any]] = {}
    for name, schema in document["components"]["schemas"].items():
        if name.startswith("Pbx.") and not name.endswith("CollectionResponse") and "ODataErrors" not in name:
            schemas[_name(name)] = schema
    return schemas


def gather(contracts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """All versions folded into one structure; what differs carries the versions that have it."""
    enums: dict[str, dict[str, list[str]]] = {}
    flags: set[str] = set()
    bases: dict[str, str] = {}
    types: dict[str, dict[str, dict[str, list[str]]]] = {}
    calls: dict[str, dict[str, list[str]]] = {}
    for version, document in contracts.items():
        for name, schema in _schemas(document).items():
            if "enum" in schema:
                for member in schema["enum"]:
                    enums.setdefault(name, {}).setdefault(member, []).append(version)
                flags |= {name} if schema.get("x-ms-enum-flags", {}).get("isFlags") else set()
                continue
            properties = types.setdefault(name, {})
            if base := _base(schema):
                bases[name] = base
            for key, text in _properties(schema).items():
                properties.setdefault(key, {}).setdefault(text, []).append(version)
        for call, fact in operations(document).items():
            calls.setdefault(call, {}).setdefault(json.dumps(fact), []).append(version)
    return _fold(list(contracts), enums, flags, bases, types, calls)


def _fold(
    versions: list[str],
    enums: dict[str, dict[str, list[str]]],
    flags: set[str],
    bases: dict[str, str],
    types: dict[str, dict[str, dict[str, list[str]]]],
    calls: dict[str, dict[str, list[str]]],
) -> dict[str, Any]:
    return {
        "versions": versions,
        "flags": sorted(flags),
        "bases": dict(sorted(bases.items())),
        "enums": {n: [versioned(m, v) for m, v in members.items()] for n, members in sorted(enums.items())},
        "types": {
            n: {k: [versioned(t, v) for t, v in texts.items()] for k, texts in sorted(properties.items())}
            for n, properties in sorted(types.items())
        },
        "operations": {
            n: [{"in": versioned("", v).strip(), **json.loads(text)} for text, v in facts.items()]
            for n, facts in sorted(calls.items())
        },
    }


def render(facts: dict[str, Any]) -> str:
    """JSON with one line per type, enum and operation, so that a change reads well in a diff."""
    lines = ["{"]
    sections = []
    for section, content in facts.items():
        if isinstance(content, dict):
            rows = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in content.items()]
            sections.append(f"{json.dumps(section)}: {{\n" + ",\n".join(rows) + "\n}")
        else:
            sections.append(f"{json.dumps(section)}: {json.dumps(content)}")
    lines.append(",\n".join(sections))
    lines.append("}\n")
    return "\n".join(lines)


def generate(folder: Path) -> str:
    """The text of xapi.json for the contracts in a folder."""
    return render(gather({version: load_contract(folder, version) for version in VERSIONS}))


def main() -> int:
    folder = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else specs_folder()
    if not folder.is_dir():
        print(f"no such folder: {folder}", file=sys.stderr)
        return 2
    TARGET.write_text(generate(folder), encoding="utf-8")
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
