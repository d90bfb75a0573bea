# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the contract is modelled, stored plainly, or absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import registry

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx


def coverage(pbx: Pbx) -> dict[str, Any]:
    """Sets and singletons: modelled or stored. Actions and functions: modelled or absent (501)."""
    calls = {
        f"{method} {route}": "modelled" if route in registry.CALLS else "absent"
        for route, methods in sorted(pbx.catalog.operations.items())
        for method, operation in methods.items()
        if operation.kind in ("action", "function")
    }
    return {
        "version": pbx.catalog.version,
        "sets": {name: _state(entity_set.modelled) for name, entity_set in sorted(pbx.sets.items())},
        "singletons": {name: _state(one.modelled) for name, one in sorted(pbx.singletons.items())},
        "calls": calls,
    }


def _state(modelled: bool) -> str:
    return "modelled" if modelled else "stored"
