# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DIDs that a trunk gets before they are routed. PRIVATE to the collection.

They are born in Trunk.DidNumbers, which is replaced as a whole (REALITY.md section 6).
"""

from __future__ import annotations

from collections.abc import Iterable

from .._xapi.errors import XapiError
from .._xapi.odata import key
from .port import Port
from .trunk_routes_rules import Key


class NewDids:
    """One PATCH for each trunk, sent when the first of its new DIDs is to be routed."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._new: dict[int, list[str]] = {}
        for trunk_id, did in dict.fromkeys(keys):
            self._new.setdefault(trunk_id, []).append(did)
        self._refused: dict[int, XapiError] = {}

    def add(self, port: Port, trunk_ids: Iterable[int]) -> bool:
        """Whether something was written. A refusal holds for all routes of that trunk, so it is raised again."""
        wrote = False
        for trunk_id in dict.fromkeys(trunk_ids):
            if trunk_id in self._refused:
                raise self._refused[trunk_id]
            wrote |= self._add(port, trunk_id, self._new.pop(trunk_id, []))
        return wrote

    def _add(self, port: Port, trunk_id: int, new: list[str]) -> bool:
        if not new:
            return False
        path = key("Trunks", trunk_id)
        try:
            known = port.get(path, {"$select": "Id,DidNumbers"}).get("DidNumbers") or []
            missing = [did for did in new if did not in known]
            if missing:
                port.update(path, {"DidNumbers": [*known, *missing]})
        except XapiError as exc:
            self._refused[trunk_id] = exc
            raise
        return bool(missing)
