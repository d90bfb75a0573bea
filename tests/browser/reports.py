# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports that tests look at: what a change board gets, with every kind of thing in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ansible_collections.tcx.pbx.plugins.plugin_utils.report.fleet import Fleet, Site, fleet_of
from ansible_collections.tcx.pbx.plugins.plugin_utils.report.shape import report_of

DIRECTORY = "/srv/reports"


def window(**changes: Any) -> dict[str, Any]:
    """A maintenance window that went well."""
    return report_of({**WINDOW, **changes}, directory=DIRECTORY)


def failed() -> dict[str, Any]:
    """The same, gone back on: with a failure, long names and checks of each kind."""
    return window(
        result="failed",
        headline="The window failed while it applied the changes. The snapshot was put back, all services run.",
        steps=[*WINDOW["steps"][:5], FAILED_STEP, GOING_BACK],
        failure={
            "task": "Apply | Route DIDs",
            "msg": "routes[3] (+498955500019) create failed: the PBX refused it with WARNINGS.XAPI.OUT_OF_THE_RANGE at "
            "RoutingRules/DIDNumbersOfTheTrunkThatAreNotRoutedYet.\nNothing of this DID was written.",
            "remedy": "Correct the DID in routes.csv, line 4, and start the window again.",
        },
        checks=CHECKS,
    )


def fleet() -> Fleet:
    """Fifty PBXs, of which some could not be served."""
    good = [
        Site(
            host=f"pbx-{number:02}.customer.example",
            result="done" if number % 5 else "nothing to do",
            headline="Two rules were changed, one was removed." if number % 5 else "The PBX was in the desired state.",
            page=f"{DIRECTORY}/pbx-{number:02}.customer.example.20261124T190000Z.report.html",
            version="20.0.10",
            seconds=60 + number * 7,
            changes={"created": 1, "updated": 2, "deleted": 1} if number % 5 else {},
        )
        for number in range(1, 47)
    ]
    bad = [
        Site(
            "pbx-47", "failed", failure="The PBX refused the token: the API client is unknown or its secret is wrong."
        ),
        Site("pbx-48", "unreachable", failure="https://pbx-48.example:5001 did not answer within 30 seconds."),
        Site("pbx-49", "not started", headline="The run ended before it was this PBX's turn."),
        Site("pbx-50", "warning", headline="The certificate expires in 9 days.", version="20.0.8", seconds=4),
    ]
    began, ended = datetime(2026, 11, 24, 19, 0, tzinfo=UTC), datetime(2026, 11, 24, 19, 41, 7, tzinfo=UTC)
    return fleet_of("Maintenance window", began, ended, [*good, *bad])


