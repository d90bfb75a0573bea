# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Queues, ring groups and IVRs that something leads to stay, on a PBX of dicts."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Forbidden
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run

SINGLE = ("CallParkingSettings", "HotelServices")


class House(Pbx):
    """Three menus in a row, and a rule that leads to the first."""

    closed: tuple[str, ...] = ()

    def __init__(self, **more: Any) -> None:
        rule = {"Id": 1, "RuleName": "Main", "Data": "+49", "OfficeHoursDestination": {"To": "IVR", "Number": "820"}}
        menus = [
            {"Id": 11, "Number": "820", "Name": "One", "TimeoutForwardDN": "821", "TimeoutForwardType": "IVR"},
            {"Id": 12, "Number": "821", "Name": "Two", "TimeoutForwardDN": "822", "TimeoutForwardType": "IVR"},
            {"Id": 13, "Number": "822", "Name": "Three", "TimeoutForwardDN": "821", "TimeoutForwardType": "IVR"},
        ]
        super().__init__(**{"InboundRules": [rule], "Receptionists": menus, **more})

    def rows(self, path: str, **options: Any) -> list[dict[str, Any]]:
        if path in self.closed:
            raise Forbidden("the role is too low", status=403)
        return super().rows(path, **options)

    def get(self, path: str, query: dict[str, Any] | None = None) -> dict[str, Any]:
        return {} if path in SINGLE else super().get(path, query)


def gone(pbx: House, *numbers: str, **options: Any) -> list[str]:
    done = run(pbx, "Receptionists", *({"number": number} for number in numbers), state="absent", **options)
    return done.labels("delete")


def test_what_something_leads_to_stays_and_the_message_names_it():
    pbx = House()
    with pytest.raises(InvalidInput) as raised:
        gone(pbx, "820")
    text = (
        'receptionists[0] (820): number 820 is still used by inbound rule "Main +49" (office hours); change these first'
    )
    assert text.replace("receptionists", "items") in str(raised.value)
    assert pbx.calls == []


def test_what_goes_as_well_does_not_count():
    with pytest.raises(InvalidInput, match='number 821 is still used by IVR 820 "One"'):
        gone(House(), "821", "822")
    assert gone(House(InboundRules=[]), "820", "821", "822") == ["820", "821", "822"]


def test_a_set_of_its_own_ids_is_not_another_with_the_same():
    queues = [{"Id": 11, "Number": "800", "ForwardNoAnswer": {"To": "IVR", "Number": "820"}}]
    with pytest.raises(InvalidInput, match="still used by queue 800"):
        gone(House(InboundRules=[], Queues=queues), "820")


def test_forced_nothing_is_asked():
    pbx = House()
    assert gone(pbx, "820", guarded=False) == ["820"]
    assert "InboundRules" not in pbx.reads


def test_nothing_is_asked_where_nothing_goes():
    pbx = House()
    run(pbx, "Receptionists", {"number": "820", "name": "Other"})
    assert "InboundRules" not in pbx.reads


def test_a_purge_is_held_back_in_the_same_way():
    with pytest.raises(InvalidInput, match="number 820 is still used"):
        run(House(), "Receptionists", purge=True)


def test_what_cannot_be_looked_at_is_told():
    told: list[str] = []
    pbx = House(InboundRules=[])
    pbx.closed = ("Users",)
    assert gone(pbx, "820", warn=told.append) == ["820"]
    assert [text.partition(",")[0] for text in told] == ["Users could not be read"]
