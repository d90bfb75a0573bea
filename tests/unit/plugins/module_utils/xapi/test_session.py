# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the environment may and may not do."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Unreachable
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import SECRET, MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Server,
    entities,
    json_reply,
    listening,
)


@pytest.fixture
def proxy() -> Iterator[Server]:
    with listening() as server:
        server.checks_token = False
        yield server


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def test_the_proxy_of_the_environment_is_used(
    proxy: Server, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//user:pass@"))
    proxy.token_script = [json_reply({"access_token": "through-the-proxy", "expires_in": 60})]
    proxy.answers(entities({"Id": 1}))
    assert make_client("http://pbx.example.com").rows("Blocklist") == [{"Id": 1}]
    (asked,), (listed,) = proxy.token_requests, proxy.seen
    assert asked.target == "http://pbx.example.com/connect/token"
    assert listed.target.startswith("http://pbx.example.com/xapi/v1/Blocklist?")
    assert listed.headers["proxy-authorization"] == "Basic " + base64.b64encode(b"user:pass").decode()
    assert listed.headers["authorization"] == "Bearer through-the-proxy"


def test_no_proxy_is_obeyed(
    pbx: Server, proxy: Server, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    make_client(pbx.url).ping()
    assert proxy.seen == []
    assert len(pbx.seen) == 1


def test_a_dead_proxy_is_named_without_its_password(
    proxy: Server, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.stop()
    monkeypatch.setenv("https_proxy", proxy.url.replace("//", "//user:proxy-password@"))
    with pytest.raises(Unreachable, match="at the proxy") as caught:
        make_client("https://pbx.example.com", retry_for=0).create("Blocklist", {})
    assert "proxy-password" not in str(caught.value)


def test_netrc_does_not_replace_the_token(
    pbx: Server, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    make_client(pbx.url).ping()
    assert "authorization" not in pbx.token_requests[0].headers
    assert pbx.seen[0].headers["authorization"].startswith("Bearer token-")


def test_cookies_are_not_kept(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: Reply(200, b"{}", {"Set-Cookie": "session=1; Path=/"})
    client.get("Defs")
    client.get("Defs")
    assert [seen.headers.get("cookie") for seen in pbx.seen] == [None, None]


def test_a_closed_client_can_go_on(pbx: Server, client: Client) -> None:
    client.close()
    client.ping()
    client.close()
    client.close()
    client.ping()
    assert [seen.connection for seen in pbx.seen] == [1, 2]


@pytest.mark.parametrize("secret", [SECRET, "a&b=c %+/ü"])
def test_the_secret_arrives_as_given(pbx: Server, make_client: MakeClient, secret: str) -> None:
    make_client(pbx.url, client_secret=secret).ping()
    assert pbx.token_requests[0].form["client_secret"] == secret


def test_a_compressed_answer_is_understood(pbx: Server, client: Client) -> None:
    packed = gzip.compress(b'{"Id": 1}')
    pbx.answers(
        Reply(200, packed, {"Content-Encoding": "gzip"}),
        Reply(200, b"not gzip at all", {"Content-Encoding": "gzip"}),
        Reply(200, packed, {"Content-Encoding": "gzip"}),
    )
    assert client.get("Defs") == {"Id": 1}
    assert client.get("Defs") == {"Id": 1}
    assert client.counters.retries == 1
