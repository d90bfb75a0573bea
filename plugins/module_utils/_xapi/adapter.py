# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTP adapter of requests that uses our TLS context and no other CA file. PRIVATE to the collection."""

from __future__ import annotations

import ssl
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter


def adapter_with(context: ssl.SSLContext) -> HTTPAdapter:
    made: HTTPAdapter = _adapter_class()(context)
    return made


@cache
def _adapter_class() -> Any:
    from requests.adapters import HTTPAdapter

    class OneContext(HTTPAdapter):
        """Hands urllib3 a finished context. By itself requests would read the CA file again for every connection."""

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

    return OneContext
