# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.desired_areas and tcx.pbx.drift_checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.plugin_utils.desired import areas_of

# How many of the things that differ are named; the changes of the report have them all.
NAMED = 3


def desired_areas(desired: Mapping[str, Any], name: str = "desired_areas") -> list[dict[str, Any]]:
    """See desired_areas.yml."""
    try:
        return list(areas_of(name, desired))
    except ValueError as exc:
        raise AnsibleFilterError(str(exc)) from None


def drift_checks(areas: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """See drift_checks.yml."""
    return [_check(area) for area in areas]


def _check(area: Mapping[str, Any]) -> dict[str, Any]:
    if area.get("msg"):
        return {"name": area["title"], "status": "unknown", "msg": f"{area['place']}: {area['msg']}"}
    differing = [str(change["item"]) for change in area["changes"]]
    if not differing:
        return {"name": area["title"], "status": "ok", "value": 0, "msg": "As desired."}
    more = f" and {len(differing) - NAMED} more" if len(differing) > NAMED else ""
    words = f"Not as desired: {', '.join(differing[:NAMED])}{more}."
    return {"name": area["title"], "status": "warning", "value": len(differing), "msg": words}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"desired_areas": desired_areas, "drift_checks": drift_checks}
