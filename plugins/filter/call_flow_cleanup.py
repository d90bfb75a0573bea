# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter tcx.pbx.call_flow_cleanup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from ansible.errors import AnsibleFilterError

REASONS = ("unused", "invalid")
App = Mapping[str, Any]


def call_flow_cleanup(
    apps: Iterable[App],
    uses: Mapping[str, Any],
    *,
    select: Sequence[str] = REASONS,
    patterns: Sequence[str] = (),
    keep: Sequence[str] = (),
    force: bool = False,
) -> dict[str, Any]:
    """See call_flow_cleanup.yml."""
    unknown = [reason for reason in select if reason not in REASONS]
    if unknown:
        raise AnsibleFilterError(f"select knows {' and '.join(REASONS)}, and not {', '.join(map(str, unknown))}")
    if not select and not patterns:
        raise AnsibleFilterError("nothing says which call flow apps to remove; give reasons to select or patterns")
    used_by, unread = uses["used_by"], uses["unread"]
    # Whether something is unused can only be told by who has seen everything.
    usable = [reason for reason in select if reason != "unused" or not unread]
    notes = [f"{path} could not be read, so no app counts as unused: {reason}" for path, reason in unread.items()]
    known = list(apps)
    idle = [one for one in (*patterns, *keep) if not any(_matches(app, [one]) for app in known)]
    notes += [f'no call flow app is called "{one}"; capital letters matter' for one in idle]
    remove = []
    for app in known:
        number = str(app["number"])
        reasons = list(_reasons(app, number in used_by, usable, patterns))
        if not reasons or _matches(app, keep):
            continue
        if number in used_by and not force:
            leads = ", ".join(used_by[number])
            notes.append(f"{_called(app)} ({', '.join(reasons)}) is left alone, since it is still used by {leads}")
        else:
            remove.append({"number": number, "name": app["name"], "id": app["id"], "reasons": reasons})
    return {"remove": remove, "notes": notes + [f"{_called(one)}: {', '.join(one['reasons'])}" for one in remove]}


def _reasons(app: App, used: bool, select: Sequence[str], patterns: Sequence[str]) -> Iterator[str]:
    if "unused" in select and not used:
        yield "unused"
    if "invalid" in select and (app.get("invalid_script") or app.get("compilation_succeeded") is False):
        yield "invalid"
    yield from (f"matches {pattern}" for pattern in patterns if _matches(app, [pattern]))


def _matches(app: App, patterns: Iterable[str]) -> bool:
    """Shell patterns, for the number or the name."""
    names = (str(app["number"]), str(app["name"]))
    return any(fnmatchcase(name, str(pattern)) for pattern in patterns for name in names)


def _called(app: App) -> str:
    return f'{app["number"]} "{app["name"]}"'


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"call_flow_cleanup": call_flow_cleanup}
