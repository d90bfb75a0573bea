# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real HTTP proxy on 127.0.0.1 that only tunnels, whatever name is asked for, to one server of the test."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Tunnel:
    """``asked`` are the first lines of the requests, ``headers`` those of all of them, ``through`` what was carried."""

    def __init__(self, port: int, answer: bytes = b"HTTP/1.1 200 Connected") -> None:
        self.asked: list[str] = []
        self.headers: list[str] = []
        self.through = b""
        self._port = port
        self._answer = answer
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def start(self) -> None:
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                peer, _address = self._listener.accept()
                threading.Thread(target=self._carry, args=(peer,), daemon=True).start()

    def _carry(self, peer: socket.socket) -> None:
        with suppress(OSError), peer:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += peer.recv(1)
            first, *headers = head.decode().strip().split("\r\n")
            self.asked.append(first)
            self.headers += headers
            peer.sendall(self._answer + b"\r\n\r\n")
            if b" 200 " in self._answer:
                with socket.create_connection(("127.0.0.1", self._port)) as server:
                    threading.Thread(target=_pour, args=(server, peer), daemon=True).start()
                    while chunk := peer.recv(65536):
                        self.through += chunk
                        server.sendall(chunk)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)


@contextmanager
def tunnel_to(port: int, **options: bytes) -> Iterator[Tunnel]:
    tunnel = Tunnel(port, **options)
    tunnel.start()
    try:
        yield tunnel
    finally:
        tunnel.stop()
