# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Updates: what is offered, and what installing it does: an outage, and a PBX of another build after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import licensing, made_up
from tests.simulator.errors import not_found, refused

if TYPE_CHECKING:
    from tests.simulator.areas.calling import Call
    from tests.simulator.odata.types import Entity
    from tests.simulator.pbx import Pbx

OFFERS, KEY, LAST, DEBIAN = "Updates", "UpdateKey", "LastUpdate", "DebianUpgrade"
PBX, PROMPTS, CRM, CLIENT_CRM = "TcxPbx", "PromptSets", "ServerCrm", "ClientCrm"
CATEGORIES = (PBX, PROMPTS, CRM, CLIENT_CRM)


def next_build(build: str) -> str:
    """The build after this one, of the same version of the XAPI."""
    head, _dot, last = build.rpartition(".")
    return f"{head}.{int(last) + 24}"


def offer(pbx: Pbx, category: str, name: str, server: str | None) -> None:
    """Offers an update; without a version it is the next build."""
    position = len(offers(pbx))
    pbx.shelf[OFFERS].append(
        {
            "Guid": made_up.guid("update", category, name, position),
            "Category": category,
            "Name": name,
            "Description": f"{name} {server or next_build(pbx.build)}",
            "DescriptionLink": "https://example.com/changes",
            "Image": "",
            "LocalVersion": pbx.build,
            "ServerVersion": server or next_build(pbx.build),
            "OutOfDate": True,
            "Ignore": False,
            "HasExtraDetails": True,
            "UpdateType": "Release",
        }
    )


def offers(pbx: Pbx) -> list[Entity]:
    """All updates that may be installed."""
    held: list[Entity] = pbx.shelf.setdefault(OFFERS, [])
    return held


class Listing:
    """One of the functions that list updates. Each call makes a new key, which InstallUpdates wants back."""

    def __init__(self, category: str) -> None:
        self.category = category

    def __call__(self, pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
        pbx.shelf[KEY] = made_up.guid("key", pbx.shelf.get(KEY, ""), self.category)
        known = pbx.types.properties("UpdateItem")
        entries = [
            {name: value for name, value in item.items() if name in known}
            for item in offers(pbx)
            if item["Category"] == self.category
        ]
        return {
            "Key": pbx.shelf[KEY],
            "Entries": entries,
            "IsMaintananceExpired": licensing.expired(pbx),
            "LastSuccessfulUpdate": pbx.shelf.get(LAST),
        }


def stats(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> Entity:
    """GetUpdatesStats(): how many there are of each category."""
    counts = {category: sum(item["Category"] == category for item in offers(pbx)) for category in CATEGORIES}
    rows = [{"Category": category, "Count": count} for category, count in counts.items() if count]
    return {
        "TcxUpdate": [row for row in rows if row["Category"] == PBX],
        "PerPage": [row for row in rows if row["Category"] != PBX],
    }


def _chosen(pbx: Pbx, arguments: dict[str, Any]) -> list[Entity]:
    install = arguments.get("install") or {}
    fresh = install.get("Key") == pbx.shelf.get(KEY)
    if not fresh and pbx.switches.word("update_stale_key") == "refuse":
        raise refused("Key", "XAPI.NOT_FOUND")
    known = {item["Guid"]: item for item in offers(pbx)}
    wanted = install.get("Entries") or []
    if not wanted:
        raise refused("Entries", "XAPI.REQUIRED")
    if any(guid not in known for guid in wanted):
        raise refused("Entries", "XAPI.NOT_FOUND")
    return [known[guid] for guid in wanted]


def install(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> None:
    """InstallUpdates: accepted at once; those of the PBX itself take the API away and change its build."""
    chosen = _chosen(pbx, arguments)
    pbx.agenda.after(pbx.switches.number("update_delay"), lambda: _installed(pbx, chosen))


def _installed(pbx: Pbx, chosen: list[Entity]) -> None:
    pbx.shelf[OFFERS] = [item for item in offers(pbx) if item not in chosen]
    pbx.shelf[LAST] = pbx.clock.stamp()
    own = [item["ServerVersion"] for item in chosen if item["Category"] == PBX]
    if own:
        pbx.build = own[-1]
        away(pbx, "update_outage", "update_tokens")


def away(pbx: Pbx, length: str, tokens: str) -> None:
    """The API is away for as long as one switch says; another one tells whether tokens outlive it."""
    pbx.outage.last(float(pbx.switches.values[length]))
    if pbx.switches.values[tokens] == "die":
        pbx.clients.revoke_all()


def details(pbx: Pbx, _target: Entity | None, arguments: dict[str, Any]) -> str:
    """GetUpdateDetails(key=...,id=...): what is new."""
    for item in offers(pbx):
        if item["Guid"] == str(arguments["id"]):
            return str(item["Description"])
    raise not_found()


def has_debian_upgrade(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> bool:
    """HasDebianUpgrade()."""
    return bool(pbx.shelf.get(DEBIAN))


def upgrade_debian(pbx: Pbx, _target: Entity | None, _arguments: dict[str, Any]) -> None:
    """UpgradeDebian: a long outage, and the operating system is new afterwards."""
    if not pbx.shelf.get(DEBIAN):
        raise refused("UpgradeDebian", "XAPI.NOT_SUPPORTED")

    def upgraded() -> None:
        pbx.shelf[DEBIAN] = False
        away(pbx, "update_outage", "update_tokens")

    pbx.agenda.after(pbx.switches.number("update_delay"), upgraded)


CALLS: dict[str, Call] = {
    "GetUpdates()": Listing(PBX),
    "GetPromptSetUpdates()": Listing(PROMPTS),
    "GetServerCrmUpdates()": Listing(CRM),
    "GetClientCrmUpdates()": Listing(CLIENT_CRM),
    "GetUpdatesStats()": stats,
    "GetUpdateDetails()": details,
    "InstallUpdates": install,
    "HasDebianUpgrade()": has_debian_upgrade,
    "UpgradeDebian": upgrade_debian,
}
