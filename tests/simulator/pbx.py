# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The PBX: its state, its clock, its switches."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.simulator.agenda import Agenda
from tests.simulator.areas import (
    destinations,
    devices,
    holidays,
    inbound_rules,
    memberships,
    outbound_rules,
    peers,
    registry,
    telephony,
    tokens,
    trunks,
    website_links,
)
from tests.simulator.areas.base import EntitySet, Singleton
from tests.simulator.clients import Clients
from tests.simulator.clock import Clock
from tests.simulator.facts import catalog as facts
from tests.simulator.odata.body import Binder
from tests.simulator.odata.types import Types, View
from tests.simulator.outage import Outage
from tests.simulator.switches import Switches

if TYPE_CHECKING:
    from tests.simulator.areas.dn import DnSet
    from tests.simulator.odata.types import Entity

BUILDS = {
    "20.0.4": "20.0.4.1045",
    "20.0.5": "20.0.5.551",
    "20.0.6": "20.0.6.1022",
    "20.0.7": "20.0.7.1057",
    "20.0.8": "20.0.8.1131",
    "20.0.9": "20.0.9.1081",
    "20.0.10": "20.0.10.1107",
}
GROUP_PEERS = "Group"
FILES = "Backups"  # the set whose entities are files, and so no part of what a backup holds
Snapshot = tuple[Any, ...]


class Pbx:
    """One PBX of one version.

    ``numbers`` maps every number to its set and entity. ``shelf`` holds, by area, what no set or singleton shows.
    """

    def __init__(self, version: str, switches: Switches) -> None:
        self.catalog = facts.load(version)
        self.switches = switches
        self.clock = Clock()
        self.outage = Outage(self.clock, switches)
        self.agenda = Agenda(self.clock)
        self.clients = Clients()
        self.replant: Callable[[], None] = lambda: None  # brings the seeded state back; set by who has the seed
        self.types = Types(self.catalog)
        self.binder = Binder(self.catalog)
        self.empty()
        self._wire_types()

    def empty(self) -> None:
        """Forgets all state."""
        self.build = BUILDS[self.catalog.version]
        self.agenda.clear()
        self.clients.reset()
        self.shelf: dict[str, Any] = {}
        self.last_dn_id = 27
        self.fqdn = "pbx.example.com"
        self.license: Entity = {}
        self.numbers: dict[str, tuple[DnSet, Entity]] = {}
        self.sets: dict[str, EntitySet] = {
            name: registry.SETS.get(name, EntitySet)(self, set_facts) for name, set_facts in self.catalog.sets.items()
        }
        self.singletons: dict[str, Singleton] = {
            name: registry.SINGLETONS.get(name, Singleton)(self, name, type_name)
            for name, type_name in self.catalog.singletons.items()
        }

    def snapshot(self) -> Snapshot:
        """A copy of the state, as a backup holds it."""
        sets = {name: entity_set for name, entity_set in self.sets.items() if name != FILES}
        held = (sets, self.singletons, self.numbers, self.license, self.shelf, self.last_dn_id)
        # Models know their PBX: it is not part of the copy.
        return copy.deepcopy(held, {id(self): self})

    def restore(self, snapshot: Snapshot) -> None:
        """The state of a snapshot, which may be restored again later. Files on disk and the clock stay."""
        copied = copy.deepcopy(snapshot, {id(self): self})
        sets, self.singletons, self.numbers, self.license, self.shelf, self.last_dn_id = copied
        self.sets = {name: sets.get(name, entity_set) for name, entity_set in self.sets.items()}

    def next_dn_id(self) -> int:
        """Ids are unique over all DNs and departments."""
        self.last_dn_id += 1
        return self.last_dn_id

    def default_group(self) -> Entity:
        """The department that everybody belongs to who is in no other."""
        return next(row for row in self.sets["Groups"].rows.values() if row["IsDefault"])

    def peers(self) -> list[Entity]:
        """Everything with a number, by id."""
        found = [self._peer(dn_set, entity) for dn_set, entity in self.numbers.values()]
        found += [_group_peer(group) for group in self.sets["Groups"].rows.values()]
        return sorted(found, key=lambda peer: int(peer["Id"]))

    def peer(self, number: str) -> Entity | None:
        """The peer with a number."""
        if number in self.numbers:
            return self._peer(*self.numbers[number])
        group = self.sets["Groups"].find_by("Number", number)
        return _group_peer(group) if group else None

    def _peer(self, dn_set: DnSet, entity: Entity) -> Entity:
        return {
            "Id": entity["Id"],
            "Number": entity["Number"],
            "Name": dn_set.display_name(entity),
            "Type": dn_set.peer_type,
            "Hidden": False,
            "Tags": [],
        }

    def _wire_types(self) -> None:
        views = self.types.views
        for set_name in ("Users", "Groups", "OutboundRules", "Services", "ActiveCalls"):
            views[self.catalog.sets[set_name].type] = self._set_view(set_name)
        views["Destination"] = partial(destinations.echo, self)
        views["OutboundRoute"] = partial(outbound_rules.route_view, self)
        views["ReceptionistForward"] = partial(telephony.forward_view, self)
        for member in ("QueueAgent", "QueueManager", "RingGroupMember"):
            views[member] = partial(telephony.member_view, self)
        self._wire_navigation()

    def _set_view(self, set_name: str) -> View:
        def view(entity: Entity) -> Entity:
            # Looked up each time: a reset makes new sets.
            return self.sets[set_name].view(entity)

        return view

    def _wire_navigation(self) -> None:
        follow = self.types.navigations
        for name, properties in self.catalog.types.items():
            kind = properties.get("Groups")
            if kind is not None and kind.navigation and kind.name == "UserGroup":
                follow[name, "Groups"] = partial(memberships.groups_of, self)
        follow["Group", "OfficeHolidays"] = partial(holidays.of_group, self)
        follow["OfficeHours", "OfficeHolidays"] = partial(holidays.of_system, self)
        follow["OAuthClient", "RefreshTokens"] = partial(tokens.tokens_of, self)
        follow["RefreshToken", "Client"] = partial(tokens.client_of, self)
        follow["SipDevice", "DN"] = partial(devices.device_owner, self)
        follow["Fxs", "Template"] = partial(devices.template, self)
        follow["Weblink", "DN"] = partial(website_links.partner, self)
        follow["Group", "Members"] = partial(memberships.members_of, self)
        follow["DidNumber", "RoutingRule"] = partial(trunks.routing_rule, self)
        follow["InboundRule", "TrunkDN"] = partial(inbound_rules.trunk_of, self)
        follow["Peer", "MemberOf"] = partial(peers.member_of, self)
        follow["Trunk", "RoutingRules"] = self._rules_of_trunk
        follow["CallFlowApp", "Trunk"] = lambda app: self.sets["Trunks"].find(app.get("_trunk"))

    def _rules_of_trunk(self, trunk: Entity) -> list[Entity]:
        return [rule for rule in self.sets["InboundRules"].entities() if rule["_trunk"] == trunk["Id"]]


def _group_peer(group: Entity) -> Entity:
    return {
        "Id": group["Id"],
        "Number": group["Number"],
        "Name": group["Name"],
        "Type": GROUP_PEERS,
        "Hidden": False,
        "Tags": [],
    }
