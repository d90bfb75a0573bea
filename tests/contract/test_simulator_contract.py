# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every answer of the simulator, on all seven versions, is one that the contract allows."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.contract.driving import MINIMUM, SAMPLES, Driver, call_of, literal, ordered
from tests.contract.openapi import ContractError, check_exchange, check_log, require_contract, versions
from tests.simulator.facts.grammar import Kind
from tests.unit.simulator.api import Answer, Api

# The driven PBX is never away, and what it downloads is what the contract calls it: JSON.
DRIVEN = {
    "downloads": "contract",
    "service_cut": "off",
    "service_outage": 0,
    "system_restart": 0,
    "restore_delay": 1e6,
    "update_delay": 1e6,
    "template_built_in": "accept",
}
OPERATIONS = dict(zip(versions(), (526, 531, 547, 566, 571, 590, 601), strict=True))
SUCCESS = (200, 201, 204)


class Checked:
    """A demo PBX whose every exchange is held against the contract."""

    def __init__(self, version: str, **switches: Any) -> None:
        self.version = version
        self.api = Api(version, **switches)
        for call in self.api.pbx.sets["ActiveCalls"].rows.values():
            # It would end by itself, at one time or another of a slow test.
            call["_ends"] = None

    def call(self, method: str, path: str, body: Any = None) -> Answer:
        answer = self.api.call(method, path, body)
        self.check(method, path, body, answer)
        return answer

    def check(self, method: str, path: str, body: Any, answer: Answer) -> None:
        place, _mark, query = path.partition("?")
        assert answer.status is not None
        check_exchange(self.version, method, f"/xapi/v1/{place}", query, body, answer.status, answer.body)


@pytest.fixture(params=versions())
def pbx(request: pytest.FixtureRequest) -> Checked:
    require_contract()
    return Checked(request.param)


