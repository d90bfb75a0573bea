# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the certificate lasts that the management address shows. PRIVATE to the collection.

The XAPI does not tell it, so one handshake does, without a request. Nothing is verified in it: a certificate that has
expired is just what somebody wants to see. All other calls verify as they are told.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from .errors import Malformed, Unreachable
from .tls import context_for

HTTPS = 443
# Tags of DER (ITU-T X.690) that are met on the way to the validity (RFC 5280, section 4.1).
VERSION = 0xA0
UTC_TIME = 0x17


def validity_at(url: str, timeout: float) -> dict[str, Any] | None:
    """{"not_before", "not_after"} as 2027-01-31T18:00:00Z; None for an address without TLS.

    url: scheme://host[:port]. timeout: seconds. Unreachable when no handshake comes about, Malformed when what is shown
    cannot be read.
    """
    parts = urlsplit(url)
    if parts.scheme != "https":
        return None
    try:
        start, end = validity(_shown(parts.hostname or "", parts.port or HTTPS, timeout))
    except ValueError as exc:
        raise Malformed(f"The certificate of {url} could not be read: {exc}.", method="GET", path="") from exc
    return {"not_before": _written(start), "not_after": _written(end)}


def _shown(host: str, port: int, timeout: float) -> bytes:
    """The certificate, in DER."""
    try:
        with (
            socket.create_connection((host, port), timeout) as plain,
            context_for(None, False).wrap_socket(plain, server_hostname=host) as secure,
        ):
            return secure.getpeercert(binary_form=True) or b""
    except (OSError, ssl.SSLError) as exc:
        raise Unreachable(
            f"The certificate of {host}:{port} could not be read: {exc.strerror or exc}.", method="GET", path=""
        ) from exc


def validity(certificate: bytes) -> tuple[datetime, datetime]:
    """First and last moment of a certificate in DER. ValueError if it is none."""
    try:
        whole = next(_elements(certificate))[1]
        inner = next(_elements(whole))[1]
        # serial number, signature, issuer, validity; before them the version, which the oldest kind lacks.
        fields = [content for tag, content in _elements(inner) if tag != VERSION]
        start, end = (_moment(tag, content) for tag, content in _elements(fields[3]))
    except (StopIteration, IndexError, UnicodeDecodeError) as exc:
        raise ValueError("this is no certificate in DER") from exc
    return start, end


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(tag, content) of each element in a row."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length >= 0x80:
            # The length takes more than one byte, and this one says how many.
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        yield tag, data[at : at + length]
        at += length


def _moment(tag: int, content: bytes) -> datetime:
    """RFC 5280, section 4.1.2.5: two digits of a year from 1950 to 2049, else four; always UTC with seconds."""
    text = content.decode("ascii")
    if tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
