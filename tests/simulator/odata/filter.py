# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""$filter: parsed by odata-query, compiled to a Python function over one entity."""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from odata_query import ast
from odata_query.exceptions import ODataException
from odata_query.grammar import ODataLexer, ODataParser

from tests.simulator.errors import bad_query
from tests.simulator.odata.functions import FUNCTIONS
from tests.simulator.odata.values import instant, span

if TYPE_CHECKING:
    from tests.simulator.odata.types import Types

Scope = dict[str, Any]  # "" -> the entity itself, other names -> lambda variables
Predicate = Callable[[dict[str, Any]], bool]
_QUOTED = re.compile(r"('(?:[^']|'')*')")
_CALL = re.compile(r"\b([A-Za-z]+)\(")
NUMBERS = frozenset(("int32", "int64", "uint8", "decimal", "float", "double"))
COMPARISONS: dict[type, tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Eq: ("Equal", operator.eq),
    ast.NotEq: ("NotEqual", operator.ne),
    ast.Lt: ("LessThan", operator.lt),
    ast.LtE: ("LessThanOrEqual", operator.le),
    ast.Gt: ("GreaterThan", operator.gt),
    ast.GtE: ("GreaterThanOrEqual", operator.ge),
}
ARITHMETIC: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Mod: operator.mod,
}


@dataclass(frozen=True, slots=True)
class Term:
    """A compiled expression: how to get its value, and the type it has (a scalar, enum or type name, or null)."""

    value: Callable[[Scope], Any]
    type: str
    collection: bool = False


@lru_cache(maxsize=512)
def _parse(text: str) -> Any:
    pieces = _QUOTED.split(text)
    # Clients write startsWith or toLower; the server does not mind, the parser does.
    pieces[::2] = [_CALL.sub(_lower_function, piece) for piece in pieces[::2]]
    return ODataParser().parse(ODataLexer().tokenize("".join(pieces)))


def _lower_function(found: re.Match[str]) -> str:
    name = found.group(1).lower()
    return f"{name}(" if name in FUNCTIONS else found.group(0)


def compile_filter(types: Types, type_name: str, text: str) -> Predicate:
    """A test for one entity; a syntax error, an unknown name or a type clash is the 400 of the server."""
    try:
        tree = _parse(text)
        term = Compiler(types, type_name).visit(tree) if tree is not None else None
    except ODataException as error:
        raise bad_query(f"Syntax error in '{text}': {type(error).__name__}.") from error
    if term is None or term.type != "boolean":
        raise bad_query("The $filter expression must evaluate to a single boolean value.")
    value = term.value
    return lambda entity: value({"": entity}) is True


def compile_path(types: Types, type_name: str, path: str) -> Callable[[dict[str, Any]], Any]:
    """A function that fetches a property path for sorting: nulls first, then by value."""
    compiler = Compiler(types, type_name)
    node: Any = None
    for name in path.split("/"):
        node = ast.Attribute(node, name) if node is not None else ast.Identifier(name)
    value = compiler.visit(node).value

    def key(entity: dict[str, Any]) -> Any:
        found = value({"": entity})
        return (found is not None, found if found is not None else 0)

    return key


def _constant(value: Any, type_name: str) -> Term:
    return Term(lambda _scope: value, type_name)


