# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state in a form that can be compared: sorted, by names, without what differs between equal runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

# Views of other sets, and what changes by itself.
LEFT_OUT = frozenset(("ActiveCalls", "DidNumbers", "Peers"))
VOLATILE = frozenset(
    (
        "CompilationLastSuccess",
        "CreatedAt",
        "CreationTime",
        "LastLoginTime",
        "LastUsed",
        "RequestExpiration",
        "TimeGenerated",
        "TsActivated",
        "TsCreated",
        "UsedAt",
    )
)
# On the shelf, but gone or another one at each look.
PASSING = frozenset(("AuditLog", "FirewallCheck", "LastUpdate", "UpdateKey"))


def canonical(pbx: Pbx, *, ids: bool) -> dict[str, Any]:
    """All state by set. Without ids, references are the names of what they point to."""
    sets = {
        name: _rows(pbx, name, list(entity_set.rows.values()), ids=ids)
        for name, entity_set in sorted(pbx.sets.items())
        if name not in LEFT_OUT and entity_set.rows
    }
    singletons = {
        name: _plain(singleton.values) for name, singleton in sorted(pbx.singletons.items()) if singleton.values
    }
    functions = {name: _plain(held) for name, held in sorted(pbx.shelf.items()) if held and name not in PASSING}
    return {"sets": sets, "singletons": singletons, "functions": functions}


def _rows(pbx: Pbx, name: str, rows: list[Entity], *, ids: bool) -> list[Any]:
    shown = [_plain(row) for row in map(pbx.sets[name].view, rows)] if name != "Services" else _services(pbx, rows)
    for row, source in zip(shown, rows, strict=True):
        _name_references(pbx, row, source)
        if not ids:
            _drop_ids(row)
    if name == "Blocklist":
        _forget_automatic_expiry(shown)
    return sorted(shown, key=lambda row: json.dumps(row, sort_keys=True))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if not key.startswith("_") and key not in VOLATILE}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _services(pbx: Pbx, rows: list[Entity]) -> list[Any]:
    view = pbx.sets["Services"].view
    shown = []
    for row in rows:
        kept = {name: row[name] for name in ("Name", "DisplayName", "StartStopEnabled")}
        shown.append({**kept, "Status": view(row)["Status"], "Enabled": row["_enabled"]})
    return shown


def _name_references(pbx: Pbx, row: dict[str, Any], source: Entity) -> None:
    groups, trunks = pbx.sets["Groups"], pbx.sets["Trunks"]
    if "_trunk" in source:
        trunk = trunks.find(source["_trunk"])
        row["Trunk"] = trunk["Gateway"]["Name"] if trunk else None
    if "_files" in source:
        row["Files"] = list(source["_files"])
    for member in row.get("Groups") or []:
        group = groups.find(member["GroupId"])
        member["Name"] = group["Name"] if group else None
    for route in row.get("Routes") or []:
        trunk = trunks.find(route["TrunkId"])
        route["TrunkName"] = trunk["Gateway"]["Name"] if trunk else None


def _drop_ids(value: Any) -> None:
    if isinstance(value, dict):
        for key in ("GroupId", "GroupIds", "TrunkId", "PrimaryGroupId"):
            value.pop(key, None)
        # A number was given by the PBX, a word by whoever made the entity.
        if str(value.get("Id", "0")).lstrip("-").isdigit():
            value.pop("Id", None)
        for item in value.values():
            _drop_ids(item)
    elif isinstance(value, list):
        for item in value:
            _drop_ids(item)


def _forget_automatic_expiry(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        if row["AddedBy"] != "Manual":
            row.pop("ExpiresAt", None)
