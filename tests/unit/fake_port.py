# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX made of dicts, for tests of plans and calls without HTTP."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import NotFound

Row = dict[str, Any]
KEY = re.compile(r"(?P<set>\w+)\((?P<key>\d+)\)$")


class FakePort:
    """sets: entity set to rows. calls: every writing call, in order, as (verb, path, body).

    interfere: called before each writing call with (verb, path); it may raise, which stands for a call that did
    not take effect, or return an exception, which stands for a lost answer to one that did. version: the PBX's.
    """

    version = "20.0.10.1234"

    def __init__(self, **sets: list[Row]) -> None:
        self.sets = {name: [dict(row) for row in rows] for name, rows in sets.items()}
        self.calls: list[tuple[str, str, Any]] = []
        self.reads: list[str] = []
        self.actions: dict[str, Callable[[Any], Any]] = {}
        self.interfere: Callable[[str, str], Exception | None] = lambda verb, path: None
        self.next_id = 1000

    def known_version(self) -> str:
        return self.version

    def rows(self, path: str, *, select: Sequence[str] = (), **options: Any) -> list[Row]:
        self.reads.append(path)
        kept = [dict(row) for row in self.sets[path]]
        return [{name: value for name, value in row.items() if value is not None} for row in kept]

    def get(self, path: str, query: dict[str, Any] | None = None) -> Row:
        self.reads.append(path)
        return dict(self._row(path))

    def function(self, path: str, **parameters: Any) -> Any:
        self.reads.append(path)
        return self.actions[path](parameters)

    def create(self, path: str, body: Row) -> Row:
        return self._write("POST", path, body, lambda: self._insert(path, body))

    def update(self, path: str, body: Row, *, if_match: str | None = None) -> None:
        self._write("PATCH", path, body, lambda: self._row(path).update(body))

    def delete(self, path: str, *, if_match: str | None = None) -> None:
        self._write("DELETE", path, {"if_match": if_match}, lambda: self._remove(path))

    def action(self, path: str, body: Row | None = None, *, repeatable: bool = False) -> Any:
        return self._write("POST", path, body, lambda: self.actions[path](body))

    def _write(self, verb: str, path: str, body: Any, effect: Callable[[], Any]) -> Any:
        self.calls.append((verb, path, body))
        lost = self.interfere(verb, path)
        answer = effect()
        if lost is not None:
            raise lost
        return answer

    def _insert(self, path: str, body: Row) -> Row:
        self.next_id += 1
        row = {"Id": self.next_id, **body}
        self.sets[path].append(row)
        return row

    def _row(self, path: str) -> Row:
        name, rows, wanted = self._place(path)
        for row in rows:
            if row["Id"] == wanted:
                return row
        raise NotFound(f"{name}({wanted}) is not there", status=404)

    def _remove(self, path: str) -> None:
        row, (_name, rows, _key) = self._row(path), self._place(path)
        rows.remove(row)

    def _place(self, path: str) -> tuple[str, list[Row], int]:
        found = KEY.match(path)
        if found is None:
            raise AssertionError(f"not a path to one entity: {path}")
        return found["set"], self.sets[found["set"]], int(found["key"])
