# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""/xapi/v1: finds out what a request means and answers it."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote

from tests.simulator.areas import registry
from tests.simulator.areas.base import EntitySet
from tests.simulator.errors import (
    ApiError,
    not_found,
    not_modelled,
    not_offered,
    parameter_required,
    unbindable,
)
from tests.simulator.facts.catalog import Operation
from tests.simulator.odata.body import parse_object
from tests.simulator.odata.path import Segment, key_of, named_arguments, segments
from tests.simulator.odata.query import Query, parse_query
from tests.simulator.odata.select import listing
from tests.simulator.odata.shape import Shaper
from tests.simulator.odata.types import Entity
from tests.simulator.pbx import Pbx
from tests.simulator.wire.messages import Request, Response, json_response
from tests.simulator.wire.metadata import metadata

ROOT = "/xapi/v1"
LISTED_KINDS = ("list", "navigation")


class Target:
    """A resolved path: its route, the key or arguments given, and what the contract offers there."""

    def __init__(self, pbx: Pbx, path: str) -> None:
        self.pbx = pbx
        self.parts = segments(path)
        self.set_name = self.parts[0].name
        self.keys: dict[str, Any] = {}
        self.arguments: dict[str, Any] = {}
        self.route = "/".join(self._normal(part, first=place == 0) for place, part in enumerate(self.parts))
        self.operations = pbx.catalog.operations.get(self.route, {})

    def _normal(self, part: Segment, *, first: bool) -> str:
        if part.arguments is None:
            return part.name
        imported = first and part.name in self.pbx.catalog.imports
        if not first or imported or part.name.startswith("Pbx."):
            self.arguments = named_arguments(part.arguments)
            return f"{part.name}()"
        return self._key(part.name, part.arguments)

    def _key(self, name: str, arguments: str) -> str:
        entity_set = self.pbx.sets.get(name)
        if entity_set is None:
            raise not_found()
        if "=" in arguments and not arguments.strip().startswith("'"):
            self.keys = named_arguments(arguments)
            if len(self.keys) != 1:
                raise not_found()
            only = next(iter(self.keys))
            if only != entity_set.key:
                return f"{name}({only}=)"
            arguments = arguments.partition("=")[2]
        if entity_set.key is None or entity_set.key_kind is None:
            raise not_found()
        self.keys = {entity_set.key: key_of(arguments, entity_set.key_kind)}
        return f"{name}(#)"

    def entity_set(self) -> EntitySet:
        """The set at the start of the path."""
        return self.pbx.sets[self.set_name]

    def entity(self) -> Entity:
        """The entity that the key names; 404 when there is none."""
        name, value = next(iter(self.keys.items()))
        entity_set = self.entity_set()
        found = entity_set.find(value) if name == entity_set.key else entity_set.find_by(name, value)
        if found is None:
            raise not_found()
        return found


class Xapi:
    """Answers one request at a time; state never changes when an ApiError comes out."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx

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
            return self._call(request, target, operation)
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

    def _shaper(self) -> Shaper:
        switches = self.pbx.switches
        return Shaper(
            self.pbx.types,
            keep_nulls=switches.word("null_keys") == "keep",
            script_always=switches.word("script_code") == "always",
            user_secrets=switches.word("user_secrets") == "clear",
        )

    def _query(self, request: Request, type_name: str, *, many: bool) -> Query:
        limit = int(self.pbx.switches.number("top_limit"))
        return parse_query(self.pbx.types, type_name, request.query_items(), listing=many, limit=limit)

    def _list(self, request: Request, target: Target, operation: Operation) -> Response:
        entity_set = target.entity_set()
        query = self._query(request, entity_set.type, many=True)
        return self._rows(request, target.set_name, entity_set.type, entity_set.entities(), query)

    def _rows(self, request: Request, context: str, type_name: str, rows: list[Entity], query: Query) -> Response:
        page = int(self.pbx.switches.number("page_size"))
        chosen, count = listing(self.pbx.types, type_name, rows, query, page=page)
        selected = f"({query.select_text})" if query.select_text else ""
        answer: dict[str, Any] = {"@odata.context": f"{request.origin}{ROOT}/$metadata#{context}{selected}"}
        if count is not None:
            answer["@odata.count"] = count
        shaper = self._shaper()
        answer["value"] = [self._tagged(shaper.entity(type_name, row, query), row) for row in chosen]
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
        query = self._query(request, type_name, many=False)
        suffix = f"({query.select_text})" if query.select_text else ""
        if context in self.pbx.sets:
            suffix += "/$entity"
        shaped = self._tagged(self._shaper().entity(type_name, entity, query), entity)
        headers = {"ETag": shaped["@odata.etag"]} if "@odata.etag" in shaped else {}
        context_url = f"{request.origin}{ROOT}/$metadata#{context}{suffix}"
        return json_response(200, {"@odata.context": context_url, **shaped}, headers)

    def _navigation(self, request: Request, target: Target, operation: Operation) -> Response:
        owner, owner_type = self._owner(target)
        name = target.parts[-1].name
        type_name = operation.result.name if operation.result else ""
        query = self._query(request, type_name, many=True)
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
        shaped = self._tagged(self._shaper().entity(entity_set.type, entity, Query()), entity)
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

    # Actions and functions

    def _call(self, request: Request, target: Target, operation: Operation) -> Response:
        entity = target.entity() if target.keys else None
        if operation.kind == "action":
            if "prefer" in request.headers and self.pbx.switches.word("prefer_on_action") == "500":
                raise ApiError(500)
            arguments = self._body_arguments(request, operation)
        else:
            arguments = self._path_arguments(target, operation)
        model = registry.CALLS.get(operation.route)
        if model is None:
            raise not_modelled(f"{operation.method} {operation.route}")
        return self._result(request, operation, model(self.pbx, entity, arguments))

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

    def _result(self, request: Request, operation: Operation, value: Any) -> Response:
        if operation.result is None:
            return Response(204)
        if value is None:
            raise not_found()
        kind = operation.result
        context = f"{request.origin}{ROOT}/$metadata#{'Collection(' if kind.collection else ''}Pbx.{kind.name}"
        context += ")" if kind.collection else ""
        if kind.collection:
            return self._result_list(request, kind.name, context, value)
        if self.pbx.types.is_structured(kind.name) and not operation.wrapped:
            query = self._query(request, kind.name, many=False)
            return json_response(200, {"@odata.context": context, **self._shaper().entity(kind.name, value, query)})
        return json_response(200, {"@odata.context": context, "value": value})

    def _result_list(self, request: Request, type_name: str, context: str, rows: list[Any]) -> Response:
        if not self.pbx.types.is_structured(type_name):
            return json_response(200, {"@odata.context": context, "value": rows})
        query = self._query(request, type_name, many=True)
        chosen, count = listing(self.pbx.types, type_name, rows, query, page=None)
        answer: dict[str, Any] = {"@odata.context": context}
        if count is not None:
            answer["@odata.count"] = count
        shaper = self._shaper()
        answer["value"] = [shaper.entity(type_name, row, query) for row in chosen]
        return json_response(200, answer)
