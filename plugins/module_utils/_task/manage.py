# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of every module that manages a list of items. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._engine.converge import Converged, converge
from .._resources.model import Item
from .._resources.resource import Resource
from .task import Task

STATE_OPTIONS: dict[str, dict[str, Any]] = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "purge": {"type": "bool", "default": False},
    "max_deletions": {"type": "int"},
}


def manage(task: Task, resource: Resource, items: list[Item] | None = None) -> dict[str, Any]:
    """Desired state for the items in the option that the resource names, or for what a module made of them."""
    params = task.params
    done = converge(
        resource,
        task.client,
        (params[resource.option] or []) if items is None else items,
        state=params["state"],
        purge=params["purge"],
        max_deletions=params["max_deletions"],
        check_mode=task.check_mode,
    )
    return result_of(done)


def result_of(done: Converged) -> dict[str, Any]:
    """The result of a task, in the shape that RETURN documents."""
    result: dict[str, Any] = {
        "changed": done.changed,
        done.option: list(done.items),
        "created": done.labels("create"),
        "updated": done.labels("update"),
        "deleted": done.labels("delete"),
        "diff": done.diff,
    }
    if done.failed:
        result |= {"failed": True, "msg": done.message, "outcomes": [one.as_dict() for one in done.outcomes]}
    return result
