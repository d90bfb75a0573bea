# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after of what changes, for people. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .._resources.model import Change, Item


def diff_of(changes: Iterable[Change]) -> dict[str, dict[str, Item]]:
    """{"before": {label: item}, "after": {label: item}}; only what changes is in it."""
    before: dict[str, Item] = {}
    after: dict[str, Item] = {}
    for change in changes:
        label = _free(change.label, before, after)
        if change.before is not None:
            before[label] = change.before
        if change.after is not None:
            after[label] = change.after
    return {"before": before, "after": after}


def _free(label: str, *taken: dict[str, Any]) -> str:
    """Two things of one name (duplicates on the PBX) stay two lines of the diff."""
    number, free = 1, label
    while any(free in names for names in taken):
        number += 1
        free = f"{label} ({number})"
    return free
