# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand things, as the simulator is seeded with them and as a task lists them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

ENTRIES = 10_000


def networks(count: int = ENTRIES) -> list[str]:
    """Networks of 16 addresses each, from a range that is kept for benchmarks (RFC 2544)."""
    return [f"198.{18 + number // 4096}.{number // 16 % 256}.{number % 16 * 16}/28" for number in range(count)]


def seed(count: int = ENTRIES) -> dict[str, Any]:
    return {
        "blocklist": [
            {"network": network, "description": f"scanner {number}"} for number, network in enumerate(networks(count))
        ]
    }


def entries(count: int = ENTRIES) -> list[dict[str, Any]]:
    return [
        {"ip_addr_mask": network, "description": f"scanner {number}"} for number, network in enumerate(networks(count))
    ]


def contact_seed(count: int = ENTRIES) -> dict[str, Any]:
    names = {"first_name": "FirstName", "last_name": "LastName", "phone_number": "PhoneNumber", "email": "Email"}
    return {"sets": {"Contacts": [{names[name]: text for name, text in one.items()} for one in contacts(count)]}}


def contacts(count: int = ENTRIES) -> list[dict[str, Any]]:
    return [
        {
            "first_name": f"Person {number}",
            "last_name": f"of {number % 50}",
            "phone_number": f"+4930{number:07}",
            "email": f"person{number}@example.com",
        }
        for number in range(count)
    ]


class Load(NamedTuple):
    """What one module is given, and the seed of a PBX that has all of it. shown: the result that lists the items, if it
    is not called as the option."""

    option: str
    entity_set: str
    items: Callable[[], list[dict[str, Any]]]
    seed: Callable[[], dict[str, Any]]
    more: dict[str, Any] = {}
    shown: str = ""


LOADS = {
    "tcx_blocklist": Load("entries", "Blocklist", entries, seed),
    "tcx_contacts": Load("contacts", "Contacts", contacts, contact_seed),
    "tcx_object": Load("items", "Contacts", contacts, contact_seed, {"set": "Contacts"}, "objects"),
}
