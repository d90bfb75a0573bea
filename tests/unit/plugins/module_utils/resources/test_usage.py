# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who uses a number, on a PBX of dicts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.usage import SOURCES, Source, mentions, uses_of
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import NotFound, Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row

HERE = {"To": "RoutePoint", "Number": "831"}


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"OutOfOfficeHoursDestination": HERE}, "out of office hours"),
        ({"HolidaysDestination": HERE}, "holidays"),
        ({"OfficeRoute": {"Prompt": "x.wav", "Route": HERE}}, "office"),
        ({"ForwardNoAnswer": HERE}, "no answer"),
        ({"TimeoutForwardDN": "831", "TimeoutForwardType": "Extension"}, "timeout"),
        ({"InvalidKeyForwardDN": "831"}, "invalid key"),
        ({"Forwards": [{"Input": "7", "ForwardDN": "831", "ForwardType": "Extension"}]}, "key 7"),
        ({"ForwardingProfiles": [{"Name": "Away", "AwayRoute": {"External": HERE}}]}, 'profile "Away" external'),
        ({"ForwardingExceptions": [{"Data": "0151*", "Destination": HERE}]}, 'exception "0151*"'),
        ({"DNRanges": [{"From": "831"}]}, "calls from it"),
        ({"AutoPickupForwardDN": "831", "AutoPickupForwardType": "RoutePoint"}, "auto pickup"),
        ({"DN": {"Number": "831", "Type": "RoutePoint"}}, ""),
    ],
)
def test_whatever_leads_somewhere_is_found(row: Row, place: str):
    assert list(mentions(row)) == [("831", place)]


@pytest.mark.parametrize(
    "row",
    [
        {"OfficeHoursDestination": {"To": "None", "Number": "831"}},
        {"OfficeHoursDestination": {"To": "External", "External": "831"}},
        {"TimeoutForwardDN": "831", "TimeoutForwardType": "EndCall"},
        {"Forwards": [{"Input": "7", "ForwardDN": "831", "ForwardType": "RepeatPrompt"}]},
        {"DNRanges": [{"From": "831", "To": "899"}]},
        {
            "Number": "831",
            "Name": "831",
            "Groups": [{"Number": "831"}],
            "ForwardNoAnswer": None,
            "TimeoutForwardDN": None,
        },
    ],
)
def test_what_leads_nowhere_is_not(row: Row):
    assert list(mentions(row)) == []


class Pbx(FakePort):
    def __init__(self, **sets: list[Row]) -> None:
        super().__init__(**sets)
        self.asked: list[tuple[str, str | None]] = []
        self.together = True

    def rows(self, path: str, *, select: Sequence[str] = (), **options: Any) -> list[Row]:
        expand = options.get("expand")
        self.asked.append((path, expand))
        if path not in self.sets:
            raise NotFound(f"GET {path}: HTTP 404", status=404)
        if expand and "," in expand and not self.together:
            raise Refused(f"GET {path}: HTTP 400", status=400)
        hidden = {"ForwardingProfiles", "ForwardingExceptions"} - set((expand or "").split(","))
        rows = super().rows(path, select=select, **options)
        return [{name: value for name, value in row.items() if name not in hidden} for row in rows]

    def get(self, path: str, query: dict[str, Any] | None = None) -> Row:
        raise NotFound(f"GET {path}: HTTP 404", status=404)


USER = {
    "Id": 1,
    "Number": "100",
    "FirstName": "Ada",
    "LastName": "Ash",
    "ForwardingProfiles": [{"Name": "Away", "AwayRoute": {"Internal": HERE}}],
    "ForwardingExceptions": [{"Data": "1", "Destination": HERE}],
}


@pytest.mark.parametrize("together", [True, False])
def test_a_build_that_refuses_a_combined_expand_is_asked_one_by_one(together: bool):
    port = Pbx(Users=[USER])
    port.together = together
    uses = uses_of(port, {"831"})
    assert [str(use) for use in uses.by_number["831"]] == [
        'extension 100 "Ada Ash" (profile "Away" internal, exception "1")'
    ]
    assert len([path for path, _expand in port.asked if path == "Users"]) == (1 if together else 3)


def test_a_set_that_the_version_lacks_uses_nothing():
    uses = uses_of(Pbx(), {"831"})
    assert not uses.by_number and not uses.unread


def test_a_set_that_refuses_is_told():
    port = Pbx(Users=[USER])
    port.together = False
    source = Source("extension", "Users", expand=("A,B",))
    assert list(uses_of(port, {"831"}, [source]).unread) == ["Users"]


def test_users_are_never_read_with_their_passwords():
    users = next(source for source in SOURCES if source.path == "Users")
    assert set(users.select) == {"Id", "Number", "FirstName", "LastName"}


def test_several_numbers_are_kept_apart():
    rule = {
        "Id": 1,
        "RuleName": "A",
        "OfficeHoursDestination": HERE,
        "HolidaysDestination": {"To": "IVR", "Number": "8"},
    }
    uses = uses_of(Pbx(InboundRules=[rule]), {"831", "8", "9"})
    assert {number: [str(use) for use in found] for number, found in uses.by_number.items()} == {
        "831": ['inbound rule "A" (office hours)'],
        "8": ['inbound rule "A" (holidays)'],
    }
