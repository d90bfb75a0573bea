# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificates are accepted, whatever the environment says."""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from ansible_collections.tcx.pbx.plugins.module_utils._xapi import tls
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import TlsUntrusted, Unreachable
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.fake_time import FakeTime
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    CUT,
    Reply,
    Server,
    json_reply,
    listening,
)
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.tunnel import tunnel_to


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture(scope="module")
def foreign_ca_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("foreign") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(path))
    return str(path)


def secure(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def tls_pbx(authority: trustme.CA) -> Iterator[Server]:
    with listening(secure(authority, "127.0.0.1")) as server:
        yield server


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test says what the environment holds."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "https_proxy", "HTTPS_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def test_the_given_ca_is_trusted(tls_pbx: Server, make_client: MakeClient, ca_file: str) -> None:
    make_client(tls_pbx.url, ca_path=ca_file).ping()


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_given_ca_wins_over_the_environment(
    tls_pbx: Server,
    make_client: MakeClient,
    ca_file: str,
    foreign_ca_file: str,
    variable: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(variable, foreign_ca_file)
    make_client(tls_pbx.url, ca_path=ca_file).ping()
    monkeypatch.setenv(variable, ca_file)
    with pytest.raises(TlsUntrusted):
        make_client(tls_pbx.url, ca_path=foreign_ca_file).ping()


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_the_environment_names_the_ca_if_nothing_is_given(
    tls_pbx: Server, make_client: MakeClient, ca_file: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, ca_file)
    make_client(tls_pbx.url).ping()


def test_an_unknown_ca_is_told_at_once(tls_pbx: Server, make_client: MakeClient, time: FakeTime) -> None:
    with pytest.raises(TlsUntrusted, match=r"self-signed certificate|unable to get local issuer") as caught:
        make_client(tls_pbx.url).ping()
    assert "ca_path" in str(caught.value)
    assert "validate_certs" in str(caught.value)
    assert (time.naps, tls_pbx.token_requests) == ([], [])


@pytest.mark.parametrize("bundle", [True, False], ids=["REQUESTS_CA_BUNDLE set", "not set"])
def test_validation_can_be_switched_off(
    tls_pbx: Server, make_client: MakeClient, foreign_ca_file: str, bundle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if bundle:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", foreign_ca_file)
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        client = make_client(tls_pbx.url, validate_certs=False)
        client.ping()
        client.update("Blocklist(1)", {})
    assert [str(warning.message) for warning in heard] == []


def test_switched_off_for_one_client_only(tls_pbx: Server, make_client: MakeClient) -> None:
    make_client(tls_pbx.url, validate_certs=False).ping()
    with pytest.raises(TlsUntrusted):
        make_client(tls_pbx.url, client_id="second").ping()


def test_the_name_in_the_certificate_counts(authority: trustme.CA, make_client: MakeClient, ca_file: str) -> None:
    with listening(secure(authority, "pbx.example.com")) as server:
        with pytest.raises(TlsUntrusted, match=r"127\.0\.0\.1"):
            make_client(server.url, ca_path=ca_file).ping()
        make_client(server.url, validate_certs=False).ping()


def test_tls_reaches_through_a_proxy(
    authority: trustme.CA, make_client: MakeClient, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proxy sees the name and its own password; what is said to the PBX it does not see."""
    with listening(secure(authority, "pbx.example.com")) as server, tunnel_to(server.port) as proxy:
        monkeypatch.setenv("https_proxy", f"http://user:proxy-password@{proxy.address}")
        client = make_client("https://pbx.example.com", ca_path=ca_file)
        client.ping()
        # In HTTP/1.0 where Python is older than 3.12.
        assert [line.rpartition(" ")[0] for line in proxy.asked] == ["CONNECT pbx.example.com:443"]
        assert "Proxy-Authorization: Basic dXNlcjpwcm94eS1wYXNzd29yZA==" in proxy.headers
        assert len(server.token_requests) == 1
        assert b"connect/token" not in proxy.through
        assert not [name for name in server.seen[0].headers if name.startswith("proxy-")]


@pytest.mark.parametrize("bundle", ["foreign", "none"])
def test_a_proxy_that_opens_tls_is_not_trusted(
    authority: trustme.CA,
    make_client: MakeClient,
    foreign_ca_file: str,
    bundle: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with listening(secure(authority, "pbx.example.com")) as server, tunnel_to(server.port) as proxy:
        monkeypatch.setenv("https_proxy", f"http://{proxy.address}")
        ca_path = foreign_ca_file if bundle == "foreign" else None
        with pytest.raises(TlsUntrusted):
            make_client("https://pbx.example.com", ca_path=ca_path).ping()
        assert server.token_requests == []


def test_a_proxy_that_refuses_is_named(make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with tunnel_to(0, answer=b"HTTP/1.1 407 Proxy Authentication Required") as proxy:
        monkeypatch.setenv("https_proxy", f"http://user:proxy-password@{proxy.address}")
        with pytest.raises(Unreachable, match=r"407.*at the proxy") as caught:
            make_client("https://pbx.example.com", retry_for=0).ping()
        assert "proxy-password" not in str(caught.value)


def test_plain_http_on_a_tls_port(make_client: MakeClient, pbx: Server, time: FakeTime) -> None:
    with pytest.raises(TlsUntrusted, match="no TLS could be agreed on"):
        make_client(pbx.url.replace("http:", "https:"), validate_certs=False).ping()
    assert time.naps == []


def test_a_ca_directory_works_too(tls_pbx: Server, make_client: MakeClient, ca_file: str, tmp_path: Path) -> None:
    context = ssl.create_default_context(cafile=ca_file)
    assert len(context.get_ca_certs()) == 1
    (tmp_path / "ca.pem").write_text(Path(ca_file).read_text())
    with pytest.raises(TlsUntrusted):
        # OpenSSL finds certificates in a directory by their hashed names only.
        make_client(tls_pbx.url, ca_path=str(tmp_path)).ping()


@pytest.mark.parametrize(("content", "words"), [(None, "cannot be read"), ("no pem", "no certificate in PEM format")])
def test_an_unusable_ca_file_is_named(
    tls_pbx: Server, make_client: MakeClient, tmp_path: Path, content: str | None, words: str
) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(TlsUntrusted, match=words) as caught:
        make_client(tls_pbx.url, ca_path=str(path)).ping()
    assert str(path) in str(caught.value)
    assert "ca_path" in str(caught.value)


def test_repeats_and_lost_connections_over_tls(tls_pbx: Server, make_client: MakeClient, ca_file: str) -> None:
    client = make_client(tls_pbx.url, ca_path=ca_file)
    tls_pbx.answers(CUT, Reply(200, b"{", missing=3), json_reply({"Id": 1}))
    assert client.get("Defs") == {"Id": 1}
    assert len(tls_pbx.seen) == 3


def test_the_ca_file_is_read_once(
    tls_pbx: Server, make_client: MakeClient, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls._context.cache_clear()
    reads: list[str] = []

    load = ssl.SSLContext.load_verify_locations

    def counted(context: ssl.SSLContext, **where: Any) -> None:
        reads.append(where["cafile"])
        load(context, **where)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", counted)
    for number in range(3):
        make_client(tls_pbx.url, ca_path=ca_file, client_id=f"client{number}").ping()
    tls_pbx.drop_connections()
    make_client(tls_pbx.url, ca_path=ca_file).ping()
    assert reads == [ca_file]
    assert len({seen.connection for seen in tls_pbx.seen}) == 4


def test_the_default_context_can_be_made_beforehand(
    ca_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", ca_file)
    tls._context.cache_clear()
    tls.preload()
    before = tls._context.cache_info()
    tls.context_for(None, True)
    assert tls._context.cache_info().hits == before.hits + 1
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "missing.pem"))
    tls.preload()
