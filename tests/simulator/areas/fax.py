# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fax server and the extensions that it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk
from tests.simulator.areas.dn import DnSet

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

FILES = "FaxFiles"
SIZE = 120_000  # bytes of a fax


def init(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Fax/Pbx.InitFax(): a form to fill in and post."""
    faxes = pbx.sets["Fax"]
    form = {"Id": 0, "Number": faxes.free_number() if isinstance(faxes, DnSet) else "", "FaxServer": False}
    return {name: value for name, value in form.items() if name in pbx.types.properties("Fax")}


def clean_up(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """FaxServerSettings/Pbx.CleanUpFax."""
    pbx.shelf[FILES] = 0


def size(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> int:
    """FaxServerSettings/Pbx.GetFaxFilesSize(): bytes."""
    return int(pbx.shelf.get(FILES, 0)) * SIZE


CALLS: dict[str, Call] = {
    "Fax/Pbx.InitFax()": init,
    "Fax/Pbx.BulkFaxDelete": bulk.Deleter("Fax"),
    "FaxServerSettings/Pbx.CleanUpFax": clean_up,
    "FaxServerSettings/Pbx.GetFaxFilesSize()": size,
}
