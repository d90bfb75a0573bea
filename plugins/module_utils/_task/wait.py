# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_wait: look, tell, look again. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .._engine.problems import InvalidInput
from .._resources.model import Problem
from .._resources.waiting_conditions import (
    Condition,
    ExtensionsRegistered,
    FewCalls,
    ServicesRun,
    TrunksRegistered,
    VersionIs,
    online,
    ran,
)
from .._resources.waiting_watcher import Watcher
from .pace import pace_faults, pace_of
from .task import Task

# All of it, or as much from its beginning as matters.
VERSION = re.compile(r"\d+(\.\d+)*")


def wait_for_conditions(task: Task) -> dict[str, Any]:
    _check(task.params)
    watcher = Watcher(task.client, conditions_of(task.params))
    if task.check_mode and not task.params["check_mode_wait"]:
        return _looked_once(watcher)
    pace = pace_of(task)
    lacking = pace.until(watcher.look)
    result = {"changed": False, "holds": not lacking, "conditions": watcher.report, "elapsed": round(pace.elapsed)}
    if lacking:
        result |= {"failed": True, "msg": _summary(watcher, pace.elapsed)}
    return result


def conditions_of(params: dict[str, Any]) -> list[Condition]:
    return list(_conditions(params))


def _conditions(params: dict[str, Any]) -> Iterator[Condition]:
    if params["version"] is not None:
        yield VersionIs(params["version"])
    if params["max_calls"] is not None:
        yield FewCalls(params["max_calls"])
    services = [*(params["services"] or []), *ran(params["services_before"] or [])]
    if services:
        yield ServicesRun(tuple(dict.fromkeys(services)))
    trunks = [*(params["trunks"] or []), *online(params["trunks_before"] or [])]
    if trunks:
        yield TrunksRegistered(tuple(dict.fromkeys(trunks)))
    before, share = params["extensions_before"], params["extensions_share"]
    if before is not None or share is not None:
        yield ExtensionsRegistered(1.0 if share is None else share, before)


def _check(params: dict[str, Any]) -> None:
    problems = [Problem(None, "", option, words) for option, words in _faults(params)]
    if problems:
        raise InvalidInput("options", problems)


def _faults(params: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from pace_faults(params)
    for option in ("max_calls", "extensions_before"):
        if params[option] is not None and params[option] < 0:
            yield option, "cannot be less than 0"
    share = params["extensions_share"]
    if share is not None and not 0 < share <= 1:
        yield "extensions_share", "is a share, more than 0 and at most 1, such as 0.9"
    if params["version"] is not None and not VERSION.fullmatch(params["version"]):
        yield "version", f'"{params["version"]}" is no version; write one such as 20.0.8 or 20.0.8.1131'
    for option in ("services_before", "trunks_before"):
        for index, one in enumerate(params[option] or []):
            if not one.get("name") and not one.get("number"):
                yield f"{option}[{index}]", "has no name; give the list as tcx_info returns it"


def _looked_once(watcher: Watcher) -> dict[str, Any]:
    """A preview does not wait for what earlier tasks of it did not do. Names that are wrong stay wrong."""
    watcher.look_once()
    if watcher.unknown:
        raise InvalidInput("options", [Problem(None, "", option, words) for option, words in watcher.unknown])
    return {"changed": False, "holds": watcher.holds, "conditions": watcher.report, "elapsed": 0}


def _summary(watcher: Watcher, elapsed: float) -> str:
    lacking = [one for one in watcher.report if not one["holds"]]
    told = "; ".join(f"{one['condition']} (wanted {one['wanted']}; last reading: {one['reading']})" for one in lacking)
    return f"{len(lacking)} of {len(watcher.report)} conditions do not hold after {elapsed:.0f} s: {told}"
