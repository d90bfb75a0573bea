# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time zones by name (contract: Pbx.TimeZone). PRIVATE to the collection.

The PBX numbers its time zones; people call them Europe/Berlin, or as Windows does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .directory import Directory
from .port import Port

SELECT = ("Id", "Name", "IanaName", "WindowsName")


class TimeZones:
    """rows: as the PBX lists them."""

    def __init__(self, rows: Iterable[dict[str, Any]] = ()) -> None:
        self._rows = list(rows)
        self._names = Directory("time zone", ((place, _names(row)) for place, row in enumerate(self._rows)))

    @classmethod
    def read(cls, port: Port) -> TimeZones:
        return cls(port.rows("Defs/TimeZones", select=SELECT))

    def resolve(self, text: str) -> str:
        """The id. Raises ValueError with a remedy."""
        return str(self._rows[self._names.resolve(text)]["Id"])

    def name(self, id_: str) -> str:
        """The name for people; an id that nobody knows stays as it is."""
        places = {row["Id"]: place for place, row in enumerate(self._rows)}
        return (self._names.name_of(places[id_]) if id_ in places else None) or id_


def _names(row: dict[str, Any]) -> tuple[str | None, ...]:
    return row.get("IanaName"), row.get("Name"), row.get("WindowsName"), row.get("Id")
