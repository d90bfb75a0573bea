# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Website links: live chat and call me links, by their unique name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import bulk
from tests.simulator.areas.ruled import RuledSet
from tests.simulator.errors import refused

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


class WebsiteLinks(RuledSet):
    """Links. A taken one is ALREADY_IN_USE (REALITY.md section 2)."""

    made = {"Name": "", "CallsEnabled": True, "ChatEnabled": True, "MeetingEnabled": False, "Hidden": False}

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.last_link = 0

    def accept(self, draft: Entity, before: Entity | None) -> None:
        super().accept(draft, before)
        partner = draft.get("DN")
        if partner and partner.get("Number") and self.pbx.peer(partner["Number"]) is None:
            raise refused("DN", "XAPI.NOT_FOUND")
        if before is None and "Id" in self.pbx.types.properties(self.type):
            self.last_link += 1
            draft["Id"] = self.last_link


def partner(pbx: Pbx, link: Entity) -> Entity | None:
    """Weblink.DN: the peer that a link rings."""
    number = (link.get("DN") or {}).get("Number")
    return pbx.peer(number) if number else None


def validate(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """WebsiteLinks/Pbx.ValidateLink: 204 for a free name."""
    wanted = (arguments.get("model") or {}).get("FriendlyName")
    if not wanted:
        raise refused("FriendlyName", "XAPI.REQUIRED")
    if pbx.sets["WebsiteLinks"].find(wanted) is not None:
        raise refused("Link", "XAPI.ALREADY_IN_USE")


CALLS: dict[str, Call] = {
    "WebsiteLinks/Pbx.ValidateLink": validate,
    "WebsiteLinks/Pbx.BulkLinksDelete": bulk.Deleter("WebsiteLinks"),
}
