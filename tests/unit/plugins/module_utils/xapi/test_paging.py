# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists come whole: pages, links, short pages, rows that move while we read."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._xapi.client import Client
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Malformed
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.xapi.scripted import (
    Reply,
    Seen,
    Server,
    entities,
    json_reply,
)


def numbered(count: int, start: int = 1) -> list[dict[str, Any]]:
    return [{"Id": number} for number in range(start, start + count)]


class Set:
    """An entity set as a server pages it; `most` rows at once, `counts` if it knows $count, `skips` if $skip."""

    def __init__(self, rows: list[dict[str, Any]], most: int = 100, counts: bool = True, skips: bool = True) -> None:
        self.rows, self.most, self.counts, self.skips = rows, most, counts, skips

    def __call__(self, seen: Seen) -> Reply:
        skip = int(seen.query.get("$skip", 0)) if self.skips else 0
        top = min(int(seen.query.get("$top", self.most)), self.most)
        more = {"@odata.count": len(self.rows)} if self.counts and seen.query.get("$count") == "true" else {}
        return entities(*self.rows[skip : skip + top], **more)


@pytest.mark.parametrize("counts", [True, False], ids=["counting", "not counting"])
@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 250])
def test_all_rows_and_no_request_too_many(pbx: Server, client: Client, size: int, counts: bool) -> None:
    pbx.otherwise = Set(numbered(size), counts=counts)
    assert client.rows("Users") == numbered(size)
    # Without a count a full page may be the last: only the next one can tell.
    assert len(pbx.seen) == (max(1, -(-size // 100)) if counts else size // 100 + 1)


def test_what_the_queries_say(pbx: Server, client: Client) -> None:
    pbx.otherwise = Set(numbered(150))
    client.rows(
        "Users", select=("Id", "Number"), filter="Number eq '+49 1'", expand="Groups($expand=Rights)", search="x y"
    )
    first, second = pbx.seen
    common = {
        "$select": "Id,Number",
        "$filter": "Number eq '+49 1'",
        "$expand": "Groups($expand=Rights)",
        "$orderby": "Id",
        "$search": "x y",
        "$top": "100",
    }
    assert first.query == {**common, "$count": "true"}
    assert second.query == {**common, "$skip": "100"}
    assert "+" not in first.target
    assert "%2B49%201" in first.target


@pytest.mark.parametrize("counts", [True, False])
def test_the_page_size_may_be_smaller(pbx: Server, client: Client, counts: bool) -> None:
    pbx.otherwise = Set(numbered(5), counts=counts)
    assert client.rows("Users", page=2) == numbered(5)
    assert [seen.query["$top"] for seen in pbx.seen] == ["2"] * 3


def test_short_pages_are_not_the_end_if_the_count_says_so(pbx: Server, client: Client) -> None:
    """Some builds send fewer rows than asked for, without a link to the next page (REALITY.md section 3)."""
    pbx.otherwise = Set(numbered(120), most=50)
    assert client.rows("Users") == numbered(120)
    assert [seen.query.get("$skip") for seen in pbx.seen] == [None, "50", "100"]


@pytest.mark.parametrize("absolute", [True, False])
def test_links_are_followed(pbx: Server, client: Client, absolute: bool) -> None:
    base = pbx.url + "/xapi/v1/" if absolute else ""
    pbx.answers(
        entities({"Id": 1}, **{"@odata.nextLink": base + "Users?$skiptoken=a%2Bb"}),
        entities({"Id": 2}, **{"@odata.nextLink": base + "Users?$skiptoken=2"}),
        entities({"Id": 3}),
    )
    assert client.rows("Users") == numbered(3)
    assert [seen.target for seen in pbx.seen[1:]] == [
        "/xapi/v1/Users?$skiptoken=a%2Bb",
        "/xapi/v1/Users?$skiptoken=2",
    ]


def test_a_link_in_circles_is_an_error(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: entities({"Id": 1}, **{"@odata.nextLink": "Users?$skiptoken=1"})
    with pytest.raises(Malformed, match="same page again"):
        client.rows("Users")
    assert len(pbx.seen) == 2


@pytest.mark.parametrize(("most", "counts"), [(100, True), (100, False), (50, True)])
def test_a_server_that_does_not_skip_is_an_error(pbx: Server, client: Client, most: int, counts: bool) -> None:
    """Anything else would be a list without its end, or a loop."""
    pbx.otherwise = Set(numbered(150), most=most, counts=counts, skips=False)
    with pytest.raises(Malformed, match=r"GET Users: .*same page again"):
        client.rows("Users")


def test_a_server_that_ignores_the_page_size(pbx: Server, client: Client) -> None:
    pbx.answers(entities(*numbered(250)))
    assert client.rows("Users") == numbered(250)
    assert len(pbx.seen) == 1


def test_a_row_that_comes_twice_counts_once(pbx: Server, client: Client) -> None:
    """A row inserted in front moves the others: the last of a page comes again as the first of the next."""
    pbx.answers(entities(*numbered(100), **{"@odata.count": 101}), entities({"Id": 100}, {"Id": 101}))
    assert client.rows("Users") == numbered(101)


def test_a_row_that_vanishes_makes_us_read_again(pbx: Server, client: Client) -> None:
    """Row 1 is deleted after the first page: row 101 moves to place 100 and would be missed."""
    rows = numbered(150)
    plain = Set(rows)

    def shrinking(seen: Seen) -> Reply:
        reply = plain(seen)
        if len(pbx.seen) == 1:
            del rows[0]
        return reply

    pbx.otherwise = shrinking
    assert client.rows("Users") == numbered(149, start=2)


def test_a_count_that_is_always_too_high_is_believed_once(pbx: Server, client: Client) -> None:
    pbx.otherwise = lambda seen: entities(*([] if "$skip" in seen.query else numbered(3)), **{"@odata.count": 5})
    assert client.rows("Trunks") == numbered(3)
    assert len(pbx.seen) == 4


def test_rows_are_told_apart_by_what_orders_them(pbx: Server, client: Client) -> None:
    rows = [{"Name": "a", "Value": 1}, {"Name": "b", "Value": 1}, {"Name": "a", "Value": 1}]
    pbx.answers(entities(*rows), entities(*rows), entities(*rows))
    assert len(client.rows("Parameters", orderby="Name desc")) == 2
    assert len(client.rows("Parameters", orderby="Value,Name")) == 2
    # Without the key in the rows nobody can tell them apart: all are kept.
    assert len(client.rows("Parameters", orderby="Id")) == 3


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"error": "x"}),
        json_reply({"value": None}),
        json_reply({"value": {"Id": 1}}),
        json_reply({"value": [1]}),
        json_reply([{"Id": 1}]),
        Reply(200),
        Reply(204),
    ],
)
def test_what_is_no_list_is_an_error(pbx: Server, client: Client, reply: Reply) -> None:
    pbx.answers(reply)
    with pytest.raises(Malformed, match="GET Users"):
        client.rows("Users")


