# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation of the XAPI as a task of a module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import Catalog, catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_facts import acts, answers_with_a_secret
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import declaration_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.shapes import Part, Shape, Shapes
from ansible_collections.tcx.pbx.plugins.module_utils._task.call import FILE
from tests.contract.driving import MINIMUM, Driver
from tests.simulator.facts.catalog import Operation
from tests.simulator.testing import Simulator

Options = dict[str, Any]
# What a new item is known by, where the values of MINIMUM do not tell.
KNOWN_BY: dict[str, Options] = {
    "Contacts": {"FirstName": "Noor", "PhoneNumber": "+4915550123"},
    "Fax": {"Number": "889"},
    "FxsTemplates": {"Id": "new.fxs.xml"},
    "Holidays": {"Group": "DEFAULT"},
    "InboundRules": {"OfficeHoursDestination": {"To": "Queue", "Number": "800"}},
    "Parkings": {"Number": "SP177"},
    "PhoneTemplates": {"Id": "new.ph.xml"},
    "Queues": {"Number": "877"},
    "Receptionists": {"Number": "878", "Name": "New"},
    "RingGroups": {"Number": "879", "Name": "New"},
    "ScheduledReports": {"Name": "New"},
    "TrunkTemplates": {"Id": "new.pv.xml"},
    "Users": {"Number": "177"},
}
# Secrets are written, and the controller may lock itself out.
WHATEVER: Options = {"update_password": "always", "force": True}
# The field that is changed, where the first that can be would not do.
CHANGED = {"MyGroup": "CallUsEnableChat", "MyUser": "FirstName"}


@dataclass(frozen=True)
class Task:
    """One run of a module."""

    module: str
    options: Options


class ThroughModules:
    """Makes the task that brings a module to make one call. downloads: a folder for files."""

    def __init__(self, simulator: Simulator, driver: Driver, downloads: Path) -> None:
        self._simulator = simulator
        self._driver = driver
        self._downloads = downloads
        self._catalog: Catalog = catalog_for(simulator.version)
        self._shapes = Shapes(self._catalog)

    def task(self, operation: Operation) -> Task:
        made: Task = getattr(self, f"_{operation.kind}")(operation)
        return made

    # --- reading

    def _list(self, operation: Operation) -> Task:
        return Task("tcx_query", {"set": operation.route})

    def _get(self, operation: Operation) -> Task:
        owner, bracket, inside = operation.route.partition("(")
        if not bracket:
            return Task("tcx_query", {"set": owner})
        if inside.endswith("=)"):
            return Task("tcx_query", {"set": owner, "key": dict([self._driver.alternate(operation)])})
        return Task("tcx_query", {"set": owner, "key": self._driver.key(operation)})

    def _navigation(self, operation: Operation) -> Task:
        keyed = {"key": self._driver.key(operation)} if "(#)" in operation.route else {}
        return Task("tcx_query", {"set": operation.route, **keyed})

    def _function(self, operation: Operation) -> Task:
        call = self._catalog.calls[operation.route.removesuffix("()")]
        options = {"parameters": self._driver.arguments(operation), **self._keyed(operation)}
        if call.result is not None and call.result.type == FILE:
            dest = self._downloads / call.route.replace("/", "-")
            return Task("tcx_action", {"name": call.route, "dest": str(dest), **options})
        if acts(call) or answers_with_a_secret(call):
            return Task("tcx_action", {"name": call.route, **options})
        return Task("tcx_query", {"function": call.route, **options})

    def _keyed(self, operation: Operation) -> Options:
        return {"key": self._driver.key(operation)} if "(#)" in operation.route else {}

    # --- writing

    def _action(self, operation: Operation) -> Task:
        # Some arguments are empty on purpose.
        options = {"parameters": self._driver.arguments(operation), "force": True, **self._keyed(operation)}
        return Task("tcx_action", {"name": operation.route, **options})

    def _create(self, operation: Operation) -> Task:
        item = {**KNOWN_BY.get(operation.route, {}), **MINIMUM.get(operation.route, {})}
        return Task("tcx_object", {"set": operation.route, "items": [item]})

    def _update(self, operation: Operation) -> Task:
        owner, mark, _rest = operation.route.partition("(#)")
        if not mark:
            shape = self._shapes.of(self._catalog.singletons[owner].type)
            values = self._change(owner, shape, self._simulator.get(owner))
            return Task("tcx_settings", {"settings": {owner: values}, **WHATEVER})
        one = self._catalog.sets[owner]
        key = self._driver.key(operation)
        row = next(row for row in self._driver.pbx.sets[owner].entities() if row[str(one.key)] == key)
        shape, fixed = self._shapes.of(one.type), declaration_for(owner).fixed
        changing = Shape(shape.type, shape.facts, {name: one for name, one in shape.parts.items() if name not in fixed})
        values = self._change(owner, changing, row)
        return Task("tcx_object", {"set": owner, "items": [{str(one.key): key, **values}], **WHATEVER})

    def _delete(self, operation: Operation) -> Task:
        owner = operation.route.partition("(")[0]
        # A pinned deletion is made with DELETE, even where another call does more.
        item = {str(self._catalog.sets[owner].key): self._driver.key(operation), "if_match": '"any"'}
        return Task("tcx_object", {"set": owner, "items": [item], "state": "absent", "force": True})

    def _change(self, owner: str, shape: Shape, row: Options) -> Options:
        """One field with another value than it has: the first for which one comes to mind."""
        for part in [shape.by_prop[CHANGED[owner]]] if owner in CHANGED else shape.own:
            value = self._other(shape, part, row.get(part.prop))
            if value is not None:
                return {part.prop: value}
        raise LookupError(f"{owner}: nothing can be changed")

    def _other(self, shape: Shape, part: Part, value: Any) -> Any:
        """Another value of the same type, None if none comes to mind. A secret is always another."""
        if part.navigation or part.reference is not None or part.words or part.meaning is not None:
            return None
        if part.collection:
            return [] if value else None
        inner = self._shapes.inner(shape.type, part)
        if inner is None:
            return self._other_single(part, value)
        there = value or {}
        changes = ((one.prop, self._other(inner, one, there.get(one.prop))) for one in inner.own)
        return next(({name: other} for name, other in changes if other is not None), None)

    def _other_single(self, part: Part, value: Any) -> Any:
        members = self._shapes.members(part.type)
        if members is not None:
            return next((one for one in members if one != value), None)
        if part.secret or part.type == "string":
            return "changed" if value != "changed" else "changed again"
        if part.type == "boolean":
            return not value
        return (value or 0) + 1 if part.type.startswith("int") else None
