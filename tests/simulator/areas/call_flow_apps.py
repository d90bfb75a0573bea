# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Call flow apps: route points with a script that is compiled on write (REALITY.md section 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas.telephony import NamedDn
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

COMPILER_OUTPUT = frozenset(
    ("CompilationSucceeded", "CompilationLastSuccess", "CompilationResult", "InvalidScript", "RejectedCode")
)


class CallFlowApps(NamedDn):
    """Route points. A script with a line ``#error TEXT`` does not compile, as in C#."""

    peer_type = "RoutePoint"
    first_number = 830
    in_use_switch = "app_delete_in_use"
    read_only = frozenset(("IsRegistered", "Trunk")) | COMPILER_OUTPUT

    def defaults(self) -> Entity:
        return {**super().defaults(), "RoutingType": "DialCode", "ScriptCode": "", "_files": []}

    def accept(self, draft: Entity, before: Entity | None) -> None:
        if before is None and not draft.get("Name"):
            raise refused("Name", "XAPI.REQUIRED")
        super().accept(draft, before)
        if before is None or draft.get("ScriptCode") != before.get("ScriptCode"):
            draft.update(self._compiled(draft))

    def _compiled(self, draft: Entity) -> Entity:
        script = draft.get("ScriptCode") or ""
        faults = [line.strip() for line in script.splitlines() if line.strip().startswith("#error")]
        if faults:
            return {
                "CompilationSucceeded": False,
                "CompilationResult": "\n".join(f"CS1029: {fault}" for fault in faults),
                "InvalidScript": True,
                "RejectedCode": script,
            }
        return {
            "CompilationSucceeded": True,
            "CompilationLastSuccess": self.pbx.clock.stamp(),
            "CompilationResult": "",
            "InvalidScript": False,
            "RejectedCode": None,
        }


def files(_pbx: Pbx, target: Entity | None, _arguments: dict[str, Any]) -> Any:
    """GetFiles (GetAudioFiles up to 20.0.4): the names of an app's audio files."""
    return list(target["_files"]) if target else None


def delete_file(_pbx: Pbx, target: Entity | None, arguments: dict[str, Any]) -> None:
    """DeleteFile (DeleteAudioFile up to 20.0.4)."""
    name = arguments.get("filename")
    if target is None or name not in target["_files"]:
        raise not_found()
    target["_files"].remove(name)


CALLS = {
    "CallFlowApps(#)/Pbx.GetFiles()": files,
    "CallFlowApps(#)/Pbx.GetAudioFiles()": files,
    "CallFlowApps(#)/Pbx.DeleteFile": delete_file,
    "CallFlowApps(#)/Pbx.DeleteAudioFile": delete_file,
}
