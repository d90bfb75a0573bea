# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of a run on many PBXs as one overview. PRIVATE to the collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from .moments import iso
from .redacting import redacted_text
from .verdicts import TONES, Verdict, verdict_of

SCHEMA = 1


@dataclass(frozen=True)
class Site:
    """One PBX of the run.

    page: path of its report; "" if there is none. failure: the message of what went wrong.
    seconds: how long it took; None without a report. changes, checks: how many of each kind.
    """

    host: str
    result: str
    headline: str = ""
    runbook: str = ""
    failure: str = ""
    page: str = ""
    version: str = ""
    seconds: int | None = None
    changes: dict[str, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        return verdict_of({"result": self.result, **({"failure": self.failure} if self.failure else {})})


@dataclass(frozen=True)
class Fleet:
    """title: what ran, such as the name of the playbook. sites: the worst first."""

    title: str
    began: datetime
    ended: datetime
    sites: tuple[Site, ...]

    @property
    def seconds(self) -> float:
        return (self.ended - self.began).total_seconds()

    @property
    def results(self) -> dict[str, int]:
        """How many PBXs came to each result, in the order of the sites."""
        return dict(Counter(site.result for site in self.sites))

    @property
    def headline(self) -> str:
        """40 done, 8 nothing to do, 2 unreachable: the good news first, as people read it."""
        return ", ".join(f"{number} {result}" for result, number in reversed(self.results.items()))

    def as_data(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "title": self.title,
            "started": iso(self.began),
            "ended": iso(self.ended),
            "headline": self.headline,
            "results": self.results,
            "hosts": [asdict(site) for site in self.sites],
        }


@dataclass(frozen=True)
class Share:
    """The PBXs that came to one result, as a part of a bar that is as long as there are PBXs."""

    result: str
    number: int
    start: int
    sign: str
    tone: str


def fleet_of(title: str, began: datetime, ended: datetime, sites: Iterable[Site]) -> Fleet:
    return Fleet(title, began, ended, tuple(sorted(sites, key=_rank)))


def shares_of(fleet: Fleet) -> list[Share]:
    """The good ones first."""
    shares: list[Share] = []
    for result, number in reversed(fleet.results.items()):
        verdict = next(site.verdict for site in fleet.sites if site.result == result)
        start = shares[-1].start + shares[-1].number if shares else 0
        shares.append(Share(result, number, start, verdict.sign, verdict.tone))
    return shares


def site_of(report: dict[str, Any]) -> Site:
    """From the JSON of a report. A report of another version may lack what this one knows."""
    counts = report.get("counts", {})
    return Site(
        host=str(report["host"]),
        result=str(report["result"]),
        headline=str(report.get("headline", "")),
        runbook=str(report.get("title") or report.get("runbook", "")),
        failure=redacted_text(str((report.get("failure") or {}).get("msg", ""))),
        page=str(report.get("files", {}).get("page", "")),
        version=str(report.get("pbx", {}).get("version", "")),
        seconds=report.get("seconds"),
        # What was only planned is no number of changes.
        changes={} if report.get("planned") else counts.get("changes", {}),
        checks=counts.get("checks", {}),
    )


def _rank(site: Site) -> tuple[int, str, str]:
    return TONES.index(site.verdict.tone), site.result, site.host
