# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Extensions of an outbound rule (contract: Pbx.DNRange; REALITY.md section 5). PRIVATE to the collection.

On the wire To may be null or absent for a single extension; people always get both ends.
"""

from __future__ import annotations

from collections.abc import Sequence

from .model import Body, Item


def shown_ranges(ranges: Sequence[Body]) -> list[Item]:
    return spelled_ranges([{"from": one.get("From") or "", "to": one.get("To")} for one in ranges])


def spelled_ranges(ranges: Sequence[Item]) -> list[Item]:
    """Wanted ranges as they are shown."""
    return [_spelled(one) for one in ranges]


def _spelled(one: Item) -> Item:
    low = str(one["from"]).strip()
    return {"from": low, "to": str(one.get("to") or low).strip()}


def sent_ranges(ranges: Sequence[Item]) -> list[Body]:
    """Spelled ranges for the wire; a single extension without To, as it was seen on a PBX."""
    return [
        {"From": one["from"]} if one["from"] == one["to"] else {"From": one["from"], "To": one["to"]} for one in ranges
    ]
