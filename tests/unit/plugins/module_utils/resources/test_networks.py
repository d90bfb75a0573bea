# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks in all notations are one network."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import (
    common_notation,
    lenient,
    network,
    written,
)


@pytest.mark.parametrize(
    "text",
    ["203.0.113.7", "203.0.113.7/32", "203.0.113.7/255.255.255.255", " 203.0.113.7 "],
)
def test_one_address_in_every_notation(text: str):
    assert network(text) == ip_network("203.0.113.7/32")


@pytest.mark.parametrize("text", ["0.0.0.0/0", "0.0.0.0/0.0.0.0"])
def test_everything(text: str):
    assert network(text).prefixlen == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("203.0.113.5/24", "write 203.0.113.0/24 for the network or 203.0.113.5 for the one address"),
        ("203.0.113.0/0.0.0.255", "is not an IP address or network"),
        ("203.0.113.0/255.0.255.0", "is not an IP address or network"),
        ("scanner", "is not an IP address or network; write 203.0.113.7"),
        ("", "is not an IP address or network"),
        ("203.0.113.0/33", "is not an IP address or network"),
    ],
)
def test_what_is_no_network_is_told_with_a_remedy(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        network(text)


def test_what_a_pbx_shows_is_read_leniently():
    assert lenient("203.0.113.5/24") == ip_network("203.0.113.0/24")
    assert lenient("something new") == "something new"


@given(st.ip_addresses(v=4), st.integers(0, 32), st.sampled_from(["bare", "cidr", "dotted"]))
def test_what_is_written_is_read_as_the_same(address, length, notation):
    value = ip_network(f"{address}/{length}", strict=False)
    assert network(written(value, notation)) == value


@given(st.ip_addresses(v=6), st.integers(0, 128), st.sampled_from(["bare", "cidr", "dotted"]))
def test_ipv6_is_read_as_the_same(address, length, notation):
    value = ip_network(f"{address}/{length}", strict=False)
    assert network(written(value, notation)) == value


def test_the_notation_follows_what_the_pbx_shows():
    shown = ["192.0.2.1/255.255.255.255", "192.0.2.2/255.255.255.255", "192.0.2.3", "198.51.100.0/24"]
    assert common_notation(shown, hosts=True) == "dotted"
    assert common_notation(shown, hosts=False) == "cidr"
    assert common_notation([], hosts=True) == "bare"
