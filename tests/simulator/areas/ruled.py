# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets and singletons whose rules are a matter of data: what must be there, what must be unique."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity


class RuledSet(EntitySet):
    """A set with required and unique properties.

    ``unique`` maps a property to the code that refuses a second entity with its value, ``fixed`` are properties
    that only a creation may set, ``made`` is what the server sets when a client leaves it out.
    """

    modelled = True
    required: ClassVar[tuple[str, ...]] = ()
    unique: ClassVar[dict[str, str]] = {}
    fixed: ClassVar[tuple[str, ...]] = ()
    made: ClassVar[Entity] = {}

    def defaults(self) -> Entity:
        known = self.pbx.types.properties(self.type)
        return {name: value for name, value in self.made.items() if name in known}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        for name in self.required:
            if draft.get(name) in (None, ""):
                raise refused(name, "XAPI.REQUIRED")
        for name in self.fixed:
            if before is not None and draft.get(name) != before.get(name):
                raise refused(name, "XAPI.FORBIDDEN_CHANGE")
        key = self.key_name()
        for name, code in self.unique.items():
            for row in self.rows.values():
                if row.get(name) == draft.get(name) and (before is None or row[key] != before[key]):
                    raise refused(name, code)
