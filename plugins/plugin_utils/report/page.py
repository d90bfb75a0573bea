# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports as HTML pages without scripts, fonts or pictures from anywhere. PRIVATE to the collection."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .fields import fields_of, shown
from .fleet import Fleet, shares_of
from .moments import Clockface, instant, lasted, zone_called
from .timeline import SCALE, timeline_of
from .verdicts import status, verdict_of

TEMPLATES = Path(__file__).parent / "templates"
CHANGE_SIGNS = {"created": "+", "updated": "~", "deleted": "\N{MINUS SIGN}"}


def page_of(report: dict[str, Any]) -> str:
    """The page of one run on one PBX. report: as report_of of shape.py returns it."""
    timeline = timeline_of(report)
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            clock=Clockface(zone_called(report.get("timezone", ""))),
            timeline=timeline,
            areas=_by_area(report["changes"]),
            done_before=_done_before_failure(report["steps"]),
        )
    )


def fleet_page_of(fleet: Fleet, directory: Path) -> str:
    """The overview of many PBXs. directory: where it will be, since it links to the reports from there."""
    links = {site.host: _link(site.page, directory) for site in fleet.sites if site.page}
    template = _environment().get_template("fleet.html.j2")
    return template.render(fleet=fleet, links=links, shares=shares_of(fleet), clock=Clockface(zone_called("")))


def _link(page: str, directory: Path) -> str:
    """A relative address, so that the directory can be moved; the dot keeps a name with a colon from being a scheme."""
    return f"./{quote(os.path.relpath(page, directory))}"


def _done_before_failure(steps: list[dict[str, Any]]) -> int:
    """How many steps went well until one did not; what came after it was going back."""
    first = next((number for number, step in enumerate(steps) if step["status"] == "failed"), len(steps))
    return sum(step["status"] == "ok" for step in steps[:first])


def _by_area(changes: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    areas: dict[str, list[dict[str, Any]]] = {}
    for change in changes:
        areas.setdefault(change["area"], []).append(change)
    return areas


@cache
def _environment() -> Environment:
    """Every value is escaped; a name on a PBX may be <script>."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(fields=fields_of, shown=shown, lasted=lasted, instant=instant, counted=counted)
    environment.globals.update(status=status, verdict_of=verdict_of, scale=SCALE, signs=CHANGE_SIGNS)
    return environment


def counted(number: int, what: str) -> str:
    """1 change, 2 changes."""
    return f"{number} {what if number == 1 else what + 's'}"
