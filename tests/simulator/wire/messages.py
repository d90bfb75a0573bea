# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request and a response, as the rest of the simulator sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

JSON_TYPE = "application/json; charset=utf-8"


@dataclass(slots=True)
class Request:
    """One HTTP request. ``path`` is percent-decoded, ``query`` the raw text, header names are lower case."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    origin: str  # scheme://authority under which the client called

    def query_items(self) -> list[tuple[str, str]]:
        """Decoded query options in their order; ``+`` means a blank, as on the real server."""
        items = []
        for part in self.query.split("&"):
            if part:
                name, _mark, value = part.partition("=")
                items.append((unquote_plus(name), unquote_plus(value)))
        return items


@dataclass(slots=True)
class Response:
    """One HTTP response with its whole body."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def json_response(status: int, content: Any, headers: dict[str, str] | None = None) -> Response:
    """A JSON answer in the content type of the XAPI."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(status, body, {"Content-Type": JSON_TYPE, **(headers or {})})


def html_response(status: int, title: str) -> Response:
    """What a reverse proxy in front of the PBX answers."""
    page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body><h1>{title}</h1></body>\r\n</html>\r\n"
    return Response(status, page.encode(), {"Content-Type": "text/html"})
