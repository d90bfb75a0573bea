# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the XAPI of one version offers, read from xapi.json."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests.simulator.facts.grammar import VERSIONS, Kind, in_version, parse_kind

FACTS = Path(__file__).resolve().parent / "xapi.json"


@dataclass(frozen=True, slots=True)
class Operation:
    """One call: ``kind`` is list, get, create, update, delete, navigation, action or function."""

    method: str
    route: str
    kind: str
    parameters: dict[str, Kind] = field(default_factory=dict)
    body: dict[str, Kind] | None = None
    result: Kind | None = None
    wrapped: bool = False  # the result comes as {"value": ...}

    @property
    def name(self) -> str:
        """The last segment, without namespace and parentheses."""
        return self.route.rsplit("/", 1)[-1].removeprefix("Pbx.").removesuffix("()")

    @property
    def download(self) -> bool:
        """True for a function that the console uses to save a file; the contract does not tell."""
        return self.kind == "function" and self.name.startswith(("Download", "Export"))


@dataclass(frozen=True, slots=True)
class SetFacts:
    """An entity set: its entity type and the name and type of its key, if it has one."""

    name: str
    type: str
    key: str | None
    key_kind: str | None


@dataclass(frozen=True, slots=True)
class Catalog:
    """All names of one version. ``types`` maps a type to its properties, inherited ones included."""

    version: str
    enums: dict[str, frozenset[str]]
    flags: frozenset[str]
    types: dict[str, dict[str, Kind]]
    operations: dict[str, dict[str, Operation]]  # route -> method -> operation
    sets: dict[str, SetFacts]
    singletons: dict[str, str]  # name -> type
    imports: frozenset[str]  # names of functions that stand directly under the root

    def knows_root(self, name: str) -> bool:
        """True when something of this name stands directly under /xapi/v1."""
        return name in self.sets or name in self.singletons or name in self.imports


def _types(facts: dict[str, Any], version: str) -> dict[str, dict[str, Kind]]:
    own: dict[str, dict[str, Kind]] = {}
    for name, properties in facts["types"].items():
        own[name] = {}
        for key, texts in properties.items():
            for text in texts:
                if (bare := in_version(text, version)) is not None:
                    own[name][key] = parse_kind(bare)

    def flat(name: str) -> dict[str, Kind]:
        base = facts["bases"].get(name)
        merged = {**(flat(base) if base else {}), **own[name]}
        return dict(sorted(merged.items()))

    return {name: flat(name) for name in own}


def _operation(call: str, fact: dict[str, Any]) -> Operation:
    method, route = call.split(" ", 1)
    result = fact.get("result")
    wrapped = bool(result and result.startswith("value:"))
    return Operation(
        method=method,
        route=route,
        kind=fact["kind"],
        parameters={name: parse_kind(text) for name, text in fact.get("parameters", {}).items()},
        body={n: parse_kind(t) for n, t in fact["body"].items()} if "body" in fact else None,
        result=parse_kind(result.removeprefix("value:")) if result else None,
        wrapped=wrapped,
    )


def _operations(facts: dict[str, Any], version: str) -> dict[str, dict[str, Operation]]:
    found: dict[str, dict[str, Operation]] = {}
    for call, variants in facts["operations"].items():
        for fact in variants:
            if in_version(fact["in"], version) is not None:
                operation = _operation(call, fact)
                found.setdefault(operation.route, {})[operation.method] = operation
    return found


def _sets(operations: dict[str, dict[str, Operation]]) -> dict[str, SetFacts]:
    found: dict[str, SetFacts] = {}
    for route, methods in operations.items():
        listing = methods.get("GET")
        if listing is None or listing.kind != "list" or listing.result is None:
            continue
        keys: dict[str, Kind] = {}
        for other, variants in operations.items():
            if other.startswith(f"{route}(#)"):
                keys = next(iter(variants.values())).parameters
                break
        name, kind = next(iter(keys.items()), (None, None))
        found[route] = SetFacts(route, listing.result.name, name, kind.name if kind else None)
    # A set may be reachable by key only.
    for route, methods in operations.items():
        name, mark, rest = route.partition("(#)")
        if mark and not rest and name not in found and "GET" in methods:
            result = methods["GET"].result
            key, key_kind = next(iter(methods["GET"].parameters.items()))
            if result is not None:
                found[name] = SetFacts(name, result.name, key, key_kind.name)
    return found


def _singletons(operations: dict[str, dict[str, Operation]]) -> dict[str, str]:
    found = {}
    for route, methods in operations.items():
        get = methods.get("GET")
        if get is not None and get.kind == "get" and "(" not in route and "/" not in route and get.result:
            found[route] = get.result.name
    return found


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(FACTS.read_text(encoding="utf-8"))
    return facts


@cache
def known_roots() -> frozenset[str]:
    """What stands directly under /xapi/v1 in any version."""
    routes = [call.partition(" ")[2] for call in _facts()["operations"]]
    return frozenset(route.partition("/")[0].partition("(")[0] for route in routes)


@cache
def known_properties(type_name: str) -> frozenset[str]:
    """The properties that a type has in any version, inherited ones included."""
    facts = _facts()
    base = facts["bases"].get(type_name)
    return frozenset(facts["types"].get(type_name, ())) | (known_properties(base) if base else frozenset())


@cache
def load(version: str) -> Catalog:
    """The catalog of a version such as "20.0.10"; ValueError names the known ones."""
    if version not in VERSIONS:
        raise ValueError(f"unknown version {version!r}; known: {', '.join(VERSIONS)}")
    facts = _facts()
    operations = _operations(facts, version)
    enums = {
        name: frozenset(bare for member in members if (bare := in_version(member, version)) is not None)
        for name, members in facts["enums"].items()
    }
    imports = frozenset(
        route.removesuffix("()")
        for route, methods in operations.items()
        if "/" not in route and any(o.kind in ("function", "action") for o in methods.values())
    )
    return Catalog(
        version=version,
        enums=enums,
        flags=frozenset(facts["flags"]),
        types=_types(facts, version),
        operations=operations,
        sets=_sets(operations),
        singletons=_singletons(operations),
        imports=imports,
    )
