# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which modules serve an operation.

Modules that take names of sets and calls as options are asked whether they would take them. A module of one set serves
what the declaration of the set says. Of any other module its code tells what it asks of the PBX.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import getsource, isfunction
from pathlib import Path
from typing import Any, NoReturn, cast

from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_facts import READING, acts, answers_with_a_secret
from ansible_collections.tcx.pbx.plugins.module_utils._resources.calls_names import find_call
from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.choosing import (
    declaration_for,
    known_sets,
    known_settings,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.port import Port
from ansible_collections.tcx.pbx.plugins.module_utils._resources.querying import InvalidQuery, Query
from ansible_collections.tcx.pbx.plugins.module_utils._task.call import FILE
from tools.coverage.mentions import Asked, asked_in, call_named
from tools.coverage.operations import Operation
from tools.coverage.reach import PLUGINS, code_of

MODULES = PLUGINS / "modules"
SETS_CAN = ("list", "create", "update", "delete")
# The fragment that a module extends if it changes nothing.
ONLY_READS = "tcx.pbx.attributes.info"
# What of a resource only runs when something is to be changed.
WHILE_CHANGING = ("check", "load", "resolve", "inspect", "refuse", "steps", "objection")
TYPED = "typed_spec"
SAMPLE_KEYS: dict[str | None, Any] = {"int32": 1, "uuid": "00000000-0000-0000-0000-000000000001"}
FILLED = re.compile(r"\(([^)]*)\)")
Serves = Callable[[Operation], bool]


def modules_for(operation: Operation) -> list[str]:
    """The names of all modules that serve an operation, those with one purpose first."""
    return [name for name, serves in _modules().items() if serves(operation)]


@cache
def _modules() -> dict[str, Serves]:
    paths = {path.stem: path for path in sorted(MODULES.glob("tcx_*.py"))}
    special = {name: _one_of(_asked_by(path)) for name, path in paths.items() if name not in GENERAL}
    return {**special, **{name: serves for name, serves in GENERAL.items() if name in paths}}


def _one_of(asked: set[Asked]) -> Serves:
    return lambda operation: (operation.verb, operation.place) in asked


# --- modules that take names as options


def _object_serves(operation: Operation) -> bool:
    return operation.owner in known_sets() and (operation.verb, operation.place) in _declared(operation.owner)


def _settings_serve(operation: Operation) -> bool:
    return operation.verb in ("get", "update") and operation.place in known_settings()


def _action_serves(operation: Operation) -> bool:
    """The route may be written without parentheses and prefix, so another one could be meant."""
    is_call = operation.verb in ("action", "function")
    return is_call and find_call(operation.catalog, operation.place).route == operation.place


def _query_serves(operation: Operation) -> bool:
    catalog = operation.catalog
    if operation.verb == "function":
        call = catalog.calls[operation.place]
        sends_file = call.result is not None and call.result.type == FILE
        return not (acts(call) or answers_with_a_secret(call) or sends_file)
    if operation.verb not in ("list", "get", "alternate", "navigation"):
        return False
    try:
        Query(set=operation.place, key=_sample_key(operation)).ask(cast(Port, _Listener()), catalog)
    except _Heard as heard:
        return FILLED.sub(_form, heard.path) == FILLED.sub(_form, operation.path)
    except InvalidQuery:
        return False
    return False


def _sample_key(operation: Operation) -> Any:
    """A key of the right type for what is addressed by one, else None."""
    owner = operation.catalog.sets.get(operation.owner)
    if owner is None or operation.verb == "list":
        return None
    if operation.verb == "alternate":
        return {str(owner.alternate_key): "100"}
    return SAMPLE_KEYS.get(owner.key_type, "x")


def _form(match: re.Match[str]) -> str:
    """(Number={Number}) and (Number='100') are alike, and so are ({Id}) and (1)."""
    name, equals, _value = match[1].rpartition("=")
    return f"({name}{equals})"


class _Heard(Exception):
    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class _Listener:
    """Hears the first question and does not answer."""

    def get(self, path: str, query: dict[str, Any] | None = None) -> NoReturn:
        raise _Heard(path)

    def rows(self, path: str, **options: Any) -> NoReturn:
        raise _Heard(path)


GENERAL: dict[str, Serves] = {
    "tcx_object": _object_serves,
    "tcx_settings": _settings_serve,
    "tcx_query": _query_serves,
    "tcx_action": _action_serves,
}


# --- modules with one purpose


def _asked_by(path: Path) -> set[Asked]:
    if ONLY_READS not in path.read_text("utf-8"):
        return {one for code in code_of(path) for one in _asked(code)}
    asked = {one for code in code_of(path, WHILE_CHANGING) for one in _asked(code)}
    return {(verb, place) for verb, place in asked if _reads(verb, place)}


def _asked(code: ast.stmt) -> Iterator[Asked]:
    """What the code asks itself, and what follows from the sets that it manages."""
    yield from asked_in(code)
    for node in ast.walk(code):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str() as entity_set), *_]) if name == TYPED:
                yield from _declared(entity_set)
    if isinstance(code, ast.ClassDef):
        yield from _resource(code)


def _reads(verb: str, place: str) -> bool:
    return verb in ("list", "get", "function") or place in READING


def _resource(code: ast.ClassDef) -> Iterator[Asked]:
    """A resource does with its set what all resources do, unless it has steps of its own."""
    for statement in code.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="entity_set")], value=ast.Constant(value=str() as entity_set)):
                yield from ((verb, entity_set) for verb in (SETS_CAN if _has_usual_steps(code) else ("list",)))


def _has_usual_steps(code: ast.ClassDef) -> bool:
    steps = [one for one in code.body if isinstance(one, ast.FunctionDef) and one.name == "steps"]
    return all("super().steps" in ast.unparse(one) for one in steps)


@cache
def _declared(entity_set: str) -> frozenset[Asked]:
    """What can be done with a set, and the calls that its declaration names."""
    can = known_sets()[entity_set].verbs
    reading = "list" if "list" in can else "get"
    calls = _calls_in([declaration_for(entity_set)])
    return frozenset([*((verb, entity_set) for verb in (*SETS_CAN, reading) if verb in can), *calls])


def _calls_in(values: Iterable[Any]) -> Iterator[Asked]:
    """The calls named in a declaration, at any depth, and in the functions that it refers to."""
    for value in values:
        if isinstance(value, str):
            yield from call_named(value)
        elif isinstance(value, (tuple, list)):
            yield from _calls_in(value)
        elif is_dataclass(value):
            yield from _calls_in(getattr(value, field.name) for field in fields(value))
        elif isfunction(value) and value.__name__ != "<lambda>":
            yield from asked_in(ast.parse(getsource(value)))
