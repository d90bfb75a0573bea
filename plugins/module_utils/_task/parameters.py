# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_parameters: values that are secrets, and no purge of everything. PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._resources.declared.declaration import Declaration
from .._resources.model import Item
from .._xapi.secrecy import HIDDEN, scrub, secret_name
from .declared import declared_set
from .manage import manage
from .options import OptionError
from .task import Task

# Whether the value of an item is a secret; left out, its name decides.
CONCEALED: dict[str, dict[str, Any]] = {"concealed": {"type": "bool"}}
PURGE = "purge: would remove all that is not listed of what the PBX works with; say which by purge_filter"


def manage_parameters(task: Task, declaration: Declaration, option: str, items: list[Item]) -> dict[str, Any]:
    if task.params["purge"] and not task.params["purge_filter"]:
        raise OptionError(PURGE)
    marked = {str(item.get("name")): item["concealed"] for item in items if item["concealed"] is not None}
    plain = [{name: value for name, value in item.items() if name != "concealed"} for item in items]
    result = manage(task, declared_set(task, declaration, option, concealed=marked), plain)
    return _scrubbed(result, [item.get("value") for item in items if is_concealed(item)])


def is_concealed(item: Item) -> bool:
    marked = item.get("concealed")
    return secret_name(str(item.get("name") or "")) if marked is None else bool(marked)


def values_masked(option: str) -> Any:
    """For ModuleSpec.shown."""

    def shown(params: dict[str, Any]) -> dict[str, Any]:
        return {**params, option: [_masked(item) for item in params.get(option) or ()]}

    return shown


def _masked(item: Item) -> Item:
    return {**item, "value": HIDDEN} if is_concealed(item) and item.get("value") else item


def _scrubbed(result: dict[str, Any], secrets: list[str | None]) -> dict[str, Any]:
    """A PBX may quote a value when it refuses it."""
    for place in (result, *result.get("outcomes", ())):
        if place.get("msg"):
            place["msg"] = scrub(place["msg"], secrets)
    return result
