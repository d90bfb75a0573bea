# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The uvicorn server, its TLS, and its orderly end. One server may serve many PBXs, each at a port of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.simulator.wire.app import TRANSPORT, App, Receive, Scope, Send

# Makes the line that is printed when all is ready, from the URL of each application and the path of the authority.
Describe = Callable[[list[str], str | None], dict[str, Any]]


class CuttableProtocol(HttpToolsProtocol):
    """Gives the application its connection, so that it can cut it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: {"transport": self.transport}}


class ByPort:
    """An ASGI application that is many: which one answers is told by the port that the client came to."""

    def __init__(self, apps: Mapping[int, App]) -> None:
        self.apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.apps[scope["server"][1]](scope, receive, send)


@dataclass(frozen=True, slots=True)
class Listener:
    """Where to listen, and how. ``port`` is that of the first application; the others get free ones."""

    host: str
    port: int
    tls: bool
    exit_with_parent: bool


class Tls:
    """A certificate authority and a server certificate made for this process."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pbx-simulator-")
        self.ca_path = str(Path(self._folder.name) / "ca.pem")
        authority = trustme.CA()
        authority.cert_pem.write_to_path(self.ca_path)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(self.context)

    def close(self) -> None:
        """Removes the certificate of the authority."""
        self._folder.cleanup()


class AnnouncingServer(uvicorn.Server):
    """Prints one JSON line once it accepts connections."""

    def __init__(self, config: uvicorn.Config, apps: Sequence[App], announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.apps = apps
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Held requests and clients that keep their connections would keep the server waiting.
        for app in self.apps:
            app.faults.clear()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets=sockets)


class NoDoor(Exception):
    """The port cannot be listened on; the message says why."""


def serve(apps: Sequence[App], listener: Listener, describe: Describe) -> None:
    """Serves until SIGTERM or SIGINT; prints the line that ``describe`` makes when ready."""
    names = dict.fromkeys((listener.host, "localhost", *(app.pbx.fqdn for app in apps)))
    tls = Tls(tuple(names)) if listener.tls else None
    try:
        _run(apps, listener, describe, tls)
    finally:
        if tls:
            tls.close()


def _run(apps: Sequence[App], listener: Listener, describe: Describe, tls: Tls | None) -> None:
    with ExitStack() as opened:
        ports = [listener.port, *[0] * (len(apps) - 1)]
        doors = [opened.enter_context(_door(listener.host, port)) for port in ports]
        by_port = {door.getsockname()[1]: app for door, app in zip(doors, apps, strict=True)}
        urls = [f"{'https' if tls else 'http'}://{listener.host}:{port}" for port in by_port]
        line = json.dumps(describe(urls, tls.ca_path if tls else None))
        server = AnnouncingServer(_config(ByPort(by_port), tls), apps, lambda: print(line, flush=True))
        if listener.exit_with_parent:
            threading.Thread(target=_follow_parent, args=(server,), daemon=True).start()
        # uvicorn raises the signal once more when it has shut down; that must not cut our clean-up short.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: None)
        server.run(sockets=doors)


def _door(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=2048)
    except (OSError, OverflowError) as exc:
        raise NoDoor(f"--port {port}: {exc}") from exc


def _config(app: ByPort, tls: Tls | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=CuttableProtocol,
        ws="none",
        lifespan="off",
        interface="asgi3",
        # The private key never touches the disk.
        ssl_context_factory=(lambda _config, _default: tls.context) if tls else None,
        proxy_headers=False,
        server_header=False,
        log_config=None,
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )


def _follow_parent(server: uvicorn.Server) -> None:
    """Ends the server when the parent is gone, which closes our standard input."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.should_exit = True
