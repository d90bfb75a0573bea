# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs an operation and turns what goes wrong into a failed result. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.module_utils.basic import missing_required_lib

from .._engine.problems import InvalidInput
from .._xapi.clock import REAL, Clock
from .._xapi.errors import MissingLibrary, XapiError
from .connection import connection_of
from .options import OptionError
from .spec import ModuleSpec
from .task import NO_CALLS, Task, unheard


def execute(
    spec: ModuleSpec,
    params: dict[str, Any],
    *,
    check_mode: bool,
    diff_mode: bool,
    tell: Callable[[str], None] = unheard,
    clock: Clock = REAL,
) -> dict[str, Any]:
    """The result as the task shows it. A mistake in the options or a refusal of the PBX is `failed` with a `msg`;
    only a fault of our own raises."""
    try:
        connection = None if spec.local else connection_of(params)
    except ValueError as exc:
        return {"failed": True, "changed": False, "msg": str(exc), "api": NO_CALLS}
    task = Task(params, connection, check_mode=check_mode, tell=tell, clock=clock)
    try:
        result = spec.operation(task)
    except MissingLibrary as exc:
        result = {"failed": True, "msg": missing_required_lib(exc.library), "exception": exc.traceback_text}
    except (InvalidInput, OptionError, XapiError) as exc:
        result = {"failed": True, "changed": False, "msg": str(exc)}
    finally:
        task.close()
    if not spec.local:
        result["api"] = task.api
    return _finished(task, result, diff_mode)


def _finished(task: Task, result: dict[str, Any], diff_mode: bool) -> dict[str, Any]:
    if not diff_mode:
        result.pop("diff", None)
    if task.warnings:
        result["warnings"] = task.warnings
    return result
