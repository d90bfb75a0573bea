# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sections of a seed, in the order in which they are loaded: later ones refer to earlier ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.groups import DEFAULT
from tests.simulator.areas.services import RUNNING, STANDARD
from tests.simulator.seeding import people, raw, routing, system, telephony

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx

SECTIONS: dict[str, Callable[[Pbx, Any], None]] = {
    "system": system.system,
    "license": system.license_,
    "departments": people.department,
    "users": people.user,
    "queues": telephony.queue,
    "ring_groups": telephony.ring_group,
    "call_flow_apps": telephony.call_flow_app,
    "fax": telephony.fax,
    "parkings": telephony.parking,
    "ivrs": telephony.ivr,
    "trunks": routing.trunk,
    "routes": routing.route,
    "outbound_rules": routing.outbound_rule,
    "blocklist": system.block,
    "services": system.service,
    "backups": system.backup,
    "updates": system.update,
    "calls": system.call,
    "parameters": system.parameter,
    "sets": raw.raw_sets,
    "singletons": raw.raw_singletons,
    "functions": raw.functions,
    "history": raw.history,
}
# A second pass over a section, after all others.
SECOND_PASS: dict[str, Callable[[Pbx, Any], None]] = {"ivrs": telephony.ivr_keys}
WHOLE = frozenset(("system", "license", "sets", "singletons", "functions", "history"))


def foundation(pbx: Pbx, factory: dict[str, Any]) -> None:
    """What every PBX has: the DEFAULT department, and what 3CX ships (seeds/factory.yml)."""
    group = pbx.sets["Groups"].create({"Name": DEFAULT})
    group["IsDefault"] = True
    for section in ("sets", "singletons", "functions"):
        SECTIONS[section](pbx, factory[section])


def completion(pbx: Pbx, content: dict[str, Any]) -> None:
    """What a seed that says nothing about it gets: the standard services, all running."""
    if "services" not in content:
        for name, display_name in STANDARD.items():
            system.services_of(pbx).add(name, display_name, RUNNING)
