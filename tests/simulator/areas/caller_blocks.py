# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""BlackListNumbers: caller ids that are blocked (REALITY.md section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity


class BlackListNumbers(RuledSet):
    """Caller ids, exact or with a wildcard; their ids are texts."""

    required = ("CallerId",)
    made = {"Description": ""}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.callers: dict[str, str] = {}  # caller id -> id: lists hold thousands

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        limit = self.pbx.switches.number("caller_block_limit")
        if before is None and limit and len(self.rows) >= limit:
            raise refused("CallerId", "BLACKLIST_NUMBER_LIMIT_EXCEEDED")
        fresh = before is None or before["CallerId"] != draft["CallerId"]
        taken = fresh and draft["CallerId"] in self.callers
        if taken and self.pbx.switches.word("caller_block_duplicates") == "refuse":
            raise refused("CallerId", "XAPI.ALREADY_IN_USE")

    def changed(self, entity: Entity, before: Entity | None) -> None:
        if before is not None:
            self.released(before)
        self.callers[entity["CallerId"]] = entity["Id"]

    def released(self, entity: Entity) -> None:
        if self.callers.get(entity["CallerId"]) == entity["Id"]:
            del self.callers[entity["CallerId"]]


CALLS: dict[str, Call] = {"BlackListNumbers/Pbx.BulkNumbersDelete": bulk.Deleter("BlackListNumbers")}
