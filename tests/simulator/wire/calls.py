# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions and functions: their arguments, who answers them, and how the answer looks."""

from __future__ import annotations

from typing import Any

from tests.simulator.areas import registry
from tests.simulator.areas.canned import OPEN_RESULT, Canned
from tests.simulator.areas.files import FileBody, as_csv
from tests.simulator.errors import ApiError, bad_query, not_found, parameter_required, unbindable
from tests.simulator.facts.catalog import Operation
from tests.simulator.odata.body import parse_object
from tests.simulator.odata.query import Query
from tests.simulator.odata.select import listing
from tests.simulator.pbx import Pbx
from tests.simulator.wire.messages import Request, Response, json_response
from tests.simulator.wire.reading import ROOT, query_of, shaper
from tests.simulator.wire.target import Target


class Calls:
    """Answers actions and functions: by a model where there is one, else with a value that the contract allows."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.canned = Canned(pbx)

    def answer(self, request: Request, target: Target, operation: Operation) -> Response:
        """The answer to an action or function."""
        entity = target.entity() if target.keys else None
        if operation.kind == "action":
            if "prefer" in request.headers and self.pbx.switches.word("prefer_on_action") == "500":
                raise ApiError(500)
            arguments = self._body_arguments(request, operation)
        else:
            arguments = self._path_arguments(target, operation)
        model = registry.CALLS.get(operation.route)
        if model is not None:
            return self._result(request, operation, model(self.pbx, entity, arguments))
        return self._result(request, operation, self.canned.answer(operation, arguments))

    def _body_arguments(self, request: Request, operation: Operation) -> dict[str, Any]:
        if not request.body.strip():
            # Only an action whose every parameter may be null takes an empty body.
            required = [name for name, kind in (operation.body or {}).items() if not kind.nullable]
            if required:
                raise unbindable(required[0])
            return {}
        kinds = operation.body or {}
        content = parse_object(request.body, next(iter(kinds), "delta"))
        fold = self.pbx.switches.word("action_case") == "fold"
        return self.pbx.binder.arguments(kinds, content, fold_case=fold)

    def _path_arguments(self, target: Target, operation: Operation) -> dict[str, Any]:
        wanted = [name for name in operation.parameters if name not in target.keys]
        given = list(target.arguments)
        if given != [name for name in wanted if name in target.arguments]:
            raise not_found()
        for name in wanted:
            if target.arguments.get(name) is None:
                raise parameter_required(name)
        return target.arguments

    # Results

    def _result(self, request: Request, operation: Operation, value: Any) -> Response:
        if operation.result is None:
            return Response(204)
        if value is None and operation.kind == "action" and operation.result.name == OPEN_RESULT:
            return json_response(200, {})
        if value is None:
            raise not_found()
        if isinstance(value, FileBody):
            return self._file(value)
        kind = operation.result
        context = f"{request.origin}{ROOT}/$metadata#{'Collection(' if kind.collection else ''}Pbx.{kind.name}"
        context += ")" if kind.collection else ""
        if kind.collection:
            return self._rows(request, operation, context, value)
        if self.pbx.types.is_structured(kind.name) and not operation.wrapped:
            query = query_of(self.pbx, request, kind.name, many=False)
            shaped = shaper(self.pbx).entity(kind.name, value, query)
            return json_response(200, {"@odata.context": context, **shaped})
        if not operation.wrapped and self.pbx.switches.word("bare_result") == "contract":
            return json_response(200, value)
        return json_response(200, {"@odata.context": context, "value": value})

    def _file(self, body: FileBody) -> Response:
        if self.pbx.switches.word("downloads") == "contract":
            return json_response(200, {})
        disposition = f'attachment; filename="{body.name}"'
        return Response(200, body.content, {"Content-Type": body.media, "Content-Disposition": disposition})

    def _rows(self, request: Request, operation: Operation, context: str, rows: list[Any]) -> Response:
        kind = operation.result
        if kind is None or not self.pbx.types.is_structured(kind.name):
            return json_response(200, {"@odata.context": context, "value": rows})
        query = query_of(self.pbx, request, kind.name, many=True, limit="function_top_limit")
        chosen, count = listing(self.pbx.types, kind.name, rows, query, page=None)
        shape = shaper(self.pbx)
        shaped = [shape.entity(kind.name, row, query) for row in chosen]
        if operation.download and self.pbx.switches.word("downloads") == "file":
            columns = [name for name, part in self.pbx.types.properties(kind.name).items() if not part.navigation]
            return self._file(as_csv(operation.name, columns, shaped))
        answer: dict[str, Any] = {"@odata.context": context}
        if count is not None:
            answer["@odata.count"] = self._count(query, count)
        return json_response(200, {**answer, "value": shaped})

    def _count(self, query: Query, count: int) -> int:
        if query.count and self.pbx.switches.word("function_count") == "refuse":
            raise bad_query("The query parameter '$count' is not supported.")
        return count
