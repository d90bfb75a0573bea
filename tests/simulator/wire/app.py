# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: logs each request, lets faults act, and hands it to whom it concerns."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from tests.simulator.areas import audit, service_principals
from tests.simulator.clients import Client
from tests.simulator.control.api import Control
from tests.simulator.errors import ApiError
from tests.simulator.pbx import FILES, Pbx
from tests.simulator.seed import Seed
from tests.simulator.wire import links
from tests.simulator.wire.faults import Faults, Held
from tests.simulator.wire.journal import Entry, Journal
from tests.simulator.wire.messages import Request, Response, html_response, json_response
from tests.simulator.wire.oauth import OAuth
from tests.simulator.wire.reading import ROOT
from tests.simulator.wire.xapi import Xapi

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
TRANSPORT = "simulator.transport"
OBSERVER = "x-simulator-observer"
NOT_FOUND_BODIES = {
    "empty": None,
    "string": {"error": "Not found"},
    "json": {"error": {"code": "404", "message": "Not found"}},
}


class CutError(Exception):
    """The connection is to be closed without an answer."""


class App:
    """One simulated PBX over HTTP."""

    def __init__(self, pbx: Pbx, seed: Seed) -> None:
        self.pbx = pbx
        self.seed = seed
        self.oauth = OAuth(pbx)
        self.xapi = Xapi(pbx)
        self.journal = Journal()
        self.faults = Faults()
        self.control = Control(self)
        self.arrivals: deque[float] = deque()
        pbx.replant = self._plant
        self._plant()

    def _plant(self) -> None:
        """The state that the seed describes; build and backups stay as they are."""
        backups, build = self.pbx.sets[FILES], self.pbx.build
        self.pbx.empty()
        self.pbx.build = build
        self.seed.apply(self.pbx)
        if backups.rows:
            self.pbx.sets[FILES] = backups
        for client in self.pbx.clients.given():
            service_principals.enlist(self.pbx, client)

    def add_client(self, client_id: str, secret: str, role: str = "owner") -> Client:
        """A new API client, which is a service principal of the PBX; ValueError for an id or role it would not take."""
        client = self.pbx.clients.give(client_id, secret, role)
        service_principals.enlist(self.pbx, client)
        return client

    def reset(self) -> None:
        """Back to the seed: state, clock, switches, faults and log; clients and their tokens stay."""
        self.faults.clear()
        self.pbx.clock.reset()
        self.pbx.outage.reset()
        self.pbx.switches.reset()
        self.pbx.empty()
        self._plant()
        self.oauth.recent.clear()
        self.oauth.flooded_until = 0.0
        self.arrivals.clear()
        self.journal.clear()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise ValueError(f"unsupported protocol {scope['type']!r}")
        request = await _read(scope, receive)
        if request.path == "/_sim" or request.path.startswith("/_sim/"):
            await _send(send, await self.control.handle(request))
            return
        if OBSERVER in request.headers:
            await _send(send, self._observed(request))
            return
        try:
            response = await self._serve(request, receive)
        except CutError:
            await _cut(scope, receive)
            return
        await _send(send, response)

    def _observed(self, request: Request) -> Response:
        """The answer without token, log, faults and throttle: a test looks, nobody notices."""
        self.pbx.agenda.settle()
        try:
            return self._finished(self.xapi.handle(request))
        except ApiError as problem:
            return self._finished(self._refusal(problem))

    async def _serve(self, request: Request, receive: Receive) -> Response:
        entry = self.journal.open(request.method, request.path, request.query, request.headers, request.body)
        started = time.perf_counter()
        try:
            response = await self._with_faults(request, entry, receive)
        finally:
            entry.duration = time.perf_counter() - started
        saved = "Content-Disposition" in response.headers
        self.journal.close(entry, response.status, response.body, response.headers["Content-Type"] if saved else None)
        return response

    async def _with_faults(self, request: Request, entry: Entry, receive: Receive) -> Response:
        action = self.faults.hit(request.method, request.path)
        if action is None:
            return self._execute(request, entry)
        entry.fault = ", ".join(action)
        await asyncio.sleep(action.get("delay", 0))
        if action.get("hold") in (True, "before"):
            await self._hold(request, entry, receive)
        if action.get("cut") == "before":
            raise CutError
        canned = {"status", "html", "body", "headers"} & set(action)
        late = action.get("cut") == "after" or action.get("hold") == "after" or action.get("effect")
        if "hang" in action and not late:
            await asyncio.sleep(action["hang"])
            raise CutError
        if canned and not late:
            return self._finished(_canned(action))
        response = self._execute(request, entry)
        if action.get("hold") == "after":
            await self._hold(request, entry, receive)
        await asyncio.sleep(action.get("hang", 0))
        if action.get("cut") == "after":
            raise CutError
        return self._finished(_canned(action)) if canned else response

    async def _hold(self, request: Request, entry: Entry, receive: Receive) -> None:
        held = Held(entry.seq, request.method, request.path, entry.effect)
        waiting = asyncio.ensure_future(self.faults.hold(held))
        gone = asyncio.ensure_future(_disconnected(receive))
        await asyncio.wait((waiting, gone), return_when=asyncio.FIRST_COMPLETED)
        lost = gone.done()
        held.released.set()
        await waiting
        gone.cancel()
        if lost or held.drop:
            raise CutError

    def _execute(self, request: Request, entry: Entry) -> Response:
        self.pbx.agenda.settle()
        stage = self.pbx.outage.stage()
        if stage == "refused":
            raise CutError
        if stage == "502":
            return html_response(502, "502 Bad Gateway")
        try:
            response = self._route(request)
        except ApiError as problem:
            response = self._refusal(problem)
        entry.effect = response.status < 400
        if self.pbx.outage.just_begun():
            self._outage_begins(entry, response)
        return self._finished(response, token=request.path == "/connect/token")

    def _outage_begins(self, entry: Entry, response: Response) -> None:
        if self.pbx.switches.word("service_tokens") == "die":
            self.pbx.clients.revoke_all()
        if self.pbx.switches.on("service_cut"):
            raise CutError

    def _route(self, request: Request) -> Response:
        self._throttle()
        if request.path == "/connect/token":
            return self.oauth.issue(request)
        if request.path == ROOT or request.path.startswith(f"{ROOT}/"):
            return self._authorised(request, request.path[len(ROOT) + 1 :])
        if links.is_link(request.path):
            return links.answer(self.pbx, request)
        raise ApiError(404)

    def _authorised(self, request: Request, resource: str) -> Response:
        client_id = self.oauth.authorise(request, resource)
        response = self.xapi.handle(request)
        if request.method != "GET" and response.status < 400:
            audit.note(self.pbx, client_id, request.method, resource)
        return response

    def _throttle(self) -> None:
        limit = self.pbx.switches.number("throttle_limit")
        if not limit:
            return
        now = self.pbx.clock.now()
        while self.arrivals and self.arrivals[0] <= now - 60:
            self.arrivals.popleft()
        if len(self.arrivals) >= limit:
            wait = int(self.arrivals[0] + 60 - now) + 1
            raise ApiError(429, None, {"Retry-After": str(wait)})
        self.arrivals.append(now)

    def _refusal(self, problem: ApiError) -> Response:
        body = problem.body
        if body is None and problem.status == 404:
            body = NOT_FOUND_BODIES[self.pbx.switches.word("body_404")]
        if isinstance(body, dict):
            return json_response(problem.status, body, problem.headers)
        if isinstance(body, str):
            return Response(problem.status, body.encode(), {"Content-Type": "text/plain", **problem.headers})
        return Response(problem.status, b"", dict(problem.headers))

    def _finished(self, response: Response, *, token: bool = False) -> Response:
        if response.headers.get("Content-Type") != "text/html":
            response.headers.setdefault("OData-Version", "4.0")
            if self.pbx.switches.word("version_header") == "always" or not token:
                response.headers.setdefault("X-3CX-Version", self.pbx.build)
        return response


def _canned(action: dict[str, Any]) -> Response:
    status = action.get("status", 200)
    headers = {str(name): str(value) for name, value in action.get("headers", {}).items()}
    if "html" in action:
        response = Response(status, action["html"].encode(), {"Content-Type": "text/html"})
    elif isinstance(action.get("body"), str):
        response = Response(status, action["body"].encode(), {"Content-Type": "text/plain"})
    elif action.get("body") is not None:
        response = json_response(status, action["body"])
    else:
        response = Response(status)
    response.headers.update(headers)
    return response


async def _read(scope: Scope, receive: Receive) -> Request:
    parts = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(
        method=scope["method"],
        path=scope["path"],
        query=scope["query_string"].decode("latin-1"),
        headers=headers,
        body=b"".join(parts),
        origin=f"{scope['scheme']}://{headers.get('host', 'localhost')}",
    )


async def _send(send: Send, response: Response) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in response.headers.items()]
    if response.status not in (204, 304):
        headers.append((b"content-length", str(len(response.body)).encode()))
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _cut(scope: Scope, receive: Receive) -> None:
    scope["extensions"][TRANSPORT]["transport"].abort()
    # The server must learn of the loss before this task ends, else it would answer with a 500.
    await _disconnected(receive)
