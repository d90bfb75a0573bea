# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The one exception family of the wire. PRIVATE to the collection.

`str(exc)` is a ready message for a person: what was attempted, what the PBX said, what to do about it.
No secret ever enters an exception: texts of the server are scrubbed before they come here.
"""

from __future__ import annotations

from typing import Any


class XapiError(Exception):
    """Something went wrong on the wire.

    status:  HTTP status, None when there was no answer
    codes:   XAPI codes without their prefix, e.g. ("ALREADY_IN_USE",)
    targets: the properties that the PBX named, e.g. ("Number",)
    detail:  the server's own words on one line, trimmed, without secrets
    method, path: the request, path relative to /xapi/v1 (or "/connect/token")
    wait:    seconds for which the PBX asked to be left alone (Retry-After), None if it did not
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        codes: tuple[str, ...] = (),
        targets: tuple[str, ...] = (),
        detail: str = "",
        method: str = "",
        path: str = "",
        wait: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.codes = codes
        self.targets = targets
        self.detail = detail
        self.method = method
        self.path = path
        self.wait = wait

    def as_record(self) -> dict[str, Any]:
        """JSON-ready, for `from_record` in another process; without `wait`, which counts from now."""
        return {
            "kind": type(self).__name__,
            "message": str(self),
            "status": self.status,
            "codes": list(self.codes),
            "targets": list(self.targets),
            "detail": self.detail,
            "method": self.method,
            "path": self.path,
        }


class MissingLibrary(XapiError):
    """A Python library is not installed. `library` is its name, `traceback_text` the import error's traceback."""

    def __init__(self, library: str, traceback_text: str = "") -> None:
        super().__init__(f"The Python library {library} is needed on the machine that talks to the PBX.")
        self.library = library
        self.traceback_text = traceback_text


class Unreachable(XapiError):
    """No request got through: refused, unknown host, no connection in time; the retry time is over."""


class TlsUntrusted(XapiError):
    """The TLS handshake failed, or the CA file cannot be used. Never retried."""


class LostAnswer(XapiError):
    """A writing request was sent and its answer never came. It may have been carried out: look before repeating."""


class AuthFailed(XapiError):
    """The credentials were refused: wrong secret, expired access_token, or a new token refused at once."""


class TokenFlood(XapiError):
    """The PBX refuses to issue tokens for a while. Never retried."""


class Forbidden(XapiError):
    """HTTP 403: known, but not allowed."""


class NotFound(XapiError):
    """HTTP 404: no such set, call or key (also a wrong order of function parameters, REALITY.md section 2)."""


class Conflict(XapiError):
    """HTTP 412: the ETag sent in If-Match is stale."""


class Refused(XapiError):
    """Any other 4xx: the PBX understood and declined."""


class ServerFault(XapiError):
    """500 at once; 429, 502, 503 and 504 after the retry time; any other 5xx at once."""


class Redirected(XapiError):
    """A redirect that is not followed. Only the origin of the new address is told."""


class Malformed(XapiError):
    """The answer says success but is not what OData promises."""


# What the PBX decided about the credentials, and thus holds for whoever uses the same ones.
ABOUT_CREDENTIALS = (AuthFailed, TokenFlood)


def from_record(record: dict[str, Any]) -> XapiError:
    """The exception of ABOUT_CREDENTIALS that `as_record` described; any other becomes a plain XapiError."""
    kinds: dict[str, type[XapiError]] = {kind.__name__: kind for kind in ABOUT_CREDENTIALS}
    return kinds.get(record["kind"], XapiError)(
        record["message"],
        status=record["status"],
        codes=tuple(record["codes"]),
        targets=tuple(record["targets"]),
        detail=record["detail"],
        method=record["method"],
        path=record["path"],
    )
