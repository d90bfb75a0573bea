# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The system itself: licence, services, backups, updates, calls, blocklist, parameters."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.simulator.areas import pairs, updates
from tests.simulator.areas.backups import SIZE, Backups
from tests.simulator.areas.calls import ActiveCalls
from tests.simulator.areas.services import RUNNING, STANDARD, STOPPED, Services
from tests.simulator.odata.values import instant, stamp
from tests.simulator.seeding.making import make, only

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx


# Times that a seed gives relative to now count from here, so that a reset brings the very same state back.
BIRTH = time.time()
# Properties of SystemStatus that follow settings behind functions: a seed may give them all the same.
FOLLOWERS = {
    "BackupScheduled": ("BackupSettings", "ScheduleEnabled"),
    "AutoUpdateEnabled": ("UpdateSettings", "AutoUpdateEnabled"),
}


def services_of(pbx: Pbx) -> Services:
    services = pbx.sets["Services"]
    if not isinstance(services, Services):
        raise TypeError("Services is not modelled")
    return services


def system(pbx: Pbx, item: dict[str, Any]) -> None:
    """fqdn, whether Debian may be upgraded, and properties of SystemStatus."""
    only(item, "fqdn", "debian_upgrade", "properties")
    pbx.fqdn = item.get("fqdn", pbx.fqdn)
    pbx.shelf[updates.DEBIAN] = bool(item.get("debian_upgrade", False))
    properties = dict(item.get("properties") or {})
    for name, (settings, member) in FOLLOWERS.items():
        if name in properties:
            pairs.settings(pbx, settings)[member] = bool(properties.pop(name))
    pbx.singletons["SystemStatus"].values.update({"FQDN": pbx.fqdn, **properties})


def update(pbx: Pbx, item: dict[str, Any]) -> None:
    """An update that is offered; without a version it is the next build."""
    only(item, "name", "category", "version")
    category = item.get("category", updates.PBX)
    if category not in updates.CATEGORIES:
        raise ValueError(f"category: {category!r} is not one of {', '.join(updates.CATEGORIES)}")
    updates.offer(pbx, category, str(item["name"]), item.get("version"))


def license_(pbx: Pbx, item: dict[str, Any]) -> None:
    """Properties of LicenseStatus; those of SystemStatus follow."""
    pbx.license = {"LicenseActive": True, "Activated": True, "Support": True, **item}


def block(pbx: Pbx, item: dict[str, Any]) -> None:
    """``expires_at``: an instant; ``expires_in``: seconds from the start of the simulator."""
    only(item, "network", "type", "description", "expires_at", "expires_in", "added_by")
    expires = str(item["expires_at"]) if "expires_at" in item else None
    if expires is not None:
        instant(expires)
    if "expires_in" in item:
        expires = stamp(BIRTH + float(item["expires_in"]))
    row = make(
        pbx,
        "Blocklist",
        {
            "IPAddrMask": str(item["network"]),
            "BlockType": item.get("type", "Block"),
            "Description": item.get("description", ""),
            "ExpiresAt": expires,
        },
        {},
    )
    row["AddedBy"] = item.get("added_by", "Manual")
    if row["AddedBy"] not in pbx.catalog.enums["AddedBy"]:
        raise ValueError(
            f"added_by: {row['AddedBy']!r} is not one of {', '.join(sorted(pbx.catalog.enums['AddedBy']))}"
        )


def service(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "name", "display_name", "status", "enabled", "start_stop")
    status = item.get("status", RUNNING)
    if status not in (RUNNING, STOPPED):
        raise ValueError(f"status: {status!r} is not {RUNNING} or {STOPPED}")
    name = str(item["name"])
    services_of(pbx).add(name, item.get("display_name") or STANDARD.get(name, name), status)
    row = services_of(pbx).rows[name]
    row["_enabled"] = bool(item.get("enabled", True))
    row["StartStopEnabled"] = bool(item.get("start_stop", row["StartStopEnabled"]))


def backup(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "name", "size", "created")
    created = str(item.get("created", "2026-01-01T03:00:00Z"))
    instant(created)
    backups = pbx.sets["Backups"]
    if isinstance(backups, Backups):
        backups.add(item["name"], int(item.get("size", SIZE)), created, 0.0)


def call(pbx: Pbx, item: dict[str, Any]) -> None:
    """A call in progress; ``ends_in``: seconds until it hangs up, none: never."""
    only(item, "caller", "callee", "ends_in")
    calls = pbx.sets["ActiveCalls"]
    ends = item.get("ends_in")
    if isinstance(calls, ActiveCalls):
        calls.add(str(item["caller"]), str(item["callee"]), None if ends is None else float(ends))


def parameter(pbx: Pbx, item: dict[str, Any]) -> None:
    only(item, "name", "value", "description")
    entity = {"Name": item["name"], "Value": str(item.get("value", "")), "Description": item.get("description", "")}
    make(pbx, "Parameters", entity, {})
