# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters blocklist_feeds and blocklist_plan: from feeds to entries, and feeds that are not believed."""

from __future__ import annotations

import json
from ipaddress import IPv4Network, ip_network
from typing import Any

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.tcx.pbx.plugins.filter.blocklist_plan import blocklist_feeds, blocklist_plan

NOW = "2027-01-10T12:00:30Z"
HOSTS = "\n".join(f"203.0.113.{number}" for number in range(10))


def plan(text: str, *others: str, current: list[dict[str, Any]] | None = None, **options: Any) -> dict[str, Any]:
    """The text is the feed a, the others are b, c and so on."""
    feed = {"name": "a", "source": "a.txt", **options.pop("feed", {})}
    feeds = [feed, *({"name": name, "source": f"{name}.txt"} for name, _text in zip("bcd", others, strict=False))]
    return blocklist_plan(blocklist_feeds(feeds), [text, *others], current or [], now=NOW, **options)


def networks(*texts: str, **options: Any) -> list[str]:
    return [entry["ip_addr_mask"] for entry in plan(*texts, **options)["entries"]]


def refusal(*texts: str, **options: Any) -> str:
    with pytest.raises(AnsibleFilterError) as caught:
        plan(*texts, **options)
    return str(caught.value)


def entry(network: str, feed: str = "a", **changes: Any) -> dict[str, Any]:
    own = {"block_type": "Block", "added_by": "Manual", "description": f"[feed:{feed}] x", "expires_at": None}
    return {"ip_addr_mask": network, **own, **changes}


# --- which feeds there are


def test_feeds_are_called_like_their_files() -> None:
    told = "https://user:key@feeds.example.com/drop%20all.txt?key=1\nown/complaints.csv"
    assert [(one["name"], one["format"]) for one in blocklist_feeds(told)] == [
        ("drop-20all", "auto"),
        ("complaints", "auto"),
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("", "^feeds: there is no feed"),
        (["a.txt", {"name": "b"}], r"feeds\[1\]: a feed is a file or a URL"),
        ([{"source": "a.txt", "headers": {}}], "a feed has no headers"),
        ([{"source": "a.txt", "name": "a]b"}], '"a]b" is no name of a feed'),
        ([{"source": "a.txt", "format": "xml"}], "format is one of auto, plain, csv, json, not xml"),
        ([{"source": "a.txt", "fields": {"ip": "x"}}], "fields are network, description and expires_at"),
        ([{"source": "a.txt", "fields": "network"}], r'feeds\[0\]: "network" is not of the form name=value'),
        ([{"source": " ", "name": "a"}], r"feeds\[0\]: the source is empty"),
        (["file:///a.txt"], "only https:// and http:// are fetched"),
        (["a/x.txt", "b/x.txt"], "two feeds are called x"),
        ("[", "feeds: line 1, column 2: this JSON list is broken"),
    ],
)
def test_feeds_that_make_no_sense_are_named(told: Any, words: str) -> None:
    with pytest.raises(AnsibleFilterError, match=words):
        blocklist_feeds(told)


# --- how they are read


def test_a_plain_feed() -> None:
    text = (
        "\ufeff# all of it\n\n192.0.2.7\n198.51.100.0/24 ; SBL1\n203.0.113.0/255.255.255.0 seen today\n"
        "192.0.2.16 - 192.0.2.23 # a range\n2001:db8::/32 // six\n192.0.2.99 - bad guy\n"
    )
    assert [(one["ip_addr_mask"], one["description"]) for one in plan(text)["entries"]] == [
        ("192.0.2.7", "[feed:a]"),
        ("198.51.100.0/24", "[feed:a] SBL1"),
        ("203.0.113.0/24", "[feed:a] seen today"),
        ("192.0.2.16/29", "[feed:a] a range"),
        ("2001:db8::/32", "[feed:a] six"),
        ("192.0.2.99", "[feed:a] - bad guy"),
    ]


