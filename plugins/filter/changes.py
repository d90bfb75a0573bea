# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters tcx.pbx.changes and tcx.pbx.change_lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

KINDS = {"created": "+", "updated": "~", "deleted": "-"}


Result = Mapping[str, Any]


def changes(results: Mapping[str, Result | Iterable[Result]]) -> list[dict[str, Any]]:
    """See changes.yml."""
    found = []
    for what, several in results.items():
        listed = [several] if isinstance(several, Mapping) else several
        made = {kind: [name for result in listed for name in result.get(kind) or []] for kind in KINDS}
        if any(made.values()):
            found.append({"what": what, **made})
    return found


def change_lines(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """See change_lines.yml."""
    return [f"{sign} {one['what']}: {name}" for one in found for kind, sign in KINDS.items() for name in one[kind]]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"changes": changes, "change_lines": change_lines}
