# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session of requests that does only what it is told. PRIVATE to the collection.

Left to itself requests reads the CA file again for every connection, prefers its environment variables to what a
session says, takes credentials out of ~/.netrc, keeps cookies and prepares redirects.
"""

from __future__ import annotations

import ssl
from functools import cache
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests import Session


def new_session(url: str, context: ssl.SSLContext) -> Session:
    """For one origin. The proxies of the environment are those of now."""
    from requests.utils import get_environ_proxies

    session_class, adapter_class = _classes()
    session: Session = session_class()
    session.trust_env = False
    session.proxies = dict(get_environ_proxies(url))
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, adapter_class(context))
    return session


@cache
def _classes() -> tuple[Any, Any]:
    """Made when first needed: this file must also load where requests is missing."""
    from requests import Session
    from requests.adapters import HTTPAdapter

    class NoRedirects(Session):
        def get_redirect_target(self, resp: Any) -> None:
            return None

    class OneContext(HTTPAdapter):
        """Hands urllib3 a finished context, for direct connections and for those through a proxy."""

        def __init__(self, context: ssl.SSLContext) -> None:
            self._context = context
            self._wanted = "CERT_NONE" if context.verify_mode == ssl.CERT_NONE else "CERT_REQUIRED"
            super().__init__()

        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, ssl_context=self._context, **kwargs)

        def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
            return super().proxy_manager_for(proxy, ssl_context=self._context, **kwargs)

        def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
            host, _tls = super().build_connection_pool_key_attributes(*args, **kwargs)
            return host, {"ssl_context": self._context, "cert_reqs": self._wanted}

        def cert_verify(self, conn: Any, *args: Any, **kwargs: Any) -> None:
            conn.cert_reqs, conn.ca_certs, conn.ca_cert_dir = self._wanted, None, None

    return NoRedirects, OneContext
