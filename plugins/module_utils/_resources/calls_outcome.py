# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the answer of an action says: some fail inside a 200 (REALITY.md section 2). PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from .._xapi.bodies import said
from .._xapi.remedies import remedy

SHOWN = 20


def content(answer: Any) -> Any:
    """The value of an answer, without the envelope that OData puts around lists and plain values."""
    if isinstance(answer, dict):
        bare = {name: value for name, value in answer.items() if not name.startswith("@")}
        return bare["value"] if set(bare) == {"value"} else bare
    return answer


def failures(value: Any) -> list[dict[str, str]]:
    """[{item, msg}] of what did not work: [{"ExtensionNumber": "104", "Error": "..."}] of a batch, or the verdict of a
    test, {"Success": false, "Error": "..."} and {"IsError": true, "Message": "..."}."""
    if isinstance(value, list):
        return [_failure(row) for row in value if isinstance(row, dict) and row.get("Error")]
    if isinstance(value, dict) and (value.get("Success") is False or value.get("IsError") is True):
        return [_failure(value)]
    return []


def _failure(row: dict[str, Any]) -> dict[str, str]:
    """The item is the first text beside the error: a number, an id, the name of a file."""
    item = next(
        (value for name, value in row.items() if name not in ("Error", "Status", "Message") and _names(value)), ""
    )
    return {"item": str(item), "msg": _words(str(row.get("Error") or row.get("Message") or "no reason given"))}


def _names(value: Any) -> bool:
    return isinstance(value, (str, int)) and not isinstance(value, bool) and value != ""


def _words(text: str) -> str:
    told = said(text.encode())
    return " ".join(part for part in (told.detail, remedy(200, told.codes)) if part)


def summary(route: str, failed: list[dict[str, str]]) -> str:
    """One message for the task."""
    lines = [f"{one['item']}: {one['msg']}" if one["item"] else one["msg"] for one in failed[:SHOWN]]
    if len(failed) > SHOWN:
        lines.append(f"and {len(failed) - SHOWN} more, see failures")
    what = "1 item" if len(failed) == 1 else f"{len(failed)} items"
    head = f"{route}: the PBX reports a failure" if not failed[0]["item"] else f"{route} failed for {what}"
    return f"{head}: {'; '.join(lines)}"