@pytest.mark.parametrize(
    ("limit", "tops"), [(1, ["1"]), (100, ["100"]), (101, ["100", "100"]), (250, ["100", "100", "100"])]
)
def test_a_limit_reads_no_more_than_it_needs(pbx: Server, client: Client, limit: int, tops: list[str]) -> None:
    pbx.otherwise = Set(numbered(1000))
    assert client.rows("Users", limit=limit) == numbered(limit)
    assert [seen.query["$top"] for seen in pbx.seen] == tops


def test_a_limit_beyond_the_end_gives_what_there_is(pbx: Server, client: Client) -> None:
    pbx.otherwise = Set(numbered(130))
    assert client.rows("Users", limit=500) == numbered(130)


@pytest.mark.parametrize("orderby", ["", "Calls"])
@pytest.mark.parametrize("size", [0, 99, 100, 250])
def test_rows_without_a_key_come_whole_and_in_their_number(
    pbx: Server, client: Client, size: int, orderby: str
) -> None:
    rows = [{"Calls": number // 3} for number in range(size)]
    pbx.otherwise = Set(rows)
    assert client.rows("Report", orderby=orderby, keyed=False) == rows
    assert not [seen for seen in pbx.seen if "$count" in seen.query]
    assert {seen.query.get("$orderby", "") for seen in pbx.seen} == {orderby}


def test_rows_without_a_key_that_cannot_be_skipped_are_no_endless_list(pbx: Server, client: Client) -> None:
    pbx.otherwise = Set(numbered(100), skips=False)
    with pytest.raises(Malformed, match="the same page again and again"):
        client.rows("Report", orderby="", keyed=False)
    assert len(pbx.seen) == 2
