# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How true the simulator is to each operation, by its own word."""

from __future__ import annotations

from functools import cache

from tests.simulator.control.coverage import coverage
from tests.simulator.pbx import Pbx
from tests.simulator.switches import Switches
from tools.coverage.operations import Operation


def fidelity(operation: Operation) -> str:
    """modelled, stored, stateful or canned; see docs/simulator.md. KeyError for what the simulator lacks."""
    return _words(operation.versions[-1])[f"{operation.method} {_route(operation)}"]


@cache
def _words(version: str) -> dict[str, str]:
    found: dict[str, str] = coverage(Pbx(version, Switches()))["operations"]
    return found


def _route(operation: Operation) -> str:
    """As the simulator writes it: Users(#), Users(#)/Groups, Users(Number=), GetUpdates()."""
    first, slash, second = operation.path.partition("/")
    owner, bracket, inside = first.partition("(")
    if operation.verb == "alternate":
        return f"{owner}({inside.partition('=')[0]}=)"
    if operation.verb in ("action", "function"):
        return operation.place + ("()" if operation.verb == "function" else "")
    return f"{owner}{'(#)' if bracket else ''}{slash}{second}"
