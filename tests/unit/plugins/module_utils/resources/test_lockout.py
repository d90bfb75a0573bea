# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is blocked where entries overlap: the narrower network decides."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.lockout import Rule, blockers, lockouts

ME = ip_network("192.0.2.10/32")


def rules(*texts: str) -> list[Rule]:
    """ "-0.0.0.0/0" blocks, "+192.0.2.0/24" allows."""
    return [Rule(ip_network(text[1:]), text[0] == "-") for text in texts]


@pytest.mark.parametrize(
    ("entries", "blocked"),
    [
        ([], False),
        (["-192.0.2.10/32"], True),
        (["-192.0.2.0/24"], True),
        (["-198.51.100.0/24"], False),
        (["-0.0.0.0/0", "+192.0.2.0/24"], False),
        (["+192.0.2.0/24", "-0.0.0.0/0"], False),
        (["+192.0.2.0/24", "-192.0.2.0/28"], True),
        (["-192.0.2.10/32", "+192.0.2.10/32"], True),
        (["-2001:db8::/32"], False),
    ],
)
def test_the_narrower_network_decides(entries: list[str], blocked: bool):
    assert bool(blockers(ME, rules(*entries))) is blocked


def test_a_part_of_a_protected_network_counts():
    office = ip_network("192.0.2.0/24")
    assert blockers(office, rules("+192.0.2.0/24", "-192.0.2.7/32"))


def test_taking_the_protecting_allow_entry_away_is_a_lockout():
    before = rules("-0.0.0.0/0", "+192.0.2.0/24")
    found = list(lockouts([ME], before, before[:1]))
    assert [(one.protected, str(one.rule.network)) for one in found] == [(ME, "0.0.0.0/0")]


def test_what_was_blocked_before_is_no_news():
    before = rules("-192.0.2.0/24")
    assert not list(lockouts([ME], before, [*before, *rules("-198.51.100.0/24")]))
