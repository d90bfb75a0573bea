# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a window, for people: its steps, and what going back leaves undone. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Events of a timeline that say how the step ended that was going on, and what a report calls that.
# The step in which something is touched, where that is not "apply".
STEP_OF = {"updates": "update", "backup": "backup"}
ENDINGS = {"failed": "failed", "skipped": "skipped"}


def steps(timeline: Iterable[Mapping[str, Any]], ended: str) -> list[dict[str, Any]]:
    """Each step with its start, end, status and words; a step ends when the next begins, the last one at `ended`.

    timeline: lines with time, step, title and event ("started", "failed", "skipped"); others add nothing.
    """
    found: list[dict[str, Any]] = []
    for line in timeline:
        if line["event"] == "started":
            _end(found, line["time"])
            found.append({"name": line["step"], "title": line["title"], "started": line["time"], "status": "ok"})
        elif line["event"] in ENDINGS and found:
            found[-1] |= {"status": ENDINGS[line["event"]], "msg": line.get("msg", "")}
    _end(found, ended)
    return found


def _end(found: list[dict[str, Any]], at: str) -> None:
    if found:
        found[-1]["ended"] = at


def checks(conditions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What tcx_wait waited for, as a report shows checks."""
    return [
        {
            "name": str(one["condition"]),
            "status": "ok" if one["holds"] else "critical",
            "value": one["reading"],
            "limit": one["wanted"],
        }
        for one in conditions
    ]


def hours(office_hours: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Of departments as tcx_office_hours shows them, what brings their override back; "" takes an end away."""
    return [
        {
            "group": one["group"],
            "current_group_hours": one.get("current_group_hours") or "Default",
            "override_expires_at": one.get("override_expires_at") or "",
        }
        for one in office_hours
    ]


def losses(touches: Mapping[str, Any], timeline: Iterable[Mapping[str, Any]] | None = None) -> list[str]:
    """What no snapshot brings back, of what a window was to touch.

    timeline: the journal of the window, without which all its steps are taken for begun.
    """
    if timeline is None:
        return list(_losses(touches))
    begun = {line.get("step") for line in timeline if line.get("event") == "started"}
    return list(_losses({what: value for what, value in touches.items() if STEP_OF.get(what, "apply") in begun}))


def _losses(touches: Mapping[str, Any]) -> Iterator[str]:
    if touches.get("updates"):
        yield "Updates stay installed."
    if touches.get("backup"):
        yield (
            f"The backup {touches['backup']} stays on the PBX, and older ones that made room for it do not come back. "
            "It holds the PBX as it was before the window (tcx_backup with state=restored)."
        )
    if touches.get("call_flow_apps"):
        numbers = ", ".join(touches["call_flow_apps"])
        yield f"Call flow apps that were removed ({numbers}) come back without their audio files and departments."
    if touches.get("did_trunks"):
        yield (
            "DIDs that were unrouted ring at their destination again, but have lost those of their own outside office "
            "hours and on holidays. DIDs that were added to a trunk stay there, without a route."
        )
    if touches.get("blocklist"):
        yield "Block list entries that the PBX had added by itself and that were removed stay away."
    if any(touches.get(name) for name in ("call_flow_apps", "did_trunks", "blocklist", "outbound_rules")):
        yield "What was removed and is created again has a new id."
