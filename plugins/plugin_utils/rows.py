# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Items that know where a person wrote them, and problems that say so. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

SHOWN = 25


@dataclass(frozen=True)
class Row:
    """One item. where: such as dids.csv:4. columns: how the place of a field is called, such as column B (DID)."""

    where: str
    values: Mapping[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str = "") -> str:
        """Of the field, or of the whole item."""
        column = self.columns.get(name, name)
        return f"{self.where}, {column}" if column else self.where


class BadInput(ValueError):
    """What a person has to mend, each line with its place."""

    def __init__(self, problems: Sequence[str]) -> None:
        lines = list(problems[:SHOWN])
        if len(problems) > SHOWN:
            lines.append(f"and {len(problems) - SHOWN} more")
        super().__init__("\n".join(lines))


class Problems:
    """Collects them, so that a person sees all at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, place: str, message: str) -> None:
        self.found.append(f"{place}: {message}")

    @contextmanager
    def at(self, place: str) -> Iterator[None]:
        """Takes a ValueError, so that the next row is looked at as well."""
        try:
            yield
        except ValueError as exc:
            self.add(place, str(exc))

    def raise_if_any(self) -> None:
        if self.found:
            raise BadInput(self.found)
