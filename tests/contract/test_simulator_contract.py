# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every answer of the simulator, on all seven versions, is one that the contract allows."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from tests.contract.openapi import check_exchange, require_contract, versions
from tests.simulator.facts.catalog import Operation
from tests.simulator.facts.grammar import Kind
from tests.unit.simulator.api import Answer, Api

SAMPLES: dict[str, Any] = {
    "string": "x",
    "int32": 1,
    "int64": 1,
    "uint8": 1,
    "decimal": 1,
    "float": 1.5,
    "double": 1.5,
    "boolean": True,
    "datetime": "2030-01-01T00:00:00Z",
    "date": "2030-01-01",
    "time": "08:00:00",
    "duration": "PT1H",
    "uuid": "00000000-0000-0000-0000-000000000001",
}
# What a set needs before it takes a new entity; everything else is created empty.
MINIMUM = {
    "Blocklist": {"IPAddrMask": "198.51.100.99"},
    "CallFlowApps": {"Name": "New", "ScriptCode": "class A {}"},
    "Groups": {"Name": "New"},
    "OutboundRules": {"Name": "New"},
    "Parameters": {"Name": "New", "Value": "1"},
    "Playlists": {"Name": "New"},
    "Sbcs": {"Name": "New"},
    "Fxs": {"MacAddress": "00155d000001"},
    "TenantProperties": {"Name": "New"},
    "Trunks": {"Gateway": {"Name": "New"}},
    "WebsiteLinks": {"Link": "new"},
}


# An API client has neither.
PERSONAL = ("MyUser", "MyGroup")
ABSENT = "The simulator has no model of"


class Checked:
    """A demo PBX whose every exchange is held against the contract."""

    def __init__(self, version: str, **switches: Any) -> None:
        self.version = version
        self.api = Api(version, **switches)

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


def key_text(value: Any) -> str:
    return f"'{quote(value)}'" if isinstance(value, str) else str(value)


def sample(pbx: Checked, kind: Kind, depth: int = 0) -> Any:
    """A value of a type: every property filled, two levels deep."""
    catalog = pbx.api.pbx.catalog
    if kind.name in catalog.enums:
        value: Any = sorted(catalog.enums[kind.name])[0]
    elif kind.name in catalog.types:
        properties = catalog.types[kind.name] if depth < 2 else {}
        value = {name: sample(pbx, inner, depth + 1) for name, inner in properties.items() if not inner.navigation}
    else:
        value = SAMPLES.get(kind.name, {})
    return [value] if kind.collection else value


def test_all_sets_and_singletons_are_served(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    for name in sorted(catalog.sets):
        if "GET" in catalog.operations.get(name, {}):
            assert pbx.call("GET", f"{name}?$top=5&$count=true").status == 200
    for name in sorted(catalog.singletons):
        assert pbx.call("GET", name).status == (404 if name in PERSONAL else 200)


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
            assert pbx.call("GET", f"{name}({key_text(row[facts.key])})").status == 200


def test_navigation_collections_are_served(pbx: Checked) -> None:
    for route, methods in pbx.api.pbx.catalog.operations.items():
        operation = methods.get("GET")
        if operation is None or operation.kind != "navigation":
            continue
        name, _mark, rest = route.partition("(#)")
        if not rest:
            assert pbx.call("GET", route).status == (404 if route.startswith(PERSONAL) else 200)
            continue
        for row in pbx.api.pbx.sets[name].entities():
            assert pbx.call("GET", f"{name}({row['Id']}){rest}").status == 200


def test_entities_can_be_made_changed_and_deleted(pbx: Checked) -> None:
    catalog = pbx.api.pbx.catalog
    made = 0
    for name, facts in sorted(catalog.sets.items()):
        if "POST" not in catalog.operations.get(name, {}) or name == "InboundRules":
            continue
        answer = pbx.call("POST", name, MINIMUM.get(name, {}))
        assert answer.status == 201, (name, answer.body)
        path = f"{name}({key_text(answer.json[facts.key or 'Id'])})"
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
            body = sample(pbx, Kind(facts.type))
            answer = pbx.call(method, place.replace("#", key), body)
            assert answer.status in (201, 204, 400, 404), (place, answer.status, answer.body)
            delta = b"The delta field is required" in answer.body
            assert not delta, f"{place}: a body of the contract's own types was not bound: {body}"


def argument(pbx: Checked, kind: Kind) -> str:
    value = sample(pbx, kind)
    if kind.name == "string" or kind.name in pbx.api.pbx.catalog.enums:
        return f"'{value}'"
    return str(value).lower() if isinstance(value, bool) else str(value)


def call_path(pbx: Checked, operation: Operation) -> str | None:
    """A path for an action or function: the key of an entity that is there, samples for parameters."""
    name, _mark, rest = operation.route.partition("(#)")
    parameters = dict(operation.parameters)
    if rest:
        entity_set = pbx.api.pbx.sets[name]
        parameters.pop(entity_set.key or "", None)
        rows = entity_set.entities()
        if not rows:
            return None
        name = f"{name}({key_text(rows[0][entity_set.key_name()])})"
    path = name + rest
    if path.endswith("()"):
        given = ",".join(f"{key}={argument(pbx, kind)}" for key, kind in parameters.items())
        path = f"{path[:-1]}{given})"
    return path


def test_every_action_and_function_answers_by_the_contract(pbx: Checked) -> None:
    seen = []
    for methods in list(pbx.api.pbx.catalog.operations.values()):
        for operation in methods.values():
            if operation.kind not in ("action", "function"):
                continue
            path = call_path(pbx, operation)
            if path is None:
                continue
            body = None
            if operation.body is not None:
                body = {name: sample(pbx, kind) for name, kind in operation.body.items()}
            answer = pbx.api.call(operation.method, path, body)
            seen.append(answer.status)
            assert answer.status in (200, 204, 400, 404, 501), (path, answer.status, answer.body)
            assert b"field is required" not in answer.body, (path, body, answer.body)
            if answer.status == 501:
                assert answer.json["error"]["message"].startswith(ABSENT)
            else:
                pbx.check(operation.method, path, body, answer)
    assert len(seen) > 150
    assert {200, 204, 501} <= set(seen)


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
