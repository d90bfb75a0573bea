# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a department may still have, by its properties and by what it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import memberships, personal
from tests.simulator.areas.calling import there

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Restrictions -> the limit among Group.Props, and the type of member that counts.
LIMITS = {
    "Users": ("UserNumberTo", "Extension"),
    "Trunks": ("TrunksMaxCount", "ExternalLine"),
    "Sbcs": ("SbcMaxCount", None),
    "Dects": ("DectMaxCount", None),
    "LiveChats": ("LiveChatMaxCount", None),
    "System": ("SystemNumberTo", None),
}


def _restrictions(pbx: Pbx, group: Entity) -> Entity:
    props = group.get("Props") or {}
    members = [member["Type"] for member in memberships.members_of(pbx, group)]
    found: Entity = {}
    for name, (limit, kind) in LIMITS.items():
        allowed = props.get(limit)
        count = allowed if isinstance(allowed, int) else None
        found[name] = {"Allowed": count, "Unlimited": count is None, "Used": members.count(kind) if kind else 0}
    found["MaxPrompts"] = props.get("PromptsMaxCount")
    return {name: value for name, value in found.items() if name in pbx.types.properties("Restrictions")}


def of_group(pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """Groups(id)/Pbx.GetRestrictions()."""
    return _restrictions(pbx, there(target))


def of_my_group(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """MyGroup/Pbx.GetRestrictions()."""
    return _restrictions(pbx, personal.my_group(pbx))


CALLS = {"Groups(#)/Pbx.GetRestrictions()": of_group, "MyGroup/Pbx.GetRestrictions()": of_my_group}
