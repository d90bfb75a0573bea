# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a model of an action or function is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.errors import not_found

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# The PBX, the entity that the call is bound to, if any, and the arguments -> the result.
Call = Callable[["Pbx", "Entity | None", dict[str, Any]], Any]


def there(target: Entity | None) -> Entity:
    """The entity that a call is bound to; 404 where there is none."""
    if target is None:
        raise not_found()
    return target
