# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTP(S) server on 127.0.0.1 that does exactly what a test tells it, broken connections included."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote, urlsplit

VERSION = "20.0.10.1234"


@dataclass(frozen=True)
class Seen:
    """A request as it came over the wire; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    connection: int

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path).removeprefix("/xapi/v1/")

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass(frozen=True)
class Reply:
    """What to send. `missing` bytes of the body are announced but never sent; `hold` is waited for first."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    missing: int = 0
    hold: threading.Event | None = None

    def wire(self) -> bytes:
        head = {"X-3CX-Version": VERSION, "Content-Length": str(len(self.body) + self.missing), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        return f"HTTP/1.1 {self.status} Said\r\n{lines}\r\n".encode() + self.body


class Cut:
    """Read the request, then break the connection without a word."""


CUT = Cut()
Doing: TypeAlias = "Reply | Cut"
Handler = Callable[[Seen], Doing]


def json_reply(value: Any, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json; charset=utf-8", **named})


def html(status: int, title: str = "502 Bad Gateway") -> Reply:
    page = f"<html>\n<head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return Reply(status, page.encode(), {"Content-Type": "text/html"})


def entities(*rows: dict[str, Any], **more: Any) -> Reply:
    return json_reply({"@odata.context": "x", "value": list(rows), **more})


class Server:
    """`script` answers XAPI requests in turn (then `otherwise`); `token_script` those for tokens (then new tokens).

    Like a PBX it takes only the token issued last. Start it with `listening`.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self.token_requests: list[Seen] = []
        self.script: list[Doing] = []
        self.token_script: list[Doing] = []
        self.otherwise: Handler = lambda seen: entities()
        self.checks_token = True
        self.live = "none"
        self._context = context
        self._lock = threading.Lock()
        self._connections = 0
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]

    @property
    def url(self) -> str:
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    @property
    def methods(self) -> list[str]:
        return [seen.method for seen in self.seen]

    def answers(self, *doings: Doing) -> None:
        self.script.extend(doings)

    def start(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def stop(self) -> None:
        """From now on connections are refused."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.drop_connections()

    def restart(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=128)
        self.start()

    def drop_connections(self) -> None:
        with self._lock:
            waiting, self._open = self._open, set()
        for peer in waiting:
            _break(peer)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                peer, _address = listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections += 1
                number = self._connections
            threading.Thread(target=self._serve, args=(peer, number), daemon=True).start()

    def _serve(self, peer: socket.socket, number: int) -> None:
        with suppress(OSError):
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                peer = self._context.wrap_socket(peer, server_side=True)
            with self._lock:
                self._open.add(peer)
            try:
                self._converse(peer, number)
            except ValueError:
                peer.sendall(Reply(400).wire())
        with suppress(OSError):
            peer.close()

    def _converse(self, peer: socket.socket, number: int) -> None:
        stream = peer.makefile("rb")
        while (seen := _request(stream, number)) is not None:
            doing = self._decide(seen)
            if isinstance(doing, Cut):
                _break(peer)
                return
            if doing.hold is not None:
                doing.hold.wait(30)
            peer.sendall(doing.wire())
            if doing.missing:
                _break(peer)
                return

    def _decide(self, seen: Seen) -> Doing:
        with self._lock:
            if seen.path == "/connect/token":
                self.token_requests.append(seen)
                return self.token_script.pop(0) if self.token_script else self._issue()
            self.seen.append(seen)
            if self.checks_token and seen.headers.get("authorization") != f"Bearer {self.live}":
                return Reply(401)
            return self.script.pop(0) if self.script else self.otherwise(seen)

    def _issue(self) -> Reply:
        self.live = f"token-{len(self.token_requests)}-of-{self.port}"
        return json_reply({"token_type": "Bearer", "expires_in": 60, "access_token": self.live, "refresh_token": None})


@contextmanager
def listening(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server(context)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _request(stream: Any, number: int) -> Seen | None:
    """None at the end; ValueError for what is no HTTP, such as the beginning of TLS."""
    first = stream.readline().decode("latin-1").split()
    if not first:
        return None
    if len(first) != 3 or not first[2].startswith("HTTP/"):
        raise ValueError
    headers: dict[str, str] = {}
    while line := stream.readline().decode("latin-1").strip():
        name, _colon, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", 0)))
    return Seen(first[0], first[1], headers, body, number)


def _break(peer: socket.socket) -> None:
    """Reset the connection instead of closing it in good order."""
    with suppress(OSError):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with suppress(OSError):
        peer.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        peer.close()
