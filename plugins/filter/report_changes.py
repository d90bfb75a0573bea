# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.report_changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

ACTIONS = ("created", "updated", "deleted")
Result = Mapping[str, Any]


def report_changes(results: Mapping[str, Result | Iterable[Result]]) -> list[dict[str, Any]]:
    """See report_changes.yml."""
    if not isinstance(results, Mapping):
        raise AnsibleFilterError(f"report_changes takes results by what they are about, not {type(results).__name__}")
    return [
        {"area": area, **change}
        for area, several in results.items()
        for result in _single([several] if isinstance(several, Mapping) else several)
        for change in _changes(result)
    ]


def _single(results: Iterable[Result]) -> Iterator[Result]:
    """The result of a loop holds one for each turn."""
    for result in results:
        if isinstance(result.get("results"), list):
            yield from _single(result["results"])
        else:
            yield result


def _changes(result: Result) -> Iterator[dict[str, Any]]:
    diff = result.get("diff")
    if isinstance(diff, Mapping) and isinstance(diff.get("before"), Mapping) and isinstance(diff.get("after"), Mapping):
        yield from _from_diff(diff["before"], diff["after"])
        return
    for action in ACTIONS:
        yield from ({"item": str(item), "action": action} for item in result.get(action) or [])


def _from_diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in dict.fromkeys([*before, *after]):
        action = "created" if item not in before else "updated" if item in after else "deleted"
        sides = {side: values[item] for side, values in (("before", before), ("after", after)) if item in values}
        yield {"item": str(item), "action": action, **sides}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"report_changes": report_changes}