class Compiler:
    """Turns each node of the syntax tree into a Term."""

    def __init__(self, types: Types, type_name: str) -> None:
        self.types = types
        self.names: dict[str, str] = {"": type_name}
        self.handlers: dict[type, Callable[[Any], Term]] = {
            ast.Null: lambda node: _constant(None, "null"),
            ast.Integer: lambda node: _constant(node.py_val, "int64"),
            ast.Float: lambda node: _constant(node.py_val, "double"),
            ast.Boolean: lambda node: _constant(node.py_val, "boolean"),
            ast.String: lambda node: _constant(node.py_val, "string"),
            ast.Date: lambda node: _constant(node.py_val, "date"),
            ast.Time: lambda node: _constant(node.py_val, "time"),
            ast.DateTime: lambda node: _constant(instant(node.val), "datetime"),
            ast.Duration: lambda node: _constant(node.py_val, "duration"),
            ast.GUID: lambda node: _constant(str(node.py_val), "uuid"),
            ast.Identifier: self.identifier,
            ast.Attribute: self.attribute,
            ast.Compare: self.compare,
            ast.BoolOp: self.connect,
            ast.UnaryOp: self.unary,
            ast.BinOp: self.arithmetic,
            ast.Call: self.call,
            ast.CollectionLambda: self.quantified,
        }

    def visit(self, node: Any) -> Term:
        """The compiled form of a node."""
        handler = self.handlers.get(type(node))
        if handler is None:
            raise bad_query(f"{type(node).__name__} is not supported in $filter.")
        return handler(node)

    def identifier(self, node: Any) -> Term:
        name = node.full_name()
        if name in self.names and name:
            return Term(lambda scope: scope[name], self.names[name])
        return self._member(Term(lambda scope: scope[""], self.names[""]), name)

    def attribute(self, node: Any) -> Term:
        return self._member(self.visit(node.owner), node.attr)

    def _member(self, owner: Term, name: str) -> Term:
        kind = self.types.property(owner.type, name)
        types, owner_type, fetch = self.types, owner.type, owner.value

        def value(scope: Scope) -> Any:
            entity = fetch(scope)
            if entity is None:
                return None
            if kind.navigation:
                return types.navigate(owner_type, entity, name)
            return _native(types.view(owner_type, entity).get(name), kind.name)

        return Term(value, kind.name, kind.collection)

    def compare(self, node: Any) -> Term:
        left = self.visit(node.left)
        if isinstance(node.comparator, ast.In):
            return self._within(left, node.right)
        right = self.visit(node.right)
        name, test = COMPARISONS[type(node.comparator)]
        self._check(left, right, name)
        first, second = left.value, right.value
        if name in ("Equal", "NotEqual"):
            return Term(lambda scope: test(first(scope), second(scope)), "boolean")

        def ordered(scope: Scope) -> bool:
            a, b = first(scope), second(scope)
            return a is not None and b is not None and bool(test(a, b))

        return Term(ordered, "boolean")

    def _within(self, left: Term, right: Any) -> Term:
        items = [self.visit(item) for item in right.val]
        for item in items:
            self._check(left, item, "Equal")
        fetch, values = left.value, [item.value({}) for item in items]
        return Term(lambda scope: fetch(scope) in values, "boolean")

    def _check(self, left: Term, right: Term, name: str) -> None:
        for term, other in ((left, right), (right, left)):
            members = self.types.catalog.enums.get(term.type)
            if members is not None and other.type == "string":
                self._check_member(term.type, members, other)
        if _family(self.types, left) != _family(self.types, right) and "null" not in (left.type, right.type):
            raise bad_query(
                "A binary operator with incompatible types was detected."
                f" Found operand types '{left.type}' and '{right.type}' for operator kind '{name}'."
            )

    def _check_member(self, enum: str, members: frozenset[str], term: Term) -> None:
        try:
            value = term.value({})
        except KeyError:  # not a literal
            return
        if isinstance(value, str) and not set(value.split(",")) <= members:
            raise bad_query(f"The string '{value}' is not a valid enumeration type constant of 'Pbx.{enum}'.")

    def connect(self, node: Any) -> Term:
        first, second = self._truth(node.left), self._truth(node.right)
        if isinstance(node.op, ast.And):
            return Term(lambda scope: bool(first(scope)) and bool(second(scope)), "boolean")
        return Term(lambda scope: bool(first(scope)) or bool(second(scope)), "boolean")

    def _truth(self, node: Any) -> Callable[[Scope], Any]:
        term = self.visit(node)
        if term.type != "boolean":
            raise bad_query("A logical operator needs boolean operands.")
        return term.value

    def unary(self, node: Any) -> Term:
        if isinstance(node.op, ast.Not):
            test = self._truth(node.operand)
            return Term(lambda scope: not test(scope), "boolean")
        operand = self.visit(node.operand)
        value = operand.value
        return Term(lambda scope: -value(scope), operand.type)

    def arithmetic(self, node: Any) -> Term:
        left, right, work = self.visit(node.left), self.visit(node.right), ARITHMETIC[type(node.op)]
        first, second = left.value, right.value
        return Term(lambda scope: _both(work, first(scope), second(scope)), left.type)

    def call(self, node: Any) -> Term:
        name = node.func.name
        if name not in FUNCTIONS:
            raise bad_query(f"An unknown function with name '{name}' was found.")
        result, work = FUNCTIONS[name]
        arguments = [self.visit(argument).value for argument in node.args]

        def value(scope: Scope) -> Any:
            values = [argument(scope) for argument in arguments]
            return None if any(item is None for item in values) else work(*values)

        return Term(value, result)

    def quantified(self, node: Any) -> Term:
        owner = self.visit(node.owner)
        if not owner.collection:
            raise bad_query("any and all need a collection.")
        fetch = owner.value
        if node.lambda_ is None:
            return Term(lambda scope: bool(fetch(scope)), "boolean")
        name = node.lambda_.identifier.name
        self.names[name] = owner.type
        test = self._truth(node.lambda_.expression)
        del self.names[name]
        every = all if isinstance(node.operator, ast.All) else any
        return Term(lambda scope: every(test({**scope, name: item}) for item in fetch(scope) or ()), "boolean")


def _both(work: Callable[[Any, Any], Any], first: Any, second: Any) -> Any:
    return None if first is None or second is None else work(first, second)


def _native(value: Any, kind: str) -> Any:
    """Stored JSON -> something that compares by meaning."""
    if isinstance(value, str):
        if kind == "datetime":
            return instant(value)
        if kind == "date":
            return dt.date.fromisoformat(value)
        if kind == "time":
            return dt.time.fromisoformat(value)
        if kind == "duration":
            return span(value)
    return value


def _family(types: Types, term: Term) -> str:
    if term.type in NUMBERS:
        return "number"
    if term.type in types.catalog.enums:
        return "string"
    return term.type
