# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds HTTP exchanges against 3CX's own contract.

``check_exchange`` takes one request and its answer, ``check_log`` what a simulator noted. Both raise
ContractError with every violation. Beyond what the validator sees, unknown properties and unknown query
options are violations too. Without the contract folder (TCX_SPECS, else ../shared/xapi) call
``require_contract()`` first: it skips the test with a visible message.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest, MockResponse

from tests.simulator.facts.generate import load_contract, specs_folder
from tests.simulator.facts.grammar import VERSIONS

PREFIX = "/xapi/v1"
HOST = "http://pbx"
CACHE = Path(__file__).resolve().parents[2] / ".build" / "contract"


class ContractError(AssertionError):
    """An exchange that the contract does not allow."""


def require_contract() -> None:
    """Skips the calling test, visibly, where the contract is absent."""
    if not specs_folder().is_dir():
        pytest.skip("the contract folder is absent: set TCX_SPECS to check against it")


def versions() -> tuple[str, ...]:
    """All versions of the contract."""
    return VERSIONS


# Loading


@cache
def document(version: str) -> dict[str, Any]:
    """The contract of a version as it stands. Parsing takes seconds, so a JSON copy is kept in .build."""
    source = specs_folder() / f"swagger-{version}.yaml"
    stat = source.stat()
    mark = hashlib.sha256(f"{source} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]
    copy = CACHE / f"{version}-{mark}.json"
    if not copy.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        # Other workers may do the same at the same time: each writes its own file and renames it.
        own = copy.with_suffix(f".{os.getpid()}")
        own.write_text(json.dumps(load_contract(specs_folder(), version)), encoding="utf-8")
        own.replace(copy)
    content: dict[str, Any] = json.loads(copy.read_text(encoding="utf-8"))
    return content


def _nullable_again(value: Any) -> Any:
    """Rewrites {allOf: [$ref], nullable: true}, which by the letter of OpenAPI 3.0 would refuse null."""
    if isinstance(value, list):
        return [_nullable_again(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "type" not in value and value.get("nullable") and "allOf" in value:
        rest = {k: _nullable_again(v) for k, v in value.items() if k not in ("allOf", "nullable")}
        null = {"type": "object", "nullable": True, "maxProperties": 0}
        return {**rest, "anyOf": [*_nullable_again(value["allOf"]), null]}
    return {key: _nullable_again(item) for key, item in value.items()}


@cache
def validator(version: str) -> OpenAPI:
    """The validator of a version."""
    # Tokens are not the validator's business, and it knows no oauth2 anyway.
    tokenless = {name: part for name, part in document(version).items() if name != "security"}
    # Set(Number={Number}) before Set({Id}), which would match it too.
    tokenless["paths"] = dict(sorted(tokenless["paths"].items(), key=lambda item: "=" not in item[0]))
    return OpenAPI.from_dict(_nullable_again(tokenless), config=Config(spec_validator_cls=None))


# Finding the operation


@cache
def _templates(version: str) -> list[tuple[re.Pattern[str], str]]:
    """Paths of the contract as expressions, the most literal ones first."""
    found = []
    for path in document(version)["paths"]:
        pieces = re.split(r"\{\w+\}", path)
        found.append((re.compile("(?:'(?:[^']|'')*'|[^/()']+)".join(map(re.escape, pieces))), path))
    return sorted(found, key=lambda pair: -len(re.sub(r"\{\w+\}", "", pair[1])))


def operation(version: str, method: str, path: str) -> dict[str, Any] | None:
    """The contract's operation for a path below /xapi/v1, or None."""
    for pattern, template in _templates(version):
        if pattern.fullmatch(path):
            item: dict[str, Any] = document(version)["paths"][template]
            return item.get(method.lower())
    return None


def _resolved(version: str, node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document(version)
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    return node


# Unknown properties and query options


def _properties(version: str, schema: dict[str, Any]) -> dict[str, Any]:
    schema = _resolved(version, schema)
    found = dict(schema.get("properties", {}))
    for part in (*schema.get("allOf", ()), *schema.get("anyOf", ())):
        found.update(_properties(version, part))
    return found


def unknown_properties(version: str, schema: dict[str, Any], value: Any, where: str = "") -> Iterator[str]:
    """The places of properties that the schema does not have; annotations are no properties."""
    if isinstance(value, list):
        items = _resolved(version, schema).get("items", {})
        for position, item in enumerate(value):
            yield from unknown_properties(version, items, item, f"{where}[{position}]")
    elif isinstance(value, dict):
        known = _properties(version, schema)
        for name, item in value.items():
            if name.startswith("@odata.") or "@odata." in name:
                continue
            if name in known:
                yield from unknown_properties(version, known[name], item, f"{where}.{name}")
            elif known:  # a type without properties is open
                yield f"{where}.{name}".lstrip(".")


def _schema(version: str, holder: dict[str, Any]) -> dict[str, Any] | None:
    content = _resolved(version, holder).get("content", {}).get("application/json")
    schema: dict[str, Any] | None = content["schema"] if content else None
    return schema


def _query_options(query: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in query.split("&") if part]
    return {unquote_plus(name): unquote_plus(value) for name, _mark, value in pairs}


def _unknown_options(version: str, found: dict[str, Any], query: str) -> Iterator[str]:
    offered = {_resolved(version, parameter)["name"] for parameter in found.get("parameters", [])}
    for name in _query_options(query):
        if name not in offered:
            yield f"query option {name} is not offered"


# Checking


def _body(content: Any) -> bytes:
    if content is None:
        return b""
    return content if isinstance(content, bytes) else json.dumps(content).encode()


def violations(
    version: str, method: str, path: str, query: str, request_body: Any, status: int | None, response_body: Any
) -> list[str]:
    """What is wrong with an exchange. Bodies: decoded JSON, bytes or None; status None: only the request counts."""
    asked = None if request_body is None else _body(request_body)
    return list(_violations(version, method, path, query, asked, status, _body(response_body)))


# A scenario is previewed, done and repeated, so most exchanges come again as they were.
@lru_cache(maxsize=5000)
def _violations(
    version: str, method: str, path: str, query: str, asked: bytes | None, status: int | None, answered: bytes
) -> tuple[str, ...]:
    below = path.removeprefix(PREFIX)
    found = operation(version, method, below)
    if found is None:
        return (f"{version} offers no {method} {below}",)
    request = MockRequest(HOST, method, PREFIX + below, args=_query_options(query), data=asked or None)
    problems = [*_request_problems(version, found, request, query, asked)]
    if status is not None:
        problems += _response_problems(version, found, request, status, answered)
    return tuple(problems)


def _request_problems(
    version: str, found: dict[str, Any], request: MockRequest, query: str, body: bytes | None
) -> Iterator[str]:
    yield from _unknown_options(version, found, query)
    for error in validator(version).iter_request_errors(request):
        yield f"request: {_words(error)}"
    schema = _schema(version, found["requestBody"]) if "requestBody" in found else None
    if schema is not None and body is not None:
        for place in unknown_properties(version, schema, json.loads(body)):
            yield f"request: unknown property {place}"
    elif schema is None and body is not None:
        yield "request: a body is not offered"


def _response_problems(
    version: str, found: dict[str, Any], request: MockRequest, status: int, raw: bytes
) -> Iterator[str]:
    offered = found["responses"]
    if status < 400 and str(status) not in offered:
        yield f"response: status {status} is not offered"
        return
    schema = _schema(version, offered.get(str(status)) or offered["default"])
    if not raw:
        if status < 400 and schema is not None:
            yield "response: the body is missing"
        return
    if schema is None:
        yield "response: a body is not offered"
        return
    for error in validator(version).iter_response_errors(request, MockResponse(raw, status)):
        yield f"response: {_words(error)}"
    for place in unknown_properties(version, schema, json.loads(raw)):
        yield f"response: unknown property {place}"


def _words(error: BaseException) -> str:
    causes = getattr(error.__cause__ or error, "schema_errors", None)
    if causes:
        return "; ".join(f"{'.'.join(map(str, cause.absolute_path))}: {cause.message}"[:300] for cause in causes)
    return f"{type(error).__name__}: {error}"


def check_exchange(
    version: str,
    method: str,
    path: str,
    query: str = "",
    request_body: Any = None,
    status: int | None = None,
    response_body: Any = None,
) -> None:
    """Raises ContractError for an exchange that the contract does not allow."""
    problems = violations(version, method, path, query, request_body, status, response_body)
    if problems:
        raise ContractError(f"{method} {path} on {version}: " + "; ".join(problems))


def check_log(version: str, entries: list[dict[str, Any]], *, requests_only: bool = False) -> int:
    """Checks the XAPI exchanges of a simulator's log (taken with bodies=True); returns how many there were.

    What a fault answered does not count as an answer of the PBX, and a file is not what the contract calls it,
    JSON; the request still counts.
    """
    checked = 0
    problems = []
    for entry in entries:
        if not entry["path"].startswith(f"{PREFIX}/"):
            continue
        left_out = entry["fault"] or entry.get("file") or requests_only
        own = entry["status"] if not left_out else None
        answer = entry.get("response") if own is not None else None
        found = violations(version, entry["method"], entry["path"], entry["query"], entry["request"], own, answer)
        problems += [f"{entry['method']} {entry['path']}?{entry['query']}: {problem}" for problem in found]
        checked += 1
    if problems:
        raise ContractError(f"on {version}: " + "\n".join(problems))
    return checked
