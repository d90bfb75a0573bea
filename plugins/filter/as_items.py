# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.as_items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError


def as_items(values: Iterable[Any], key: str) -> list[dict[str, Any]]:
    """See as_items.yml."""
    if isinstance(values, (str, bytes, dict)) or not isinstance(values, Iterable):
        raise AnsibleFilterError(f"as_items takes a list, not {type(values).__name__}")
    return [dict(value) if isinstance(value, Mapping) else {key: value} for value in values]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"as_items": as_items}