WINDOW: dict[str, Any] = {
    "runbook": "maintenance_window",
    "title": "Maintenance window",
    "host": "pbx-berlin",
    "id": "20261124T190000Z",
    "started": "2026-11-24T19:00:00Z",
    "ended": "2026-11-24T19:12:05Z",
    "timezone": "Europe/Berlin",
    "result": "done",
    "headline": "Two rules and a DID route were changed, one rule was removed. Services stood still for 41 seconds.",
    "pbx": {"fqdn": "berlin.pbx.example.com", "version": "20.0.10.1203", "url": "https://berlin.pbx.example.com:5001"},
    "steps": [
        {
            "name": "preflight",
            "title": "Preflight",
            "started": "2026-11-24T19:00:00Z",
            "ended": "2026-11-24T19:00:04Z",
            "status": "ok",
        },
        {
            "name": "backup",
            "title": "Backup",
            "started": "2026-11-24T19:00:04Z",
            "ended": "2026-11-24T19:04:31Z",
            "status": "ok",
            "msg": "before-window-20261124.zip, 214 MiB",
        },
        {
            "name": "snapshot",
            "title": "Snapshot",
            "started": "2026-11-24T19:04:31Z",
            "ended": "2026-11-24T19:04:33Z",
            "status": "ok",
        },
        {
            "name": "drain",
            "title": "Wait for calls to end",
            "started": "2026-11-24T19:04:33Z",
            "ended": "2026-11-24T19:09:58Z",
            "status": "ok",
            "msg": "3 calls were going on; the last one ended at 20:09:56",
        },
        {
            "name": "stop",
            "title": "Stop services",
            "started": "2026-11-24T19:09:58Z",
            "ended": "2026-11-24T19:10:06Z",
            "status": "ok",
        },
        {
            "name": "apply",
            "title": "Apply the desired state",
            "started": "2026-11-24T19:10:06Z",
            "ended": "2026-11-24T19:10:31Z",
            "status": "ok",
        },
        {"name": "update", "title": "Install updates", "status": "skipped", "msg": "No update was asked for"},
        {
            "name": "start",
            "title": "Start services",
            "started": "2026-11-24T19:10:31Z",
            "ended": "2026-11-24T19:10:39Z",
            "status": "ok",
        },
        {
            "name": "verify",
            "title": "Verify",
            "started": "2026-11-24T19:10:39Z",
            "ended": "2026-11-24T19:12:05Z",
            "status": "ok",
        },
    ],
    "changes": [
        {
            "area": "Outbound rules",
            "item": "National",
            "action": "updated",
            "before": {
                "prefix": "0",
                "number_length_ranges": "9-12",
                "routes": [{"trunk_name": "Provider A", "strip_digits": 1}],
            },
            "after": {
                "prefix": "0",
                "number_length_ranges": "9-13",
                "routes": [
                    {"trunk_name": "Provider B", "strip_digits": 1},
                    {"trunk_name": "Provider A", "strip_digits": 1},
                ],
            },
        },
        {
            "area": "Outbound rules",
            "item": "Warehouse abroad",
            "action": "created",
            "after": {"prefix": "00", "group_names": ["Warehouse", "Logistics"], "emergency": False},
        },
        {
            "area": "Outbound rules",
            "item": "Legacy fax route",
            "action": "deleted",
            "before": {"prefix": "8", "priority": 5},
        },
        {
            "area": "DID routes",
            "item": "+498955500019",
            "action": "updated",
            "before": {"destination": None},
            "after": {"destination": "801", "display_name": "Support"},
        },
        {"area": "Call flow apps", "item": "831", "action": "deleted"},
    ],
    "checks": [
        {"name": "Trunks registered", "status": "ok", "value": 3, "limit": 3},
        {"name": "Extensions registered", "status": "ok", "value": 14, "limit": 14},
        {"name": "Services running", "status": "ok", "value": "all"},
    ],
    "notes": ["A call flow app that was removed has no audio files when it is put back."],
    "files": {
        "snapshot": "/srv/reports/pbx-berlin.20261124T190000Z.snapshot.yml",
        "journal": "/srv/reports/pbx-berlin.20261124T190000Z.journal.jsonl",
    },
}
FAILED_STEP = {
    "name": "apply",
    "title": "Apply the desired state",
    "started": "2026-11-24T19:10:06Z",
    "ended": "2026-11-24T19:10:31Z",
    "status": "failed",
}
GOING_BACK = {
    "name": "rollback",
    "title": "Go back",
    "started": "2026-11-24T19:10:31Z",
    "ended": "2026-11-24T19:12:05Z",
    "status": "ok",
}
CHECKS = [
    {"name": "Licence", "status": "ok", "value": "expires in 212 days", "limit": "30 days"},
    {
        "name": "Certificate of berlin.pbx.example.com",
        "status": "warning",
        "value": "9 days",
        "limit": "14 days",
        "msg": "Renew it in the console under Settings > Certificates.",
    },
    {
        "name": "Backup age",
        "status": "critical",
        "value": "9 days",
        "limit": "2 days",
        "msg": "No backup of the last nine nights is listed.",
    },
    {"name": "Disk", "status": "unknown", "msg": "The PBX does not tell."},
]


def hostile(text: str) -> dict[str, Any]:
    """A report with this text in every place that somebody may name."""
    return window(
        host=text,
        headline=text,
        pbx={"fqdn": text, "version": text},
        steps=[{**WINDOW["steps"][0], "title": text, "msg": text}, {"name": text, "status": "failed", "msg": text}],
        changes=[
            {"area": text, "item": text, "action": "updated", "before": {text: "x"}, "after": {text: text}},
            {"area": text, "item": text, "action": "created", "after": {"name": text}},
        ],
        checks=[{"name": text, "status": "warning", "value": text, "limit": text, "msg": text}],
        failure={"task": text, "msg": text, "remedy": text},
        notes=[text],
        files={"snapshot": f"/srv/{text}"},
    )


def hostile_fleet(text: str) -> Fleet:
    sites = [Site(text, "failed", failure=text, page=f"{DIRECTORY}/{text}.html", version=text), Site("pbx", text)]
    return fleet_of(text, datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC), sites)
