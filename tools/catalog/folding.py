# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All versions of the contract folded into lines of facts. What is not the same in all names its versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tools.catalog.contract import Contract
from tools.catalog.marks import is_read_only
from tools.catalog.notation import properties, property_text, type_text, versions_text, with_versions
from tools.catalog.offers import Offers, offers

# name -> version -> facts
PerVersion = dict[str, dict[str, list[str]]]
WRAPPER = "CollectionResponse"
ERRORS = "ODataErrors."
FLAGS = "*"


def fold(contracts: Mapping[str, Contract]) -> dict[str, list[str]]:
    """Versions and their contracts -> section -> its lines. Sections: types, enums, sets, singletons, calls."""
    known = list(contracts)
    sections: dict[str, PerVersion] = {name: {} for name in ("types", "enums", "sets", "singletons", "calls")}
    for version, contract in contracts.items():
        offered = offers(contract)
        found = {
            **_types(contract, _managed(offered)),
            "sets": offered.sets,
            "singletons": offered.singletons,
            "calls": offered.calls,
        }
        for section, entries in found.items():
            for name, facts in entries.items():
                sections[section].setdefault(name, {})[version] = facts
    folded = {section: _lines(entries, known) for section, entries in sections.items()}
    # The parameters of a call have an order, so they are never mixed: one line per signature.
    return {**folded, "calls": _signatures(sections["calls"], known)}


def _managed(offered: Offers) -> frozenset[str]:
    """The types of what can be written to."""
    return frozenset(
        fact[1:]
        for facts in [*offered.singletons.values(), *(one for one in offered.sets.values() if "update" in one)]
        for fact in facts
        if fact.startswith(":")
    )


def _types(contract: Contract, managed: frozenset[str]) -> dict[str, dict[str, list[str]]]:
    """Structured types and enums. Not among them: wrappers of lists, the shape of errors, and OData's own."""
    types: dict[str, list[str]] = {}
    enums: dict[str, list[str]] = {}
    for full_name, schema in contract.schemas.items():
        name = full_name.removeprefix("Pbx.")
        if name == full_name or name.endswith(WRAPPER) or name.startswith(ERRORS):
            continue
        if "enum" in schema:
            is_flags = schema.get("x-ms-enum-flags", {}).get("isFlags") == "true"
            enums[name] = [FLAGS] * is_flags + list(schema["enum"])
        else:
            types[name] = [
                property_text(prop, value, is_read_only(name, prop, type_text(value), managed))
                for prop, value in properties(contract, schema).items()
            ]
    return {"types": types, "enums": enums}


def _lines(entries: PerVersion, known: Sequence[str]) -> list[str]:
    lines = []
    for name, per_version in sorted(entries.items()):
        has = list(per_version)
        texts: dict[str, list[str]] = {fact: [] for fact in _merged(list(per_version.values()))}
        for version, facts in per_version.items():
            for fact in facts:
                texts[fact].append(version)
        # A version is named only where it narrows what the head of the line says.
        lines.append(" ".join([name + versions_text(has, known), *with_versions(texts, has)]))
    return lines


def _merged(lists: Sequence[list[str]]) -> list[str]:
    """All facts in the order of the newest version; what only older ones have stands behind its old neighbour."""
    merged = list(lists[-1])
    for facts in reversed(lists[:-1]):
        place = 0
        for fact in facts:
            if fact not in merged:
                merged.insert(place, fact)
            place = merged.index(fact) + 1
    return merged


def _signatures(entries: PerVersion, known: Sequence[str]) -> list[str]:
    lines = []
    for route, per_version in sorted(entries.items()):
        texts: dict[str, list[str]] = {}
        for version, facts in per_version.items():
            texts.setdefault(" ".join(facts), []).append(version)
        lines += [f"{route}{versions_text(has, known)} {text}" for text, has in texts.items()]
    return lines
