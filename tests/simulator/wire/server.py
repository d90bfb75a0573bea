# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The uvicorn server, its TLS, and its orderly end."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.simulator.wire.app import TRANSPORT, App

Describe = Callable[[str, str | None], dict[str, Any]]


class CuttableProtocol(HttpToolsProtocol):
    """Gives the application its connection, so that it can cut it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {TRANSPORT: {"transport": self.transport}}


@dataclass(frozen=True, slots=True)
class Listener:
    """Where to listen, and how."""

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

    def __init__(self, config: uvicorn.Config, app: App, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self.app = app
        self.announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Held requests and clients that keep their connections would keep the server waiting.
        self.app.faults.clear()
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets=sockets)


def serve(app: App, listener: Listener, describe: Describe) -> None:
    """Serves until SIGTERM or SIGINT; prints the line that ``describe(url, ca_path)`` makes when ready."""
    tls = Tls((listener.host, "localhost", app.pbx.fqdn)) if listener.tls else None
    try:
        _run(app, listener, describe, tls)
    finally:
        if tls:
            tls.close()


def _run(app: App, listener: Listener, describe: Describe, tls: Tls | None) -> None:
    with socket.create_server((listener.host, listener.port), backlog=2048) as door:
        port = door.getsockname()[1]
        url = f"{'https' if tls else 'http'}://{listener.host}:{port}"
        line = json.dumps(describe(url, tls.ca_path if tls else None))
        server = AnnouncingServer(_config(app, tls), app, lambda: print(line, flush=True))
        if listener.exit_with_parent:
            threading.Thread(target=_follow_parent, args=(server,), daemon=True).start()
        # uvicorn raises the signal once more when it has shut down; that must not cut our clean-up short.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: None)
        server.run(sockets=[door])


def _config(app: App, tls: Tls | None) -> uvicorn.Config:
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
