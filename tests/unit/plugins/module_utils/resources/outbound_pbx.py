# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PBX of dicts that treats outbound rules as REALITY.md section 5 tells."""

from __future__ import annotations

from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row

RULES = "OutboundRules"
EMERGENCY = "OutboundRules/Pbx.GetEmergencyOutboundRules()"
PURGE = "OutboundRules/Pbx.Purge"
MOVE = "OutboundRules/Pbx.MoveUpDown"
UNUSED = {"TrunkId": -1, "StripDigits": 0, "Prepend": "", "Append": "", "CallerID": ""}


def route(trunk: int = 12, **more: Any) -> Row:
    return {**UNUSED, "TrunkId": trunk, **more}


def padded(*routes: Row) -> list[Row]:
    return [*routes, *(dict(UNUSED) for _slot in range(5 - len(routes)))]


def rule(number: int, name: str, **more: Any) -> Row:
    return {"Id": number, "Name": name, "Routes": padded(route()), **more}


class OutboundPbx(FakePort):
    """Priorities are made by the PBX, in steps that a client cannot foresee. apart: emergency rules have an order
    of their own. hidden: they are in one order with the others, but the normal list lacks them."""

    def __init__(self, *rules: Row, apart: bool = False, hidden: bool = False) -> None:
        super().__init__(
            OutboundRules=[{"DNRanges": [], "GroupIds": [], "EmergencyRule": False, **one} for one in rules],
            Trunks=[
                {"Id": 12, "Number": "10000", "Gateway": {"Name": "Provider A"}},
                {"Id": 13, "Number": "10001", "Gateway": {"Name": "Provider B"}},
            ],
            Groups=[
                {"Id": 28, "Name": "DEFAULT", "Number": "GRP0000"},
                {"Id": 29, "Name": "Sales", "Number": "GRP0001"},
                {"Id": 30, "Name": "___FAVORITES___100", "Number": "FGRP0001"},
            ],
        )
        self.apart, self.hidden = apart, hidden
        self.actions[PURGE] = self._purge
        self.actions[MOVE] = self._move

    def rows(self, path: str, **options: Any) -> list[Row]:
        if path == EMERGENCY:
            self.reads.append(path)
            return [self._seen(row) for row in self._sequence(True) if row["EmergencyRule"]]
        if path == RULES:
            self.reads.append(path)
            listed = (row for row in self._sequence(False) if not (self.hidden and row["EmergencyRule"]))
            return sorted((self._seen(row) for row in listed), key=lambda row: row["Id"])
        return super().rows(path, **options)

    def names(self, *, emergency: bool = False) -> list[str]:
        """In the order of evaluation."""
        return [row["Name"] for row in self._sequence(emergency)]

    def _sequence(self, emergency: bool) -> list[Row]:
        rows = self.sets[RULES]
        return [row for row in rows if row["EmergencyRule"] == emergency] if self.apart else list(rows)

    def _seen(self, row: Row) -> Row:
        place = self._sequence(row["EmergencyRule"]).index(row)
        names = [group["Name"] for group in self.sets["Groups"] if group["Id"] in row["GroupIds"]]
        return {**row, "Priority": place * 3, "GroupNames": names}

    def _insert(self, path: str, body: Row) -> Row:
        self._check(body)
        return super()._insert(path, {"DNRanges": [], "GroupIds": [], "EmergencyRule": False, **body})

    def update(self, path: str, body: Row, *, if_match: str | None = None) -> None:
        self._check(body)
        super().update(path, body, if_match=if_match)

    def _check(self, body: Row) -> None:
        if len(body.get("Routes", [])) not in (0, 5):
            raise Refused("Routes: five slots", status=400)

    def _purge(self, body: Row) -> None:
        ids = body["purgeObject"]["Ids"]
        if not ids:
            raise AssertionError("a purge without ids may mean all")
        self.sets[RULES] = [row for row in self.sets[RULES] if row["Id"] not in ids]

    def _move(self, body: Row) -> None:
        rows = self.sets[RULES]
        moved = self._row(f"{RULES}({body['id']})")
        sequence = self._sequence(moved["EmergencyRule"])
        other = sequence[sequence.index(moved) + (-1 if body["up"] else 1)]
        one, two = rows.index(moved), rows.index(other)
        rows[one], rows[two] = rows[two], rows[one]
