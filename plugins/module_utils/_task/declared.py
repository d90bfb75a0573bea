# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of all modules that manage an entity set by its declaration. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .._resources.declared.choosing import declaration_for
from .._resources.declared.declaration import Declaration
from .._resources.declared.guards import Controller
from .._resources.declared.resource import DeclaredSet
from .._resources.model import Item
from .._resources.networks import network
from .._xapi.address import own_address
from .._xapi.secrecy import masked
from .manage import manage
from .options import OptionError
from .task import Task

DECLARED_OPTIONS: dict[str, dict[str, Any]] = {
    "identity": {"type": "list", "elements": "str"},
    "purge_filter": {"type": "dict"},
}
UPDATE_PASSWORD: dict[str, Any] = {
    "type": "str",
    "choices": ["on_create", "always"],
    "default": "on_create",
    "no_log": False,
}
FORCE: dict[str, Any] = {"type": "bool", "default": False}


def manage_named_set(task: Task) -> dict[str, Any]:
    """tcx_object: the set is an option. A result called items could not be had as result.items in a template."""
    try:
        declaration = declaration_for(task.params["set"])
    except ValueError as exc:
        raise OptionError(f"set: {exc}") from exc
    result = manage_declared(task, declaration, "items", task.params["items"])
    return {"objects" if name == "items" else name: value for name, value in result.items()}


def manage_declared(task: Task, declaration: Declaration, option: str, items: list[Item]) -> dict[str, Any]:
    """option: where the items come from. Options that a module does not have are as if they were left out."""
    return manage(task, declared_set(task, declaration, option), items)


def declared_set(
    task: Task,
    declaration: Declaration,
    option: str,
    *,
    concealed: Mapping[str, bool] | None = None,
    made: Callable[..., DeclaredSet] = DeclaredSet,
) -> DeclaredSet:
    """The set as the options of the task want it. concealed: see DeclaredSet. made: it, or a class made of it."""
    params = task.params
    return made(
        declaration,
        option=option,
        identity=params.get("identity") or (),
        whole=params["purge"],
        always=params.get("update_password") == "always",
        purge_filter=params.get("purge_filter"),
        controller=controller_of(task),
        guarded=not params.get("force"),
        warn=task.warn,
        concealed=concealed,
    )


def controller_of(task: Task) -> Controller:
    address = own_address(task.params["url"])
    return Controller((network(address),) if address else (), task.params.get("client_id") or "")


def items_masked(option: str) -> Any:
    """For ModuleSpec.shown: fields are dynamic, so what is a secret is told by their names."""

    def shown(params: dict[str, Any]) -> dict[str, Any]:
        return {**params, option: masked(params.get(option))}

    return shown
