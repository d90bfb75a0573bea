# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes behind the API's back: what another administrator or the PBX itself would do meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import pairs
from tests.simulator.areas.base import EntitySet, merged
from tests.simulator.odata.path import literal

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def _set(pbx: Pbx, name: str) -> EntitySet:
    if name not in pbx.sets:
        raise ValueError(f"{name}: no such set in {pbx.catalog.version}")
    return pbx.sets[name]


def _entity(entity_set: EntitySet, key: str) -> Entity:
    """By key; a name that is no key is tried as Number, Name and Gateway name."""
    value = literal(key)
    found = entity_set.rows.get(value)
    if found is not None:
        return found
    for row in entity_set.rows.values():
        names = (row.get("Number"), row.get("Name"), row.get("IPAddrMask"), (row.get("Gateway") or {}).get("Name"))
        if str(value) in [str(name) for name in names if name is not None]:
            return row
    raise ValueError(f"{entity_set.name}: nothing has the key {key}")


def create(pbx: Pbx, name: str, body: dict[str, Any]) -> dict[str, Any]:
    """A new entity, by the rules of the API; server-made properties are taken as given."""
    entity_set = _set(pbx, name)
    bound = pbx.binder.entity(entity_set.type, body)
    entity = entity_set.create({key: value for key, value in bound.items() if key not in entity_set.read_only})
    _force(entity_set, entity, bound)
    return _shown(entity)


def update(pbx: Pbx, name: str, key: str, body: dict[str, Any]) -> dict[str, Any]:
    """A changed entity, by the rules of the API; server-made properties are taken as given."""
    entity_set = _set(pbx, name)
    entity = _entity(entity_set, key)
    bound = pbx.binder.entity(entity_set.type, body)
    entity_set.update(entity, bound)
    _force(entity_set, entity, bound)
    return _shown(entity)


def delete(pbx: Pbx, name: str, key: str) -> dict[str, Any]:
    """Removes an entity with all that follows from it."""
    entity_set = _set(pbx, name)
    entity = _entity(entity_set, key)
    entity_set.delete(entity)
    return _shown(entity)


def change_settings(pbx: Pbx, name: str, body: dict[str, Any]) -> None:
    """A changed singleton, or settings behind a pair of functions; server-made properties are taken as given."""
    if name in pairs.PAIRS:
        pbx.shelf[name] = merged(pbx, name, pairs.settings(pbx, name), pbx.binder.entity(name, body))
        return
    singleton = pbx.singletons[name]
    bound = pbx.binder.entity(singleton.type, body)
    singleton.update(bound)
    singleton.values.update({key: bound[key] for key in singleton.read_only & set(bound)})


def change_state(pbx: Pbx, changes: dict[str, Any]) -> None:
    """{Set: {key: {property: value}}}; null instead of the properties deletes. {Singleton: {property: value}}."""
    for name, rows in changes.items():
        if not isinstance(rows, dict):
            raise ValueError(f"{name}: must map keys to changes")
        if name in pbx.singletons or name in pairs.PAIRS:
            change_settings(pbx, name, rows)
            continue
        for key, body in rows.items():
            if body is None:
                delete(pbx, name, key)
            elif isinstance(body, dict):
                update(pbx, name, key, body)
            else:
                raise ValueError(f"{name}({key}): must be an object or null")


def _force(entity_set: EntitySet, entity: Entity, bound: Entity) -> None:
    for name in entity_set.read_only & set(bound):
        entity[name] = bound[name]


def _shown(entity: Entity) -> dict[str, Any]:
    return {name: value for name, value in entity.items() if not name.startswith("_")}
