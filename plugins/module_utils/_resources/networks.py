# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""IP networks as the blocklist writes them. PRIVATE to the collection.

How the PBX notes a mask is not known for certain (REALITY.md section 4), so all ways are read,
networks are compared by meaning, and what is sent follows what the PBX shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_network
from typing import Literal, TypeAlias

Network: TypeAlias = "IPv4Network | IPv6Network"
Notation = Literal["bare", "cidr", "dotted"]

REMEDY = "write 203.0.113.7, 203.0.113.0/24 or 203.0.113.0/255.255.255.0"


@lru_cache(maxsize=65536)
def network(text: str) -> Network:
    """The network that a text means: an address, CIDR, or address/dotted mask. Raises ValueError with a remedy."""
    parsed = _parse(text.strip())
    address = text.strip().partition("/")[0]
    if str(parsed.network_address) != str(ip_network(address).network_address):
        host = ip_network(address).network_address
        raise ValueError(f'"{text}" has host bits set; write {parsed} for the network or {host} for the one address')
    return parsed


@lru_cache(maxsize=65536)
def lenient(text: str) -> Network | str:
    """As `network`, for what a PBX shows: host bits are cut off, and what is no network stays text."""
    try:
        return _parse(text.strip())
    except ValueError:
        return text


def _parse(text: str) -> Network:
    address, slash, mask = text.partition("/")
    try:
        if slash and "." in mask:
            return ip_network(f"{address}/{_prefix_length(mask)}", strict=False)
        return ip_network(text, strict=False)
    except ValueError as exc:
        raise ValueError(f'"{text}" is not an IP address or network; {REMEDY}') from exc


def _prefix_length(mask: str) -> int:
    """The length of a dotted netmask. A wildcard mask (0.0.0.255) is refused: it reads as its opposite."""
    bits = f"{int(IPv4Address(mask)):032b}"
    if "01" in bits:
        raise ValueError(f"{mask} is not a netmask")
    return bits.count("1")


def is_host(value: Network) -> bool:
    return value.prefixlen == value.max_prefixlen


def short(value: Network) -> str:
    """For people: a single address without its mask."""
    return str(value.network_address) if is_host(value) else str(value)


def written(value: Network, notation: Notation) -> str:
    """The text to send. IPv6 has no dotted masks."""
    if notation == "bare" and is_host(value):
        return str(value.network_address)
    if notation == "dotted" and not isinstance(value, IPv6Network):
        return f"{value.network_address}/{value.netmask}"
    return str(value)


def notation_of(text: str) -> Notation:
    mask = text.partition("/")[2]
    if not mask:
        return "bare"
    return "dotted" if "." in mask else "cidr"


def common_notation(texts: Iterable[str], *, hosts: bool) -> Notation:
    """How this PBX writes single addresses, or networks: the way of most of its IPv4 entries."""
    votes: dict[Notation, int] = {"bare": 0, "cidr": 0, "dotted": 0}
    for text in texts:
        value = lenient(text)
        if isinstance(value, IPv4Network) and is_host(value) == hosts:
            votes[notation_of(text)] += 1
    if not any(votes.values()):
        return "bare" if hosts else "cidr"
    return max(votes, key=lambda notation: votes[notation])