def test_all_sets_and_singletons_are_served(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    for name in sorted(catalog.sets):
        if "GET" in catalog.operations.get(name, {}):
            assert pbx.call("GET", f"{name}?$top=5&$count=true").status == 200
    for name in sorted(catalog.singletons):
        assert pbx.call("GET", name).status == 200


def test_every_property_can_be_selected_and_every_navigation_expanded(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    for name, facts in catalog.sets.items():
        listing = catalog.operations.get(name, {}).get("GET")
        if listing is None:
            continue
        properties = catalog.types[facts.type]
        plain = [key for key, kind in properties.items() if not kind.navigation]
        assert pbx.call("GET", f"{name}?$select={','.join(plain)}").status == 200
        expandable = [key for key, kind in properties.items() if kind.navigation]
        if expandable:
            assert pbx.call("GET", f"{name}?$expand={','.join(expandable)}").status == 200


def test_every_entity_of_the_demo_is_served_by_key(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    for name, facts in catalog.sets.items():
        if "GET" not in catalog.operations.get(f"{name}(#)", {}) or facts.key is None:
            continue
        for row in pbx.api.pbx.sets[name].entities():
            assert pbx.call("GET", f"{name}({literal(row[facts.key])})").status == 200


def test_navigation_collections_are_served(pbx: Checked) -> None:
    for route, methods in pbx.api.pbx.catalog.operations.items():
        operation = methods.get("GET")
        if operation is None or operation.kind != "navigation":
            continue
        name, _mark, rest = route.partition("(#)")
        if not rest:
            assert pbx.call("GET", route).status == 200
            continue
        for row in pbx.api.pbx.sets[name].entities():
            assert pbx.call("GET", f"{name}({row['Id']}){rest}").status == 200


def test_entities_can_be_made_changed_and_deleted(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    made = 0
    for name, facts in sorted(catalog.sets.items()):
        if "POST" not in catalog.operations.get(name, {}):
            continue
        answer = pbx.call("POST", name, MINIMUM.get(name, {}))
        assert answer.status == 201, (name, answer.body)
        path = f"{name}({literal(answer.json[facts.key or 'Id'])})"
        assert pbx.call("PATCH", path, {}).status == 204
        assert pbx.call("GET", path).status == 200
        assert pbx.call("DELETE", path).status == 204
        assert pbx.call("GET", path).status == 404
        made += 1
    assert made >= 20


def test_a_full_body_is_bound_or_refused_in_the_shape_of_the_contract(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    for name, facts in sorted(catalog.sets.items()):
        for method, place in (("POST", name), ("PATCH", f"{name}(#)")):
            if method not in catalog.operations.get(place, {}):
                continue
            key = {"int32": "1", "uuid": SAMPLES["uuid"]}.get(facts.key_kind or "", "'x'")
            body = Driver(pbx.api.pbx).sample(Kind(facts.type))
            answer = pbx.call(method, place.replace("#", key), body)
            assert answer.status in (201, 204, 400, 404), (place, answer.status, answer.body)
            delta = b"The delta field is required" in answer.body
            assert not delta, f"{place}: a body of the contract's own types was not bound: {body}"


@pytest.mark.parametrize("version", versions())
def test_every_operation_is_driven_and_answers_by_the_contract(version: str) -> None:
    require_contract()
    pbx = Checked(version, **DRIVEN)
    for name in ("Gone", "Spare", "Extra"):
        pbx.api.post("Groups", {"Name": name})
    driver = Driver(pbx.api.pbx)
    seen: Counter[str] = Counter()
    failed = []
    for operation in ordered(pbx.api.pbx):
        call = call_of(operation)
        path, body = driver.path(operation), driver.body(operation)
        answer = pbx.api.call(operation.method, path, body)
        seen[call] += 1
        if answer.status not in SUCCESS:
            failed.append((call, path, body, answer.status, answer.body[:300]))
            continue
        try:
            pbx.check(operation.method, path, body, answer)
        except ContractError as error:
            failed.append((call, path, body, answer.status, str(error)[:600].encode()))
    assert failed == []
    assert len(seen) == OPERATIONS[version]
    assert set(seen.values()) == {1}


@pytest.mark.parametrize("version", versions())
def test_what_was_read_can_be_written_back_and_changes_nothing(version: str) -> None:
    require_contract()
    pbx = Checked(version, template_built_in="accept")
    written = 0
    for operation in ordered(pbx.api.pbx):
        if operation.kind != "update":
            continue
        name, mark, _rest = operation.route.partition("(#)")
        rows = pbx.api.pbx.sets[name].entities() if mark else []
        key = pbx.api.pbx.sets[name].key_name() if mark else ""
        for path in [f"{name}({literal(row[key])})" for row in rows] if mark else [name]:
            shown = pbx.call("GET", path).json
            body = {member: value for member, value in shown.items() if "@odata." not in member}
            before = pbx.api.control("GET", "state?ids=1").json
            assert pbx.call("PATCH", path, body).status == 204, path
            assert pbx.api.control("GET", "state?ids=1").json == before, path
            written += 1
    assert written > 100


def test_refusals_have_the_shape_of_the_contract(pbx: Checked) -> None:
    for method, path, body in (
        ("GET", "Users?$top=500", None),
        ("GET", "Users?$filter=Nope eq 1", None),
        ("POST", "Groups", {"Name": "Sales"}),
        ("POST", "Users", {"Number": "100"}),
        ("POST", "Trunks/Pbx.SetRoutes", {"routes": {"Id": 9999, "Routes": []}}),
        ("POST", "Services/Pbx.Stop", {"options": {"ServiceNames": ["nginx"]}}),
    ):
        assert pbx.call(method, path, body).status == 400


def test_the_six_workflows_keep_to_the_contract(pbx: Checked) -> None:
    """What the modules do, in short: routes of DIDs, ranks of rules, services, apps, bulk deletion."""
    trunk = pbx.api.id_of("Trunks", "Provider A")
    peer = pbx.call("GET", "Peers?$filter=Number eq '800'&$select=Type,Id,Number").value[0]["Id"]
    assert pbx.call("POST", "Defs/Pbx.GetRoutes", {"ids": [peer]}).status == 200
    routes = {"Id": peer, "Routes": [{"DID": "+498955500016", "TrunkId": trunk, "DisplayName": "New"}]}
    assert pbx.call("POST", "Trunks/Pbx.SetRoutes", {"routes": routes}).status == 204
    assert pbx.call("GET", f"DidNumbers?$expand=RoutingRule&$filter=TrunkId eq {trunk}").status == 200
    assert pbx.call("PATCH", f"Trunks({trunk})", {"DidNumbers": ["+498955500016"]}).status == 204
    rule = {"Name": "New", "Routes": [{"TrunkId": trunk}] * 5, "DNRanges": [{"From": "100", "To": None}]}
    made = pbx.call("POST", "OutboundRules", rule).json["Id"]
    assert pbx.call("POST", "OutboundRules/Pbx.MoveUpDown", {"id": made, "up": True}).status == 204
    assert pbx.call("POST", "OutboundRules/Pbx.Purge", {"purgeObject": {"Ids": [made]}}).status == 204
    assert pbx.call("POST", "Services/Pbx.Stop", {"options": {"ServiceNames": ["3CXIVR01"]}}).status == 204
    assert pbx.call("GET", "Services").status == 200
    app = pbx.api.id_of("CallFlowApps", "831")
    assert pbx.call("GET", f"CallFlowApps({app})?$select=ScriptCode").status == 200
    assert pbx.call("DELETE", f"CallFlowApps({app})").status == 204
    assert pbx.call("POST", "Blocklist/Pbx.BulkIpsDelete", {"ids": [1, 2]}).status == 204


@pytest.mark.parametrize(
    "switches",
    [
        {"null_keys": "keep"},
        {"etag": "on"},
        {"next_link": "on", "page_size": 2},
        {"outbound_empty_slot": "absent"},
        {"outbound_empty_slot": "0"},
        {"blocklist_notation": "dotted"},
        {"script_code": "always"},
        {"body_404": "json"},
    ],
    ids=lambda switches: ",".join(f"{name}={value}" for name, value in switches.items()),
)
def test_switched_answers_keep_to_the_contract_too(switches: dict[str, Any]) -> None:
    require_contract()
    pbx = Checked("20.0.10", **switches)
    for name in ("Blocklist", "OutboundRules", "Trunks", "CallFlowApps", "Users", "InboundRules"):
        pbx.call("GET", name)
        pbx.call("GET", f"{name}({pbx.api.pbx.sets[name].entities()[0]['Id']})")
    pbx.call("GET", "Users(9999)")


def test_a_log_with_files_in_it_can_be_checked() -> None:
    """The contract calls downloads JSON; the request of one is still held against it."""
    require_contract()
    api = Api()
    api.get("CallHistoryView/Pbx.DownloadCallHistory()?$top=5")
    api.get("Recordings/Pbx.DownloadRecording(recId=1)")
    assert check_log("20.0.10", api.control("GET", "log?bodies=1").json["log"]) == 2
    api.get("Recordings/Pbx.DownloadRecording(recId=1)?$nope=1")
    with pytest.raises(ContractError, match="nope"):
        check_log("20.0.10", api.control("GET", "log?bodies=1").json["log"])
