# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entity -> JSON: version's properties only, selected and expanded, secrets concealed."""

from __future__ import annotations

from typing import Any

from tests.simulator.odata import concealed
from tests.simulator.odata.query import Query, Selection
from tests.simulator.odata.select import listing
from tests.simulator.odata.types import Entity, Types

# Served only when named in $select (REALITY.md sections 3 and 8).
ON_REQUEST = frozenset((("CallFlowApp", "ScriptCode"),))
# Clear in a plain listing, as recorded (REALITY.md section 9); the others below never come back.
WRITE_ONLY = frozenset((("Trunk", "AuthPassword"),))


class Shaper:
    """Serialises entities of one version."""

    def __init__(self, types: Types, *, keep_nulls: bool, script_always: bool, user_secrets: bool) -> None:
        self.types = types
        self.keep_nulls = keep_nulls
        self.script_always = script_always
        self.user_secrets = user_secrets

    def entity(self, type_name: str, entity: Entity, query: Query) -> dict[str, Any]:
        """One entity or complex value as JSON."""
        shaped = self._plain(type_name, entity, query.select)
        for name, nested in query.expand.items():
            kind = self.types.property(type_name, name)
            target = self.types.navigate(type_name, entity, name)
            if kind.collection:
                rows, count = listing(self.types, kind.name, target or [], nested, page=None)
                if count is not None:
                    shaped[f"{name}@odata.count"] = count
                shaped[name] = [self.entity(kind.name, row, nested) for row in rows]
            elif target is not None:
                shaped[name] = self.entity(kind.name, target, nested)
            elif self.keep_nulls:
                shaped[name] = None
        return shaped

    def _plain(self, type_name: str, entity: Entity, selection: Selection | None) -> dict[str, Any]:
        viewed = self.types.view(type_name, entity)
        shaped: dict[str, Any] = {}
        for name, kind in self.types.properties(type_name).items():
            if kind.navigation or (selection and name not in selection):
                continue
            if not selection and self._held_back(type_name, name):
                continue
            value = viewed.get(name)
            if (type_name, name) in WRITE_ONLY and kind.name not in concealed.CONCEALED:
                value = None
            if value is None:
                if self.keep_nulls:
                    shaped[name] = [] if kind.collection else None
                continue
            shaped[name] = self._value(kind.name, value, selection.get(name) if selection else None)
        return shaped

    def _held_back(self, type_name: str, name: str) -> bool:
        if (type_name, name) in ON_REQUEST:
            return not self.script_always
        return type_name == "User" and name in ("AuthPassword", "VMPIN", "DeskphonePassword") and not self.user_secrets

    def _value(self, kind: str, value: Any, selection: Selection | None) -> Any:
        if kind in concealed.CONCEALED:
            hidden = {concealed.CONCEALED[kind]: None} if self.keep_nulls else {}
            return {**concealed.shown(kind, value), **hidden}
        if not self.types.is_structured(kind):
            return value
        if isinstance(value, list):
            return [self._plain(kind, item, selection or None) for item in value]
        return self._plain(kind, value, selection or None)
