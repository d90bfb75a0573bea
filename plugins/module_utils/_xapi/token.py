# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An access token and how long it lives. PRIVATE to the collection."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any

# `expires_in` counts minutes before 20.0.9 (60) and seconds since (3600): REALITY.md section 1.
_MINUTES_BELOW = 300
_DEFAULT_LIFE = 3600.0
_LONGEST_LIFE = 30 * 86400.0
_MARGIN = 60.0


@dataclass(frozen=True)
class Token:
    """value: what goes after "Bearer "; renew_at: epoch seconds of the controller's clock from which a new one is
    due; role: the highest role the PBX granted (claim MaxRole), None when the token does not tell."""

    value: str = field(repr=False)
    renew_at: float
    role: str | None = None

    def fresh(self, now: float) -> bool:
        return now < self.renew_at


def token_from(value: str, expires_in: Any, now: float, pbx_now: float | None) -> Token:
    """A token as issued at `now`; `pbx_now` is the PBX's own clock, so that differing clocks do no harm."""
    claims = claims_of(value)
    life = _life_by_claim(claims, now if pbx_now is None else pbx_now) or _life_by_answer(expires_in)
    role = claims.get("MaxRole")
    return Token(value, now + life - min(_MARGIN, life / 10), role if isinstance(role, str) else None)


def _life_by_claim(claims: dict[str, Any], pbx_now: float) -> float | None:
    end = claims.get("exp")
    if isinstance(end, bool) or not isinstance(end, (int, float)):
        return None
    life = end - pbx_now
    return life if 0 < life <= _LONGEST_LIFE else None


def _life_by_answer(expires_in: Any) -> float:
    try:
        given = float(expires_in)
    except (TypeError, ValueError):
        return _DEFAULT_LIFE
    if not 0 < given <= _LONGEST_LIFE:
        return _DEFAULT_LIFE
    return given * 60 if given < _MINUTES_BELOW else given


def claims_of(value: str) -> dict[str, Any]:
    """The claims of a JWT, unverified (only the PBX can verify them); {} when it is none."""
    parts = value.split(".")
    if len(parts) != 3:
        return {}
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return claims if isinstance(claims, dict) else {}
