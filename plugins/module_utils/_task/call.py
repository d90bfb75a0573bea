# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The operation of tcx_action: check, look, call, judge, report. PRIVATE to the collection."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from .._catalog.catalog import Call, Catalog
from .._catalog.names import snaked
from .._engine.problems import InvalidInput
from .._resources.calls import Request, checked_arguments, request_of
from .._resources.calls_facts import acts, answers_with_a_secret, unbounded
from .._resources.calls_keys import Keys, addressed
from .._resources.calls_names import find_call
from .._resources.calls_outcome import content, failures, summary
from .._resources.calls_values import Trouble
from .._resources.model import Problem
from .._resources.querying import InvalidQuery, Query, everything
from .._resources.querying_source import source_of_call
from .._xapi.errors import LostAnswer
from .._xapi.secrecy import HIDDEN, masked, shown_link
from .download import Destination
from .offers import catalog_of
from .options import OptionError
from .task import Task

# What a function answers with that sends a file.
FILE = "IActionResult"


def call_anything(task: Task) -> dict[str, Any]:
    if task.params["path"] is not None:
        return _fetched_link(task)
    catalog = catalog_of(task.client)
    call = _call(task, catalog)
    request, keys = _checked(task, catalog, call)
    dest = None if task.params["dest"] is None else Destination(task.params["dest"])
    reason = _unless(task, catalog)
    if reason:
        return {"changed": False, "status": "skipped", "skipped_because": reason, "request": None, "result": None}
    if keys is not None:
        request = replace(request, path=addressed(request.path, _found(task, keys)))
    if dest is not None:
        return _fetched(task, request, dest)
    if task.check_mode and (acts(call) or call.kind == "action"):
        return {"changed": acts(call), "request": shown(request)}
    return _done(task, catalog, call, request)


def options_shown(params: dict[str, Any]) -> dict[str, Any]:
    """The options as the invocation may show them."""
    link = params.get("path")
    return {**params, "parameters": masked(params.get("parameters")), "path": link and shown_link(link)}


def shown(request: Request) -> dict[str, Any]:
    """A request for people, without secrets."""
    return {"method": request.method, "path": unquote(request.path), "body": masked(request.body)}


def _call(task: Task, catalog: Catalog) -> Call:
    try:
        call = find_call(catalog, task.params["name"])
    except ValueError as exc:
        raise OptionError(f"name: {exc}") from exc
    sends_file = call.kind == "function" and call.result is not None and call.result.type == FILE
    if task.params["dest"] is None and sends_file:
        raise OptionError(f"dest: {call.route} answers with a file; say where it is to be written")
    if task.params["dest"] is not None and call.kind == "action":
        raise OptionError(f"dest: {call.route} is an action, and only what functions answer can be written to a file")
    return call


def _checked(task: Task, catalog: Catalog, call: Call) -> tuple[Request, Keys | None]:
    """The request without its key, and the key. Raises InvalidInput with all that is wrong."""
    arguments, troubles = checked_arguments(catalog, call, task.params["parameters"])
    keys, about_key = _keys(task, catalog, call)
    troubles = [*about_key, *troubles]
    missing = unbounded(call, arguments)
    if missing and not troubles and not task.params["force"]:
        words = f"without it {call.route} may mean everything there is; set force to true if that is meant"
        troubles.append((f"parameters.{missing}", words))
    if troubles:
        raise InvalidInput("parameters", [Problem(None, "", place, words) for place, words in troubles])
    return request_of(call, arguments), keys


def _keys(task: Task, catalog: Catalog, call: Call) -> tuple[Keys | None, list[Trouble]]:
    given = task.params["key"]
    if call.bound != "entity":
        return None, [("key", f"{call.route} takes none")] if given is not None else []
    if given is None:
        return None, [("key", f"is needed by {call.route}")]
    keys = Keys(catalog, catalog.sets[call.owner], given)
    return keys, keys.troubles


def _found(task: Task, keys: Keys) -> Any:
    try:
        return keys.find(task.client)
    except LookupError as exc:
        raise OptionError(f"key: {exc}") from exc


def _unless(task: Task, catalog: Catalog) -> str:
    """Why nothing is to be done, "" if something is."""
    guard = task.params["unless"]
    if guard is None:
        return ""
    try:
        found = Query(set=guard["set"], filter=guard["filter"], limit=1).ask(task.client, catalog)
    except InvalidQuery as exc:
        raise OptionError(f"unless: {exc}") from exc
    return f"there is already something in {guard['set']} that unless.filter matches" if found else ""


def _done(task: Task, catalog: Catalog, call: Call, request: Request) -> dict[str, Any]:
    changes = acts(call)
    try:
        answer = _answer(task, catalog, call, request)
    except LostAnswer as exc:
        return {"failed": True, "changed": True, "status": "unknown", "msg": str(exc), "request": shown(request)}
    result: dict[str, Any] = {
        "changed": changes,
        "status": "done",
        "request": shown(request),
        "result": _presentable(task, call, answer),
    }
    failed = failures(answer) if call.kind == "action" else []
    if failed:
        result |= {"failed": True, "status": "failed", "msg": summary(call.route, failed), "failures": failed}
    return result


def _answer(task: Task, catalog: Catalog, call: Call, request: Request) -> Any:
    if call.kind == "action":
        return content(task.client.action(request.path, request.body, repeatable=not acts(call)))
    if call.queryable and call.result is not None and call.result.collection:
        return everything(task.client, source_of_call(catalog, call, request.path))
    return content(task.client.value(request.path))


def _presentable(task: Task, call: Call, answer: Any) -> Any:
    if not task.params["return_secrets"]:
        answer = HIDDEN if answer and answers_with_a_secret(call) else masked(answer)
    return snaked(answer)


def _fetched(task: Task, request: Request, dest: Destination) -> dict[str, Any]:
    if task.check_mode:
        return _foretold(dest, shown(request))
    with dest.receiving() as part:
        task.client.download(request.path, part)
        changed = part.keep()
    return {"changed": changed, "status": "done", "request": shown(request), "download": part.as_dict()}


def _fetched_link(task: Task) -> dict[str, Any]:
    dest = Destination(task.params["dest"])
    request = {"method": "GET", "path": shown_link(task.params["path"]), "body": None}
    if task.check_mode:
        return _foretold(dest, request)
    with dest.receiving() as part:
        task.client.download_link(task.params["path"], part)
        changed = part.keep()
    return {"changed": changed, "status": "done", "request": request, "download": part.as_dict()}


def _foretold(dest: Destination, request: dict[str, Any]) -> dict[str, Any]:
    """Whether the content will differ from what is there, only the download can tell."""
    return {"changed": not dest.exists, "request": request, "download": {"dest": str(dest.path)}}
