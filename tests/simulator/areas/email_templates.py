# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Templates of mails: a text of one's own, or the one of the factory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.ruled import RuledSet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class EmailTemplates(RuledSet):
    """Mail templates. ``_factory`` is the text that SetDefault brings back."""

    read_only = frozenset(("IsDefault",))

    def create(self, body: Entity) -> Entity:
        entity = super().create(body)
        entity["IsDefault"] = True
        entity["_factory"] = {name: entity.get(name) for name in ("Subject", "Body", "From")}
        return entity

    def changed(self, entity: Entity, before: Entity | None) -> None:
        if before is not None:
            entity["IsDefault"] = all(entity.get(name) == value for name, value in entity["_factory"].items())


def set_default(_pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> None:
    """EmailTemplate('path')/Pbx.SetDefault."""
    if target is not None:
        target.update(target["_factory"])
        target["IsDefault"] = True


CALLS = {"EmailTemplate(#)/Pbx.SetDefault": set_default}
