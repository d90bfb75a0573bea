# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions on many entities at once, by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.errors import not_found

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def chosen(pbx: Pbx, set_name: str, keys: list[Any]) -> list[Entity]:
    """The entities of these keys; whether an unknown one is passed over or a 404 nobody has recorded."""
    entity_set = pbx.sets[set_name]
    found = [entity_set.find(key) for key in keys]
    if pbx.switches.word("bulk_unknown_ids") == "404" and None in found:
        raise not_found()
    return [entity for entity in found if entity is not None]


def delete(pbx: Pbx, set_name: str, keys: list[Any]) -> None:
    """Deletes the entities of these keys; nothing is deleted when one may not be."""
    entity_set = pbx.sets[set_name]
    doomed = chosen(pbx, set_name, keys)
    for entity in doomed:
        entity_set.releasing(entity)
    for entity in doomed:
        entity_set.delete(entity)


class Deleter:
    """The bulk deletion of a set, whose parameter is a list of keys."""

    def __init__(self, set_name: str) -> None:
        self.set_name = set_name

    def __call__(self, pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
        delete(pbx, self.set_name, arguments.get("ids", []))
