# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a checked value stands in an address: in a call, as a key, in a filter. PRIVATE to the collection."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from .._xapi.odata import literal
from .instants import instant


def typed(value: Any, type_name: str) -> Any:
    """The value as `odata.literal` needs it to write it for this type of the contract."""
    if type_name == "datetime":
        return instant(value)
    if type_name == "date":
        return date.fromisoformat(value)
    if type_name == "uuid":
        return UUID(value)
    return value


def literal_of(value: Any, type_name: str) -> str:
    if value is None:
        return "null"
    if type_name == "time":
        return str(value)
    if type_name == "duration":
        return f"duration'{value}'"
    return literal(typed(value, type_name))