@pytest.mark.parametrize(
    ("text", "feed"),
    [
        ('["192.0.2.7", "198.51.100.0/24"]', {}),
        ('[{"ip": "192.0.2.7"}, {"CIDR": "198.51.100.0/24", "ip": "no"}]', {}),
        ('{"data": {"prefixes": [{"ip_prefix": "192.0.2.7"}, "198.51.100.0/24"]}}', {"items": "data.prefixes"}),
        ('{"cidr": "192.0.2.7"}\n\n{"cidr": "198.51.100.0/24"}\n{"type": "metadata", "records": 2}\n', {}),
        ('[{"net": "192.0.2.7"}, {"net": "198.51.100.0/24"}]', {"fields": {"network": "net"}}),
        ('[{"net": "192.0.2.7"}, {"net": "198.51.100.0/24"}]', {"fields": "network=net", "format": "JSON"}),
        ("IP;comment\n192.0.2.7;\n198.51.100.0/24;\n", {"format": "csv"}),
        ("192.0.2.7;spam\n198.51.100.0/24;\n", {"format": "csv", "head": "network, comment"}),
        ("ip,expires\n192.0.2.7,1800000000\n198.51.100.0/24,\n", {"format": "csv"}),
        ("# first,last\n1,192.0.2.7\n1,198.51.100.0/24\n", {"source": "a.csv", "head": ["seen", "network"]}),
        ("192.0.2.7\n198.51.100.0/24", {"source": "https://feeds.example.com/list"}),
    ],
)
def test_every_format_is_read(text: str, feed: dict[str, Any]) -> None:
    assert networks(text, feed=feed) == ["192.0.2.7", "198.51.100.0/24"]


def test_ends_are_read_and_what_is_over_is_left_out() -> None:
    told = [
        {"ip": "192.0.2.1", "expires": "2027-01-11T00:00:00+01:00", "reason": "spam\n[feed:x]"},
        {"ip": "192.0.2.2", "expires": 1800000000},
        {"ip": "192.0.2.3", "expires": "2027-01-10T11:00:00Z"},
    ]
    assert plan(json.dumps(told))["entries"] == [
        {
            "ip_addr_mask": "192.0.2.1",
            "block_type": "Block",
            "description": "[feed:a] spam feed:x",
            "expires_at": "2027-01-10T23:00:00Z",
        },
        {
            "ip_addr_mask": "192.0.2.2",
            "block_type": "Block",
            "description": "[feed:a]",
            "expires_at": "2027-01-15T08:00:00Z",
        },
    ]


