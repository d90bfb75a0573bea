# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.window, and those that the role maintenance_window makes its report and its snapshot with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.plugin_utils.window import window as find_window
from ansible_collections.tcx.pbx.plugins.plugin_utils.window_story import checks, hours, losses, steps


def window(start: str, end: str, zone: str | None = None, now: str | None = None) -> dict[str, Any]:
    """See window.yml."""
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(UTC)
        found = find_window(str(start), str(end), now=moment.astimezone(UTC), zone=zone)
    except ValueError as exc:
        # Ansible tells the words of a cause as well, and these are the same.
        raise AnsibleFilterError(f"maintenance window: {exc}") from None
    return {
        "open": found.is_open(moment),
        "yet_to_come": moment < found.start,
        "now": found.told(moment),
        "start": found.told(found.start),
        "end": found.told(found.end),
        "seconds": int((found.end - found.start).total_seconds()),
        "seconds_left": max(0, int((found.end - moment).total_seconds())) if found.is_open(moment) else 0,
    }


def window_steps(timeline: Iterable[Mapping[str, Any]], ended: str) -> list[dict[str, Any]]:
    """See window_steps.yml."""
    return steps(timeline, ended)


def window_losses(touches: Mapping[str, Any], timeline: Iterable[Mapping[str, Any]] | None = None) -> list[str]:
    """See window_losses.yml."""
    return losses(touches, timeline)


def window_checks(conditions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """See window_checks.yml."""
    return checks(conditions)


def window_hours(office_hours: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """See window_hours.yml."""
    return hours(office_hours)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {
            "window": window,
            "window_checks": window_checks,
            "window_hours": window_hours,
            "window_losses": window_losses,
            "window_steps": window_steps,
        }
