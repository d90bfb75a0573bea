# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A report in a few words: for the console and for set_stats. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .moments import lasted

SIGNS = {"created": "+", "updated": "~", "deleted": "-"}
# More lines than this nobody reads on a console; the page has all.
SHOWN_CHANGES = 20


def lines_of(report: dict[str, Any]) -> list[str]:
    """How it went, what is wrong, what was changed, and where the page is. A message is shown once."""
    told = report.get("failure", {}).get("msg")
    return [
        f"{report['title']} on {report['host']}: {report['result']} ({lasted(report['seconds'])})",
        report["headline"],
        *_failure(report),
        *(_check(one, told) for one in report["checks"] if one["status"] != "ok"),
        *(["Planned:"] if report.get("planned") and report["changes"] else []),
        *_changes(report["changes"]),
        *report["notes"],
        f"Report: {report['files'].get('page', 'not written in a preview')}",
    ]


def stats_of(report: dict[str, Any]) -> dict[str, Any]:
    """What other tools want to know of a run. Always the same keys, so that a later run replaces an earlier one."""
    return {
        "runbook": report["runbook"],
        "title": report["title"],
        "host": report["host"],
        "result": report["result"],
        "headline": report["headline"],
        "counts": report["counts"],
        "failure": report.get("failure", {}).get("msg", ""),
        "report": report["files"].get("report", ""),
        "page": report["files"].get("page", ""),
    }


def _failure(report: dict[str, Any]) -> list[str]:
    failure = report.get("failure")
    if failure is None:
        return []
    where = f'Failed at "{failure["task"]}"' if "task" in failure else "Failed"
    why = "" if failure["msg"] in report["headline"] else f": {failure['msg']}"
    # Each mistake of a table has a line of its own.
    return [*(where + why).splitlines(), *([f"What to do: {failure['remedy']}"] if "remedy" in failure else [])]


def _check(check: dict[str, Any], told: str | None) -> str:
    why = f": {check['msg']}" if check.get("msg") not in (None, told) else ""
    return f"{check['status'].upper()}: {check['name']}{why}"


def _changes(changes: list[dict[str, Any]]) -> list[str]:
    lines = [f"{SIGNS[one['action']]} {one['area']}: {one['item']}" for one in changes[:SHOWN_CHANGES]]
    more = len(changes) - len(lines)
    return [*lines, *([f"... and {more} more changes"] if more else [])]
