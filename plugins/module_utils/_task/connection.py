# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options that all modules share. PRIVATE to the collection.

Documented in plugins/doc_fragments/connection.py; a test keeps the two equal.
"""

from __future__ import annotations

from typing import Any

from ansible.module_utils.basic import env_fallback

from .._xapi.connection import Connection


def _env(name: str) -> dict[str, Any]:
    return {"fallback": (env_fallback, [name])}


CONNECTION_OPTIONS: dict[str, dict[str, Any]] = {
    "url": {"type": "str", "required": True, **_env("TCX_URL")},
    "client_id": {"type": "str", **_env("TCX_CLIENT_ID")},
    "client_secret": {"type": "str", "no_log": True, **_env("TCX_CLIENT_SECRET")},
    "access_token": {"type": "str", "no_log": True, **_env("TCX_ACCESS_TOKEN")},
    "validate_certs": {"type": "bool", "default": True, **_env("TCX_VALIDATE_CERTS")},
    "ca_path": {"type": "path", **_env("TCX_CA_PATH")},
    "timeout": {"type": "float", "default": 30.0, **_env("TCX_TIMEOUT")},
    "retry_for": {"type": "float", "default": 60.0},
}


def connection_of(params: dict[str, Any]) -> Connection:
    """Raises ValueError with a sentence for the user."""
    return Connection(**{name: params[name] for name in CONNECTION_OPTIONS})
