# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Instants and durations as people read them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.moments import Clockface, lasted, zone_called

WINTER = datetime(2026, 11, 24, 19, 0, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "moment", "shown", "zone"),
    [
        ("", WINTER, "Tue 24 Nov 2026, 19:00:05", "UTC"),
        ("Europe/Berlin", WINTER, "Tue 24 Nov 2026, 20:00:05", "CET (UTC+01:00)"),
        ("Europe/Berlin", SUMMER, "Thu 02 Jul 2026, 01:30:00", "CEST (UTC+02:00)"),
        ("Asia/Kolkata", WINTER, "Wed 25 Nov 2026, 00:30:05", "IST (UTC+05:30)"),
        ("America/Sao_Paulo", WINTER, "Tue 24 Nov 2026, 16:00:05", "UTC-03:00"),
    ],
)
def test_a_moment_is_shown_where_it_happened(name: str, moment: datetime, shown: str, zone: str) -> None:
    clock = Clockface(zone_called(name))
    assert clock.moment(moment) == shown
    assert clock.zone(moment) == zone


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"),
        (0.04, "0 s"),
        (0.44, "0.4 s"),
        (0.999, "1 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (185, "3 min 05 s"),
        (3600, "1 h 00 min"),
        (7859, "2 h 10 min"),
        (100800, "1 d 4 h"),
    ],
)
def test_a_duration_has_two_units_at_most(seconds: float, shown: str) -> None:
    assert lasted(seconds) == shown
