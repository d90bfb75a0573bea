# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an inbound rule means that leaves something out. PRIVATE to the collection.

Contract: Pbx.InboundRule; REALITY.md section 6.
"""

from __future__ import annotations

from ..model import Item

BY_DID = "BasedOnDID"
# The destination for other hours, and the switch without which it is never looked at.
SWITCHES = {
    "out_of_office_hours_destination": "alter_destination_during_out_of_office_hours",
    "holidays_destination": "alter_destination_during_holidays",
}


def completed(item: Item) -> Item:
    """A rule of a trunk is for one of its DIDs, and a destination for other hours is there to be used."""
    rule = dict(item)
    if rule.get("trunk_dn") and rule.get("id") is None:
        rule.setdefault("condition", BY_DID)
    for destination, switch in SWITCHES.items():
        if destination in rule:
            rule.setdefault(switch, not _cleared(rule[destination]))
    return rule


def _cleared(destination: object) -> bool:
    return destination in ("", {"number": ""})
