# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a request got no answer, and whether it may have been carried out. PRIVATE to the collection."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from .bodies import one_line
from .secrecy import scrub

_UNSENT = {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ConnectTimeout", "ProxyError"}
_USELESS = {"InvalidURL", "InvalidProxyURL", "InvalidSchema", "InvalidHeader", "LocationParseError", "MissingSchema"}
_NO_TLS = re.compile(
    r"WRONG_VERSION|UNSUPPORTED|HANDSHAKE|HTTP_REQUEST|NO_PROTOCOLS|PROTOCOL_VERSION|UNRECOGNIZED_NAME"
)


@dataclass(frozen=True)
class NoAnswer:
    """reason: for a person. sent: the PBX may have carried it out. untrusted: TLS failed. hopeless: do not repeat."""

    reason: str
    sent: bool = True
    untrusted: bool = False
    hopeless: bool = False


def silence_of(exc: Exception) -> NoAnswer:
    """Sort an exception of requests or of what lies below it; anything else is a fault of ours and raised again."""
    if not isinstance(exc, OSError) and not type(exc).__module__.startswith("urllib3"):
        raise exc
    chain = list(_chain(exc))
    names = {type(e).__name__ for e in chain}
    trouble = next((_tls_trouble(e) for e in chain if isinstance(e, ssl.SSLError) and _tls_trouble(e)), "")
    if "CertificateError" in names:
        trouble = trouble or _last_words(chain)
    if trouble:
        return NoAnswer(trouble, sent=False, untrusted=True, hopeless=True)
    return NoAnswer(_reason(chain), sent=not names & (_UNSENT | _USELESS), hopeless=bool(names & _USELESS))


def _tls_trouble(exc: ssl.SSLError) -> str:
    if isinstance(exc, ssl.SSLCertVerificationError):
        return (exc.verify_message or "certificate verify failed").rstrip(".")
    if _NO_TLS.search(exc.reason or ""):
        return f"no TLS could be agreed on ({exc.reason})"
    return ""


def _reason(chain: list[BaseException]) -> str:
    names = {type(e).__name__ for e in chain}
    if names & {"ConnectTimeoutError", "ConnectTimeout"} and not names & {"NewConnectionError", "NameResolutionError"}:
        return "no connection within the timeout"
    if names & {"ReadTimeoutError", "ReadTimeout"}:
        return "no answer within the timeout"
    told = [e.strerror for e in chain if isinstance(e, OSError) and isinstance(e.strerror, str) and e.strerror]
    words = told[-1] if told else _last_words(chain)
    return one_line(scrub(words, ())).rstrip(".") + (" (at the proxy)" if "ProxyError" in names else "")


def _last_words(chain: list[BaseException]) -> str:
    for exc in reversed(chain):
        if exc.args and isinstance(exc.args[0], str):
            return exc.args[0]
    return type(chain[-1]).__name__


def _chain(exc: BaseException) -> Iterator[BaseException]:
    """The exception and everything wrapped in it, outermost first, each once."""
    seen: set[int] = set()
    waiting = [exc]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [*current.args, getattr(current, "reason", None), current.__cause__, current.__context__]
        waiting.extend(e for e in inner if isinstance(e, BaseException))
