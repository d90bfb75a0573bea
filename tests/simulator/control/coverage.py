# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How true the simulator is to each operation of the contract.

- modelled: rules and effects of its own; what was written is read back, and refused where the PBX would refuse
- stored: what is written is read back, without rules
- stateful: a call that acts on the state or answers from it
- canned: a call that is accepted or answered with an allowed value, and nothing more
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.simulator.areas import registry

if TYPE_CHECKING:
    from tests.simulator.facts.catalog import Operation
    from tests.simulator.pbx import Pbx

CALLS = ("action", "function")


def coverage(pbx: Pbx) -> dict[str, Any]:
    """Sets, singletons, calls, and every operation by "METHOD route"."""
    operations = {
        f"{method} {route}": operation_state(pbx, operation)
        for route, methods in sorted(pbx.catalog.operations.items())
        for method, operation in methods.items()
    }
    return {
        "version": pbx.catalog.version,
        "counts": dict(sorted(Counter(operations.values()).items())),
        "sets": {name: _state(entity_set.modelled) for name, entity_set in sorted(pbx.sets.items())},
        "singletons": {name: _state(one.modelled) for name, one in sorted(pbx.singletons.items())},
        "calls": {
            f"{method} {route}": operation_state(pbx, operation)
            for route, methods in sorted(pbx.catalog.operations.items())
            for method, operation in methods.items()
            if operation.kind in CALLS
        },
        "operations": operations,
    }


def operation_state(pbx: Pbx, operation: Operation) -> str:
    """The word for one operation."""
    if operation.kind in CALLS:
        return "stateful" if operation.route in registry.CALLS else "canned"
    name = operation.route.partition("(")[0].partition("/")[0]
    return _state((pbx.sets.get(name) or pbx.singletons[name]).modelled)


def _state(modelled: bool) -> str:
    return "modelled" if modelled else "stored"
