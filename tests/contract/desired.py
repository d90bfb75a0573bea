# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desired states of any set, made up from the catalog and the declarations.

Values are plausible: what refers to something names what the demo PBX has. Lists and structured values hold what their
types allow, two levels deep.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import catalog_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import declaration_for
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.facts import (
    DEPARTMENTS,
    PEERS,
    TRUNKS,
    Lead,
    Reference,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.shapes import Part, Shape, Shapes

Values = st.SearchStrategy[Any]
Item = dict[str, Any]
DEPTH = 2
MOST_FIELDS = 6
# What tells three items apart, for each set.
KNOWN_BY: dict[str, list[Item]] = {
    "BlackListNumbers": [{"caller_id": f"+4915550123{number}"} for number in range(3)],
    "Blocklist": [{"ip_addr_mask": f"198.51.100.{number}/32"} for number in range(7, 10)],
    "CallFlowApps": [{"number": f"84{number}", "name": f"App {number}"} for number in range(3)],
    "Contacts": [{"first_name": f"Noor {number}", "phone_number": "+4915550123"} for number in range(3)],
    "Fax": [{"number": f"87{number}"} for number in range(3)],
    "Fxs": [{"mac_address": f"00155D00099{number}"} for number in range(3)],
    "FxsTemplates": [{"id": f"made-up-{number}.fxs.xml"} for number in range(3)],
    "Groups": [{"name": f"Department {number}"} for number in range(3)],
    "Holidays": [{"group": "DEFAULT", "name": f"Day {number}"} for number in range(3)],
    "InboundRules": [
        {"trunk_dn": "Provider A", "condition": "BasedOnCallerID", "data": f"+4915550123{number}",
         "office_hours_destination": "800"}
        for number in range(3)
    ],
    "OutboundRules": [{"name": f"Rule {number}"} for number in range(3)],
    "Parameters": [{"name": f"MADE_UP_{number}"} for number in range(3)],
    "Parkings": [{"number": f"SP7{number}"} for number in range(3)],
    "PhoneTemplates": [{"id": f"made-up-{number}.ph.xml"} for number in range(3)],
    "Playlists": [{"name": f"List {number}"} for number in range(3)],
    "Queues": [{"number": f"88{number}", "name": f"Queue {number}"} for number in range(3)],
    "Receptionists": [{"number": f"89{number}", "name": f"Menu {number}"} for number in range(3)],
    "RingGroups": [{"number": f"86{number}", "name": f"Group {number}"} for number in range(3)],
    "Sbcs": [{"name": f"sbc{number}"} for number in range(3)],
    "ScheduledReports": [{"name": f"Report {number}"} for number in range(3)],
    "ServicePrincipals": [{"number": f"madeup{number}"} for number in range(3)],
    "TenantProperties": [{"name": f"Property {number}"} for number in range(3)],
    "TrunkTemplates": [{"id": f"made-up-{number}.pv.xml"} for number in range(3)],
    "Trunks": [{"gateway": {"name": f"Trunk {number}"}} for number in range(3)],
    "Users": [{"number": f"15{number}"} for number in range(3)],
    "WebsiteLinks": [{"link": f"madeup{number}"} for number in range(3)],
}  # fmt: skip
# What the demo PBX has.
THERE = {DEPARTMENTS: ["DEFAULT", "Sales"], TRUNKS: ["Provider A", "Provider B"], PEERS: ["100", "101", "800"]}
# Fields that are left out, each with its reason.
LEFT_OUT: dict[tuple[str, str], str] = {
    ("CallFlowApp", "Trunk"): "nobody knows whether a PBX takes it",
    ("Fxs", "Template"): "templates are a set of their own",
    ("Group", "OfficeHolidays"): "holidays are a set of their own",
    ("Group", "Rights"): "which roles a department has that is made with some of them, nobody knows",
    ("OutboundRule", "Priority"): "the PBX counts by itself; the order is a matter of tcx_outbound_rules",
    ("User", "PrimaryGroupId"): "the PBX only takes a department to which the user belongs",
}

# Fields that are always given, and lists that are never empty: the PBX would put something there by itself.
ALWAYS = {("OutboundRoute", "TrunkId")}
NEVER_EMPTY = {("User", "Groups")}

WORDS = st.sampled_from(["", "a", "Ö & <b>", "it's", "two words", "1", "true", "null", "50%/+#?"])
SCALARS: dict[str, Values] = {
    "string": WORDS,
    "boolean": st.booleans(),
    "datetime": st.sampled_from(["2031-05-01T00:00:00Z", "2031-05-01T02:30:00+02:00"]),
    "date": st.sampled_from(["2031-05-01", "2032-02-29"]),
    "time": st.sampled_from(["08:00", "23:59:59"]),
    "duration": st.sampled_from(["PT8H", "P1D", "PT1H30M"]),
    "uuid": st.sampled_from(["a2f43bd6-3f0c-4b1c-8d0a-0c2f0d4a7a11"]),
    "double": st.sampled_from([0, 1, 2.5]),
    "float": st.sampled_from([0, 1, 2.5]),
    "decimal": st.sampled_from([0, 1, 2.5]),
}
WHOLE = st.integers(1, 50)
PREFIXES = st.sampled_from(["", "0", "00,+", "9"])
DIGITS = st.sampled_from(["", "1", "+49"])
# Of a type and property: values that a PBX takes, where not every value of the type will do.
PLAUSIBLE: dict[tuple[str, str], Values] = {
    ("DeviceLine", "Number"): st.sampled_from(["100", "101"]),
    ("ForwardingProfile", "Name"): st.sampled_from(["Available", "Away", "Out of office", "Custom 1", "Custom 2"]),
    ("Holiday", "Day"): st.integers(1, 28),
    ("Holiday", "DayEnd"): st.integers(1, 28),
    ("Holiday", "Month"): st.integers(1, 12),
    ("Holiday", "MonthEnd"): st.integers(1, 12),
    ("OutboundRoute", "Append"): DIGITS,
    ("OutboundRoute", "CallerID"): DIGITS,
    ("OutboundRoute", "Prepend"): DIGITS,
    ("OutboundRoute", "StripDigits"): st.integers(0, 3),
    ("OutboundRule", "DNRanges"): st.sampled_from([{"from": "100", "to": "110"}, {"from": "101"}]),
    ("OutboundRule", "NumberLengthRanges"): st.sampled_from(["", "6-14", "9,10,11"]),
    ("OutboundRule", "Prefix"): PREFIXES,
    ("QueueAgent", "Number"): st.sampled_from(["100", "101", "102"]),
    ("QueueManager", "Number"): st.sampled_from(["100", "101", "102"]),
    ("RingGroupMember", "Number"): st.sampled_from(["100", "101", "102"]),
    # The PBX fills it with the name.
    ("Sbc", "DisplayName"): st.sampled_from(["a", "two words"]),
    ("Trunk", "DidNumbers"): st.sampled_from(["+4930555019", "+4930555020"]),
}


class Desired:
    """The desired states of one set on one version."""

    def __init__(self, entity_set: str, version: str) -> None:
        catalog = catalog_for(version)
        self._set = entity_set
        self._shapes = Shapes(catalog)
        self._shape = self._shapes.of(catalog.sets[entity_set].type)
        self._fixed = declaration_for(entity_set).fixed

    def states(self) -> st.SearchStrategy[list[Item]]:
        """One to three items."""
        known_by = KNOWN_BY[self._set]
        named = {name for item in known_by for name in item}
        fields = self._fields(self._shape, {*named, *self._fixed, "id"}, DEPTH)
        chosen = st.lists(st.sampled_from(range(len(known_by))), min_size=1, unique=True)
        return chosen.flatmap(
            lambda places: st.tuples(*(fields for _place in places)).map(
                lambda all_values: [
                    {**known_by[place], **values} for place, values in zip(places, all_values, strict=True)
                ]
            )
        )

    def _fields(self, shape: Shape, without: set[str], depth: int) -> st.SearchStrategy[Item]:
        """Some of the fields of a shape."""
        possible = {
            part.option: values
            for part in shape.own
            if part.option not in without
            and part.prop not in _about_leading(shape)
            and (shape.type, part.prop) not in LEFT_OUT
            and (values := self._values(shape, part, depth)) is not None
        }
        always = {part.option for part in shape.own if part is shape.key or (shape.type, part.prop) in ALWAYS}
        some = st.lists(st.sampled_from(sorted(possible) or [""]), max_size=MOST_FIELDS, unique=True)
        made = some.flatmap(
            lambda names: st.fixed_dictionaries(
                {name: possible[name] for name in {*names, *always} if name in possible}
            )
        )
        if shape.facts.leads is None:
            return made
        return st.tuples(made, _leading(shape, shape.facts.leads)).map(lambda both: {**both[0], **both[1]})

    def _values(self, shape: Shape, part: Part, depth: int) -> Values | None:
        """The values of a field; None where none can be made up."""
        one = self._one(shape, part, depth)
        if one is None or not part.collection:
            return one
        inner = self._shapes.inner(shape.type, part)
        key = inner.key.option if inner is not None and inner.key is not None else ""
        least = 1 if (shape.type, part.prop) in NEVER_EMPTY else 0
        return st.lists(one, min_size=least, max_size=3, unique_by=lambda value: repr(_known_by(value, key)))

    def _one(self, shape: Shape, part: Part, depth: int) -> Values | None:
        if (shape.type, part.prop) in PLAUSIBLE:
            return PLAUSIBLE[shape.type, part.prop]
        if part.words:
            return st.sampled_from(part.words)
        if part.reference is not None:
            return st.sampled_from(THERE[part.reference.to])
        members = self._shapes.members(part.type)
        if members is not None:
            return st.sampled_from(members)
        inner = self._shapes.inner(shape.type, part)
        if inner is not None:
            return self._structured(inner, depth)
        if part.secret:
            return st.sampled_from(["made-up-1", "made-up-2"])
        return WHOLE if "int" in part.type else SCALARS.get(part.type)

    def _structured(self, inner: Shape, depth: int) -> Values | None:
        if inner.refers is not None:
            return self._referring(inner, inner.refers)
        return self._fields(inner, set(), depth - 1) if depth > 1 else None

    def _referring(self, inner: Shape, reference: Reference) -> Values:
        name = inner.facts.names[0]
        return st.sampled_from(THERE[reference.to]).map(lambda text: {name: text})


def _about_leading(shape: Shape) -> set[str]:
    """What says together where calls go."""
    lead = shape.facts.leads
    return set() if lead is None else {lead.number, lead.kind, lead.outside[0]}


def _leading(shape: Shape, lead: Lead) -> st.SearchStrategy[Item]:
    """Where calls go: to a number, nowhere, or out into the world."""
    option = {prop: shape.by_prop[prop].option for prop in _about_leading(shape) if prop}
    ways = [{option[lead.number]: number} for number in THERE[PEERS]]
    ways.append({option[lead.kind]: lead.nowhere})
    if lead.outside[0]:
        ways.append({option[lead.kind]: lead.outside[1], option[lead.outside[0]]: "+4930555019"})
    return st.sampled_from(ways)


def _known_by(value: Any, key: str) -> Any:
    return value.get(key, value) if isinstance(value, dict) else value
