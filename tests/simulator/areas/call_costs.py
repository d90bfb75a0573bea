# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What calls cost, by prefix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import files
from tests.simulator.areas.ruled import RuledSet

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class CallCosts(RuledSet):
    """Prefixes and rates; the set is only listed, an action writes."""


def update(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """CallCostSettings/Pbx.UpdateCost: a known prefix gets its rate, a new one is added."""
    costs = pbx.sets["CallCostSettings"]
    for given in arguments.get("costs", []):
        content = {name: value for name, value in given.items() if name != "Id"}
        row = costs.find_by("Prefix", given.get("Prefix"))
        if row is None:
            costs.put(content)
        else:
            row.update(content)


def export(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> files.FileBody:
    """CallCostSettings/Pbx.ExportCallCosts()."""
    return files.as_csv("call-costs", ["CountryName", "Prefix", "Rate"], pbx.sets["CallCostSettings"].entities())


CALLS = {"CallCostSettings/Pbx.UpdateCost": update, "CallCostSettings/Pbx.ExportCallCosts()": export}
