# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a call to its successful answer: tokens, repeats, redirects. PRIVATE to the collection.

What is repeated (ARCHITECTURE.md): everything that certainly was not carried out (never sent, 401, 429), and what may
have been carried out if the call is repeatable. Other lost answers are told at once.
"""

from __future__ import annotations

from collections.abc import Callable

from .access import Access, Pass
from .ask import Ask
from .connection import Connection, origin, resolved
from .counters import Counters
from .judging import Case
from .retry import Patience, retry_after
from .silence import NoAnswer
from .transport import Answer, Bearer, Transport
from .version_memory import PbxVersion

_DOWN = (502, 503, 504)


class Exchange:
    def __init__(
        self,
        connection: Connection,
        transport: Transport,
        access: Access,
        counters: Counters,
        version: PbxVersion,
        clock: Callable[[], float],
    ) -> None:
        self._connection = connection
        self._transport = transport
        self._access = access
        self._counters = counters
        self._version = version
        self._clock = clock

    def run(self, ask: Ask, patience: Patience, *, accept_missing: bool = False) -> Answer:
        """The answer with a 2xx status, else an XapiError. `accept_missing`: a 404 to a repeated call is returned."""
        carried = Pass(self._access, patience)
        followed = False
        sent = 0
        while True:
            self._count(sent)
            sent += 1
            outcome = self._send(ask, carried)
            if isinstance(outcome, NoAnswer):
                self._bear_silence(ask, outcome, patience, carried)
            elif outcome.status == 401:
                if not carried.renew():
                    raise self._case(ask, carried).locked_out(outcome, self._access.advice)
            elif outcome.status == 429 or outcome.status in _DOWN:
                self._bear_trouble(ask, outcome, patience, carried)
            elif not followed and self._follows(ask, outcome):
                followed = True
            elif outcome.status < 300 or (accept_missing and ask.maybe_done and outcome.status == 404):
                return outcome
            else:
                raise self._case(ask, carried).declined(outcome)

    def _count(self, sent: int) -> None:
        self._counters.requests += 1
        self._counters.retries += sent > 0

    def _send(self, ask: Ask, carried: Pass) -> Answer | NoAnswer:
        bearer = Bearer(carried.token.value) if carried.token else None
        outcome = self._transport.send(
            ask.method,
            ask.url,
            bearer=bearer,
            headers=ask.headers,
            body=ask.body,
            once=not ask.repeatable,
            sink=ask.sink,
        )
        if isinstance(outcome, Answer):
            self._version.hear(outcome.headers)
        return outcome

    def _bear_silence(self, ask: Ask, outcome: NoAnswer, patience: Patience, carried: Pass) -> None:
        """Wait for another attempt, or raise."""
        if outcome.sent and not ask.repeatable:
            raise self._case(ask, carried).lost(outcome)
        ask.maybe_done = ask.maybe_done or outcome.sent
        if outcome.hopeless or not patience.pause():
            raise self._case(ask, carried).silent(outcome, patience.seconds)

    def _bear_trouble(self, ask: Ask, outcome: Answer, patience: Patience, carried: Pass) -> None:
        """Wait for another attempt, or raise. 429 was not carried out; of 502, 503 and 504 nobody knows."""
        if outcome.status in _DOWN:
            if not ask.repeatable:
                raise self._case(ask, carried).lost(outcome)
            ask.maybe_done = True
        wait = retry_after(outcome.headers, self._clock())
        if not patience.pause(wait):
            raise self._case(ask, carried).declined(outcome, wait)

    def _follows(self, ask: Ask, outcome: Answer) -> bool:
        """Take over the new address of a GET if it stays within the origin."""
        place = outcome.headers.get("Location")
        if not 300 <= outcome.status < 400 or ask.method != "GET" or not place:
            return False
        target = resolved(ask.url, place)
        if origin(target) != self._connection.url:
            return False
        ask.url = target
        return True

    def _case(self, ask: Ask, carried: Pass) -> Case:
        token = carried.token
        secrets = (self._connection.client_secret, self._connection.access_token, token.value if token else None)
        return Case(ask, self._connection.url, secrets, token.role if token else None)
