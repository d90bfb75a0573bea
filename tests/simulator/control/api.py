# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control interface under /_sim: for tests and demonstrations, never part of a real PBX."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from tests.simulator.areas.calls import ActiveCalls
from tests.simulator.areas.logs import note_activity
from tests.simulator.canon import canonical
from tests.simulator.control.coverage import coverage
from tests.simulator.control.drift import change_state, create, delete, update
from tests.simulator.errors import ApiError
from tests.simulator.savepoints import Savepoints
from tests.simulator.switches import REGISTRY
from tests.simulator.wire.faults import parse_fault
from tests.simulator.wire.messages import Request, Response, json_response

if TYPE_CHECKING:
    from tests.simulator.wire.app import App

Handler = Callable[[Request, Any], Awaitable[Any]]


class Control:
    """Answers /_sim requests. Bad input gets a 400 that says what is wrong."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.savepoints = Savepoints(app.pbx)
        self.handlers: dict[tuple[str, str], Handler] = {
            ("GET", ""): self.index,
            ("GET", "log"): self.log,
            ("DELETE", "log"): self.clear_log,
            ("GET", "state"): self.state,
            ("PATCH", "state"): self.patch_state,
            ("POST", "reset"): self.reset,
            ("POST", "save"): self.save,
            ("POST", "restore"): self.restore,
            ("GET", "switches"): self.switches,
            ("PATCH", "switches"): self.set_switches,
            ("GET", "faults"): self.faults,
            ("POST", "faults"): self.add_fault,
            ("DELETE", "faults"): self.clear_faults,
            ("GET", "held"): self.held,
            ("POST", "release"): self.release,
            ("POST", "tokens/revoke"): self.revoke,
            ("POST", "clock"): self.clock,
            ("POST", "clients"): self.add_client,
            ("POST", "calls"): self.add_calls,
            ("POST", "activity"): self.add_activity,
            ("GET", "coverage"): self.coverage,
        }

    async def handle(self, request: Request) -> Response:
        """The answer to one control request."""
        path = request.path.removeprefix("/_sim").strip("/")
        self.app.pbx.agenda.settle()
        try:
            body = json.loads(request.body) if request.body.strip() else None
            if path.startswith("entities/"):
                return json_response(200, self._entities(request, path.removeprefix("entities/"), body))
            handler = self.handlers.get((request.method, path))
            if handler is None:
                known = ", ".join(sorted({f"{method} /_sim/{name}" for method, name in self.handlers}))
                return json_response(404, {"error": f"nothing at {request.method} {request.path}; known: {known}"})
            return json_response(200, await handler(request, body))
        except (ValueError, KeyError, TypeError) as error:
            reason = f"missing {error}" if isinstance(error, KeyError) else str(error)
            return json_response(400, {"error": reason})
        except ApiError as problem:
            return json_response(400, {"error": problem.body or f"refused with status {problem.status}"})

    async def index(self, _request: Request, _body: Any) -> Any:
        """What there is."""
        return {
            "version": self.app.pbx.build,
            "endpoints": sorted(f"{method} /_sim/{name}" for method, name in self.handlers),
        }

    # Log

    async def log(self, request: Request, _body: Any) -> Any:
        """?bodies=1 adds response bodies, ?since=SEQ leaves out older entries."""
        options = dict(request.query_items())
        since = int(options.get("since", 0))
        bodies = options.get("bodies", "") in ("1", "true")
        entries = [e.as_json(bodies=bodies) for e in self.app.journal.entries if e.seq > since]
        return {"log": entries}

    async def clear_log(self, _request: Request, _body: Any) -> Any:
        self.app.journal.clear()
        return {"log": []}

    # State

    async def state(self, request: Request, _body: Any) -> Any:
        """?ids=1 keeps the ids."""
        ids = dict(request.query_items()).get("ids", "") in ("1", "true")
        return canonical(self.app.pbx, ids=ids)

    async def patch_state(self, _request: Request, body: Any) -> Any:
        """{Set: {key: {property: value} or null}}: changes or deletes behind the API's back."""
        change_state(self.app.pbx, _mapping(body))
        return canonical(self.app.pbx, ids=True)

    async def reset(self, _request: Request, _body: Any) -> Any:
        self.app.reset()
        return {"reset": self.app.seed.label}

    async def save(self, _request: Request, body: Any) -> Any:
        """{"name": "before"}: keeps the state under this name."""
        name = _name(body)
        self.savepoints.save(name)
        return {"saved": name}

    async def restore(self, _request: Request, body: Any) -> Any:
        """{"name": "before"}: the state that was kept under this name."""
        name = _name(body)
        self.savepoints.restore(name)
        return {"restored": name}

    def _entities(self, request: Request, path: str, body: Any) -> Any:
        name, bracket, rest = path.partition("(")
        key = rest.removesuffix(")") if bracket else None
        if request.method == "POST" and key is None:
            return create(self.app.pbx, name, _mapping(body))
        if request.method == "PATCH" and key is not None:
            return update(self.app.pbx, name, key, _mapping(body))
        if request.method == "DELETE" and key is not None:
            return delete(self.app.pbx, name, key)
        raise ValueError("use POST entities/Set, PATCH entities/Set(key) or DELETE entities/Set(key)")

    # Switches

    async def switches(self, _request: Request, _body: Any) -> Any:
        values = self.app.pbx.switches.values
        return {
            switch.name: {
                "value": values[switch.name],
                "default": switch.default,
                "values": list(switch.values) or f"a number from {switch.minimum:g} up",
                "why": switch.why,
                "section": switch.section,
            }
            for switch in REGISTRY
        }

    async def set_switches(self, _request: Request, body: Any) -> Any:
        self.app.pbx.switches.set(_mapping(body))
        return self.app.pbx.switches.values

    # Faults

    async def faults(self, _request: Request, _body: Any) -> Any:
        return {
            "faults": [
                {"match": f.match, "action": f.action, "times": f.times, "seen": f.seen} for f in self.app.faults.active
            ]
        }

    async def add_fault(self, _request: Request, body: Any) -> Any:
        """One fault, or a list of them."""
        given = body if isinstance(body, list) else [body]
        self.app.faults.active += [parse_fault(_mapping(item)) for item in given]
        return await self.faults(_request, None)

    async def clear_faults(self, _request: Request, _body: Any) -> Any:
        self.app.faults.clear()
        return {"faults": []}

    async def held(self, request: Request, _body: Any) -> Any:
        """?wait=SECONDS waits for somebody to be held."""
        wait = float(dict(request.query_items()).get("wait", 0))
        if not self.app.faults.held and wait > 0:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.app.faults.arrived.wait(), wait)
        return {"held": [held.as_json() for held in self.app.faults.held]}

    async def release(self, _request: Request, body: Any) -> Any:
        """{"drop": true} cuts the held requests; else they go on."""
        options = _mapping(body or {})
        drop = options.get("drop", False)
        if not isinstance(drop, bool) or set(options) - {"drop"}:
            raise ValueError("body: only drop: true or false")
        return {"released": self.app.faults.release(drop=drop)}

    # Tokens, time, clients, calls

    async def revoke(self, _request: Request, _body: Any) -> Any:
        self.app.pbx.clients.revoke_all()
        return {"revoked": True}

    async def clock(self, _request: Request, body: Any) -> Any:
        """{"advance": seconds}."""
        seconds = _mapping(body)["advance"]
        if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or seconds < 0:
            raise ValueError("advance: must be a number of seconds from 0 up")
        self.app.pbx.clock.advance(seconds)
        return {"now": self.app.pbx.clock.stamp()}

    async def add_client(self, _request: Request, body: Any) -> Any:
        """{"client_id", "client_secret", "role": owner|admin|user}."""
        given = _mapping(body)
        client = self.app.add_client(given["client_id"], given["client_secret"], given.get("role", "owner"))
        return {"client_id": client.client_id, "role": client.role}

    async def add_calls(self, _request: Request, body: Any) -> Any:
        """A list of {"caller", "callee", "ends_in": seconds or null}; replaces all calls."""
        calls = self.app.pbx.sets["ActiveCalls"]
        if not isinstance(body, list) or not isinstance(calls, ActiveCalls):
            raise ValueError("body: must be a list of calls")
        given = [(str(c["caller"]), str(c["callee"]), c.get("ends_in")) for c in map(_mapping, body)]
        if any(isinstance(e, bool) or not (e is None or isinstance(e, (int, float))) for _a, _b, e in given):
            raise ValueError("ends_in: must be a number of seconds or null")
        calls.rows.clear()
        for caller, callee, ends in given:
            calls.add(caller, callee, ends)
        return {"calls": len(calls.entities())}

    async def add_activity(self, _request: Request, body: Any) -> Any:
        """A list of texts: lines of the activity log, now."""
        if not isinstance(body, list) or not all(isinstance(text, str) for text in body):
            raise ValueError("body: must be a list of texts")
        return {"lines": [note_activity(self.app.pbx, text) for text in body]}

    async def coverage(self, _request: Request, _body: Any) -> Any:
        return coverage(self.app.pbx)


def _name(body: Any) -> str:
    name = _mapping(body)["name"]
    if not isinstance(name, str):
        raise ValueError("name: must be a text")
    return name


def _mapping(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise ValueError("body: must be an object")
    return body
