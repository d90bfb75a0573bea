# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX of dicts that notes with which query it was read."""

from __future__ import annotations

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import declaration_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.resource import DeclaredSet
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

DEPARTMENTS = [
    {"Id": 28, "Name": "DEFAULT", "Number": "GRP0000"},
    {"Id": 29, "Name": "Sales", "Number": "GRP0001"},
]


NUMBERS = [
    {"Id": 1, "Number": "100", "Name": "Ada", "Type": "Extension"},
    {"Id": 2, "Number": "101", "Name": "Bea", "Type": "Extension"},
    {"Id": 5, "Number": "800", "Name": "Sales", "Type": "Queue"},
    {"Id": 6, "Number": "801", "Name": "Support", "Type": "Queue"},
]


class Pbx(FakePort):
    """queries: what each listing asked for, as (set, select, filter, expand). Sets that are not given are empty."""

    def __init__(self, version: str = "20.0.10.1", **sets: list[dict[str, Any]]) -> None:
        super().__init__(**{"Groups": DEPARTMENTS, "Peers": NUMBERS, **sets})
        self.version = version
        self.queries: list[tuple[str, tuple[str, ...], str | None, str | None]] = []

    def rows(self, path: str, **options: Any) -> list[dict[str, Any]]:
        asked = (options.get("filter"), options.get("expand"))
        self.queries.append((path, tuple(options.get("select", ())), *asked))
        self.sets.setdefault(path, [])
        return super().rows(path, **options)


def run(pbx: Pbx, entity_set: str, *items: Item, check_mode: bool = False, **options: Any) -> Converged:
    engine = {name: options.pop(name) for name in ("state", "purge", "max_deletions") if name in options}
    resource = DeclaredSet(declaration_for(entity_set), whole=bool(engine.get("purge")), **options)
    return converge(resource, pbx, items, check_mode=check_mode, **engine)
