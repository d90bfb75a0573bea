# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that the contract allows and a person would believe, the same for the same question."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.simulator.facts.grammar import Kind
from tests.simulator.invent import names
from tests.simulator.invent.scenes import Cast, Scene, of_extension, written

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx

DEPTH = 3  # complex values below this depth are left out: nobody reads them
HOURS = 24
# Types whose rows are points in time rather than things.
CHARTS = frozenset(("TimeReportData", "CallDistribution", "UserActivity"))


class Inventor:
    """Invents values for the types of one version."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.cast = Cast(pbx)

    def one(self, kind: Kind, name: str) -> Any:
        """A single value for a call called ``name``."""
        return self._value(Kind(kind.name), name, self.cast.scene(1, self.pbx.clock.now() // 3600 * 3600), 0)

    def rows(self, type_name: str, arguments: dict[str, Any]) -> list[Any]:
        """The rows of a report; the arguments are those of the function."""
        if type_name not in self.pbx.catalog.types:
            return [self._value(Kind(type_name), "Item", self.cast.scene(index, 0), 0) for index in (1, 2)]
        properties = frozenset(self.pbx.catalog.types[type_name])
        scenes = self.cast.scenes(properties, arguments)
        if type_name in CHARTS:
            first = next(iter(self.cast.scenes(frozenset(), arguments)), None)
            start = first.moment if first else 0.0
            scenes = (self.cast.scene(hour + 1, start + hour * 3600) for hour in range(HOURS))
        return [self._structure(type_name, scene, 0) for scene in scenes]

    def _structure(self, type_name: str, scene: Scene, depth: int) -> dict[str, Any]:
        properties = self.pbx.catalog.types[type_name]
        alias = {"Dn": "ExtensionDn"} if of_extension(frozenset(properties)) else {}
        made = {}
        for name, kind in properties.items():
            if kind.navigation or (depth >= DEPTH and kind.name in self.pbx.catalog.types):
                continue
            made[name] = self._value(kind, f"{type_name}.{alias.get(name, name)}", scene, depth + 1)
        return made

    def _value(self, kind: Kind, name: str, scene: Scene, depth: int) -> Any:
        """``name``: of a property with its type, or of a call."""
        if kind.collection:
            if kind.name in self.pbx.catalog.types and depth >= DEPTH:
                return []
            return [self._value(Kind(kind.name), name.removesuffix("s"), scene, depth)]
        if kind.name in self.pbx.catalog.types:
            return self._structure(kind.name, scene, depth)
        if kind.name in self.pbx.catalog.enums:
            return _member(tuple(sorted(self.pbx.catalog.enums[kind.name])), scene.index)
        return _scalar(kind, name, scene)


def _member(members: tuple[str, ...], index: int) -> str:
    return members[index % len(members)] if members else ""


def _scalar(kind: Kind, name: str, scene: Scene) -> Any:
    if kind.name == "string":
        return _words(kind, name, scene)
    if kind.name == "boolean":
        return bool(re.fullmatch(names.TRUE, _bare(name)))
    if kind.name in ("int32", "int64", "uint8"):
        return _whole(name, scene)
    if kind.name == "decimal":  # the contract says integer
        return _figure(name, scene.index, 5)
    if kind.name in ("float", "double"):
        return _figure(name, scene.index, 500) / 100
    return _moment(kind.name, name, scene)


def _words(kind: Kind, name: str, scene: Scene) -> str | None:
    found = _first(names.TEXTS, name)
    if found is None:
        if kind.nullable:
            return None
        found = names.OTHERWISE
    chosen = found if isinstance(found, str) else found[scene.index % len(found)]
    return chosen.format(name=_bare(name), **vars(scene))


def _whole(name: str, scene: Scene) -> int:
    fixed = _first(names.FIXED, name)
    if fixed is not None:
        return int(fixed)
    most = int(_first(names.FIGURES, name) or 0)
    return _figure(name, scene.index, most) if most else scene.index


def _moment(kind: str, name: str, scene: Scene) -> Any:
    late = names.LATER_BY if re.fullmatch(names.LATER, _bare(name)) else 0
    if kind == "datetime":
        return written(scene.moment + late)
    if kind == "date":
        return written(scene.moment + late)[:10]
    if kind == "time":
        return "08:30:00"
    if kind == "duration":
        seconds = _figure(name, scene.index, int(_first(names.SPANS, name) or 1))
        return f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}S"
    if kind == "uuid":
        return f"00000000-0000-4000-8000-{scene.index:012d}"
    return {}


def _bare(name: str) -> str:
    return name.rpartition(".")[2]


@cache
def _first(table: tuple[tuple[str, Any], ...], name: str) -> Any:
    """The value of the first pattern that matches the name, alone or with its type; None without a match."""
    bare = _bare(name)
    for pattern, value in table:
        if re.fullmatch(pattern, bare) or re.fullmatch(pattern, name):
            return value
    return None


def _figure(name: str, index: int, most: int) -> int:
    digest = hashlib.sha256(f"{name} {index}".encode()).digest()
    return 1 + int.from_bytes(digest[:4], "big") % most
