# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.wait_checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any


def wait_checks(result: Mapping[str, Any]) -> list[dict[str, str]]:
    """See wait_checks.yml."""
    return [
        {
            "name": str(one["condition"]).removesuffix("_before"),
            "status": "ok" if one["holds"] else "critical",
            "msg": f"Wanted: {one['wanted']}. Found: {one['reading']}.",
        }
        for one in result.get("conditions") or []
    ]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"wait_checks": wait_checks}
