# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""New trunks begin with a form that the PBX fills in (REALITY.md section 9). PRIVATE to the collection."""

from __future__ import annotations

from typing import Any

from ..model import Body
from ..port import Port

# Two PBXs are bridged without a template.
BRIDGE_FORMS = {
    "BridgeMaster": "Trunks/Pbx.InitMasterBridge",
    "BridgeSlave": "Trunks/Pbx.InitSlaveBridge",
    "BridgeSlaveOverTunnel": "Trunks/Pbx.InitSlaveBridge",
}


def trunk_form(port: Port, body: Body) -> Body:
    """The form of the trunk's template, or of its kind of bridge, with what the user gave; else that alone."""
    gateway = body.get("Gateway") or {}
    if gateway.get("TemplateFilename"):
        form = port.function("Trunks/Pbx.InitTrunk", template=gateway["TemplateFilename"])
    elif gateway.get("Type") in BRIDGE_FORMS:
        form = port.function(BRIDGE_FORMS[gateway["Type"]])
    else:
        return body
    return filled(form if isinstance(form, dict) else {}, body)


def filled(form: Body, body: Body) -> Body:
    """Structured values key by key, lists as a whole; without the form's empty key and number."""
    kept = {name: value for name, value in form.items() if not name.startswith("@") and value is not None}
    for name in ("Id", "Number"):
        if not kept.get(name):
            kept.pop(name, None)
    return {**kept, **{name: _filled(kept.get(name), value) for name, value in body.items()}}


def _filled(there: Any, value: Any) -> Any:
    return {**there, **value} if isinstance(there, dict) and isinstance(value, dict) else value
