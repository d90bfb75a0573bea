# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which model serves which set, singleton and call. What is not here is stored plainly or answered with 501."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas import (
    backups,
    blocklist,
    call_flow_apps,
    calls,
    groups,
    inbound_rules,
    outbound_rules,
    parameters,
    peers,
    services,
    status,
    telephony,
    trunks,
    users,
)

if TYPE_CHECKING:
    from tests.simulator.areas.base import EntitySet, Singleton
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

Call = Callable[["Pbx", "Entity | None", dict[str, Any]], Any]

SETS: dict[str, type[EntitySet]] = {
    "ActiveCalls": calls.ActiveCalls,
    "Backups": backups.Backups,
    "Blocklist": blocklist.Blocklist,
    "CallFlowApps": call_flow_apps.CallFlowApps,
    "DidNumbers": trunks.DidNumbers,
    "Fax": telephony.Fax,
    "Groups": groups.Groups,
    "InboundRules": inbound_rules.InboundRules,
    "OutboundRules": outbound_rules.OutboundRules,
    "Parameters": parameters.Parameters,
    "Parkings": telephony.Parkings,
    "Peers": peers.Peers,
    "Queues": telephony.Queues,
    "Receptionists": telephony.Receptionists,
    "RingGroups": telephony.RingGroups,
    "Services": services.Services,
    "Trunks": trunks.Trunks,
    "Users": users.Users,
}

SINGLETONS: dict[str, type[Singleton]] = {
    "Defs": status.Defs,
    "LicenseStatus": status.LicenseStatus,
    "MyGroup": status.Personal,
    "MyUser": status.Personal,
    "SystemStatus": status.SystemStatus,
}


def by_number(set_name: str) -> Call:
    """Pbx.GetByNumber(number='...') of the versions before alternate keys."""

    def call(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> Any:
        return pbx.sets[set_name].find_by("Number", arguments["number"])

    return call


NUMBERED = ("Fax", "Parkings", "Queues", "Receptionists", "RingGroups", "Trunks", "Users", "Peers")
CALLS: dict[str, Call] = {
    **{f"{name}/Pbx.GetByNumber()": by_number(name) for name in NUMBERED},
    **backups.CALLS,
    **blocklist.CALLS,
    **call_flow_apps.CALLS,
    **calls.CALLS,
    **groups.CALLS,
    **inbound_rules.CALLS,
    **outbound_rules.CALLS,
    **parameters.CALLS,
    **peers.CALLS,
    **services.CALLS,
    **status.CALLS,
    **telephony.CALLS,
    **trunks.CALLS,
    **users.CALLS,
}
