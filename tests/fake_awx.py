# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of the API of AWX as its own import needs, behind a requests session.

It keeps what it is given and knows which fields it takes; it checks nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from requests import PreparedRequest, Response
from requests.adapters import BaseAdapter

BASE = "/api/v2/"
# type of an object -> (collection, fields that refer to others, further fields that a POST takes)
KINDS: Mapping[str, tuple[str, set[str], set[str]]] = {
    "organization": ("organizations", set(), {"name"}),
    "credential_type": ("credential_types", set(), {"name", "description", "kind", "inputs", "injectors"}),
    "credential": ("credentials", {"organization", "credential_type"}, {"name", "description", "inputs"}),
    "execution_environment": ("execution_environments", {"organization"}, {"name", "description", "image", "pull"}),
    "project": (
        "projects",
        {"organization", "default_environment"},
        {"name", "description", "scm_type", "scm_url", "scm_branch", "scm_clean", "scm_update_on_launch"},
    ),
    "inventory": ("inventories", {"organization"}, {"name", "description", "variables"}),
    "host": ("hosts", {"inventory"}, {"name", "description", "enabled", "variables"}),
    "job_template": (
        "job_templates",
        {"inventory", "project", "execution_environment"},
        {"name", "description", "job_type", "playbook", "extra_vars", "forks", "verbosity", "diff_mode"}
        | {"allow_simultaneous", "job_slice_count", "survey_enabled"}
        | {f"ask_{what}_on_launch" for what in ("job_type", "diff_mode", "limit", "variables", "credential")}
        | {f"ask_{what}_on_launch" for what in ("tags", "skip_tags")},
    ),
    "workflow_job_template": (
        "workflow_job_templates",
        {"organization", "inventory"},
        {"name", "description", "allow_simultaneous", "ask_variables_on_launch", "survey_enabled"},
    ),
    "workflow_job_template_node": (
        "workflow_job_template_nodes",
        {"workflow_job_template", "unified_job_template"},
        {"identifier", "job_type", "diff_mode", "extra_data", "all_parents_must_converge"},
    ),
    "user": ("users", set(), {"username"}),
    "team": ("teams", {"organization"}, {"name"}),
    "notification_template": ("notification_templates", {"organization"}, {"name"}),
    "inventory_source": ("inventory_sources", {"inventory"}, {"name"}),
    "o_auth2_application": ("applications", {"organization"}, {"name"}),
    "system_job_template": ("system_job_templates", set(), {"name"}),
    "schedule": ("schedules", {"unified_job_template"}, {"name"}),
}
# Collections below an object, with the type of what is created there and the field in which it names its owner.
NESTED = {
    "hosts": ("host", "inventory"),
    "workflow_nodes": ("workflow_job_template_node", "workflow_job_template"),
}
ATTACHED = ("credentials", "success_nodes", "failure_nodes", "always_nodes")
TEXTS = ("survey_spec", "create_approval_template")
# AWX tells the organization of a job template by its project.
DERIVED = {"job_template": ("organization", "project")}
COLLECTION_OF = {collection: kind for kind, (collection, _refer, _others) in KINDS.items()}


