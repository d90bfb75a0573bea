# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a PBX is and how to be let in. PRIVATE to the collection."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

API = "/xapi/v1"
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class Connection:
    """The connection options of one PBX, checked.

    url: the management address, e.g. https://pbx.example.com:5001; kept as scheme://host[:port].
    access_token: a ready token; else client_id and client_secret. When both are given the token is used.
    ca_path: a PEM file or an OpenSSL CA directory.
    timeout: seconds for connecting, and for each silence while waiting for an answer.
    retry_for: seconds in total that one call may spend on repeating itself; 0 switches that off.
    Raises ValueError with one clear sentence.
    """

    url: str
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    validate_certs: bool = True
    ca_path: str | None = None
    timeout: float = 30.0
    retry_for: float = 60.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", normalised(self.url))
        for name in ("client_id", "client_secret", "access_token", "ca_path"):
            object.__setattr__(self, name, getattr(self, name) or None)
        if self.access_token is not None:
            object.__setattr__(self, "access_token", checked_token(self.access_token))
        elif self.client_id is None or self.client_secret is None:
            raise ValueError("give either access_token or both client_id and client_secret")
        if self.timeout <= 0:
            raise ValueError("timeout must be more than 0 seconds")
        if self.retry_for < 0:
            raise ValueError("retry_for must not be negative")

    @property
    def api(self) -> str:
        """The address under which entity sets live."""
        return self.url + API


def normalised(url: str) -> str:
    """scheme://host[:port] of a management URL; ValueError says what is wrong with it."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise ValueError("url is not a valid address; expected something like https://pbx.example.com:5001") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.netloc:
        raise ValueError("url must begin with https:// (or http://), like https://pbx.example.com:5001")
    if "@" in parts.netloc:
        raise ValueError("url must not hold a user name or password; use client_id and client_secret")
    if parts.query or parts.fragment:
        raise ValueError("url must not hold a query or fragment, only scheme, host and port")
    if parts.path.rstrip("/") not in ("", API):
        raise ValueError(f"url must not hold a path (apart from {API}), only scheme, host and port")
    host = _host(parts.hostname or "")
    return f"{scheme}://{host}" + (f":{port}" if port is not None and port != _PORTS[scheme] else "")


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    try:
        plain = name.encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if not plain or any(c.isspace() or c in '\\^`{}|<>"%' for c in plain):
        raise ValueError("url holds no valid host name")
    return plain


def origin(url: str) -> str | None:
    """scheme://host[:port] of any absolute address, for comparing; None when it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if not scheme or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{scheme}://{host}" + (f":{port}" if port is not None and port != _PORTS.get(scheme) else "")


def resolved(base: str, place: str) -> str:
    """The absolute address of a link, "" when it is none."""
    try:
        return urljoin(base, place)
    except ValueError:
        return ""


def checked_token(token: str) -> str:
    """The token without surrounding blanks; ValueError when it cannot stand in a header (the value is not shown)."""
    token = token.strip()
    if not token or not token.isascii() or any(c <= " " or c == "\x7f" for c in token):
        raise ValueError("access_token holds characters that no token has, such as blanks or line breaks")
    return token
