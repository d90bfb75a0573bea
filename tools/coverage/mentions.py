# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What code asks of the PBX, read from its source.

An operation is known by its verb and place, see Operation. The forms that are understood are those in which the
resources are written:

    "Blocklist/Pbx.BulkIpsDelete"                    a call, wherever it stands
    f"{key('Backups', name)}/Pbx.Restore"            a call that is bound to an entity
    port.rows("Trunks"), port.update(key("X", id))   a verb and a set
    Source("queue", "Queues"), singleton("Defs")     a table of what is read
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for

Asked = tuple[str, str]
# What makes the address of one entity.
KEYING = ("key", "path_of")
PORT_VERBS = {"rows": "list", "get": "get", "create": "create", "update": "update", "delete": "delete"}


def asked_in(code: ast.AST) -> Iterator[Asked]:
    """What a piece of code asks for, as (verb, place)."""
    for node in ast.walk(code):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from call_named(node.value)
        elif isinstance(node, ast.JoinedStr):
            yield from _bound_call(node)
        elif isinstance(node, ast.Call):
            yield from _verb(node)


def call_named(text: str) -> Iterator[Asked]:
    """The call of this route, if it is one in some version."""
    route = text.removesuffix("()")
    for version in reversed(VERSIONS):
        call = catalog_for(version).calls.get(route)
        if call is not None:
            yield call.kind, route
            return


def _bound_call(node: ast.JoinedStr) -> Iterator[Asked]:
    match node.values:
        case [ast.FormattedValue(value=ast.Call() as keyed), ast.Constant(value=str() as rest)]:
            for owner in _places(keyed):
                yield from call_named(f"{owner}(#){rest}")


def _verb(node: ast.Call) -> Iterator[Asked]:
    """The first argument of a call to the port tells the set, with or without a key."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if name not in PORT_VERBS:
        keying = isinstance(node.func, ast.Name) and node.func.id in KEYING
        yield from (() if keying else ((_reading(place), place) for place in _places(node)))
        return
    match node.args:
        case [ast.Call() as keyed, *_]:
            yield from ((PORT_VERBS[name], place) for place in _places(keyed))
        case [ast.Constant(), *_]:
            # row.get("DidNumbers") is no question: what is got without a key is a singleton.
            plain = [place for place in _places(node) if name != "get" or not _is_set(place)]
            yield from ((PORT_VERBS[name], place) for place in plain)


def _reading(place: str) -> str:
    """How something without a key is read."""
    return "list" if _is_set(place) else "get"


def _is_set(place: str) -> bool:
    return any(place in catalog_for(version).sets for version in VERSIONS)


def _places(node: ast.Call) -> list[str]:
    """The sets and singletons that are arguments of a call."""
    texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return [text for text in texts if any(_is_place(version, text) for version in VERSIONS)]


def _is_place(version: str, text: str) -> bool:
    catalog = catalog_for(version)
    return text in catalog.sets or text in catalog.singletons
