# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The values that no result may contain. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def secret_values(argument_spec: dict[str, Any], params: dict[str, Any] | None) -> set[str]:
    """Values of all options marked no_log, at every depth."""
    return set(_walk(argument_spec, params or {}))


def _walk(argument_spec: dict[str, Any], params: dict[str, Any]) -> Iterator[str]:
    for name, option in argument_spec.items():
        value = params.get(name)
        if value is None:
            continue
        if option.get("no_log"):
            yield from _texts(value)
        elif option.get("options"):
            for inner in value if isinstance(value, list) else [value]:
                yield from _walk(option["options"], inner)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif str(value):
        yield str(value)
