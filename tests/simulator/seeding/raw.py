# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Anything else, in the words of the XAPI. What another version has and this one lacks is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import fax, logs, pairs
from tests.simulator.facts.catalog import known_properties, known_roots
from tests.simulator.invent.inventor import Inventor

if TYPE_CHECKING:
    from tests.simulator.facts.grammar import Kind
    from tests.simulator.pbx import Pbx

# Section history: the set that each word fills, with rows invented for this moment on.
HISTORY = {
    "calls": ("CallHistoryView",),
    "chats": ("ChatHistoryView", "ChatMessagesHistoryView"),
    "events": ("EventLogs",),
    "recordings": ("Recordings",),
}
BEGINNING = {"startDate": "2026-11-20T08:00:00Z"}


def fitting(pbx: Pbx, type_name: str, value: dict[str, Any]) -> dict[str, Any]:
    """The value without what this version lacks; ValueError for a property that no version has."""
    properties = pbx.types.properties(type_name)
    made = {}
    for name, item in value.items():
        if name in properties:
            made[name] = _fitting(pbx, properties[name], item)
        elif name not in known_properties(type_name):
            raise ValueError(f"{type_name}.{name}: no version has such a property")
    return made


def _fitting(pbx: Pbx, kind: Kind, value: Any) -> Any:
    if isinstance(value, list):
        return [_fitting(pbx, kind, item) for item in value]
    if isinstance(value, dict) and pbx.types.is_structured(kind.name):
        return fitting(pbx, kind.name, value)
    return value


def _bound(pbx: Pbx, where: str, type_name: str, value: dict[str, Any]) -> dict[str, Any]:
    content = fitting(pbx, type_name, value)
    misfits = pbx.binder.misfits(type_name, content)
    if misfits:
        raise ValueError(f"{where}: not of the type that {type_name} wants: {', '.join(misfits)}")
    return pbx.binder.entity(type_name, content)


def _absent(pbx: Pbx, name: str, what: str) -> bool:
    """True for a name of another version."""
    if name in known_roots():
        return True
    raise ValueError(f"{name}: no such {what} in {pbx.catalog.version}")


def raw_sets(pbx: Pbx, content: dict[str, list[dict[str, Any]]]) -> None:
    """Entities of any set; server-made properties are taken as given."""
    for name, rows in content.items():
        if name not in pbx.sets:
            _absent(pbx, name, "set")
            continue
        entity_set = pbx.sets[name]
        for row in rows:
            bound = _bound(pbx, name, entity_set.type, row)
            entity = entity_set.create(bound)
            entity.update({key: bound[key] for key in entity_set.read_only & set(bound)})


def raw_singletons(pbx: Pbx, content: dict[str, dict[str, Any]]) -> None:
    """Values of any singleton."""
    for name, values in content.items():
        if name not in pbx.singletons:
            _absent(pbx, name, "singleton")
            continue
        singleton = pbx.singletons[name]
        bound = _bound(pbx, name, singleton.type, values)
        singleton.update(bound)
        singleton.values.update({key: bound[key] for key in singleton.read_only & set(bound)})


def functions(pbx: Pbx, content: dict[str, Any]) -> None:
    """What only functions show: settings by the name of their type, the activity log, how many faxes there are."""
    for name, value in content.items():
        if name in pairs.PAIRS:
            pairs.settings(pbx, name).update(_bound(pbx, name, name, value))
        elif name == logs.ACTIVITY:
            pbx.shelf[name] = [dict(row) for row in value]
        elif name == fax.FILES:
            pbx.shelf[name] = int(value)
        else:
            known = ", ".join([*pairs.PAIRS, logs.ACTIVITY, fax.FILES])
            raise ValueError(f"{name}: unknown; known: {known}")


def history(pbx: Pbx, content: dict[str, int]) -> None:
    """How many calls, chats, events and recordings there were; their rows speak of the users of the PBX."""
    inventor = Inventor(pbx)
    for word, count in content.items():
        if word not in HISTORY:
            raise ValueError(f"{word}: unknown key; known: {', '.join(HISTORY)}")
        for name in HISTORY[word]:
            entity_set = pbx.sets[name]
            invented = inventor.rows(entity_set.type, BEGINNING)
            for position in range(int(count)):
                entity_set.put(dict(invented[position % len(invented)]))
