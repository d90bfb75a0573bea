# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one contract offers: sets, singletons and calls, each as a list of facts in the catalog's notation."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.catalog.contract import Contract, Schema
from tools.catalog.marks import is_file
from tools.catalog.notation import property_text, result_text
from tools.catalog.paths import Segment, segments

KINDS = {"action": "action", "actionImport": "action", "function": "function", "functionImport": "function"}
KEYED = {"get": "get", "patch": "update", "delete": "delete"}
VERBS = ("list", "get", "create", "update", "delete")
UNKEYED = {"post": "create", "patch": "update"}


@dataclass
class Offers:
    """Name or route -> its facts. Facts of sets and singletons are of these forms:

    ``:User`` the type, ``#Id:int32`` the key, ``=Number:string`` the alternate key, ``/Groups`` a navigation, else a
    verb.
    Those of a call: its kind, ``>type`` the result, ``$`` if it takes query options, ``$-`` if only those that choose
    rows, ``~`` if it answers with a file, else a parameter.
    """

    sets: dict[str, list[str]] = field(default_factory=dict)
    singletons: dict[str, list[str]] = field(default_factory=dict)
    calls: dict[str, list[str]] = field(default_factory=dict)


def offers(contract: Contract) -> Offers:
    found = Offers()
    owners: dict[str, list[str]] = {}
    for path, method, operation in contract.operations():
        steps = segments(path)
        if kind := KINDS.get(operation.get("x-ms-docs-operation-type", "")):
            route = _route(steps)
            if route in found.calls:
                raise ValueError(f"two calls at {route}")
            found.calls[route] = _call(contract, kind, steps[-1], operation)
            facts = _key(steps[0], operation)
        else:
            facts = _facts(contract, method, steps, operation)
        if facts:
            own = owners.setdefault(steps[0].name, [])
            own += [fact for fact in facts if fact not in own]
    for name, own in owners.items():
        is_set = "list" in own or any(fact.startswith("#") for fact in own)
        (found.sets if is_set else found.singletons)[name] = sorted(own, key=_rank)
    return found


def _rank(fact: str) -> tuple[int, int]:
    """Type, keys, verbs, navigations; the latter in the contract's order."""
    if fact in VERBS:
        return 3, VERBS.index(fact)
    return ":#=./".index(fact[0]), 0


def _route(steps: tuple[Segment, ...]) -> str:
    return "/".join(step.name + ("(#)" if step.key else "") for step in steps)


def _facts(contract: Contract, method: str, steps: tuple[Segment, ...], operation: Schema) -> list[str]:
    if len(steps) == 2:
        return [f"/{steps[1].name}", *_key(steps[0], operation)]
    owner = steps[0]
    if owner.parameters:
        (alternate,) = owner.parameters
        return ["=" + property_text(alternate, _path_schema(operation, alternate))]
    answer = _answer(contract, operation)
    type_name = [":" + answer.strip("[]")] if answer else []
    if owner.key:
        return [*type_name, *_key(owner, operation), KEYED[method]]
    if method == "get":
        return [*type_name, "list" if answer and answer.startswith("[") else "get"]
    return [*type_name, UNKEYED[method]]


def _key(owner: Segment, operation: Schema) -> list[str]:
    return ["#" + property_text(owner.key, _path_schema(operation, owner.key))] if owner.key else []


def _path_schema(operation: Schema, name: str) -> Schema:
    (schema,) = (one["schema"] for one in operation["parameters"] if one.get("in") == "path" and one["name"] == name)
    found: Schema = schema
    return found


def _answer(contract: Contract, operation: Schema) -> str | None:
    for status in ("200", "201"):
        if status in operation["responses"]:
            schema = contract.json_schema(operation["responses"][status])
            return result_text(contract, schema) if schema else None
    return None


def _call(contract: Contract, kind: str, step: Segment, operation: Schema) -> list[str]:
    answer = _answer(contract, operation)
    return [
        kind,
        *([">" + answer] if answer else []),
        *_query_options(operation),
        *(["~"] if is_file(step.name) else []),
        *(property_text(name, _path_schema(operation, name)) for name in step.parameters or ()),
        *_body(contract, operation),
    ]


def _query_options(operation: Schema) -> list[str]:
    if not any(one.get("$ref", "").endswith("/filter") for one in operation.get("parameters", ())):
        return []
    return ["$" if any(one.get("name") == "$select" for one in operation["parameters"]) else "$-"]


def _body(contract: Contract, operation: Schema) -> list[str]:
    if "requestBody" not in operation:
        return []
    schema = contract.json_schema(operation["requestBody"])
    if schema is None:
        return []
    return [property_text(name, value) for name, value in contract.resolved(schema)["properties"].items()]
