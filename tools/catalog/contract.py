# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""3CX's contract files as they are read here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

VERSION = re.compile(r"swagger-(\d+)\.(\d+)\.(\d+)\.yaml")
METHODS = ("get", "post", "patch", "put", "delete")

Schema = Mapping[str, Any]


class Contract:
    """One version's OpenAPI document.

    Every scalar is text, also numbers and booleans: enums have members such as No and Off, which YAML 1.1 would read
    as False, and nothing that is kept of a contract is a number.
    """

    def __init__(self, document: Schema) -> None:
        self._document = document

    @classmethod
    def parse(cls, text: str) -> Contract:
        return cls(yaml.CBaseLoader(text).get_single_data())

    @classmethod
    def load(cls, path: Path) -> Contract:
        return cls.parse(path.read_text(encoding="utf-8"))

    @property
    def schemas(self) -> Mapping[str, Schema]:
        found: Mapping[str, Schema] = self._document["components"]["schemas"]
        return found

    def operations(self) -> Iterator[tuple[str, str, Schema]]:
        """(path, method in lower case, operation), in the contract's order."""
        for path, item in self._document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield path, method, item[method]

    def resolved(self, value: Schema) -> Schema:
        """What a value stands for: itself, or what its $ref points to."""
        while "$ref" in value:
            target: Any = self._document
            for step in value["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            value = target
        return value

    def json_schema(self, holder: Schema) -> Schema | None:
        """The schema of a request body or an answer, None if it has no content. It may be a $ref."""
        content = self.resolved(holder).get("content", {})
        if not content:
            return None
        # Nothing else was ever offered; a type of content that appears one day needs a decision, not a guess.
        (kind,) = content
        if kind != "application/json":
            raise ValueError(f"content of type {kind} is new")
        schema: Schema = content[kind]["schema"]
        return schema


def contract_files(folder: Path) -> dict[str, Path]:
    """The contracts in a folder by version, oldest first."""
    found = {}
    for path in folder.glob("swagger-*.yaml"):
        if match := VERSION.fullmatch(path.name):
            found[tuple(int(number) for number in match.groups())] = path
    return {".".join(map(str, version)): path for version, path in sorted(found.items())}
