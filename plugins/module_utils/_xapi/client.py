# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The XAPI of one PBX as Python calls. PRIVATE to the collection.

Paths are relative to /xapi/v1: "Blocklist", "Trunks/Pbx.SetRoutes"; `odata.key` makes those with a key. Every method
may raise an `errors.XapiError`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import odata
from .access import Access, GivenToken, SharedToken
from .ask import Ask
from .bodies import decoded
from .certificate import validity_at
from .connection import Connection, origin, resolved
from .counters import Counters
from .errors import Malformed, Redirected
from .exchange import Exchange
from .paging import Listing, Page, Span, Unending
from .retry import Patience
from .secrecy import shown_link
from .sink import Sink
from .token_memory import SHARED, TokenMemory
from .token_request import TokenRequest
from .transport import Answer, Transport
from .version_memory import HEADER, PbxVersion

_JSON = {"Content-Type": "application/json"}


class Client:
    """Not for several threads at once; safe to use after a fork. MissingLibrary when `requests` is not installed."""

    def __init__(
        self,
        connection: Connection,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
        tokens: TokenMemory | None = None,
    ) -> None:
        self.connection = connection
        self.counters = Counters()
        self._sleep = sleep
        self._monotonic = monotonic
        self._transport = Transport(connection, monotonic)
        memory = tokens or SHARED
        self._version = PbxVersion(connection.url, memory.versions)
        self._access = self._new_access(memory, clock)
        self._exchange = Exchange(connection, self._transport, self._access, self.counters, self._version, clock)

    def _new_access(self, memory: TokenMemory, clock: Callable[[], float]) -> Access:
        if self.connection.access_token is not None:
            return GivenToken(self.connection.access_token)
        request = TokenRequest(self.connection, self._transport, self.counters, self._version, clock)
        return SharedToken(self.connection, request, memory, clock)

    @property
    def version(self) -> str | None:
        """X-3CX-Version of the last answer, e.g. "20.0.10.1234"; None before the first."""
        return self._version.heard

    def known_version(self) -> str:
        """The version of the PBX, e.g. "20.0.10.1234", without a request if any answer to any fork has told it.

        Else the token that is needed anyway may bring it; if not, one ping. Malformed when no answer tells it.
        """
        known = self._version.known()
        if known is None:
            self._access.token(self._patience())
            known = self._version.known() or self.ping()
        if not known:
            raise Malformed(
                f"GET Defs on {self.connection.url}: no answer tells the version of the PBX, on which it depends what"
                f" can be asked of it. Does a proxy in between remove the header {HEADER}?",
                method="GET",
                path="Defs",
            )
        return known

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """One entity, one singleton, or any other answer that is a JSON object; {} for an empty one (204)."""
        ask = self._ask("GET", path, query=odata.encoded(query or {}))
        return self._object(ask, self._run(ask))

    def value(self, path: str) -> Any:
        """GET of a path that is ready to be sent. The decoded JSON, whatever it is: a function may answer with a bare
        text. None for an empty answer."""
        ask = self._ask("GET", path)
        return self._value(ask, self._run(ask))

    def rows(
        self,
        path: str,
        *,
        select: Sequence[str] = (),
        filter: str | None = None,
        expand: str | None = None,
        orderby: str = "Id",
        search: str | None = None,
        page: int = 100,
        limit: int | None = None,
        keyed: bool = True,
    ) -> list[dict[str, Any]]:
        """All entities of a set, all pages, or the first `limit` ones. `orderby` names what is unique; rows that come
        twice count once. `keyed`: False for rows of which nothing is unique, such as those of reports; they all count,
        and their number is not asked for, which some report functions do not bear (REALITY.md section 3)."""
        query = {
            "$select": list(select) or None,
            "$filter": filter or None,
            "$expand": expand or None,
            "$orderby": orderby or None,
            "$search": search or None,
        }
        listing = Listing(
            lambda text: self._page(self._ask("GET", path, query=text)),
            lambda link: self._page(self._linked(path, link)),
            orderby if keyed else "",
            Span(page, limit, count=keyed),
        )
        try:
            return listing.rows(query)
        except Unending:
            pass
        raise Malformed(f"GET {path}: the PBX sends the same page again and again.", method="GET", path=path)

    def create(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """POST to a set. The entity as the PBX made it; {} when it sends none back: look for it then.

        LostAnswer when the entity may or may not have been made.
        """
        ask = self._ask("POST", path, content=body, repeatable=False)
        answer = self._run(ask)
        entity = decoded(answer.body)
        if isinstance(entity, dict):
            return entity
        if answer.status == 200 and answer.body.strip():
            raise self._malformed(ask, answer)
        return {}

    def update(self, path: str, body: Mapping[str, Any], *, if_match: str | None = None) -> None:
        """PATCH of the given properties. Repeated when its answer is lost."""
        self._run(self._ask("PATCH", path, content=body, if_match=if_match))

    def delete(self, path: str, *, if_match: str | None = None) -> None:
        """DELETE. Repeated when its answer is lost; a 404 to such a repeat means that the first did it."""
        self._run(self._ask("DELETE", path, if_match=if_match), accept_missing=True)

    def action(self, path: str, body: Mapping[str, Any] | None = None, *, repeatable: bool = False) -> Any:
        """POST Set/Pbx.Name. The decoded JSON, None for an empty answer.

        `repeatable`: doing it twice is doing it once; else LostAnswer when it may have been carried out.
        """
        ask = self._ask("POST", path, content=body, repeatable=repeatable)
        return self._value(ask, self._run(ask))

    def function(self, path: str, /, **parameters: Any) -> Any:
        """GET Set/Pbx.Name(p=..,q='..'), parameters in the order given. The decoded JSON, None for an empty answer."""
        ask = self._ask("GET", odata.call(path, parameters))
        return self._value(ask, self._run(ask))

    def download(self, path: str, sink: Sink) -> None:
        """The content of a function's answer, whatever its type, into `sink`. Repeated when the connection breaks."""
        self._pour(self._ask("GET", path), sink)

    def download_link(self, link: str, sink: Sink) -> None:
        """The content behind a link that the PBX gave, such as the DownloadLink of a backup: relative to the
        management address, or absolute. Redirected when it leads to another origin."""
        url = resolved(f"{self.connection.url}/", link)
        path = shown_link(link)
        self._pour(Ask("GET", path, self._own(url, f"GET {path}", "the file"), True), sink)

    def ping(self, retry: bool = True) -> str:
        """Prove that the PBX answers and lets us in; its version ("" if it does not tell). `retry`: wait for it."""
        ask = self._ask("GET", "Defs", query="$select=Id")
        answer = self._exchange.run(ask, self._patience(None if retry else 0.0))
        self._object(ask, answer)
        return self.version or ""

    def certificate(self) -> dict[str, Any] | None:
        """{"not_before", "not_after"} of the certificate that the management address shows; None without TLS. It is
        read by a handshake of its own, in which nothing is verified and no request is sent."""
        return validity_at(self.connection.url, self.connection.timeout)

    def close(self) -> None:
        """Close the connections; the token stays in memory for others."""
        self._transport.close()

    def _patience(self, seconds: float | None = None) -> Patience:
        allowed = self.connection.retry_for if seconds is None else seconds
        return Patience(allowed, self._sleep, self._monotonic)

    def _run(self, ask: Ask, accept_missing: bool = False) -> Answer:
        return self._exchange.run(ask, self._patience(), accept_missing=accept_missing)

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        content: Mapping[str, Any] | None = None,
        if_match: str | None = None,
        repeatable: bool = True,
    ) -> Ask:
        url = f"{self.connection.api}/{_checked(path)}" + (f"?{query}" if query else "")
        headers = dict(_JSON) if content is not None else {}
        if if_match is not None:
            headers["If-Match"] = if_match
        body = None if content is None else json.dumps(content).encode()
        return Ask(method, path, url, repeatable, headers, content, body)

    def _linked(self, path: str, link: str) -> Ask:
        """The next page by its nextLink, which may be relative but must stay within the origin."""
        ask = self._ask("GET", path)
        ask.url = self._own(resolved(ask.url, link), f"GET {path}", "the next page")
        return ask

    def _own(self, url: str, title: str, what: str) -> str:
        """The address, if it lies within the origin."""
        if origin(url) != self.connection.url:
            raise Redirected(
                f"{title}: {what} is said to be at {origin(url)}, but credentials are sent to"
                f" {self.connection.url} only. Set url to the address that the PBX uses for itself.",
                method="GET",
                path=title.removeprefix("GET "),
            )
        return url

    def _pour(self, ask: Ask, sink: Sink) -> None:
        ask.headers, ask.sink = {"Accept": "*/*"}, sink
        answer = self._run(ask)
        if answer.status != 200 or answer.headers.get("Content-Type", "").startswith("text/html"):
            raise self._malformed(ask, answer)

    def _page(self, ask: Ask) -> Page:
        answer = self._run(ask)
        page = self._object(ask, answer)
        rows = page.get("value")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._malformed(ask, answer)
        return page

    def _object(self, ask: Ask, answer: Answer) -> dict[str, Any]:
        value = self._value(ask, answer)
        if value is None and answer.status == 204:
            return {}
        if not isinstance(value, dict):
            raise self._malformed(ask, answer)
        return value

    def _value(self, ask: Ask, answer: Answer) -> Any:
        if not answer.body.strip():
            return None
        value = decoded(answer.body)
        if value is None and answer.body.strip() != b"null":
            raise self._malformed(ask, answer)
        return value

    def _malformed(self, ask: Ask, answer: Answer) -> Malformed:
        done = "" if ask.method == "GET" else " The request may have been carried out all the same."
        return Malformed(
            f"{ask.title} on {self.connection.url}: HTTP {answer.status}, but the answer is not what a 3CX PBX sends"
            f" ({answer.headers.get('Content-Type') or 'no content type'}).{done} Is this the management address of a"
            " 3CX v20 PBX?",
            status=answer.status,
            method=ask.method,
            path=ask.path,
        )


def _checked(path: str) -> str:
    """Paths are made by code: a wrong one is a fault of ours."""
    if not path or path.startswith("/") or any(c in path for c in "?#\\ ") or "://" in path.partition("(")[0]:
        raise ValueError(f"not a path of the XAPI: {path!r}")
    return path
