# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""XAPI property names and option names, one to one within each type. PRIVATE to the collection."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# An acronym ends before the word that follows it, a word before the next capital.
ACRONYM = re.compile(r"([A-Z]+)([A-Z][a-z])")
WORD = re.compile(r"([a-z0-9])([A-Z])")


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """IPAddrMask -> ip_addr_mask, DNRanges -> dn_ranges, CallerID -> caller_id."""
    return WORD.sub(r"\1_\2", ACRONYM.sub(r"\1_\2", name)).lower()


def snaked(value: Any) -> Any:
    """The same value with option names at every depth, without OData's annotations."""
    if isinstance(value, dict):
        return {snake(name): snaked(inner) for name, inner in value.items() if not name.startswith("@")}
    if isinstance(value, list):
        return [snaked(inner) for inner in value]
    return value
