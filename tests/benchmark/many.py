# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand blocklist entries, as the simulator is seeded with them and as a task lists them."""

from __future__ import annotations

from typing import Any

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
