# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking the PBX for a token. PRIVATE to the collection.

POST /connect/token stands at the origin, not under /xapi/v1 (REALITY.md section 1). A lost answer is harmless: the
next token replaces the lost one.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, quote_plus

from .ask import Ask
from .bodies import Said, decoded, said
from .connection import Connection, checked_token
from .counters import Counters
from .errors import AuthFailed, Malformed, NotFound, Refused, ServerFault, TokenFlood, XapiError
from .judging import Case, sentence
from .retry import Patience, date_of, retry_after
from .secrecy import scrub
from .silence import NoAnswer
from .token import Token, token_from
from .transport import Answer, Transport
from .version_memory import PbxVersion

PATH = "/connect/token"
_FLOOD = (
    "The PBX limits token requests and refuses them for about 180 s once there were too many. Wait, and give each job"
    " that runs in parallel its own API client: a PBX keeps only one live token per client."
)
_CREDENTIALS = (
    "The PBX refused this client_id with this client_secret. Compare them with Integrations > API in the 3CX console;"
    " the secret is shown there only once, so make a new one if it is lost."
)
_ADDRESS = "Is this the management address of a 3CX v20 PBX (port 443 when hosted by 3CX, else usually 5001)?"


class TokenRequest:
    """Gets a new token, which kills the one before."""

    def __init__(
        self,
        connection: Connection,
        transport: Transport,
        counters: Counters,
        version: PbxVersion,
        clock: Callable[[], float],
    ) -> None:
        self._connection = connection
        self._transport = transport
        self._counters = counters
        self._version = version
        self._clock = clock
        self._ask = Ask("POST", PATH, connection.url + PATH, repeatable=True)

    def new(self, patience: Patience) -> Token:
        while True:
            self._counters.tokens += 1
            outcome = self._transport.send("POST", self._ask.url, form=self._form)
            if isinstance(outcome, NoAnswer):
                if outcome.hopeless or not patience.pause():
                    raise self._case().silent(outcome, patience.seconds)
                continue
            self._version.hear(outcome.headers)
            if not self._worth_waiting(outcome, patience):
                return self._issued(outcome)

    def _form(self) -> dict[str, str]:
        return {
            "client_id": self._connection.client_id or "",
            "client_secret": self._connection.client_secret or "",
            "grant_type": "client_credentials",
        }

    def _worth_waiting(self, answer: Answer, patience: Patience) -> bool:
        asked = retry_after(answer.headers, self._clock())
        if answer.status == 429:
            return asked is not None and patience.pause(asked)
        return answer.status in (502, 503, 504) and patience.pause(asked)

    def _issued(self, answer: Answer) -> Token:
        if answer.status != 200:
            raise self._declined(answer)
        token = self._token(answer)
        if token is None:
            raise self._error(Malformed, answer, f"No token came back. {_ADDRESS}", words=Said())
        return token

    def _token(self, answer: Answer) -> Token | None:
        given = decoded(answer.body)
        value = given.get("access_token") if isinstance(given, dict) else None
        try:
            value = checked_token(value) if isinstance(value, str) else None
        except ValueError:
            value = None
        if value is None:
            return None
        return token_from(value, given.get("expires_in"), self._clock(), date_of(answer.headers.get("Date", "")))

    def _declined(self, answer: Answer) -> XapiError:
        if answer.status in (403, 429):
            return self._error(TokenFlood, answer, _FLOOD)
        if answer.status in (400, 401):
            return self._error(AuthFailed, answer, _CREDENTIALS)
        if answer.status in (404, 405):
            return self._error(NotFound, answer, _ADDRESS)
        if answer.status < 400:
            return self._case().declined(answer)
        return self._error(ServerFault if answer.status >= 500 else Refused, answer, "The PBX issued no token.")

    def _error(self, kind: type[XapiError], answer: Answer, advice: str, words: Said | None = None) -> XapiError:
        found = said(answer.body) if words is None else words
        told = Said(found.codes, found.targets, scrub(found.detail, self._secrets()))
        text = sentence(f"POST {PATH} on {self._connection.url}", answer.status, told, advice)
        return kind(
            text,
            status=answer.status,
            codes=told.codes,
            detail=told.detail,
            method="POST",
            path=PATH,
            wait=retry_after(answer.headers, self._clock()),
        )

    def _case(self) -> Case:
        return Case(self._ask, self._connection.url, self._secrets())

    def _secrets(self) -> tuple[str, ...]:
        secret = self._connection.client_secret or ""
        return secret, quote(secret), quote_plus(secret)
