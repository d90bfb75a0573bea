# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is accepted as a management address and as credentials."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.connection import Connection, origin, resolved

KEYS: dict[str, Any] = {"client_id": "ansible", "client_secret": "hidden-secret"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://pbx.example.com", "https://pbx.example.com"),
        ("https://PBX.Example.com:5001/", "https://pbx.example.com:5001"),
        (" https://pbx.example.com:443/xapi/v1/ ", "https://pbx.example.com"),
        ("HTTP://127.0.0.1:80/xapi/v1", "http://127.0.0.1"),
        ("http://127.0.0.1:443", "http://127.0.0.1:443"),
        ("https://[2001:DB8::1]:5001", "https://[2001:db8::1]:5001"),
        ("https://zentrale.bücher.example", "https://zentrale.xn--bcher-kva.example"),
    ],
)
def test_good_addresses(given: str, kept: str) -> None:
    connection = Connection(given, **KEYS)
    assert connection.url == kept
    assert connection.api == kept + "/xapi/v1"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "begin with https://"),
        ("pbx.example.com", "begin with https://"),
        ("pbx.example.com:5001", "begin with https://"),
        ("ftp://pbx.example.com", "begin with https://"),
        ("https://", "begin with https://"),
        ("https://:5001", "no valid host"),
        ("https://pbx.example.com:port", "not a valid address"),
        ("https://pbx.example.com:99999", "not a valid address"),
        ("https://[::1", "not a valid address"),
        ("https://user:pass-word@pbx.example.com", "user name or password"),
        ("https://pbx.example.com/webclient", "path"),
        ("https://pbx.example.com/xapi/v2", "path"),
        ("https://pbx.example.com?x=1", "query"),
        ("https://pbx.example.com#x", "query or fragment"),
        ("https://pbx example.com", "host"),
        ("https://" + "a" * 70 + ".example", "host"),
        ("https://a..b", "host"),
    ],
)
def test_bad_addresses(given: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        Connection(given, **KEYS)
    assert "pass-word" not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [{}, {"client_id": "a"}, {"client_secret": "b"}, {"client_id": "", "client_secret": "b"}, {"access_token": ""}],
)
def test_credentials_are_needed(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="either access_token or both client_id and client_secret"):
        Connection("https://pbx.example.com", **given)


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "Bärer", "a\x7fb", " "])
def test_a_token_that_is_none_is_not_shown(token: str) -> None:
    with pytest.raises(ValueError, match="access_token holds characters") as caught:
        Connection("https://pbx.example.com", access_token=token)
    assert token == " " or token not in str(caught.value)


def test_a_token_wins_and_loses_its_blanks() -> None:
    connection = Connection("https://pbx.example.com", access_token="abc.def\n", **KEYS)
    assert connection.access_token == "abc.def"


@pytest.mark.parametrize(("option", "value"), [("timeout", 0), ("timeout", -1), ("retry_for", -1)])
def test_times(option: str, value: float) -> None:
    with pytest.raises(ValueError, match=option):
        Connection("https://pbx.example.com", **{**KEYS, option: value})


def test_origins_compare() -> None:
    assert origin("HTTPS://Pbx.example.com:443/x?y") == "https://pbx.example.com"
    assert origin("https://pbx.example.com:5001/x") == "https://pbx.example.com:5001"
    assert origin("http://[::1]/") == "http://[::1]"
    assert origin("https://user@pbx.example.com/") == "https://pbx.example.com"
    assert origin("/x") is origin("http://[") is origin("https://a:b/") is origin("") is None
    assert resolved("http://a/b", "http://[") == ""
