# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The lookup text: files as programs write them, answers of servers, and what is refused."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from ansible.errors import AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.plugins.loader import init_plugin_loader, lookup_loader

SECRET = "key-in-the-address"
ANSWERS = {
    "/feed.txt": b"203.0.113.7\n",
    "/long": b"x" * 200,
    "/cut": b"203.0.113.7\n",
    "/packed": gzip.compress(b"203.0.113.7\n", mtime=0),
    "/packed-in-pieces": gzip.compress(b"203.0.113.7\n", mtime=0),
    "/packed-long": gzip.compress(b"x" * 200, mtime=0),
    "/cut-packed": gzip.compress(b"203.0.113.7\n", mtime=0)[:-12],
}


class Server(BaseHTTPRequestHandler):
    """Answers from ANSWERS, /headers with what it was sent, /away with a redirect, and breaks off in /cut."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        body = self.headers.get("X-Key", "none").encode() if path == "/headers" else ANSWERS.get(path)
        self.send_response({"/away": 302, "/secret": 403}.get(path, 404 if body is None else 200))
        if path == "/away":
            self.send_header("Location", "/headers")
        if "packed" in path:
            self.send_header("Content-Encoding", "gzip")
        if path.endswith("in-pieces"):
            self.in_pieces(body or b"")
            return
        self.send_header("Content-Length", str(len(body or b"") + (9 if path == "/cut" else 0)))
        self.end_headers()
        self.wfile.write(body or b"")

    def in_pieces(self, body: bytes) -> None:
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for piece in (body[:7], body[7:], b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    def log_message(self, format: str, *args: Any) -> None:
        """Tests stay silent."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Server) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def text(*sources: str, **options: Any) -> list[str]:
    if not lookup_loader.has_plugin("tcx.pbx.text"):
        init_plugin_loader()
    found: list[str] = lookup_loader.get("tcx.pbx.text", loader=DataLoader()).run(list(sources), {}, **options)
    return found


@pytest.mark.parametrize(
    "content",
    [
        "Müller;+49\r\n".encode(),
        "Müller;+49\r\n".encode("utf-8-sig"),
        "Müller;+49\r\n".encode("utf-16"),
        "Müller;+49\r\n".encode("utf-32"),
        "Müller;+49\r\n".encode("cp1252"),
    ],
)
def test_the_encodings_of_spreadsheets_are_read(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "dids.csv").write_bytes(content)
    assert text(str(tmp_path / "dids.csv")) == ["Müller;+49\r\n"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04...", "save the sheet as CSV"),
        (b"a\0b", "zero bytes"),
        (gzip.compress(b"203.0.113.7", mtime=0), "packed with gzip; unpack it"),
        (b"\n<!DOCTYPE html>\n<html><body>203.0.113.7", "a web page; does the server want a login"),
        (b"ok\nhalf \x81", "line 2: this is not readable as"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "dids.csv").write_bytes(content)
    with pytest.raises(AnsibleError, match=words) as caught:
        text(str(tmp_path / "dids.csv"))
    assert str(tmp_path / "dids.csv") in str(caught.value)


def test_a_relative_path_is_found_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here.txt").write_text("a", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert text("here.txt") == ["a"]
    with pytest.raises(AnsibleError, match=r"there\.txt: there is no such file"):
        text("there.txt")
    with pytest.raises(AnsibleError, match="no file and no URL is given"):
        text("")
    with pytest.raises(AnsibleError, match="this is a directory"):
        text(str(tmp_path))


def test_urls_are_fetched(server: str) -> None:
    assert text(f"{server}/feed.txt", f"{server}/away") == ["203.0.113.7\n", "none"]


@pytest.mark.parametrize("path", ["/packed", "/packed-in-pieces"])
def test_packed_answers_are_unpacked(server: str, path: str) -> None:
    assert text(server + path) == ["203.0.113.7\n"]


def test_headers_are_sent_but_not_elsewhere(server: str) -> None:
    assert text(f"{server}/headers", headers={"X-Key": "k"}) == ["k"]
    one = {f"{server}/headers": {"X-Key": "one"}}
    assert text(f"{server}/headers", f"{server}/feed.txt", headers_by_source=one) == ["one", "203.0.113.7\n"]
    with pytest.raises(AnsibleError, match=r"answered 302 .*give the address that it leads to"):
        text(f"{server}/away", headers={"X-Key": "k"})
    with pytest.raises(AnsibleError, match="have to be a dictionary"):
        text(f"{server}/headers", headers_by_source={f"{server}/headers": "X-Key: k"})


@pytest.mark.parametrize(
    ("path", "options", "words"),
    [
        (f"/gone?key={SECRET}", {}, "/gone: answered 404 Not Found"),
        ("/secret", {"headers_by_source": {"https://127.0.0.1/x": {"X-Key": "k"}}}, "headers are given for other URLs"),
        ("/long", {"max_bytes": 100}, "is longer than max_bytes=100"),
        ("/packed-long", {"max_bytes": 100}, "is longer than max_bytes=100"),
        ("/cut", {}, "the answer ended too early"),
        ("/cut-packed", {}, "the answer ended too early"),
    ],
)
def test_a_failure_names_the_address_without_its_secrets(
    server: str, path: str, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(AnsibleError) as caught:
        text(server.replace("://", f"://user:{SECRET}@") + path, **options)
    assert words in str(caught.value)
    assert SECRET not in str(caught.value)
    # Ansible appends the words of a cause.
    assert caught.value.__cause__ is None


def test_only_the_web_is_fetched() -> None:
    with pytest.raises(AnsibleError, match="only https:// and http:// are fetched"):
        text("file:///etc/hostname")
