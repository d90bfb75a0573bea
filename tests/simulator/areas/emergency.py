# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emergency locations: one action writes them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.ruled import RuledSet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class EmergencyGeoLocations(RuledSet):
    """Named places, for trunks that tell them to the emergency services."""


def update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Entity:
    """EmergencyGeoLocations/Pbx.Update: these, and only these, remain."""
    places = pbx.sets["EmergencyGeoLocations"]
    places.rows = {place["Id"]: dict(place) for place in arguments.get("locations", [])}
    return {}


CALLS = {"EmergencyGeoLocations/Pbx.Update": update}
