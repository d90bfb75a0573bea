# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules that hold for many sites, made to fit one PBX. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.tcx.pbx.plugins.module_utils._resources.directory import Directory
from ansible_collections.tcx.pbx.plugins.module_utils._resources.outbound_rules import OutboundRules
from ansible_collections.tcx.pbx.plugins.plugin_utils.outbound_drafts import Draft
from ansible_collections.tcx.pbx.plugins.plugin_utils.rows import Problems, Row

Spec = Mapping[str, Any]
# Where OutboundRules.check says that something is: the field, and the place in it.
FIELD = re.compile(r"^\w+")


@dataclass(frozen=True)
class Names:
    """What the rules call a thing to what this PBX calls it; to nothing, if this PBX does without it.

    known: what the PBX has, with id, name and number.
    """

    known: Sequence[Mapping[str, Any]]
    here: Mapping[str, str]

    def directory(self, noun: str) -> Directory:
        return Directory(noun, ((int(one["id"]), (one.get("name"), one.get("number"))) for one in self.known))


class Site:
    """One PBX. notes: what was left out for it."""

    def __init__(self, trunks: Names, departments: Names, rule: Spec, route: Spec) -> None:
        """rule, route: the argument specs of the module."""
        self._trunks, self._departments = trunks, departments
        self._known_trunks = trunks.directory("trunk")
        self._known_departments = departments.directory("department")
        self._rule = {name: option for name, option in rule.items() if name != "routes"}
        self._route = route
        self.notes: list[str] = []

    def rules(self, drafts: Iterable[Draft], problems: Problems) -> list[dict[str, Any]]:
        seen: dict[str, Row] = {}
        rules = []
        for draft in drafts:
            rule = self._fitted(draft, problems)
            if rule is not None:
                rules.append(rule)
            name = str(draft.row.values.get("name") or "")
            first = seen.setdefault(name, draft.row)
            if name and first is not draft.row:
                problems.add(draft.row.place("name"), f'"{name}" stands in {first.where} already')
        return rules

    def _fitted(self, draft: Draft, problems: Problems) -> dict[str, Any] | None:
        """None for what is no rule at all."""
        row = draft.row
        rule = _typed(row, self._rule, problems)
        if rule is None:
            return None
        if not rule.get("name"):
            problems.add(row.where, "has no name")
        if row.values.get("prefix") is not None and not isinstance(row.values["prefix"], str):
            problems.add(row.place("prefix"), "has to be in quotation marks; YAML takes 00 for the number 0")
        if rule.get("group_names"):
            rule["group_names"] = self._group_names(row, rule["group_names"], problems)
        if draft.routes is not None:
            rule["routes"] = self._routes(draft, problems)
        for place, message in OutboundRules().check(rule, "present"):
            field = FIELD.match(place)
            problems.add(row.place(field.group() if field else ""), message)
        return rule

    def _group_names(self, row: Row, names: Sequence[str], problems: Problems) -> list[str]:
        here, left_out = [], 0
        for name in names:
            with problems.at(row.place("group_names")):
                called = self._departments.here.get(name, name)
                if not called:
                    self.notes.append(f'{row.where}: department "{name}" is left out on this PBX')
                    left_out += 1
                    continue
                self._known_departments.resolve(called)
                here.append(called)
        if left_out == len(names):
            # Without departments it would be a rule for everybody.
            problems.add(row.place("group_names"), "none of its departments is on this PBX")
        return here

    def _routes(self, draft: Draft, problems: Problems) -> list[dict[str, Any]]:
        here, left_out = [], 0
        for row in draft.routes or []:
            route = _typed(row, self._route, problems)
            if route is None:
                continue
            name = route.get("trunk_name")
            called = self._trunks.here.get(name, name) if name else None
            if called == "":
                self.notes.append(f'{row.where}: the route by "{name}" is left out on this PBX')
                left_out += 1
                continue
            with problems.at(row.place("trunk_name")):
                if not called:
                    raise ValueError("a route needs a trunk")
                self._known_trunks.resolve(called)
            here.append({**route, "trunk_name": called})
        if draft.routes and left_out == len(draft.routes):
            problems.add(draft.row.where, "none of its trunks is on this PBX")
        return here


def _typed(row: Row, spec: Spec, problems: Problems) -> dict[str, Any] | None:
    """The values in the types of the module, without what is not given; None if they have other types."""
    unknown = sorted(str(name) for name in row.values if name not in _accepted(spec))
    for name in unknown:
        problems.add(row.place(name), f"there is no such field; there are {', '.join(spec)}")
    given = {name: value for name, value in row.values.items() if name not in unknown}
    checked = ArgumentSpecValidator(dict(spec)).validate(given)
    for message in checked.error_messages:
        problems.add(row.where, message)
    if unknown or checked.error_messages:
        return None
    values = checked.validated_parameters
    return {name: values[name] for name in spec if values.get(name) is not None}


def _accepted(spec: Spec) -> set[str]:
    return {name for option, settings in spec.items() for name in (option, *settings.get("aliases", ()))}
