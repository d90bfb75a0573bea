# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report tells of a window, and what going back leaves undone."""

from __future__ import annotations

from ansible_collections.tcx.pbx.plugins.plugin_utils.window_story import checks, hours, losses, steps


def line(time: str, step: str, event: str, **more: str) -> dict[str, str]:
    return {"time": time, "step": step, "title": step.title(), "event": event, **more}


def test_a_step_ends_where_the_next_begins() -> None:
    assert steps([line("1", "drain", "started"), line("3", "stop", "started")], "4") == [
        {"name": "drain", "title": "Drain", "started": "1", "ended": "3", "status": "ok"},
        {"name": "stop", "title": "Stop", "started": "3", "ended": "4", "status": "ok"},
    ]


def test_a_step_that_failed_says_why_and_the_next_is_fine() -> None:
    found = steps(
        [
            line("1", "apply", "started"),
            line("2", "apply", "done", msg="one rule"),
            line("3", "apply", "failed", msg="refused"),
            line("4", "go back", "started"),
        ],
        "5",
    )
    assert [(one["status"], one.get("msg")) for one in found] == [("failed", "refused"), ("ok", None)]


def test_nothing_happened() -> None:
    assert steps([], "1") == []
    assert steps([line("1", "", "failed")], "2") == []


def test_losses_are_of_what_is_touched() -> None:
    assert losses({}) == []
    assert losses({"outbound_rules": True}) == ["What was removed and is created again has a new id."]
    everything = losses(
        {
            "updates": True,
            "backup": "pre-1.zip",
            "call_flow_apps": ["830", "831"],
            "did_trunks": ["Provider A"],
            "blocklist": True,
        }
    )
    assert len(everything) == 6
    assert any("pre-1.zip" in one for one in everything)
    assert any("830, 831" in one for one in everything)


def test_nothing_is_lost_in_a_step_that_was_never_begun() -> None:
    touches = {"updates": True, "backup": "pre-1.zip", "call_flow_apps": ["831"], "blocklist": True}
    begun = [{"step": "backup", "event": "started"}, {"step": "drain", "event": "started"}]
    [told] = losses(touches, begun)
    assert "pre-1.zip" in told
    applied = [*begun, {"step": "apply", "event": "started"}]
    assert [one.split()[0] for one in losses(touches, applied)] == ["The", "Call", "Block", "What"]
    assert losses(touches, []) == []


def test_what_was_waited_for_becomes_a_check() -> None:
    waited = [
        {"condition": "api", "wanted": "it answers", "reading": "it answers", "holds": True},
        {"condition": "trunks", "wanted": "all", "reading": "one of two", "holds": False},
    ]
    assert checks(waited) == [
        {"name": "api", "status": "ok", "value": "it answers", "limit": "it answers"},
        {"name": "trunks", "status": "critical", "value": "one of two", "limit": "all"},
    ]


def test_an_override_is_kept_with_its_end() -> None:
    shown = [
        {"id": 1, "group": "Sales", "hours": {}, "current_group_hours": "ForceOpened", "override_expires_at": "2037"},
        {"id": 2, "group": "Support", "hours": {}, "override_expires_at": None},
    ]
    assert hours(shown) == [
        {"group": "Sales", "current_group_hours": "ForceOpened", "override_expires_at": "2037"},
        {"group": "Support", "current_group_hours": "Default", "override_expires_at": ""},
    ]
