# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the simulator's application in this process, without a network."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from tests.simulator.pbx import Pbx
from tests.simulator.seed import Seed
from tests.simulator.switches import Switches
from tests.simulator.wire.app import TRANSPORT, App

CLIENT, SECRET = "tester", "test-secret"


class FakeTransport:
    """Notes that the connection was cut."""

    def __init__(self) -> None:
        self.aborted = False

    def abort(self) -> None:
        self.aborted = True


@dataclass
class Answer:
    """A response; ``status`` is None when the connection was cut."""

    status: int | None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def value(self) -> list[Any]:
        assert self.status == 200, (self.status, self.body)
        rows: list[Any] = self.json["value"]
        return rows

    @property
    def code(self) -> str:
        """``Target CODE`` of a refusal."""
        detail = self.json["error"]["details"][0]
        return f"{detail['target']} {detail['message'].removeprefix('WARNINGS.')}"


class Api:
    """One simulated PBX and a client of it that has a token."""

    def __init__(self, version: str = "20.0.10", seed: str | Path = "demo", **switches: Any) -> None:
        loaded = Seed(str(seed))
        self.app = App(Pbx(version, Switches({**loaded.switches, **switches})), loaded)
        self.pbx = self.app.pbx
        self.app.add_client(CLIENT, SECRET)
        self.token = self.new_token()
        self.app.journal.clear()

    def new_token(self, client: str = CLIENT, secret: str = SECRET) -> str:
        token: str = self.ask_token(client, secret).json["access_token"]
        return token

    def ask_token(self, client: str = CLIENT, secret: str = SECRET) -> Answer:
        form = {"grant_type": "client_credentials", "client_id": client, "client_secret": secret}
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return self.send("POST", "/connect/token", urlencode(form).encode(), kind)

    def send(self, method: str, target: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """One raw request; target is path and query."""
        return asyncio.run(self.exchange(method, target, body, headers or {}))

    async def exchange(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Answer:
        path, _mark, query = target.partition("?")
        transport = FakeTransport()
        sent: list[Any] = []
        incoming = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            if incoming:
                return incoming.pop()
            while not transport.aborted:
                await asyncio.sleep(0.005)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "query_string": query.encode(),
            "scheme": "https",
            "headers": [(b"host", b"pbx.example.com"), *((k.encode(), v.encode()) for k, v in headers.items())],
            "extensions": {TRANSPORT: {"transport": transport}},
        }
        await self.app(scope, receive, send)
        if transport.aborted:
            return Answer(None)
        start, *rest = sent
        named = {name.decode(): value.decode() for name, value in start["headers"]}
        return Answer(start["status"], named, b"".join(part["body"] for part in rest))

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One XAPI request with the client's token; header names are written with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        given.setdefault("authorization", f"Bearer {self.token}")
        return self.send(method, f"/xapi/v1/{path}", b"" if body is None else json.dumps(body).encode(), given)

    def get(self, path: str) -> Answer:
        return self.call("GET", path)

    def rows(self, path: str) -> list[Any]:
        return self.get(path).value

    def post(self, path: str, body: Any = None) -> Answer:
        return self.call("POST", path, body)

    def patch(self, path: str, body: Any) -> Answer:
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> Answer:
        return self.call("DELETE", path)

    def control(self, method: str, path: str, body: Any = None) -> Answer:
        return self.send(method, f"/_sim/{path}", b"" if body is None else json.dumps(body).encode())

    def id_of(self, set_name: str, name: str) -> int:
        """The id of an entity by name, number or gateway name."""
        for row in self.pbx.sets[set_name].entities():
            if name in (row.get("Name"), row.get("Number"), (row.get("Gateway") or {}).get("Name")):
                return int(row["Id"])
        raise LookupError(f"no {name} in {set_name}")
