# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials go to the configured origin and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Redirected
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Server,
    entities,
    json_reply,
)


def redirect(place: str, status: int = 307) -> Reply:
    return Reply(status, headers={"Location": place})


CALLS: dict[str, Callable[[Client], object]] = {
    "get": lambda client: client.get("Defs"),
    "create": lambda client: client.create("Blocklist", {}),
    "update": lambda client: client.update("Blocklist(1)", {}),
    "delete": lambda client: client.delete("Blocklist(1)"),
    "action": lambda client: client.action("Trunks/Pbx.SetRoutes", {}, repeatable=True),
}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("name", CALLS)
def test_another_origin_never_hears_of_us(pbx: Server, other: Server, client: Client, name: str, status: int) -> None:
    pbx.answers(redirect(other.url + "/xapi/v1/Defs?secret=1", status))
    with pytest.raises(Redirected, match=f"HTTP {status}, a redirect to {other.url}, which is not followed") as caught:
        CALLS[name](client)
    assert "secret=1" not in str(caught.value)
    assert other.seen == other.token_requests == []
    assert len(pbx.seen) == 1


@pytest.mark.parametrize("place", ["/xapi/v1/Defs?x=1", "{url}/xapi/v1/Defs?x=1", "Defs?x=1"])
def test_a_get_follows_once_within_the_origin(pbx: Server, client: Client, place: str) -> None:
    pbx.answers(redirect(place.format(url=pbx.url)), json_reply({"Id": 0}))
    assert client.get("Defs") == {"Id": 0}
    assert pbx.seen[1].target == "/xapi/v1/Defs?x=1"
    assert pbx.seen[1].headers["authorization"] == f"Bearer {pbx.live}"


def test_a_get_follows_only_once(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: redirect(seen.target)
    with pytest.raises(Redirected):
        client.get("Defs")
    assert len(pbx.seen) == 2


@pytest.mark.parametrize("name", ["create", "update", "delete", "action"])
def test_a_change_is_not_sent_elsewhere(pbx: Server, client: Client, name: str) -> None:
    pbx.answers(redirect("/xapi/v1/Other"))
    with pytest.raises(Redirected):
        CALLS[name](client)
    assert len(pbx.seen) == 1


@pytest.mark.parametrize(
    "place", ["", "https://127.0.0.1:{port}/xapi/v1/Defs", "//127.0.0.1:1/", "http://[", "ftp://x"]
)
def test_odd_places(pbx: Server, client: Client, place: str) -> None:
    """Another scheme is another origin; a 3xx without a place is none to follow."""
    pbx.answers(redirect(place.format(port=pbx.port)) if place else Reply(304))
    with pytest.raises(Redirected):
        client.get("Defs")
    assert len(pbx.seen) == 1


def test_a_next_page_elsewhere_is_refused(pbx: Server, other: Server, client: Client) -> None:
    pbx.answers(entities({"Id": 1}, **{"@odata.nextLink": other.url + "/xapi/v1/Users?$skip=1"}))
    with pytest.raises(Redirected, match=f"GET Users: the next page .*{other.url}.*{pbx.url} only"):
        client.rows("Users")
    assert other.seen == other.token_requests == []
