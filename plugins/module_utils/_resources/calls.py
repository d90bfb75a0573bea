# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One call of an action or a function: checked, addressed, judged. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .._catalog.catalog import Call, Catalog
from .._xapi import odata
from .calls_values import Trouble, Values
from .literals import typed


@dataclass(frozen=True)
class Request:
    """What goes over the wire. path: relative to /xapi/v1. body: None where there is none."""

    method: str
    path: str
    body: dict[str, Any] | None


def checked_arguments(catalog: Catalog, call: Call, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Trouble]]:
    """The parameters as the XAPI names them and in its order, and what is wrong with them.

    A text that a function may be called without is sent empty: leaving it out is refused (REALITY.md section 2).
    """
    values = Values(catalog)
    found = values.members(given, call.parameters, "parameters", ("call", call.route))
    told = {place for place, _words in values.troubles}
    for name, one in call.parameters.items():
        if name in found:
            continue
        if call.kind == "function" and one.nullable and one.type == "string":
            found[name] = ""
        elif not one.nullable and f"parameters.{one.option}" not in told:
            values.troubles.append((f"parameters.{one.option}", f"is needed by {call.route}"))
    return {name: found[name] for name in call.parameters if name in found}, values.troubles


def request_of(call: Call, arguments: Mapping[str, Any]) -> Request:
    """For a call that is bound to one entity, its key is still missing in the path."""
    path = call.route
    if call.kind == "action":
        return Request("POST", path, dict(arguments) if call.parameters else None)
    return Request(
        "GET",
        odata.call(path, {name: typed(value, call.parameters[name].type) for name, value in arguments.items()}),
        None,
    )
