# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""OAuth2 client credentials, tokens and roles (REALITY.md section 1)."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections import deque
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from tests.simulator.clients import ROLES, Client
from tests.simulator.errors import ApiError
from tests.simulator.wire.messages import Request, Response, json_response

if TYPE_CHECKING:
    from tests.simulator.pbx import Pbx

DEGRADED = "degraded"  # behind a console restriction: a token that opens nothing
OWNER_ONLY = re.compile(
    r"^(CallHistoryView|ChatHistoryView|ChatMessagesHistoryView|Recordings|ScheduledReports|Report\w+)\b"
)
USER_ALLOWED = re.compile(r"^(Defs|MyUser|MyGroup|MyTokens)\b")


class OAuth:
    """Hands out tokens and judges them."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx
        self.recent: deque[float] = deque()
        self.flooded_until = 0.0
        self._key = ec.generate_private_key(ec.SECP256R1())

    # Getting a token

    def issue(self, request: Request) -> Response:
        """POST /connect/token."""
        if request.method != "POST":
            raise ApiError(405)
        self._refuse_flood()
        fields = form_fields(request)
        if fields.get("grant_type") != "client_credentials":
            return json_response(400, {"error": "unsupported_grant_type"})
        client = self.pbx.clients.known.get(fields.get("client_id", ""))
        if client is None or client.secret != fields.get("client_secret"):
            return self._wrong_secret()
        return json_response(200, self._token(request, client), {"Cache-Control": "no-store"})

    def _refuse_flood(self) -> None:
        limit = self.pbx.switches.number("token_flood_limit")
        now = self.pbx.clock.now()
        status = int(self.pbx.switches.word("token_flood_status"))
        if limit and now < self.flooded_until:
            raise ApiError(status, "Too many token requests. Try again later.")
        self.recent.append(now)
        while self.recent and self.recent[0] < now - 60:
            self.recent.popleft()
        if limit and len(self.recent) > limit:
            self.flooded_until = now + self.pbx.switches.number("token_flood_cooldown")
            raise ApiError(status, "Too many token requests. Try again later.")

    def _wrong_secret(self) -> Response:
        if self.pbx.switches.word("token_wrong_secret") == "400":
            return json_response(400, {"error": "invalid_client"})
        description = "The request requires valid user authentication."
        return json_response(401, {"error": "unauthorized", "error_description": description})

    def _token(self, request: Request, client: Client) -> dict[str, Any]:
        life = self.pbx.switches.number("token_life")
        expires = self.pbx.clock.now() + life
        restricted = self.pbx.switches.on("console_restriction")
        token = self._jwt(request, client, expires, "user" if restricted else client.role)
        if self.pbx.switches.on("token_single"):
            client.tokens.clear()
        client.tokens[token] = (expires, DEGRADED if restricted else client.role)
        return {
            "token_type": "Bearer",
            "expires_in": int(life if self._counts_seconds() else life // 60),
            "access_token": token,
            "refresh_token": None,
        }

    def _counts_seconds(self) -> bool:
        unit = self.pbx.switches.word("token_unit")
        if unit == "auto":
            return int(self.pbx.catalog.version.rsplit(".", 1)[1]) >= 9
        return unit == "seconds"

    def _jwt(self, request: Request, client: Client, expires: float, role: str) -> str:
        max_role, roles = ROLES[role]
        header = {"alg": "ES256", "typ": "JWT"}
        payload = {
            "unique_name": client.client_id,
            "role": list(roles),
            "MaxRole": max_role,
            "jti": secrets.token_hex(8),
            "nbf": int(self.pbx.clock.now()),
            "exp": int(expires),
            "iss": request.origin,
            "aud": request.origin,
        }
        signed = ".".join(_base64(json.dumps(part).encode()) for part in (header, payload))
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{_base64(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"

    # Judging a token

    def authorise(self, request: Request, resource: str) -> str:
        """Lets a request below /xapi/v1 pass, with the id of its client, or ends it with 401 or 403."""
        client_id, role = self._client(request)
        if role is None:
            json_body = self.pbx.switches.word("body_401") == "json"
            body = {"error": {"code": "401", "message": "Unauthorized"}} if json_body else None
            raise ApiError(401, body, {"WWW-Authenticate": "Bearer"})
        if role == "owner" or (role == "admin" and not OWNER_ONLY.match(resource)):
            return client_id
        if role == "user" and USER_ALLOWED.match(resource):
            return client_id
        if role == "user" and resource.startswith("Groups") and self.pbx.switches.word("role_groups") == "401":
            raise ApiError(401)
        raise ApiError(403, "Forbidden" if self.pbx.switches.word("body_403") == "text" else None)

    def _client(self, request: Request) -> tuple[str, str | None]:
        """The client and its role; no role: no token, or one that is over."""
        scheme, _mark, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return "", None
        now = self.pbx.clock.now()
        for client in self.pbx.clients.known.values():
            found = client.tokens.get(token.strip())
            if found is not None:
                return client.client_id, found[1] if found[0] > now else None
        return "", None


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def form_fields(request: Request) -> dict[str, str]:
    """The fields of an URL-encoded or multipart form."""
    kind = request.headers.get("content-type", "")
    boundary = re.search(r'boundary="?([^";]+)"?', kind)
    if kind.startswith("multipart/form-data") and boundary:
        return _multipart(request.body, boundary.group(1).encode())
    return dict(parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True))


def _multipart(body: bytes, boundary: bytes) -> dict[str, str]:
    fields = {}
    for part in body.split(b"--" + boundary):
        head, blank, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="?([^";\r\n]+)"?', head)
        if blank and name:
            fields[name.group(1).decode()] = content.removesuffix(b"\r\n").decode("utf-8", "replace")
    return fields
