# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_settings. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._catalog.names import snake
from .._engine.converge import Converged, converge
from .._resources.declared.choosing import settings_named
from .._resources.declared.settings import NAME, Settings
from .._resources.model import Item
from .declared import controller_of
from .options import OptionError
from .task import Task


def manage_settings(task: Task) -> dict[str, Any]:
    params = task.params
    resource = Settings(
        always=params.get("update_password") == "always",
        controller=None if params["force"] else controller_of(task),
    )
    wanted = named(params["settings"])
    done = converge(resource, task.client, wanted, check_mode=task.check_mode)
    return result_of(done, list(wanted))


def named(given: dict[str, Any]) -> dict[str, Item]:
    """The settings by their names in snake case, each told to which singleton it belongs. Raises OptionError."""
    wanted: dict[str, Item] = {}
    for name, values in given.items():
        try:
            singleton = settings_named(name)
        except ValueError as exc:
            raise OptionError(f"settings: {exc}") from exc
        if not isinstance(values, dict):
            raise OptionError(f"settings.{name}: has to be a dictionary of settings")
        if snake(singleton) in wanted:
            raise OptionError(f"settings.{name}: is {snake(singleton)} once more; keep one of the two")
        wanted[snake(singleton)] = {NAME: singleton, **values}
    return wanted


def result_of(done: Converged, names: list[str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "changed": done.changed,
        "settings": dict(zip(names, done.items, strict=True)),
        "updated": done.labels("update"),
        "diff": done.diff,
    }
    if done.failed:
        told = [{name: one for name, one in outcome.as_dict().items() if name != "index"} for outcome in done.outcomes]
        result |= {"failed": True, "msg": done.message, "outcomes": told}
    return result
