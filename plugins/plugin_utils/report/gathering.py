# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is heard of each PBX during a run, until its overview can be made. PRIVATE to the collection."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from .fleet import Fleet, Site, fleet_of, site_of
from .redacting import clean, redacted_text

OURS = "tcx.pbx."
WITHOUT_WORDS = "it says nothing about why"


class Gathering:
    """Knows of hosts by what the run tells while it goes on; of reports only at the end."""

    def __init__(self, began: datetime) -> None:
        self._began = began
        self._playbooks: list[str] = []
        self._hosts: dict[str, None] = {}
        self._failures: dict[str, str] = {}
        self._unreachable: set[str] = set()
        self._concerned = False

    def playbook(self, name: str) -> None:
        """One begins; several of one command are one run."""
        self._playbooks.append(name)

    def play(self, hosts: Iterable[str]) -> None:
        """A play begins that is for these hosts, whether their turn will come or not."""
        self._hosts |= dict.fromkeys(hosts)

    def task(self, name: str, action: str) -> None:
        """Runs without one task or role of this collection are none of our business."""
        self._concerned |= name.startswith(OURS) or action.startswith(OURS)

    def failed(self, host: str, task: str, result: Mapping[str, Any]) -> None:
        self._failures[host] = _told(task, result)

    def unreachable(self, host: str, task: str, result: Mapping[str, Any]) -> None:
        self.failed(host, task, result)
        self._unreachable.add(host)

    def fleet(self, ended: datetime, reports: Mapping[str, Mapping[str, Any]], bad: Mapping[str, bool]) -> Fleet | None:
        """The overview; None if there is nothing to tell.

        reports: what set_stats holds under tcx_report, by host. bad: whether a host failed in the end, for all hosts
        whose turn came.
        """
        sites = [self._site(host, reports.get(host), bad.get(host)) for host in {**self._hosts, **dict.fromkeys(bad)}]
        known = [site for site in sites if site is not None]
        return fleet_of(self._name(reports), self._began, ended, known) if self._concerned and known else None

    def _name(self, reports: Mapping[str, Mapping[str, Any]]) -> str:
        """The runbook if there was but one, else the playbooks."""
        names = {summary.get("title") for summary in reports.values()} - {None}
        return clean(names.pop()) if len(names) == 1 else ", ".join(self._playbooks)

    def _site(self, host: str, summary: Mapping[str, Any] | None, bad: bool | None) -> Site | None:
        failure = self._failures.get(host, WITHOUT_WORDS)
        if summary is not None:
            site = _with_report(host, summary)
            # Something after the report failed.
            broken = bad and site.verdict.tone != "bad"
            return replace(site, result="failed", failure=redacted_text(failure)) if broken else site
        if bad is None:
            return Site(host, "not started", headline="The run ended before it was the turn of this PBX.")
        if bad:
            result = "unreachable" if host in self._unreachable else "failed"
            return Site(host, result, failure=redacted_text(failure))
        # A host without a report that did not fail, such as localhost, is no PBX of this run.
        return None


def directory_of(reports: Mapping[str, Mapping[str, Any]]) -> str:
    """Where the reports of the run are; "" if there are none."""
    places = [str(Path(summary["report"]).parent) for summary in reports.values() if summary.get("report")]
    return places[0] if places else ""


def _with_report(host: str, summary: Mapping[str, Any]) -> Site:
    """From the report itself, and from its summary where there is none: in a preview, or when it is gone."""
    report = _read(summary)
    if report:
        return site_of(report)
    return Site(
        host,
        clean(summary.get("result", "unknown")),
        headline=clean(summary.get("headline", "")),
        runbook=clean(summary.get("title") or summary.get("runbook", "")),
        failure=redacted_text(clean(summary.get("failure", ""))),
        changes=dict(summary.get("counts", {}).get("changes", {})),
        checks=dict(summary.get("counts", {}).get("checks", {})),
    )


def _read(summary: Mapping[str, Any]) -> dict[str, Any]:
    """{} if there is no report or it cannot be read."""
    try:
        report = json.loads(Path(summary["report"]).read_text(encoding="utf-8")) if summary.get("report") else {}
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) and {"host", "result"} <= set(report) else {}


def _told(task: str, result: Mapping[str, Any]) -> str:
    """Task and message of a failure; of a loop that of the first item that failed."""
    failed = [one for one in result.get("results") or () if isinstance(one, Mapping) and one.get("failed")]
    message = (failed[0] if failed else result).get("msg") or result.get("msg") or WITHOUT_WORDS
    return f"{task}: {clean(message)}"
