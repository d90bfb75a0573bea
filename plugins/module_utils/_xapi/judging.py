# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an answer, or from silence, to the exception that explains it. PRIVATE to the collection."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeVar

from .ask import Ask
from .bodies import Said, said
from .connection import origin
from .errors import (
    AuthFailed,
    Conflict,
    Forbidden,
    LostAnswer,
    NotFound,
    Redirected,
    Refused,
    ServerFault,
    TlsUntrusted,
    Unreachable,
    XapiError,
)
from .remedies import remedy
from .secrecy import scrub
from .silence import NoAnswer
from .transport import Answer

_LOOK = "It may have been carried out: look at the PBX before repeating it."
_CERTIFICATE = "Set ca_path to the CA of the PBX, or validate_certs to false if you trust the network."
_ROLE = (
    "Give the API client the role System Owner (or at least System Admin) in department DEFAULT, under Integrations >"
    " API in the 3CX console. If the role is right, a console restriction (IP allow-list) may exclude this controller."
)

Kind = TypeVar("Kind", bound=XapiError)


@dataclass(frozen=True)
class Case:
    """What is common to all judgements on one request."""

    ask: Ask
    url: str
    secrets: tuple[str | None, ...] = field(default=(), repr=False)
    role: str | None = None

    def declined(self, answer: Answer, wait: float | None = None) -> XapiError:
        """The exception for a complete answer that is no success. wait: the seconds that it asks for."""
        words = self._said(answer)
        if 300 <= answer.status < 400:
            return self._redirected(answer)
        kind, advice = _kind(answer.status), remedy(answer.status, words.codes)
        if kind is Forbidden:
            advice = _ROLE + (f" The PBX gave this client the role '{self.role}'." if self.role else "")
        elif kind is ServerFault and self.ask.maybe_done:
            advice = f"{advice} {_LOOK}"
        return self._error(kind, answer.status, words, advice, wait)

    def locked_out(self, answer: Answer, advice: str) -> AuthFailed:
        """The exception for a 401 that no further token would cure."""
        return self._error(AuthFailed, answer.status, self._said(answer), advice)

    def lost(self, cause: NoAnswer | Answer) -> LostAnswer:
        """The exception for a request that must not be repeated blindly."""
        if isinstance(cause, Answer):
            words = self._said(cause)
            return self._error(LostAnswer, cause.status, words, _LOOK)
        message = (
            f"{self.ask.title} on {self.url}: the connection was lost before the answer came ({cause.reason}). {_LOOK}"
        )
        return LostAnswer(message, detail=cause.reason, method=self.ask.method, path=self.ask.path)

    def silent(self, cause: NoAnswer, seconds: float) -> XapiError:
        """The exception for no answer at all; `seconds` is the retry time that is over."""
        if self.ask.maybe_done and self.ask.method != "GET":
            return self.lost(cause)
        kind: type[XapiError] = TlsUntrusted if cause.untrusted else Unreachable
        text = f"{self.ask.title}: {self.url} could not be reached: {cause.reason}."
        if cause.untrusted:
            text = f"{self.ask.title}: no trusted TLS connection to {self.url}: {cause.reason}. {_CERTIFICATE}"
        elif not cause.hopeless:
            text += (
                f" Given up after {seconds:g} s (retry_for). Check the address, the port and that the PBX is running."
            )
        return kind(text, detail=cause.reason, method=self.ask.method, path=self.ask.path)

    def _redirected(self, answer: Answer) -> XapiError:
        place = origin(answer.headers.get("Location", "")) or "another page of the same address"
        text = f"{self.ask.title} on {self.url}: HTTP {answer.status}, a redirect to {place}, which is not followed."
        text += " Credentials are sent to the configured address only: set url to the management address of the PBX."
        return Redirected(text, status=answer.status, method=self.ask.method, path=self.ask.path)

    def _said(self, answer: Answer) -> Said:
        words = said(answer.body)
        secrets = (*self.secrets, *self.ask.secrets())
        return Said(words.codes, words.targets, scrub(words.detail, secrets))

    def _error(self, kind: type[Kind], status: int, words: Said, advice: str, wait: float | None = None) -> Kind:
        return kind(
            sentence(self.ask.title, status, words, advice),
            status=status,
            codes=words.codes,
            targets=words.targets,
            detail=words.detail,
            method=self.ask.method,
            path=self.ask.path,
            wait=wait,
        )


def sentence(title: str, status: int, words: Said, advice: str) -> str:
    """`PATCH Users(5): HTTP 400 ALREADY_IN_USE on Number. Another object has ...`"""
    head = f"{title}: HTTP {status}"
    if words.codes:
        head += " " + ", ".join(words.codes)
    if words.targets:
        head += " on " + ", ".join(words.targets)
    quoted = f'The PBX says: "{words.detail.rstrip(".")}".' if _says_more(words) else ""
    return " ".join(part for part in (head + ".", quoted, advice) if part)


def _says_more(words: Said) -> bool:
    """Whether the server's words hold anything beyond its codes and targets."""
    rest = re.sub(r"\bWARNINGS[.\w]*", "", words.detail)
    for known in sorted((*words.codes, *words.targets), key=len, reverse=True):
        rest = rest.replace(known, "")
    return any(c.isalnum() for c in rest)


def _kind(status: int) -> type[XapiError]:
    if status >= 500 or status == 429:
        return ServerFault
    kinds: dict[int, type[XapiError]] = {403: Forbidden, 404: NotFound, 412: Conflict}
    return kinds.get(status, Refused)
