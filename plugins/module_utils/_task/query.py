# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_query, and of the lookup of that name. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .._resources.querying import InvalidQuery, Query
from .._xapi.client import Client
from .offers import catalog_of
from .options import OptionError
from .task import Task

QUERY_OPTIONS: dict[str, dict[str, Any]] = {
    "set": {"type": "str"},
    "function": {"type": "str"},
    "key": {"type": "raw", "no_log": False},
    "parameters": {"type": "dict", "default": {}},
    "filter": {"type": "raw"},
    "select": {"type": "list", "elements": "str", "default": []},
    "expand": {"type": "raw"},
    "orderby": {"type": "list", "elements": "str", "default": []},
    "search": {"type": "str"},
    "limit": {"type": "int"},
}


def query_of(options: Mapping[str, Any]) -> Query:
    """From the values of QUERY_OPTIONS, those that are not set as None."""
    return Query(
        set=options["set"],
        function=options["function"],
        key=options["key"],
        parameters=options["parameters"] or {},
        filter=options["filter"],
        select=tuple(options["select"] or ()),
        expand=options["expand"],
        orderby=tuple(options["orderby"] or ()),
        search=options["search"],
        limit=options["limit"],
    )


def items_of(client: Client, query: Query) -> list[dict[str, Any]]:
    """Raises OptionError for a question that cannot be asked, XapiError for one that the PBX does not answer."""
    try:
        return query.ask(client, catalog_of(client))
    except InvalidQuery as exc:
        raise OptionError(str(exc)) from exc


def run_query(task: Task) -> dict[str, Any]:
    """The key is not `items`: in a template that would be a method of the result."""
    found = items_of(task.client, query_of(task.params))
    return {"changed": False, "found": found, "count": len(found), "version": task.client.version}
