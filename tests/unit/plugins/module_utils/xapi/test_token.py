# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a token lives."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.token import claims_of, token_from

NOW = 1_800_000_000.0


def jwt(claims: Any) -> str:
    parts = [json.dumps({"alg": "ES256"}), json.dumps(claims), "signature"]
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


def life(value: str, expires_in: Any = None, pbx_now: float | None = None) -> float:
    """Seconds until the token is due for renewal."""
    return token_from(value, expires_in, NOW, pbx_now).renew_at - NOW


@pytest.mark.parametrize(
    ("expires_in", "seconds"),
    [
        (60, 3600 - 60),  # minutes, before 20.0.9
        (3600, 3600 - 60),  # seconds, since 20.0.9
        ("60", 3600 - 60),
        (300, 270),
        (299, 299 * 60 - 60),
        (5, 300 - 30),
        (None, 3600 - 60),
        ("soon", 3600 - 60),
        (0, 3600 - 60),
        (-5, 3600 - 60),
        ([], 3600 - 60),
        (float("nan"), 3600 - 60),
        (10**12, 3600 - 60),
    ],
)
def test_life_by_expires_in(expires_in: Any, seconds: float) -> None:
    assert life("opaque", expires_in) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("claims", "seconds"),
    [
        ({"exp": NOW + 3600}, 3540),
        ({"exp": NOW + 100}, 90),
        ({"exp": int(NOW) + 86400}, 86340),
        ({"exp": NOW - 10}, 240 - 24),  # nonsense: the claim is passed over
        ({"exp": NOW + 10**9}, 240 - 24),
        ({"exp": "tomorrow"}, 240 - 24),
        ({"exp": True}, 240 - 24),
        ({}, 240 - 24),
        ([1], 240 - 24),
    ],
)
def test_the_claim_goes_first(claims: Any, seconds: float) -> None:
    assert life(jwt(claims), 4) == pytest.approx(seconds)


def test_the_clock_of_the_pbx_counts() -> None:
    assert life(jwt({"exp": NOW + 5000}), pbx_now=NOW + 4000) == pytest.approx(940)
    assert life(jwt({"exp": NOW - 5000}), pbx_now=NOW - 6000) == pytest.approx(940)


def test_freshness_and_role() -> None:
    token = token_from(jwt({"exp": NOW + 1000, "MaxRole": "system_owners"}), 60, NOW, None)
    assert token.role == "system_owners"
    assert token.fresh(NOW + 939)
    assert not token.fresh(NOW + 941)
    assert token_from(jwt({"MaxRole": ["x"]}), 60, NOW, None).role is None


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: f"a.{base64.urlsafe_b64encode(raw).decode()}.b"))
def test_any_text_may_be_a_token(value: str) -> None:
    assert isinstance(claims_of(value), dict)
    assert token_from(value, 60, NOW, None).renew_at > NOW
