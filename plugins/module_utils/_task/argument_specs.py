# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs out of the catalog, over all versions. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from .._resources.declared.shapes import Part, Shape
from .._resources.declared.union import Union

Options = dict[str, dict[str, Any]]

TYPES = {
    **dict.fromkeys(("uint8", "int16", "int32", "int64"), "int"),
    **dict.fromkeys(("double", "float", "decimal"), "float"),
    "boolean": "bool",
    "object": "raw",
}
# Names that Ansible takes for secrets unless it is told that they are none.
SUSPICIOUS = re.compile(r"pass|secret|token|key|cred|pin", re.IGNORECASE)


class ArgumentSpecs:
    """Texts for everything that Ansible has no type for: times, references by name, several flags at once."""

    def __init__(self, union: Union) -> None:
        self._union = union

    def options(self, shape: Shape, parts: Iterable[Part]) -> Options:
        own = {part.option: self._option(shape, part) for part in parts}
        short = {name: self._short(shape, *path) for name, path in shape.facts.short.items()}
        return {**own, **short}

    def _short(self, shape: Shape, outer: str, inner: str) -> dict[str, Any]:
        deeper = self._union.inner(shape.type, shape.parts[outer])
        if deeper is None:
            raise ValueError(f"{shape.type}: {outer} has no fields")
        return self._option(deeper, deeper.parts[inner])

    def _option(self, shape: Shape, part: Part) -> dict[str, Any]:
        single = self._single(shape, part)
        if part.collection:
            single = {"type": "list", "elements": single.pop("type"), **single}
        if part.secret:
            single["no_log"] = True
        elif SUSPICIOUS.search(part.option):
            single["no_log"] = False
        return single

    def _single(self, shape: Shape, part: Part) -> dict[str, Any]:
        if part.wrapped or part.reference is not None or self._union.is_flags(part.type):
            return {"type": "str"}
        members = self._union.members(part.type) or part.words
        if members:
            return {"type": "str", "choices": list(members)}
        inner = self._union.inner(shape.type, part)
        if inner is not None:
            return {"type": "dict", "options": self.options(inner, accepted(inner))}
        return {"type": TYPES.get(part.type, "str")}


def accepted(shape: Shape) -> list[Part]:
    """What may be written; where a value only names something, also what it may be named by."""
    naming = shape.facts.names if shape.refers is not None else ()
    return [*(shape.parts[name] for name in naming if name in shape.parts), *shape.own]
