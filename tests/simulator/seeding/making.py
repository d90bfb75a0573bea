# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sections of a seed have in common. Names in a seed stand for what the XAPI knows by id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.groups import DEFAULT

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def only(item: dict[str, Any], *known: str) -> None:
    for key in item:
        if key not in known:
            raise ValueError(f"{key}: unknown key; known: {', '.join(known)}")


def make(pbx: Pbx, set_name: str, entity: Entity, item: dict[str, Any]) -> Entity:
    """Creates an entity; the seed's ``properties`` go in as they are, those that this version lacks stay out."""
    entity_set = pbx.sets[set_name]
    known = pbx.types.properties(entity_set.type)
    extra = {name: value for name, value in (item.get("properties") or {}).items() if name in known}
    content = {name: value for name, value in {**entity, **extra}.items() if value is not None and name in known}
    return entity_set.create(pbx.binder.entity(entity_set.type, content))


def group_id(pbx: Pbx, name: str) -> int:
    """The id of a department; ValueError when there is none of that name."""
    group = pbx.sets["Groups"].find_by("Name", name)
    if group is None:
        raise ValueError(f"no department named {name!r}")
    return int(group["Id"])


def trunk_named(pbx: Pbx, name: str) -> Entity:
    """A trunk by name or number; ValueError when there is none."""
    for trunk in pbx.sets["Trunks"].rows.values():
        if str(name) in (trunk["Gateway"]["Name"], trunk["Number"]):
            return trunk
    raise ValueError(f"no trunk named {name!r}")


def membership(pbx: Pbx, item: dict[str, Any]) -> list[Entity]:
    names = item.get("departments") or [item.get("department", DEFAULT)]
    role = {"RoleName": item.get("role", "users")}
    return [{"GroupId": group_id(pbx, name), "Rights": role} for name in names]
