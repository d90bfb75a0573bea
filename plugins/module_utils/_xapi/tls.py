# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificates are trusted. PRIVATE to the collection.

Reading a full CA bundle takes some 20 ms, so a context is made once per process (or once in the parent of all forks).
"""

from __future__ import annotations

import os
import ssl
from contextlib import suppress
from functools import cache
from pathlib import Path

from .errors import TlsUntrusted


def trusted_file(ca_path: str | None) -> str:
    """The CA file or directory: the given one, else that of the environment, else that of the requests library."""
    for path in (ca_path, os.environ.get("REQUESTS_CA_BUNDLE"), os.environ.get("CURL_CA_BUNDLE")):
        if path:
            return str(Path(path).expanduser())
    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    return str(DEFAULT_CA_BUNDLE_PATH)


def context_for(ca_path: str | None, validate_certs: bool) -> ssl.SSLContext:
    """TlsUntrusted when the CA file is missing or holds no certificate."""
    return _context(trusted_file(ca_path)) if validate_certs else _trusting_all()


def preload() -> None:
    """Make the context of the default CA file now, so that processes forked later need not. Never raises."""
    with suppress(TlsUntrusted, ImportError):
        context_for(None, True)


@cache
def _context(path: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # urllib3 before 2 hides IP addresses from the context, which then cannot compare them; it compares names itself.
    context.check_hostname = _urllib3_leaves_names_to_us()
    problem = ""
    try:
        if Path(path).is_dir():
            context.load_verify_locations(capath=path)
        else:
            context.load_verify_locations(cafile=path)
    except ssl.SSLError:
        problem = "holds no certificate in PEM format"
    except OSError as exc:
        problem = f"cannot be read ({exc.strerror or type(exc).__name__})"
    if problem:
        raise TlsUntrusted(f"The CA file {path} {problem}. Set ca_path to a readable PEM file, or leave it out.")
    return context


def _urllib3_leaves_names_to_us() -> bool:
    import urllib3

    return int(str(getattr(urllib3, "__version__", "2")).partition(".")[0]) >= 2


@cache
def _trusting_all() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
