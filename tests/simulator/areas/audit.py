# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The audit log: who changed what. Values are left out, since they may be secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

LOG = "AuditLog"
KEEP = 1000
# AuditLog.Action is a number that the contract does not explain.
ACTIONS = {"POST": 1, "PATCH": 2, "DELETE": 3}


def note(pbx: Pbx, user: str, method: str, resource: str) -> None:
    """Notes a change that was made, if the PBX keeps an audit log (SystemStatus.IsAuditLogEnabled)."""
    if not pbx.singletons["SystemStatus"].values.get("IsAuditLogEnabled"):
        return
    log = pbx.shelf.setdefault(LOG, [])
    log.append(
        {
            "Id": log[-1]["Id"] + 1 if log else 1,
            "Timestamp": pbx.clock.stamp(),
            "UserName": user,
            "ObjectName": resource,
            "Action": ACTIONS[method],
            "Ip": "127.0.0.1",
        }
    )
    del log[:-KEEP]


def entries(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> list[Entity]:
    """ReportAuditLog/Pbx.GetAuditLogData() and its download."""
    held: list[Entity] = pbx.shelf.get(LOG, [])
    return held


CALLS = {
    "ReportAuditLog/Pbx.GetAuditLogData()": entries,
    "ReportAuditLog/Pbx.DownloadAuditLog()": entries,
}
