# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The departments of a PBX by name or number (contract: Pbx.Group; REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .directory import Directory
from .port import Port

SELECT = ("Id", "Name", "Number", "IsDefault")
# Every user has a group of favourites, which is no department.
OWN_NUMBER, OWN_NAME = "FGRP", "___"


class Departments:
    """rows: as the PBX lists its groups, with at least what SELECT names."""

    def __init__(self, rows: Iterable[dict[str, Any]] = ()) -> None:
        self.rows = {row["Id"]: row for row in rows if _is_department(row)}
        self._names = Directory(
            "department", ((id_, (row.get("Name"), row.get("Number"))) for id_, row in self.rows.items())
        )
        self._by_number = {row["Number"]: id_ for id_, row in self.rows.items() if row.get("Number")}

    @classmethod
    def read(cls, port: Port) -> Departments:
        return cls(port.rows("Groups", select=SELECT))

    def resolve(self, text: str) -> int:
        """The id. Raises ValueError with a remedy."""
        return self._names.resolve(text)

    def number(self, text: str) -> str:
        """The number of the one that is called so. Raises ValueError with a remedy."""
        return str(self.rows[self.resolve(text)].get("Number"))

    def name(self, id_: int) -> str:
        return self._names.name_of(id_) or str(id_)

    def name_of_number(self, number: str) -> str:
        """What nobody knows stays as it is."""
        id_ = self._by_number.get(number)
        return number if id_ is None else self.name(id_)

    @property
    def default(self) -> str | None:
        """The name of the department that things belong to of which nothing else is said."""
        return next((self.name(id_) for id_, row in self.rows.items() if row.get("IsDefault")), None)


def _is_department(row: dict[str, Any]) -> bool:
    return not (str(row.get("Number")).startswith(OWN_NUMBER) or str(row.get("Name")).startswith(OWN_NAME))
