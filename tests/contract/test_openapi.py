# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract checker finds what it is there to find."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.openapi import ContractError, check_exchange, check_log, operation, require_contract, violations

VERSION = "20.0.10"


@pytest.fixture(autouse=True)
def _contract() -> None:
    require_contract()


def block(**body: Any) -> list[str]:
    return violations(VERSION, "POST", "/xapi/v1/Blocklist", "", body, None, None)


def test_a_good_exchange_passes() -> None:
    entity = {"Id": 1, "IPAddrMask": "192.0.2.1", "BlockType": "Block", "ExpiresAt": None, "@odata.etag": "x"}
    check_exchange(VERSION, "GET", "/xapi/v1/Blocklist", "$top=1&$select=Id", None, 200, {"value": [entity]})
    check_exchange(VERSION, "POST", "/xapi/v1/Blocklist", "", {"IPAddrMask": "192.0.2.1"}, 201, entity)
    check_exchange(VERSION, "DELETE", "/xapi/v1/Blocklist(1)", "", None, 204, None)
    check_exchange(VERSION, "GET", "/xapi/v1/Trunks/Pbx.InitTrunk(template='a(b),c')")
    check_exchange(VERSION, "GET", "/xapi/v1/Parkings(Number='SP0')")


def test_null_is_allowed_where_the_contract_says_nullable_and_nowhere_else() -> None:
    assert block(BlockType=None) == []
    assert block(Id=None) != []


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"IPAddrMask": 5}, "IPAddrMask"),
        ({"BlockType": "Perhaps"}, "BlockType"),
        ({"ExpiresAt": "tomorrow"}, "ExpiresAt"),
        ({"Nope": 1}, "unknown property Nope"),
    ],
)
def test_a_bad_request_body_is_found(body: dict[str, Any], word: str) -> None:
    assert any(word in problem for problem in block(**body))


def test_an_unknown_nested_property_is_found() -> None:
    rule = {"Name": "x", "Routes": [{"TrunkId": 1}, {"Trunk": 1}]}
    assert violations(VERSION, "POST", "/xapi/v1/OutboundRules", "", rule, None, None) == [
        "request: unknown property Routes[1].Trunk"
    ]


@pytest.mark.parametrize(
    ("method", "path", "query", "status", "body", "word"),
    [
        ("GET", "Nope", "", 200, {"value": []}, "offers no GET"),
        ("PUT", "Blocklist(1)", "", 204, None, "offers no PUT"),
        ("GET", "Blocklist", "$bogus=1", 200, {"value": []}, "$bogus"),
        ("GET", "Blocklist", "", 200, {"value": [{"Id": "1"}]}, "Id"),
        ("GET", "Blocklist", "", 200, {"value": [{"Nope": 1}]}, "value[0].Nope"),
        ("GET", "Blocklist", "", 200, None, "body is missing"),
        ("GET", "Blocklist", "", 204, None, "status 204"),
        ("DELETE", "Blocklist(1)", "", 204, {"Id": 1}, "body is not offered"),
        ("GET", "Blocklist", "", 400, {"error": "text"}, "error"),
    ],
)
def test_a_bad_exchange_is_found(method: str, path: str, query: str, status: int, body: Any, word: str) -> None:
    with pytest.raises(ContractError, match=r".") as caught:
        check_exchange(VERSION, method, f"/xapi/v1/{path}", query, None, status, body)
    assert word in str(caught.value)


def test_each_version_has_its_own_contract() -> None:
    assert operation("20.0.7", "GET", "/Users(Number='100')") is None
    assert operation("20.0.8", "GET", "/Users(Number='100')") is not None
    assert operation("20.0.10", "GET", "/Users/Pbx.GetByNumber(number='100')") is None


def test_a_log_is_checked_entry_by_entry() -> None:
    entry = {
        "method": "POST",
        "path": "/xapi/v1/Blocklist",
        "query": "",
        "request": {"IPAddrMask": "192.0.2.1"},
        "status": 503,
        "fault": "status",
        "response": "<html></html>",
    }
    token = {**entry, "path": "/connect/token"}
    assert check_log(VERSION, [entry, token]) == 1
    with pytest.raises(ContractError, match="unknown property Nope"):
        check_log(VERSION, [entry, {**entry, "request": {"Nope": 1}}])
