# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.runbook_report and tcx.pbx.failure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

# What a report has only if there is something to say.
OPTIONAL = ("checks", "notes", "files")
# How Ansible announces what a filter or a lookup has to say, 2.18 in the second way; of several, the last one is ours.
ANNOUNCEMENT = re.compile(
    r"^.*(?:The (?:filter|lookup) plugin '[^']*' failed: |Error was a <class '[^']*'>, original message: )", re.DOTALL
)
# What 2.18 says after it.
PLACE = re.compile(r"\n\nThe error appears to be in '.*", re.DOTALL)
UNKNOWN = "no reason was told"


def runbook_report(run: Mapping[str, Any], *, preview: bool = False) -> dict[str, Any]:
    """See runbook_report.yml."""
    missing = {"runbook", "title", "started", "headlines"} - run.keys()
    if missing:
        raise AnsibleFilterError(f"runbook_report: {', '.join(sorted(missing))} has to be given")
    failure, changes, steps = run.get("failure") or {}, run.get("changes") or [], list(run.get("steps") or [])
    result = _result(bool(failure), bool(changes), preview)
    if failure and steps:
        # It ends with the step in which the failure came.
        steps[-1] = {**steps[-1], "status": "failed"}
    report = {
        "schema": 1,
        "runbook": run["runbook"],
        "title": run["title"],
        "id": str(run["started"]).replace("-", "").replace(":", ""),
        "started": run["started"],
        "result": result,
        "headline": f'{run["title"]} failed at "{failure["task"]}".' if failure else run["headlines"][result],
        "pbx": _pbx(run.get("info") or {}),
        "steps": steps,
        "changes": changes,
        **{name: run[name] for name in OPTIONAL if run.get(name)},
    }
    return {**report, "failure": failure} if failure else report


def failure(result: Mapping[str, Any], task: str) -> dict[str, str]:
    """See failure.yml."""
    turns = [one for one in result.get("results") or [] if isinstance(one, Mapping) and one.get("failed")]
    messages = dict.fromkeys(_message(one) for one in turns or [result])
    return {"task": task, "msg": "\n".join(messages)}


def _message(result: Mapping[str, Any]) -> str:
    return PLACE.sub("", ANNOUNCEMENT.sub("", str(result.get("msg") or UNKNOWN), count=1)).strip()


def _result(failed: bool, changed: bool, preview: bool) -> str:
    if failed:
        return "failed"
    if not changed:
        return "nothing to do"
    return "preview" if preview else "done"


def _pbx(info: Mapping[str, Any]) -> dict[str, Any]:
    """What tcx_info has told; nothing if it could not."""
    told = {"version": info.get("version"), "fqdn": (info.get("system_status") or {}).get("fqdn")}
    return {name: value for name, value in told.items() if value}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"runbook_report": runbook_report, "failure": failure}
