# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that nobody here wrote, 3cx-xapi-python-sdk from PyPI, works with the simulator over TLS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from threecx import ODataQuery, ThreeCXClient
from threecx.exceptions import AuthenticationError, NotFoundError, ThreeCXError

from tests.simulator.testing import Simulator


@pytest.fixture(scope="module")
def pbx() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def client(pbx: Simulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreeCXClient]:
    pbx.reset()
    # The SDK takes the certificate for its token requests from the environment only.
    monkeypatch.setenv("SSL_CERT_FILE", str(pbx.ca_path))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with ThreeCXClient(pbx.url, pbx.client_id, pbx.client_secret) as made:
        yield made


def test_it_lists_with_its_own_query_builder(client: ThreeCXClient) -> None:
    users = client.users.list(ODataQuery().filter("Number eq '101'"))
    assert [user.display_name for user in users] == ["Alex Ash"]
    assert [group.name for group in client.groups.iterate()] == ["DEFAULT", "Sales", "Support", "Warehouse"]
    assert {service["Status"] for service in client.pbx_services.list()} == {"Running"}


def test_it_creates_changes_and_deletes_a_user(client: ThreeCXClient, pbx: Simulator) -> None:
    before = pbx.state()
    made = client.users.create({"Number": "150", "FirstName": "Sam", "LastName": "Spruce"})
    assert made.id is not None
    assert client.users.get_by_number("150").display_name == "Sam Spruce"
    client.users.update(made.id, {"FirstName": "Samira"})
    assert client.users.get(made.id).display_name == "Samira Spruce"
    assert [group.name for group in client.users.get_groups(made.id)] == ["DEFAULT"]
    client.users.delete(made.id)
    assert pbx.state() == before
    with pytest.raises(NotFoundError):
        client.users.get(made.id)


def test_it_creates_changes_and_deletes_a_blocklist_entry(client: ThreeCXClient, pbx: Simulator) -> None:
    before = pbx.state()
    made = client.security.create_blocklist({"IPAddrMask": "198.51.100.99", "Description": "SDK"})
    client.security.update_blocklist_entry(made["Id"], {"Description": "changed"})
    assert client.security.get_blocklist_entry(made["Id"])["Description"] == "changed"
    assert len(client.security.list_blocklist()) == 14
    client.security.bulk_delete_blocklist_ips([made["Id"]])
    assert pbx.state() == before


def test_it_moves_and_purges_outbound_rules(client: ThreeCXClient) -> None:
    rules = client.outbound_rules.list(ODataQuery().order_by("Priority"))
    assert [rule.name for rule in rules][:2] == ["Emergency", "Internal mobile"]
    client.outbound_rules.move_up_down(rules[1].id, up=True)
    assert client.outbound_rules.get(rules[1].id).priority == 0
    client.outbound_rules.purge({"Ids": [rules[1].id]})
    assert rules[1].id not in [rule.id for rule in client.outbound_rules.list()]


def test_refusals_reach_it_as_its_own_errors(client: ThreeCXClient, pbx: Simulator) -> None:
    with pytest.raises(ThreeCXError, match="ALREADY_IN_USE"):
        client.users.create({"Number": "100"})
    stranger = ThreeCXClient(pbx.url, pbx.client_id, "wrong")
    with stranger, pytest.raises(AuthenticationError, match="401"):
        stranger.users.list()


def test_one_token_serves_all_its_requests(client: ThreeCXClient, pbx: Simulator) -> None:
    for _turn in range(3):
        client.users.list()
    assert pbx.calls("POST") == ["POST /connect/token"]