class FakeAwx(BaseAdapter):
    """objects: by id; attached and texts: by (id, relation)."""

    def __init__(self) -> None:
        super().__init__()
        self.objects: dict[int, dict[str, Any]] = {}
        self.attached: dict[tuple[int, str], list[int]] = {}
        self.texts: dict[tuple[int, str], dict[str, Any]] = {}
        self.created: list[str] = []
        self.unknown: list[str] = []
        self._create("organization", {"name": "Default"})

    def named(self, kind: str, name: str) -> dict[str, Any]:
        [found] = [one for one in self._all(kind) if name in (one.get("name"), one.get("identifier"))]
        return found

    # HTTP

    def send(self, request: PreparedRequest, *_args: Any, **_options: Any) -> Response:
        parts = urlsplit(str(request.url))
        body = json.loads(request.body) if request.body else {}
        status, content = self._answer(str(request.method), parts.path, dict(parse_qsl(parts.query)), body)
        response = Response()
        response.status_code, response.request, response.url = status, request, str(request.url)
        response.elapsed = timedelta(0)
        response.headers["Allow"] = "GET, POST, OPTIONS"
        response._content = b"" if content is None else json.dumps(content).encode()
        return response

    def close(self) -> None:
        """There is nothing to close."""

    def _answer(self, method: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        if path == BASE:
            return 200, self._root()
        match = re.fullmatch(rf"{BASE}(\w+)/(?:(\d+)/)?(?:(\w+)/)?", path)
        if match is None or match[1] not in COLLECTION_OF:
            return 404, {"detail": "Not found."}
        kind = COLLECTION_OF[match[1]]
        if match[2] is None:
            return self._collection(method, kind, query, body)
        if match[3] is None:
            return self._object(method, int(match[2]), body)
        return self._relation(method, int(match[2]), match[3], body)

    def _root(self) -> dict[str, str]:
        found = {collection: f"{BASE}{collection}/" for collection in COLLECTION_OF}
        found["inventory"] = found.pop("inventories")
        return found

    def _collection(self, method: str, kind: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        if method == "OPTIONS":
            return 200, {"actions": {"POST": self._fields(kind)}, "search_fields": ["name"]}
        if method == "POST":
            return 201, self._shown(self._create(kind, body))
        rows = [one for one in self._all(kind) if all(one.get(name) == value for name, value in query.items())]
        return 200, self._page(rows)

    def _object(self, method: str, number: int, body: dict[str, Any]) -> tuple[int, Any]:
        if method == "PUT":
            self.objects[number].update(body)
        return 200, self._shown(self.objects[number])

    def _relation(self, method: str, number: int, relation: str, body: dict[str, Any]) -> tuple[int, Any]:
        if relation in NESTED:
            kind, owner = NESTED[relation]
            rows = [one for one in self._all(kind) if one[owner] == number]
            if method == "GET":
                return 200, self._page(rows)
            return self._collection(method, kind, {}, {**body, owner: number})
        if relation in TEXTS:
            self.texts[number, relation] = body
            return 200, {}
        attached = self.attached.setdefault((number, relation), [])
        if method == "POST":
            attached.append(body["id"])
            return 204, None
        return 200, self._page([self.objects[one] for one in attached])

    # Objects

    def _fields(self, kind: str) -> dict[str, dict[str, str]]:
        _collection, refer, others = KINDS[kind]
        return {**{name: {"type": "id"} for name in refer}, **{name: {"type": "field"} for name in others}}

    def _create(self, kind: str, body: Mapping[str, Any]) -> dict[str, Any]:
        number = len(self.objects) + 1
        self.unknown += [f"{kind}.{name}" for name in body if name not in self._fields(kind)]
        made = {**body, "id": number, "type": kind, "url": f"{BASE}{KINDS[kind][0]}/{number}/"}
        if kind == "project":
            # Its first update, which the import waits for.
            made["status"] = "successful"
        self.objects[number] = made
        self.created.append(f"{kind} {body.get('name', body.get('identifier'))}")
        return made

    def _all(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.objects.values() if one["type"] == kind]

    def _shown(self, made: dict[str, Any]) -> dict[str, Any]:
        refer = {name: made.get(name) for name in KINDS[made["type"]][1]}
        if made["type"] in DERIVED:
            name, source = DERIVED[made["type"]]
            refer[name] = self.objects[made[source]].get(name)
        related = {name: self.objects[number]["url"] for name, number in refer.items() if number}
        related.update({name: f"{made['url']}{name}/" for name in (*NESTED, *ATTACHED, *TEXTS)})
        return {**made, **refer, "related": related}

    def _page(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {"count": len(rows), "next": None, "previous": None, "results": [self._shown(one) for one in rows]}
