# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter runbook_report: what a runbook has noted becomes its report."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.tcx.pbx.plugins.filter.runbook_report import failure, runbook_report
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import report_of

CHANGE = {"area": "Rules", "item": "National", "action": "deleted"}
RUN: dict[str, Any] = {
    "runbook": "tidy_up",
    "title": "Tidying up",
    "started": "2027-01-31T22:00:00Z",
    "steps": [
        {"name": "read", "started": "2027-01-31T22:00:00Z", "status": "ok"},
        {"name": "apply", "started": "2027-01-31T22:00:01Z", "status": "ok"},
    ],
    "info": {"version": "20.0.10.1107", "system_status": {"fqdn": "pbx.example.com"}},
    "headlines": {"nothing to do": "Tidy.", "preview": "Would be.", "done": "Was."},
}


@pytest.mark.parametrize(
    ("changes", "preview", "result", "headline"),
    [
        ([], False, "nothing to do", "Tidy."),
        ([], True, "nothing to do", "Tidy."),
        ([CHANGE], True, "preview", "Would be."),
        ([CHANGE], False, "done", "Was."),
    ],
)
def test_the_result_is_what_was_changed(
    changes: list[dict[str, str]], preview: bool, result: str, headline: str
) -> None:
    report = runbook_report({**RUN, "changes": changes, "notes": ["n"]}, preview=preview)
    assert (report["result"], report["headline"], report["changes"]) == (result, headline, changes)
    assert report["id"] == "20270131T220000Z"
    assert report["pbx"] == {"version": "20.0.10.1107", "fqdn": "pbx.example.com"}
    assert report["notes"] == ["n"]
    assert "failure" not in report
    assert report_of({**report, "host": "pbx"}, directory="")


def test_a_failure_marks_the_step_in_which_it_came() -> None:
    report = runbook_report({**RUN, "changes": [CHANGE], "failure": {"task": "Apply", "msg": "refused"}})
    assert report["result"] == "failed"
    assert report["headline"] == 'Tidying up failed at "Apply".'
    assert [step["status"] for step in report["steps"]] == ["ok", "failed"]
    assert report["failure"] == {"task": "Apply", "msg": "refused"}
    assert RUN["steps"][-1]["status"] == "ok"


def test_a_pbx_that_never_answered_still_has_a_report() -> None:
    run = {**RUN, "info": {"failed": True}, "steps": [], "failure": {"task": "Read", "msg": "no answer"}}
    assert runbook_report(run)["pbx"] == {}


def test_what_is_forgotten_is_named() -> None:
    with pytest.raises(AnsibleFilterError, match="headlines, title has to be given"):
        runbook_report({"runbook": "a", "started": "b"})


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ({"msg": "entries[0]: no such thing "}, "entries[0]: no such thing"),
        (
            {"msg": "Task failed: Error: The filter plugin 'tcx.pbx.did_routes' failed: Mend it.\nline 2: 'x' failed"},
            "Mend it.\nline 2: 'x' failed",
        ),
        (
            {
                "msg": "The conditional check 'x' failed. The error was: An unhandled exception occurred while"
                " templating '{{ x }}'. Error was a <class 'ansible.errors.AnsibleFilterError'>, original message: "
                "line 2: no\n\nThe error appears to be in 'main.yml': line 25"
            },
            "line 2: no",
        ),
        (
            {"msg": "a: The lookup plugin 'tcx.pbx.text' failed: dids.csv: there is no such file"},
            "dids.csv: there is no such file",
        ),
        ({"msg": ""}, "no reason was told"),
        (
            {
                "msg": "One or more items failed",
                "results": [{"failed": True, "msg": "a"}, {"msg": "fine"}, {"failed": True, "msg": "b"}],
            },
            "a\nb",
        ),
    ],
)
def test_a_failure_is_told_in_the_words_of_who_failed(result: dict[str, Any], message: str) -> None:
    assert failure(result, "Look") == {"task": "Look", "msg": message}
