# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding an action or a function by what a person calls it. PRIVATE to the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .._catalog.catalog import VERSIONS, Call, Catalog, catalog_for, since
from .naming import available, meant, plain

# A key or parameters, as in Users(29)/Pbx.Regenerate and GetUpdates().
PARENTHESES = re.compile(r"\([^)]*\)")


def find_call(catalog: Catalog, name: str) -> Call:
    """Backups/Pbx.Backup, backups/backup, Users(#)/Pbx.Regenerate, users/regenerate, GetUpdates: with or without key,
    prefix and capitals. Raises ValueError with a sentence."""
    routes = {_plain(route): route for route in catalog.calls}
    route = routes.get(_plain(name))
    if route is not None:
        return catalog.calls[route]
    elsewhere = _elsewhere(name)
    if elsewhere:
        raise ValueError(f"{elsewhere} exists {available(since('call', elsewhere))}; this PBX is {catalog.version}")
    raise ValueError(f'"{name}" is no action or function of the XAPI{_suggestion(name, catalog.calls)}')


def _plain(route: str) -> str:
    return plain(PARENTHESES.sub("", route.strip().strip("/")).replace("Pbx.", "").replace("pbx.", ""))


def _elsewhere(name: str) -> str:
    """The route of this name in another version, "" if there is none."""
    for version in reversed(VERSIONS):
        for route in catalog_for(version).calls:
            if _plain(route) == _plain(name):
                return route
    return ""


def _suggestion(name: str, routes: Iterable[str]) -> str:
    """What is near as a whole, or else what has the same last part: "Backup" is Backups/Pbx.Backup."""
    short = {PARENTHESES.sub("", route).replace("Pbx.", ""): route for route in routes}
    last = _plain(name).rpartition("/")[2]
    same = [one for one in short if plain(one.rpartition("/")[2]) == last]
    if same:
        return f"; did you mean {' or '.join(same[:3])}?"
    return meant(PARENTHESES.sub("", name), short)
