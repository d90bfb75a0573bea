# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parameters: named texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class Parameters(EntitySet):
    """Parameters with unique names."""

    modelled = True

    def accept(self, draft: Entity, before: Entity | None) -> None:
        if not draft.get("Name"):
            raise refused("Name", "XAPI.REQUIRED")
        twin = self.find_by("Name", draft["Name"])
        if twin is not None and twin["Id"] != draft.get("Id"):
            raise refused("Name", "XAPI.ALREADY_IN_USE")


def by_name(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
    """Parameters/Pbx.GetParameterByName(name='...')."""
    found = pbx.sets["Parameters"].find_by("Name", arguments["name"])
    if found is None:
        raise not_found()
    return found


CALLS = {"Parameters/Pbx.GetParameterByName()": by_name}
