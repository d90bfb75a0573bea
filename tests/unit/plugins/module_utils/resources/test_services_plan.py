# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which service is meant, and what it needs."""

from __future__ import annotations

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.services import Service, ServiceNames, read_services
from ansible_collections.tcx.pbx.plugins.module_utils._resources.services_plan import (
    Act,
    check_wishes,
    diff_of,
    find_wishes,
    forbidden,
    plan,
    predicted,
)
from ansible_collections.tcx.pbx.tests.unit.service_pbx import Clock, ServicePbx

SERVICES = {
    service.name: service
    for service in (
        Service("3CXIVR01", "3CX PhoneSystem 01 IVR Server", "Running", True, True),
        Service("3CXQueueManager01", "Queue Manager", "Stopped", True, True),
        Service("nginx", "Web server", "Running", False, True),
        Service("3CXCfgServ01", "Config", "Running", True, True),
        Service("Fixed", "Fixed", "Running", False, False),
        Service("Silent", "Config", "Running"),
    )
}


@pytest.mark.parametrize("text", ["3CXIVR01", "3cxivr01", "3cx phonesystem 01 ivr server", " 3CXIVR01 "])
def test_a_service_is_found_by_both_names_in_any_case(text: str):
    assert ServiceNames(SERVICES).find(text) == "3CXIVR01"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3CXIVR1", 'no service is called "3CXIVR1"; did you mean "3CXIVR01"'),
        ("ivr", 'did you mean "3CX.*IVR.*"'),
        ("mail", "the PBX has 3CXCfgServ01, 3CXIVR01, 3CXQueueManager01, Fixed, Silent, nginx"),
        ("config", '"config" may be 3CXCfgServ01 or Silent; write one of these names'),
        ("", "the PBX has"),
    ],
)
def test_what_is_not_found_comes_with_a_remedy(text: str, words: str):
    with pytest.raises(ValueError, match=words):
        ServiceNames(SERVICES).find(text)


def test_all_wrong_names_are_told_at_once():
    items = [{"name": "nix"}, {"name": "Queue Manager"}, {"name": "3cxqueuemanager01"}, {"name": "config"}]
    _wishes, problems = find_wishes(items, SERVICES)
    assert [problem.index for problem in problems] == [0, 2, 3]
    assert problems[1].message == "is the same service as number 1 of the list"


def acts(state: str | None, name: str = "3CXIVR01", enabled: bool | None = None, always: bool = False) -> list[Act]:
    wishes, problems = find_wishes([{"name": name, "state": state, "enabled": enabled}], SERVICES)
    assert not problems
    return plan(wishes, SERVICES, always=always)


@pytest.mark.parametrize(
    ("state", "name", "verbs"),
    [
        ("started", "3CXIVR01", []),
        ("stopped", "3CXIVR01", ["stop"]),
        ("started", "3CXQueueManager01", ["start"]),
        ("stopped", "3CXQueueManager01", []),
        ("restarted", "3CXIVR01", ["restart"]),
        ("restarted", "3CXQueueManager01", ["restart"]),
        (None, "3CXIVR01", []),
    ],
)
def test_only_what_is_needed_is_planned(state: str | None, name: str, verbs: list[str]):
    assert [act.verb for act in acts(state, name)] == verbs


@pytest.mark.parametrize(
    ("status", "started", "stopped"),
    [
        ("StartPending", [], ["stop"]),
        ("ContinuePending", [], ["stop"]),
        ("StopPending", ["start"], []),
        ("Paused", ["start"], ["stop"]),
    ],
)
def test_a_pending_service_counts_as_what_it_will_be(status: str, started: list[str], stopped: list[str]):
    services = {"X": Service("X", "", status)}
    for state, verbs in (("started", started), ("stopped", stopped)):
        wishes, _problems = find_wishes([{"name": "x", "state": state}], services)
        assert [act.verb for act in plan(wishes, services, always=False)] == verbs


@pytest.mark.parametrize(
    ("state", "enabled", "always", "verbs"),
    [
        ("stopped", False, False, ["disable", "stop"]),
        ("started", True, False, []),
        ("started", True, True, ["enable"]),
        (None, True, True, ["enable"]),
    ],
)
def test_enabled_is_sent_on_change_or_always(state: str | None, enabled: bool, always: bool, verbs: list[str]):
    assert [act.verb for act in acts(state, enabled=enabled, always=always)] == verbs


def test_enabled_alone_needs_always():
    item = {"name": "X", "enabled": True}
    assert "the PBX does not show whether a service is enabled" in next(check_wishes([item], always=False)).message
    assert not list(check_wishes([item], always=True))
    assert not list(check_wishes([{**item, "state": "started"}], always=False))


@pytest.mark.parametrize(
    ("state", "name", "words"),
    [
        ("stopped", "nginx", "the PBX protects this service: .*; it can be restarted"),
        ("stopped", "Fixed", "the PBX protects this service: it cannot be started, stopped, enabled or disabled$"),
        ("restarted", "Fixed", "the PBX does not allow a restart of this service"),
        ("stopped", "3CXCfgServ01", "this service serves the API, and without it nobody could start it again"),
    ],
)
def test_protected_services_are_told_before_any_call(state: str, name: str, words: str):
    problems = list(forbidden(acts(state, name), SERVICES))
    assert [problem.field for problem in problems] == ["state"]
    with pytest.raises(ValueError, match=words):
        raise ValueError(problems[0].message)


@pytest.mark.parametrize(
    ("state", "name"),
    [("started", "nginx"), ("restarted", "nginx"), ("restarted", "3CXCfgServ01"), ("stopped", "Silent")],
)
def test_what_needs_no_call_or_is_allowed_is_no_problem(state: str, name: str):
    assert not list(forbidden(acts(state, name), SERVICES))


def test_the_diff_shows_states_in_the_words_of_the_option():
    planned = acts("stopped", enabled=False)
    assert diff_of(planned, SERVICES) == {
        "before": {"3CXIVR01": {"state": "started"}},
        "after": {"3CXIVR01": {"state": "stopped", "enabled": False}},
    }
    assert diff_of(acts("restarted"), SERVICES)["after"] == {"3CXIVR01": {"state": "restarted"}}


def test_check_mode_foretells_the_items():
    wishes, _problems = find_wishes(
        [{"name": "3cxivr01", "state": "stopped"}, {"name": "nginx", "state": "restarted"}, {"name": "Fixed"}], SERVICES
    )
    items = predicted(wishes, plan(wishes, SERVICES, always=False), SERVICES)
    assert [(item["name"], item["status"], item["state"]) for item in items] == [
        ("3CXIVR01", "Stopped", "stopped"),
        ("nginx", "Running", "started"),
        ("Fixed", "Running", "started"),
    ]


def test_what_is_shown_can_be_used_as_input():
    items = read_services(ServicePbx(Clock(), stopped=["3CXIVR01"]))
    assert {"name": "3CXIVR01", "state": "stopped", "status": "Stopped"}.items() <= items[1].items()
    services = {item["name"]: Service(item["name"], item["display_name"], item["status"]) for item in items}
    wishes, problems = find_wishes(items, services)
    assert not problems and not plan(wishes, services, always=False)
