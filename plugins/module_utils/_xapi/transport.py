# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request, one outcome: an answer, or the reason why there is none. PRIVATE to the collection.

Nothing here raises for what the network does: exceptions of requests carry headers and bodies, ours must not.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .connection import Connection
from .library import demand_requests
from .session import new_session
from .silence import NoAnswer, silence_of
from .sink import Sink, pour
from .tls import context_for, trusted_file

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

_HEADERS = {
    "Accept": "application/json",
    "OData-Version": "4.0",
    "OData-MaxVersion": "4.0",
    "User-Agent": "tcx.pbx (Ansible collection)",
}
# A kept-alive connection may be closed by the other side just while it is used again.
_IDLE = 2.0


@dataclass(frozen=True)
class Answer:
    """A complete HTTP answer. Header names in any case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Bearer:
    """Puts the token into a request; hides it from everything that prints objects."""

    value: str = field(repr=False)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self.value}"
        return request


class Transport:
    """Kept-alive connections to one PBX; made anew after a fork, because sockets must not be shared."""

    def __init__(self, connection: Connection, monotonic: Callable[[], float] = time.monotonic) -> None:
        demand_requests()
        self._connection = connection
        self._monotonic = monotonic
        self._session: Session | None = None
        self._owner = 0
        self._last_used = 0.0

    def send(
        self,
        method: str,
        url: str,
        *,
        bearer: Bearer | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        form: Callable[[], dict[str, str]] | None = None,
        once: bool = False,
        sink: Sink | None = None,
    ) -> Answer | NoAnswer:
        """`form` is called for the fields of a form, so that they stand in no frame of ours. `once`: the request must
        not be repeated, so do not risk a connection that has been idle. `sink` takes the content of a successful
        answer, whose body is then empty. TlsUntrusted if the CA file is unusable."""
        session = self._ready(fresh=once)
        answer: Answer | NoAnswer
        try:
            response = session.request(
                method,
                url,
                data=body if form is None else form(),
                headers=dict(headers or {}),
                auth=bearer or _no_auth,
                timeout=self._connection.timeout,
                verify=self._verify(),
                allow_redirects=False,
                stream=sink is not None,
            )
            with response:
                answer = _whole(response, sink)
        except Exception as exc:
            answer = silence_of(exc)
        self._last_used = self._monotonic()
        return answer

    def close(self) -> None:
        if self._session is not None and self._owner == os.getpid():
            self._session.close()
        self._session = None

    def _verify(self) -> bool | str:
        # Always said, because requests prefers its environment variables to what a session says. Our adapter decides.
        return trusted_file(self._connection.ca_path) if self._connection.validate_certs else False

    def _ready(self, fresh: bool) -> Session:
        if self._session is None or self._owner != os.getpid():
            self._session, self._owner = self._opened(), os.getpid()
        elif fresh and self._monotonic() - self._last_used > _IDLE:
            self._session.close()
        return self._session

    def _opened(self) -> Session:
        context = context_for(self._connection.ca_path, self._connection.validate_certs)
        session = new_session(self._connection.url, context)
        session.headers.update(_HEADERS)
        if not self._connection.validate_certs:
            _silence_warnings()
        return session


def _whole(response: Response, sink: Sink | None) -> Answer | NoAnswer:
    """urllib3 before 2 takes a body that was cut off for a whole one."""
    body = b""
    if sink is not None and response.ok and not response.is_redirect:
        pour(response, sink)
    else:
        body = response.content
    promised = response.headers.get("Content-Length", "")
    if promised.isdigit() and response.raw.tell() < int(promised):
        return NoAnswer("the connection was closed in the middle of the answer")
    return Answer(response.status_code, response.headers, body)


def _no_auth(request: Any) -> Any:
    return request


def _silence_warnings() -> None:
    """validate_certs=false was asked for: do not complain about it on every request."""
    from urllib3.exceptions import InsecureRequestWarning

    warnings.simplefilter("ignore", InsecureRequestWarning)