@pytest.mark.parametrize(
    ("text", "feed", "words"),
    [
        ("192.0.2.7\n\nexample.com # x\n", {}, 'a.txt:3: "example.com" is not an IP address or network'),
        ("192.0.2.7/24\n", {}, 'a.txt:1: "192.0.2.7/24" has host bits set'),
        ("192.0.2.9-192.0.2.1\n", {}, 'a.txt:1: "192.0.2.9 - 192.0.2.1" is no range of addresses'),
        ("192.0.2.9-2001:db8::1\n", {}, "a.txt:1: "),
        ("0.0.0.0/0\n", {}, "a.txt:1: 0.0.0.0/0 is broader than /8, which is not believed"),
        ("2000::/3\n", {}, "a.txt:1: 2000::/3 is broader than /19"),
        ("ip,comment\n192.0.2.x,\n", {"format": "csv"}, 'a.txt:2, column A "ip": "192.0.2.x" is not an IP address'),
        ("ip,expires\n192.0.2.7,soon\n", {"format": "csv"}, 'a.txt:2, column B "expires": "soon" is not a time'),
        (
            "name\nx\n",
            {"format": "csv"},
            "a.txt:1: there is no column for network; call one network or ip_addr_mask or",
        ),
        ('["192.0.2.7",\n 7]', {}, "a.txt, item 2: is int, not a network"),
        ('[{"name": "x"}]', {}, "a.txt, item 1: has none of the fields network, ip_addr_mask"),
        ('[{"ip": "192.0.2.7", "expires": "soon"}]', {}, 'a.txt, item 1: "soon" is not a time'),
        ('[{"ip": "192.0.2.7", "expires": 1e30}]', {}, "a.txt, item 1: 1e+30 is no time"),
        ('["192.0.2.7",\n', {}, "a.txt:2, column 1: is no JSON"),
        ('{"ip": "192.0.2.7"}\n{"ip": \n', {}, "a.txt:2, column 8: is no JSON"),
        ('{"prefixes": []}', {}, "a.txt: is no list; say in items where the list is"),
        ('{"prefixes": []}', {"items": "prefix"}, "a.txt: there is no list at prefix"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_place(text: str, feed: dict[str, Any], words: str) -> None:
    assert words in refusal(text, feed=feed)


def test_bad_lines_can_be_left_out() -> None:
    found = plan("nonsense\n192.0.2.7\n", bad_lines="skip")
    assert [one["ip_addr_mask"] for one in found["entries"]] == ["192.0.2.7"]
    [note] = found["notes"]
    assert note.startswith('left out: a.txt:1: "nonsense" is not an IP address or network')


def test_of_many_lines_that_are_left_out_some_are_told() -> None:
    notes = plan(
        "\n".join([*["nonsense"] * 30, *["192.0.2.1"] * 27, HOSTS]), bad_lines="skip", never_block="192.0.2.1"
    )["notes"]
    assert len(notes) == 27
    assert notes[25] == "and 5 more like these"
    assert notes[-1].startswith("a.txt:31: 192.0.2.1 is not blocked")


# --- what becomes of them


def test_duplicates_and_networks_within_others_are_one_entry() -> None:
    assert networks("192.0.2.7\n192.0.2.0/24\n192.0.2.7\n192.0.2.64/26\n", "192.0.2.0/24\n192.0.2.0/23\n") == [
        "192.0.2.0/23"
    ]


def test_a_network_that_lasts_longer_stays_beside_a_broader_one() -> None:
    told = [{"ip": "192.0.2.0/24", "expires": "2027-02-01T00:00:00Z"}, {"ip": "192.0.2.7"}]
    assert networks(json.dumps(told)) == ["192.0.2.0/24", "192.0.2.7"]


def test_own_networks_are_never_blocked() -> None:
    found = plan("192.0.2.0/24\n198.51.100.7\n203.0.113.9\n", never_block="192.0.2.10, 198.51.100.0/24")
    assert [one["ip_addr_mask"] for one in found["entries"]] == ["203.0.113.9"]
    assert found["notes"] == [
        "a.txt:1: 192.0.2.0/24 is not blocked, since it touches 192.0.2.10",
        "a.txt:2: 198.51.100.7 is not blocked, since it touches 198.51.100.0/24",
    ]


@pytest.mark.parametrize(
    "changes",
    [{"description": "by hand"}, {"block_type": "Allow"}, {"added_by": "AutoBlacklist"}, {"description": "[other:a]"}],
)
def test_what_somebody_else_entered_is_left_to_them(changes: dict[str, str]) -> None:
    current = [entry("203.0.113.1/255.255.255.255", **changes)]
    found = plan("203.0.113.1\n203.0.113.2\n", current=current)
    assert [one["ip_addr_mask"] for one in found["entries"]] == ["203.0.113.2"]
    assert found["notes"] == ["1 of the networks are left to entries that are not of a feed"]


def test_a_feed_that_is_not_given_any_more_is_told() -> None:
    current = [entry("192.0.2.1", "old"), entry("203.0.113.2", "old"), entry("203.0.113.1")]
    assert plan(HOSTS, current=current)["notes"] == [
        "old is not one of the feeds any more; what only it has on the PBX is removed (1)"
    ]


def test_most_entries_do_not_go_because_feeds_were_forgotten() -> None:
    current = [entry("192.0.2.1", "old"), entry("192.0.2.2", "older"), entry("203.0.113.1")]
    assert (
        "2 of the 3 entries on the PBX are of feeds that are not given any more (old, older), more than 50 %"
    ) in refusal(HOSTS, current=current)
    assert len(networks(HOSTS, current=current, shrink=70)) == 10


def test_the_end_of_an_entry_is_renewed_when_half_of_its_time_is_over() -> None:
    current = [
        entry("192.0.2.1", expires_at="2027-01-16T12:00:00Z"),
        entry("192.0.2.2", expires_at="2027-01-12T12:00:00Z"),
        entry("192.0.2.3", expires_at=None),
        entry("192.0.2.4", expires_at="2028-01-01T00:00:00Z"),
    ]
    text = "\n".join(f"192.0.2.{number}" for number in range(1, 6))
    ends = [one["expires_at"] for one in plan(text, current=current, expire_days=7)["entries"]]
    assert ends == ["2027-01-16T12:00:00Z", *["2027-01-17T12:00:00Z"] * 4]


# --- feeds that are not believed


def test_a_feed_that_has_shrunk_is_not_believed() -> None:
    current = [entry(f"203.0.113.{number}") for number in range(10)] + [entry("192.0.2.1", "b")]
    assert "feed a lists 4 networks and has 10 on the PBX; it has lost 60 %, more than 50 %" in refusal(
        "\n".join(HOSTS.splitlines()[:4]), "192.0.2.1", current=current
    )
    assert len(networks("\n".join(HOSTS.splitlines()[:5]), "192.0.2.1", current=current)) == 6
    assert len(networks("192.0.2.9", "192.0.2.1", current=current, shrink=100)) == 2


def test_a_feed_that_lists_too_little_or_too_much_is_not_believed() -> None:
    assert "feed a lists 0 networks, fewer than 1" in refusal("# nothing\n")
    assert "feed b lists 1 networks, fewer than 2" in refusal(HOSTS, "192.0.2.1", minimum=2)
    assert "there would be 11 entries (a 10, b 1), more than 10" in refusal(HOSTS, "192.0.2.1", maximum=10)


def test_a_network_of_two_feeds_counts_for_both() -> None:
    current = [entry(f"203.0.113.{number}", "b") for number in range(10)]
    found = plan(HOSTS, HOSTS, current=current)
    assert found["feeds"] == [
        {"name": "a", "listed": 10, "before": 0, "taken": 10},
        {"name": "b", "listed": 10, "before": 10, "taken": 0},
    ]
    assert [(one["name"], one["value"]) for one in found["checks"]] == [
        ("Feed a", "10 networks, 0 before"),
        ("Feed b", "10 networks, 10 before"),
    ]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"mark": "a]b"}, "letters, digits"),
        ({"never_block": "192.0.2.1, office"}, 'never_block, item 2: "office" is not an IP address'),
        ({"expire_days": -1}, "expire_days is 0 for no end, or 0.05 to 36500, not -1"),
        ({"expire_days": 0.001}, "or 0.05 to 36500"),
        ({"expire_days": float("nan")}, "not nan"),
        ({"expire_days": 1e9}, "not 1e+09"),
    ],
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    assert words in refusal(HOSTS, **options)


NETS = st.builds(
    lambda address, length: ip_network((address >> (32 - length) << (32 - length), length)),
    st.integers(0xC0000200, 0xC00002FF),
    st.integers(24, 32),
)


@given(st.lists(NETS, min_size=1))
def test_exactly_the_listed_addresses_are_blocked(listed: list[IPv4Network]) -> None:
    def addresses(nets: list[Any]) -> set[Any]:
        return {address for net in nets for address in net}

    entries = [ip_network(text) for text in networks("\n".join(str(net) for net in listed))]
    assert addresses(entries) == addresses(listed)
    assert all(not one.overlaps(other) for place, one in enumerate(entries) for other in entries[:place])


@given(st.text())
def test_no_text_is_a_crash(text: str) -> None:
    for kind in ("plain", "csv", "json", "auto"):
        try:
            plan(text, feed={"format": kind})
        except AnsibleFilterError as exc:
            assert str(exc)
