# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""3CX's own description of the API, one file per version. It is not in this repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.unit.sources import ROOT

FOLDER = Path(os.environ.get("TCX_SPECS") or ROOT.parent / "shared" / "xapi")
ABSENT = f"the contract of 3CX is not in {FOLDER}; set TCX_SPECS to the folder with its swagger-*.yaml"


def files() -> list[Path]:
    return sorted(FOLDER.glob("swagger-*.yaml"))


@cache
def _loaded(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as stream:
        content: dict[str, Any] = yaml.load(stream, Loader=yaml.CSafeLoader)
    return content


def types(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(name of a type, names of its properties, also of those that it inherits)."""
    schemas = _loaded(path)["components"]["schemas"]
    for name, schema in schemas.items():
        yield name, sorted(_properties(schema, schemas))


def _properties(schema: dict[str, Any], schemas: dict[str, Any]) -> set[str]:
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        found |= _properties(schemas[part["$ref"].rpartition("/")[2]] if "$ref" in part else part, schemas)
    return found
