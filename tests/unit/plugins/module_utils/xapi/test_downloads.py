# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Downloads go into a sink, whole and from their own origin only."""

from __future__ import annotations

import gzip

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    Forbidden,
    Malformed,
    NotFound,
    Redirected,
    Refused,
    Unreachable,
)
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.sink import PIECE
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.clients import MakeClient
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    CUT,
    Reply,
    Server,
    html,
    json_reply,
)

PATH = "Recordings/Pbx.DownloadRecording(recId=5)"
LINK = "/xapi/v1/Backups/Download?file=pre.zip&key=open-sesame"
ZIP = {"Content-Type": "application/zip"}


class Bucket:
    """A sink that remembers how often it was filled anew, and the largest piece."""

    def __init__(self) -> None:
        self.content = b""
        self.restarts = 0
        self.largest = 0

    def restart(self) -> None:
        self.content = b""
        self.restarts += 1

    def write(self, piece: bytes) -> None:
        self.content += piece
        self.largest = max(self.largest, len(piece))


class Full(Exception):
    """What a sink says when it can take no more."""


class Leaking(Bucket):
    def write(self, piece: bytes) -> None:
        raise Full


@pytest.fixture
def sink() -> Bucket:
    return Bucket()


def test_a_function_is_downloaded_in_pieces(pbx: Server, client: Client, sink: Bucket) -> None:
    content = bytes(range(256)) * 4096
    pbx.answers(Reply(200, content, ZIP))
    client.download(PATH, sink)
    assert sink.content == content
    assert sink.largest <= PIECE < len(content)
    (seen,) = pbx.seen
    assert (seen.method, seen.path) == ("GET", PATH)
    assert seen.headers["accept"] == "*/*"
    assert seen.headers["authorization"] == f"Bearer {pbx.live}"


def test_what_was_compressed_for_the_way_arrives_as_it_is(pbx: Server, client: Client, sink: Bucket) -> None:
    pbx.answers(Reply(200, gzip.compress(b"a;b\n1;2\n"), {"Content-Type": "text/csv", "Content-Encoding": "gzip"}))
    client.download(PATH, sink)
    assert sink.content == b"a;b\n1;2\n"


def test_a_connection_that_breaks_begins_anew(pbx: Server, client: Client, sink: Bucket) -> None:
    pbx.answers(Reply(200, b"half of", ZIP, missing=9), CUT, Reply(200, b"the whole", ZIP))
    client.download(PATH, sink)
    assert (sink.content, sink.restarts) == (b"the whole", 2)
    assert client.counters.retries == 2


def test_a_connection_that_keeps_breaking_is_told(pbx: Server, client: Client, sink: Bucket) -> None:
    pbx.otherwise = lambda seen: Reply(200, b"half", ZIP, missing=4)
    with pytest.raises(Unreachable, match="DownloadRecording"):
        client.download(PATH, sink)


def test_refusals_are_read_and_do_not_reach_the_sink(pbx: Server, client: Client, sink: Bucket) -> None:
    pbx.answers(json_reply({"error": {"code": "", "message": "recId:\nWARNINGS.XAPI.FILE_NOT_FOUND"}}, 400), Reply(404))
    with pytest.raises(Refused) as refused:
        client.download(PATH, sink)
    assert refused.value.codes == ("FILE_NOT_FOUND",)
    with pytest.raises(NotFound):
        client.download(PATH, sink)
    assert sink.restarts == 0


@pytest.mark.parametrize("reply", [html(200, "Log in"), Reply(204)], ids=["page", "nothing"])
def test_a_web_page_or_nothing_is_no_file(pbx: Server, client: Client, sink: Bucket, reply: Reply) -> None:
    pbx.answers(reply)
    with pytest.raises(Malformed, match=r"GET Recordings/Pbx\.DownloadRecording"):
        client.download(PATH, sink)


def test_the_sink_s_own_troubles_are_not_the_network_s(pbx: Server, client: Client) -> None:
    pbx.answers(Reply(200, b"content", ZIP))
    with pytest.raises(Full):
        client.download(PATH, Leaking())
    assert client.counters.retries == 0


@pytest.mark.parametrize("absolute", [False, True])
def test_a_link_of_the_pbx_is_followed_within_the_origin(
    pbx: Server, client: Client, sink: Bucket, absolute: bool
) -> None:
    pbx.answers(Reply(200, b"backup", ZIP))
    client.download_link(f"{pbx.url}{LINK}" if absolute else LINK, sink)
    assert sink.content == b"backup"
    (seen,) = pbx.seen
    assert seen.target == LINK


@pytest.mark.parametrize("scheme", ["", "http:"], ids=["without scheme", "absolute"])
def test_a_link_elsewhere_is_not_followed(
    pbx: Server, other: Server, client: Client, sink: Bucket, scheme: str
) -> None:
    link = f"{scheme}//127.0.0.1:{other.port}{LINK}"
    with pytest.raises(Redirected, match="credentials are sent to") as caught:
        client.download_link(link, sink)
    assert "open-sesame" not in str(caught.value)
    assert not pbx.seen
    assert not other.seen


def test_a_redirect_elsewhere_is_not_followed(pbx: Server, other: Server, client: Client, sink: Bucket) -> None:
    pbx.answers(Reply(302, b"", {"Location": f"{other.url}/files/pre.zip"}))
    with pytest.raises(Redirected):
        client.download_link(LINK, sink)
    assert not other.seen
    assert sink.restarts == 0


def test_messages_do_not_show_what_a_link_opens_with(pbx: Server, make_client: MakeClient, sink: Bucket) -> None:
    pbx.answers(Reply(403))
    link = "/files/open-sesame/a.zip?key=open-sesame"
    with pytest.raises(Forbidden, match=r"GET \.\.\./a\.zip") as caught:
        make_client(pbx.url).download_link(link, sink)
    assert "open-sesame" not in str(caught.value)
