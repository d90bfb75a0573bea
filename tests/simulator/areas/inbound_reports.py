# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inbound rules as reports show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx


def report(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """ReportInboundRules/Pbx.GetInboundRulesData() and its download: each rule with its trunk and where it leads."""
    trunks = pbx.sets["Trunks"]
    rows = []
    for rule in pbx.sets["InboundRules"].entities():
        trunk = trunks.find(rule["_trunk"])
        rows.append(
            {
                "Id": rule["Id"],
                "DID": rule["Data"],
                "RuleName": rule["RuleName"],
                "Trunk": trunk["Gateway"]["Name"] if trunk else None,
                "InOfficeRouting": rule["OfficeHoursDestination"],
                "OutOfficeRouting": rule["OutOfOfficeHoursDestination"],
            }
        )
    return rows


def by_caller(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """InboundRules/Pbx.ExportCallerIdRules(): the rules that look at the caller."""
    return [rule for rule in pbx.sets["InboundRules"].entities() if rule["Condition"] == "BasedOnCallerID"]


CALLS = {
    "ReportInboundRules/Pbx.GetInboundRulesData()": report,
    "ReportInboundRules/Pbx.DownloadInboundRules()": report,
    "InboundRules/Pbx.ExportCallerIdRules()": by_caller,
}
