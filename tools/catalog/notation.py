# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The short notation of types and properties that the catalog's facts are written in.

A property is ``Name:type`` with the marks ``?`` nullable, ``!`` navigation, ``^`` read-only; ``[type]`` is a list.
A nullable text, the most frequent kind, is just ``Name``. ``@4-7,9`` behind anything names the versions (20.0.N) that
have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tools.catalog.contract import Contract, Schema

FORMATS = {
    "date-time": "datetime",
    "date": "date",
    "time": "time",
    "duration": "duration",
    "uuid": "uuid",
    "base64url": "binary",
    "int32": "int32",
    "int64": "int64",
    "uint8": "int32",
    "decimal": "decimal",
    "float": "float",
    "double": "double",
}
# Where there is no format, or one that the type does not need.
BARE = {"string": "string", "boolean": "boolean", "object": "object"}


def name_of(reference: str) -> str:
    """#/components/schemas/Pbx.User -> User."""
    return reference.rsplit("/", 1)[-1].removeprefix("Pbx.")


def type_text(schema: Schema) -> str:
    """A schema as ``type`` or ``[type]`` with a ``?`` if it may be null."""
    may_be_null = schema.get("nullable") == "true"
    kind = schema
    if schema.get("type") == "array":
        return f"[{type_text(schema['items']).rstrip('?')}]" + "?" * may_be_null
    for choice in ("allOf", "oneOf", "anyOf"):
        # One real type; beside it null, or the texts by which JSON writes infinite numbers.
        if choice in schema:
            kind = schema[choice][0]
            may_be_null = may_be_null or any(other.get("nullable") == "true" for other in schema[choice])
    return _scalar(kind) + "?" * may_be_null


def _scalar(schema: Schema) -> str:
    if "$ref" in schema:
        return name_of(schema["$ref"])
    if "format" in schema:
        return FORMATS[schema["format"]]
    return BARE[schema["type"]]


def property_text(name: str, schema: Schema, read_only: bool = False) -> str:
    """A property as described above, without its versions."""
    text = type_text(schema)
    marks = "!" * (schema.get("x-ms-navigationProperty") == "true") + "^" * read_only
    return name + ("" if text == "string?" else f":{text}") + marks


def properties(contract: Contract, schema: Schema) -> dict[str, Schema]:
    """All properties of a structured type by name; those of its base type come first."""
    found: dict[str, Schema] = {}
    for part in schema.get("allOf", ()):
        found.update(properties(contract, contract.resolved(part)))
    found.update(schema.get("properties", {}))
    return found


def result_text(contract: Contract, schema: Schema) -> str:
    """What an answer holds, out of the wrapper {"value": ...} in which lists and plain values come."""
    inner = properties(contract, contract.resolved(schema)) if "anyOf" not in schema else {}
    names = [name for name in inner if not name.startswith("@")]
    return type_text(inner["value"]) if names == ["value"] else type_text(schema)


def versions_text(has: Iterable[str], known: Sequence[str]) -> str:
    """``@8-10`` or ``@4-6,9``; "" for all known versions."""
    present = set(has)
    if present == set(known):
        return ""
    runs: list[list[str]] = [[]]
    for version in known:
        if version in present:
            runs[-1].append(version.rpartition(".")[2])
        elif runs[-1]:
            runs.append([])
    return "@" + ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs if run)


def with_versions(texts: Mapping[str, Iterable[str]], known: Sequence[str]) -> list[str]:
    """Texts and the versions that have each -> the texts with their versions."""
    return [text + versions_text(has, known) for text, has in texts.items()]
