# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that are written and never read: an echo of a concealed one leaves what is stored alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.simulator.facts.grammar import Kind
    from tests.simulator.odata.types import Entity, Types

# Complex types with a flag Concealed, and the property that holds their secret.
CONCEALED = {"ConcealedPassword": "Value", "ConcealedDataFile": "Contents"}


def kept(types: Types, type_name: str, draft: Entity, before: Entity | None) -> Entity:
    """The draft with the stored secrets where the client sent back what it was shown."""
    for name, kind in types.properties(type_name).items():
        value = draft.get(name)
        if not isinstance(value, dict):
            continue
        former = (before or {}).get(name)
        draft[name] = _one(types, kind, value, former if isinstance(former, dict) else None)
    return draft


def _one(types: Types, kind: Kind, value: Entity, former: Entity | None) -> Entity | None:
    secret = CONCEALED.get(kind.name)
    if secret is None:
        return kept(types, kind.name, dict(value), former) if types.is_structured(kind.name) else value
    if value.get(secret):
        return {key: item for key, item in value.items() if key != "Concealed"}
    # Concealed says: as it is. Not concealed and empty says: none.
    return former if value.get("Concealed") else None


def shown(kind: str, value: Entity) -> dict[str, Any]:
    """A stored secret as the API answers it: that there is one, and the name of a file."""
    secret = CONCEALED[kind]
    return {"Concealed": True, **{key: item for key, item in value.items() if key not in ("Concealed", secret)}}
