# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/xapi/v1: finds out what a request means and answers it."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import ApiError, not_found, not_offered
from tests.simulator.facts.catalog import Operation
from tests.simulator.odata.body import parse_object
from tests.simulator.odata.query import Query
from tests.simulator.odata.select import listing
from tests.simulator.odata.types import Entity
from tests.simulator.pbx import Pbx
from tests.simulator.wire.calls import Calls
from tests.simulator.wire.messages import Request, Response, json_response
from tests.simulator.wire.metadata import metadata
from tests.simulator.wire.reading import ROOT, query_of, shaper
from tests.simulator.wire.target import Target


class Xapi:
    """Answers one request at a time; state never changes when an ApiError comes out."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.calls = Calls(pbx)

    def handle(self, request: Request) -> Response:
        """The answer to an authorised request below /xapi/v1."""
        if request.path.rstrip("/") == ROOT:
            return self._service_document(request)
        if request.path == f"{ROOT}/$metadata":
            return self._metadata(request)
        target = Target(self.pbx, request.path[len(ROOT) :])
        operation = target.operations.get(request.method)
        if operation is None:
            raise self._no_operation(target, request.method)
        if operation.kind in ("action", "function"):
            return self.calls.answer(request, target, operation)
        answer = {
            "list": self._list,
            "get": self._get,
            "navigation": self._navigation,
            "create": self._create,
            "update": self._update,
            "delete": self._delete,
        }[operation.kind]
        return answer(request, target, operation)

    def _no_operation(self, target: Target, method: str) -> ApiError:
        if not target.operations:
            return not_found()
        kinds = {operation.kind for operation in target.operations.values()}
        # POST to a navigation collection was recorded as 404, PUT as 405 (REALITY.md section 2).
        if kinds == {"navigation"} and method == "POST":
            return not_found()
        return not_offered()

    def _service_document(self, request: Request) -> Response:
        if request.method != "GET":
            raise not_offered()
        rows = [{"name": name, "kind": "EntitySet", "url": name} for name in self.pbx.sets]
        rows += [{"name": name, "kind": "Singleton", "url": name} for name in self.pbx.singletons]
        return json_response(200, {"@odata.context": f"{request.origin}{ROOT}/$metadata", "value": rows})

    def _metadata(self, request: Request) -> Response:
        if request.method != "GET":
            raise not_offered()
        return Response(200, metadata(self.pbx.catalog), {"Content-Type": "application/xml"})

    # Reading

    def _list(self, request: Request, target: Target, operation: Operation) -> Response:
        entity_set = target.entity_set()
        query = query_of(self.pbx, request, entity_set.type, many=True)
        return self._rows(request, target.set_name, entity_set.type, entity_set.entities(), query)

    def _rows(self, request: Request, context: str, type_name: str, rows: list[Entity], query: Query) -> Response:
        page = int(self.pbx.switches.number("page_size"))
        chosen, count = listing(self.pbx.types, type_name, rows, query, page=page)
        selected = f"({query.select_text})" if query.select_text else ""
        answer: dict[str, Any] = {"@odata.context": f"{request.origin}{ROOT}/$metadata#{context}{selected}"}
        if count is not None:
            answer["@odata.count"] = count
        shape = shaper(self.pbx)
        answer["value"] = [self._tagged(shape.entity(type_name, row, query), row) for row in chosen]
        if self.pbx.switches.on("next_link") and query.top is None and len(chosen) == page:
            answer["@odata.nextLink"] = self._next_link(request, query.skip + page)
        return json_response(200, answer)

    def _next_link(self, request: Request, skip: int) -> str:
        options = [(name, value) for name, value in request.query_items() if name != "$skip"]
        options.append(("$skip", str(skip)))
        text = "&".join(f"{name}={quote(value, safe='')}" for name, value in options)
        return f"{request.origin}{quote(request.path)}?{text}"

    def _get(self, request: Request, target: Target, _operation: Operation) -> Response:
        if target.set_name in self.pbx.singletons:
            singleton = self.pbx.singletons[target.set_name]
            return self._one(request, target.set_name, singleton.type, singleton.entity())
        entity_set = target.entity_set()
        return self._one(request, target.set_name, entity_set.type, target.entity())

    def _one(self, request: Request, context: str, type_name: str, entity: Entity) -> Response:
        query = query_of(self.pbx, request, type_name, many=False)
        suffix = f"({query.select_text})" if query.select_text else ""
        if context in self.pbx.sets:
            suffix += "/$entity"
        shaped = self._tagged(shaper(self.pbx).entity(type_name, entity, query), entity)
        headers = {"ETag": shaped["@odata.etag"]} if "@odata.etag" in shaped else {}
        context_url = f"{request.origin}{ROOT}/$metadata#{context}{suffix}"
        return json_response(200, {"@odata.context": context_url, **shaped}, headers)

    def _navigation(self, request: Request, target: Target, operation: Operation) -> Response:
        owner, owner_type = self._owner(target)
        name = target.parts[-1].name
        type_name = operation.result.name if operation.result else ""
        query = query_of(self.pbx, request, type_name, many=True)
        rows = self.pbx.types.navigate(owner_type, owner, name) or []
        return self._rows(request, f"{target.set_name}/{name}", type_name, rows, query)

    def _owner(self, target: Target) -> tuple[Entity, str]:
        if target.set_name in self.pbx.singletons:
            singleton = self.pbx.singletons[target.set_name]
            return singleton.entity(), singleton.type
        return target.entity(), target.entity_set().type

    # ETags

    def _etag(self, entity: Entity) -> str:
        text = json.dumps(entity, sort_keys=True, default=str)
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'

    def _tagged(self, shaped: dict[str, Any], entity: Entity) -> dict[str, Any]:
        if not self.pbx.switches.on("etag"):
            return shaped
        return {"@odata.etag": self._etag(entity), **shaped}

    def _check_match(self, request: Request, entity: Entity) -> None:
        wanted = request.headers.get("if-match")
        if wanted is None or wanted.strip() == "*" or not self.pbx.switches.on("etag"):
            return
        if self._etag(entity) not in [tag.strip() for tag in wanted.split(",")]:
            raise ApiError(412)

    # Writing

    def _create(self, request: Request, target: Target, _operation: Operation) -> Response:
        entity_set = target.entity_set()
        body = self.pbx.binder.entity(entity_set.type, parse_object(request.body))
        entity = entity_set.create(body)
        headers = {"Location": self._location(request, entity_set, entity)}
        asked = "return=representation" in request.headers.get("prefer", "")
        if self.pbx.switches.word("create_body") == "prefer" and not asked:
            return Response(201, b"", headers)
        shaped = self._tagged(shaper(self.pbx).entity(entity_set.type, entity, Query()), entity)
        context = f"{request.origin}{ROOT}/$metadata#{entity_set.name}/$entity"
        return json_response(201, {"@odata.context": context, **shaped}, headers)

    def _location(self, request: Request, entity_set: EntitySet, entity: Entity) -> str:
        key = entity[entity_set.key_name()]
        escaped = quote(str(key).replace("'", "''"), safe="")
        text = f"'{escaped}'" if entity_set.key_kind == "string" else escaped
        same = self.pbx.switches.word("location_origin") == "same"
        origin = request.origin if same else f"https://{self.pbx.fqdn}:5001"
        return f"{origin}{ROOT}/{entity_set.name}({text})"

    def _update(self, request: Request, target: Target, _operation: Operation) -> Response:
        content = parse_object(request.body)
        if target.set_name in self.pbx.singletons:
            singleton = self.pbx.singletons[target.set_name]
            singleton.update(self.pbx.binder.entity(singleton.type, content))
            return Response(204)
        entity_set = target.entity_set()
        entity = target.entity()
        body = self.pbx.binder.entity(entity_set.type, content)
        self._check_match(request, entity)
        entity_set.update(entity, body)
        return Response(204)

    def _delete(self, request: Request, target: Target, _operation: Operation) -> Response:
        try:
            entity = target.entity()
        except ApiError:
            if self.pbx.switches.word("delete_missing") == "204":
                return Response(204)
            raise
        entity_set = target.entity_set()
        self._check_match(request, entity)
        entity_set.delete(entity)
        return Response(204)
