# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report in a few words."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.summary import SHOWN_CHANGES, lines_of, stats_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.verdicts import status, verdict_of
from tests.unit.plugins.plugin_utils.report.examples import report


def test_lines_tell_what_matters() -> None:
    found = report(
        result="failed",
        failure={"task": "Apply", "msg": "It was refused.\na.csv:2: no.", "remedy": "Correct it."},
        checks=[{"name": "Disk", "status": "ok"}, {"name": "Backup", "status": "critical", "msg": "None."}],
        changes=[{"area": "Rules", "item": "x", "action": "deleted"}],
        notes=["Note."],
    )
    assert lines_of(found) == [
        "Example on pbx: failed (1 h 00 min)",
        "It went well.",
        'Failed at "Apply": It was refused.',
        "a.csv:2: no.",
        "What to do: Correct it.",
        "CRITICAL: Backup: None.",
        "- Rules: x",
        "Note.",
        "Report: /srv/reports/pbx.20261124T110000Z.report.html",
    ]


def test_what_was_only_planned_is_told_as_such() -> None:
    found = report(changes=[{"area": "Rules", "item": "x", "action": "deleted"}], planned=True)
    assert lines_of(found)[2:4] == ["Planned:", "- Rules: x"]
    assert "Planned:" not in lines_of(report(planned=True))


def test_a_message_is_shown_once() -> None:
    """A PBX that could not be looked at has it as headline, as failure and as a check."""
    found = report(
        headline="The PBX could not be looked at: no answer.",
        failure={"task": "Read", "msg": "no answer."},
        checks=[{"name": "api", "status": "critical", "msg": "no answer."}],
    )
    assert lines_of(found)[1:4] == [
        "The PBX could not be looked at: no answer.",
        'Failed at "Read"',
        "CRITICAL: api",
    ]


def test_of_many_changes_the_first_are_shown_and_the_rest_is_counted() -> None:
    changes = [{"area": "Blocklist", "item": str(number), "action": "created"} for number in range(SHOWN_CHANGES + 3)]
    lines = lines_of(report(changes=changes))
    assert lines[2 + SHOWN_CHANGES - 1] == f"+ Blocklist: {SHOWN_CHANGES - 1}"
    assert lines[2 + SHOWN_CHANGES] == "... and 3 more changes"


def test_statistics_always_have_the_same_keys() -> None:
    plain, bad = stats_of(report()), stats_of(report(failure={"msg": "no"}, result="failed"))
    assert set(plain) == set(bad)
    assert (plain["failure"], bad["failure"]) == ("", "no")


@pytest.mark.parametrize(
    ("result", "tone"),
    [
        ("done", "good"),
        ("nothing to do", "calm"),
        ("drift", "warn"),
        ("refused", "bad"),
        ("rolled back", "calm"),
        ("something new", "calm"),
    ],
)
def test_a_result_has_its_tone(result: str, tone: str) -> None:
    assert verdict_of(report(result=result)).tone == tone


def test_a_failure_is_bad_whatever_the_result_is_called() -> None:
    assert verdict_of(report(result="done", failure={"msg": "no"})).tone == "bad"


def test_signs_differ_where_tones_do() -> None:
    found = [status(name) for name in ("ok", "skipped", "warning", "failed")]
    assert len({one.sign for one in found}) == len({one.tone for one in found}) == 4
