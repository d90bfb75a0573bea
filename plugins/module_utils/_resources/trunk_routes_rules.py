# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inbound rules that catch a DID, as the PBX has them. PRIVATE to the collection.

Contract: Pbx.InboundRule, Pbx.Destination; REALITY.md section 6. SetRoutes makes such rules, but people make
them by hand too, and those can say more than a DID route can: an external number, another place after hours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .._xapi.odata import equals
from .port import Port

Key = tuple[int, str]

# Destinations that are a number of the PBX, in the words of Pbx.DestinationType.
RINGING = ("Extension", "Queue", "RingGroup", "IVR", "Fax", "RoutePoint")

SELECT = (
    "Id",
    "RuleName",
    "Condition",
    "Data",
    "OfficeHoursDestination",
    "AlterDestinationDuringOutOfOfficeHours",
    "OutOfOfficeHoursDestination",
    "AlterDestinationDuringHolidays",
    "HolidaysDestination",
)
BY_DID = "BasedOnDID"


@dataclass(frozen=True)
class Destination:
    """Where a rule sends a call. to: Pbx.DestinationType."""

    to: str = "None"
    number: str = ""
    external: str = ""

    @property
    def rings(self) -> str | None:
        """The number that rings; None for voice mail, an outside number, the end of the call and the like."""
        return self.number if self.to in RINGING and self.number else None

    def __str__(self) -> str:
        return f"{self.to} {self.number or self.external}".rstrip()


@dataclass(frozen=True)
class Rule:
    """out_of_office, holidays: None where the office hours' destination holds then as well."""

    id: int
    trunk_id: int
    did: str
    name: str
    office: Destination
    out_of_office: Destination | None = None
    holidays: Destination | None = None

    @property
    def key(self) -> Key:
        return (self.trunk_id, self.did)

    @property
    def has_own_hours(self) -> bool:
        return self.out_of_office is not None or self.holidays is not None

    @property
    def following(self) -> tuple[str, ...]:
        """The properties that change when it is to ring elsewhere: other hours that had the same destination follow."""
        other = {"OutOfOfficeHoursDestination": self.out_of_office, "HolidaysDestination": self.holidays}
        return ("OfficeHoursDestination", *(prop for prop, own in other.items() if own is None))

    @property
    def plain(self) -> bool:
        """Whether it is no more than a DID route, all that SetRoutes can say."""
        return self.office.rings is not None and not self.has_own_hours

    @property
    def routed(self) -> bool:
        """False for a rule that only ends the call: the PBX may leave one where a DID is unrouted."""
        return self.office.to != "None" or self.has_own_hours


def read_rules(port: Port, trunk_id: Callable[[dict[str, Any]], int | None]) -> list[Rule]:
    """All DID rules of known trunks. trunk_id: of the row's TrunkDN."""
    rows = port.rows("InboundRules", select=SELECT, filter=equals("Condition", BY_DID), expand="TrunkDN")
    return [
        rule_of(row, trunk)
        for row in rows
        if row.get("Condition") == BY_DID and row.get("Data")
        if (trunk := trunk_id(row.get("TrunkDN") or {})) is not None
    ]


def rule_of(row: dict[str, Any], trunk_id: int) -> Rule:
    office = destination_of(row.get("OfficeHoursDestination"))
    return Rule(
        row["Id"],
        trunk_id,
        row["Data"],
        row.get("RuleName") or "",
        office,
        _differing(row, "AlterDestinationDuringOutOfOfficeHours", "OutOfOfficeHoursDestination", office),
        _differing(row, "AlterDestinationDuringHolidays", "HolidaysDestination", office),
    )


def destination_of(body: dict[str, Any] | None) -> Destination:
    body = body or {}
    return Destination(body.get("To") or "None", body.get("Number") or "", body.get("External") or "")


def _differing(row: dict[str, Any], flag: str, prop: str, office: Destination) -> Destination | None:
    """The other destination, if it is in force and another one."""
    other = destination_of(row.get(prop))
    return other if row.get(flag) and other != office else None
