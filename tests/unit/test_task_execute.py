# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What _task makes of an operation: its result, its warnings, its cost, and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible.module_utils.basic import missing_required_lib

from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Problem
from ansible_collections.tcx.pbx.plugins.module_utils._task import task as task_module
from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import CONNECTION_OPTIONS
from ansible_collections.tcx.pbx.plugins.module_utils._task.execute import execute
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError, parsed
from ansible_collections.tcx.pbx.plugins.module_utils._task.secrets import secret_values
from ansible_collections.tcx.pbx.plugins.module_utils._task.spec import ModuleSpec
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task
from ansible_collections.tcx.pbx.plugins.module_utils._xapi import library
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Refused

Operation = Callable[[Task], dict[str, Any]]
NO_CALLS = {"requests": 0, "retries": 0, "tokens": 0}


def params(**given: Any) -> dict[str, Any]:
    """Options as they come out of the argument spec."""
    usual = {name: option.get("default") for name, option in CONNECTION_OPTIONS.items()}
    return {**usual, "url": "https://pbx.example.com", "access_token": "abc", **given}


def run(operation: Operation, *, check_mode: bool = False, diff_mode: bool = False, **given: Any) -> dict[str, Any]:
    return execute(ModuleSpec(operation, {}), params(**given), check_mode=check_mode, diff_mode=diff_mode)


def answering(**result: Any) -> Operation:
    return lambda task: {"changed": False, **result}


def raising(error: Exception) -> Operation:
    def operation(task: Task) -> dict[str, Any]:
        raise error

    return operation


class Clients:
    """Stands in for Client: counts, and remembers what was opened and closed."""

    def __init__(self) -> None:
        self.opened: list[Any] = []
        self.closed = 0

    def __call__(self, connection: Any, **clock: Any) -> Any:
        self.opened.append(connection)
        return self

    @property
    def counters(self) -> Any:
        return self

    def as_dict(self) -> dict[str, int]:
        return {"requests": 3, "retries": 1, "tokens": 1}

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> Clients:
    made = Clients()
    monkeypatch.setattr(task_module, "Client", made)
    return made


def using_the_client(task: Task) -> dict[str, Any]:
    assert task.client is task.client
    return {"changed": True}


def test_a_result_is_passed_on_with_what_it_cost() -> None:
    assert run(answering(items=[1])) == {"changed": False, "items": [1], "api": NO_CALLS}


def test_one_client_serves_the_task_and_is_closed(clients: Clients) -> None:
    result = run(using_the_client, timeout=7.0)
    assert result["api"] == {"requests": 3, "retries": 1, "tokens": 1}
    assert [connection.timeout for connection in clients.opened] == [7.0]
    assert clients.closed == 1


def test_the_client_is_closed_when_the_operation_fails(clients: Clients) -> None:
    def operation(task: Task) -> dict[str, Any]:
        using_the_client(task)
        raise Refused("POST Blocklist: no", status=400)

    assert run(operation)["api"]["requests"] == 3
    assert clients.closed == 1


def test_a_fault_of_our_own_is_not_dressed_up_as_a_failed_task(clients: Clients) -> None:
    def operation(task: Task) -> dict[str, Any]:
        using_the_client(task)
        raise KeyError("Id")

    with pytest.raises(KeyError):
        run(operation)
    assert clients.closed == 1


@pytest.mark.parametrize("check_mode", [True, False])
def test_the_operation_knows_its_options_and_check_mode(check_mode: bool) -> None:
    seen: list[Task] = []

    def operation(task: Task) -> dict[str, Any]:
        seen.append(task)
        return {"changed": False}

    run(operation, check_mode=check_mode, timeout=5.0)
    assert seen[0].check_mode is check_mode
    assert seen[0].params["timeout"] == 5.0


def test_a_diff_is_only_shown_when_asked_for() -> None:
    operation = answering(diff={"before": {}, "after": {}})
    assert "diff" not in run(operation)
    assert run(operation, diff_mode=True)["diff"] == {"before": {}, "after": {}}


def test_warnings_are_collected() -> None:
    def operation(task: Task) -> dict[str, Any]:
        task.warn("first")
        task.warn("second")
        return {"changed": False}

    assert run(operation)["warnings"] == ["first", "second"]
    assert "warnings" not in run(answering())


def test_what_is_told_while_the_task_runs_goes_to_who_listens() -> None:
    def operation(task: Task) -> dict[str, Any]:
        task.tell("one call is left")
        return {"changed": False}

    heard: list[str] = []
    spec = ModuleSpec(operation, {})
    execute(spec, params(), check_mode=False, diff_mode=False, tell=heard.append)
    assert heard == ["one call is left"]
    assert execute(spec, params(), check_mode=False, diff_mode=False)["changed"] is False, "nobody has to listen"


def test_warnings_come_with_a_failure_too() -> None:
    def operation(task: Task) -> dict[str, Any]:
        task.warn("odd")
        raise OptionError("entries[0]: no")

    result = run(operation)
    assert (result["failed"], result["warnings"]) == (True, ["odd"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"url": "pbx.example.com"}, "https://"),
        ({"url": "https://admin:hidden@pbx.example.com"}, "client_id and client_secret"),
        ({"access_token": None}, "both client_id and client_secret"),
        ({"access_token": None, "client_id": "ansible"}, "both client_id and client_secret"),
        ({"timeout": 0.0}, "timeout must be more than 0"),
    ],
    ids=["no scheme", "password in it", "no way in", "half a way in", "no time"],
)
def test_a_bad_connection_is_a_failed_task_without_any_call(
    given: dict[str, Any], words: str, clients: Clients
) -> None:
    result = run(using_the_client, **given)
    assert result["failed"] is True
    assert result["changed"] is False
    assert words in result["msg"]
    assert "hidden" not in str(result)
    assert clients.opened == []


@pytest.mark.parametrize(
    "error",
    [
        Refused("POST Blocklist: HTTP 400. Choose another network.", status=400),
        OptionError("never_block[0]: no network"),
        InvalidInput("entries", [Problem(0, "x", "ip_addr_mask", "is empty; write a network")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_goes_wrong_is_the_message_of_a_failed_task(error: Exception) -> None:
    result = run(raising(error))
    assert result == {"failed": True, "changed": False, "msg": str(error), "api": NO_CALLS}


def test_a_missing_library_is_told_as_ansible_tells_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "REQUESTS_PROBLEM", "ModuleNotFoundError: No module named 'requests'")
    result = run(using_the_client)
    assert result["failed"] is True
    assert result["msg"] == missing_required_lib("requests")
    assert "No module named 'requests'" in result["exception"]
    assert result["api"] == NO_CALLS


def test_texts_are_parsed_and_a_bad_one_is_named() -> None:
    assert parsed("ports", int, ["1", "2"]) == [1, 2]
    with pytest.raises(OptionError, match=r"ports\[1\]: invalid literal"):
        parsed("ports", int, ["1", "x", "3"])


def test_secrets_are_found_at_every_depth() -> None:
    spec = {
        "token": {"type": "str", "no_log": True},
        "plain": {"type": "str"},
        "users": {"type": "list", "options": {"pin": {"no_log": True}, "name": {}}},
        "voice": {"type": "dict", "options": {"pins": {"type": "list", "no_log": True}}},
        "unset": {"no_log": True},
    }
    given = {
        "token": "t1",
        "plain": "p",
        "users": [{"pin": 1234, "name": "n"}, {"pin": None}],
        "voice": {"pins": ["5", {"deep": "6"}]},
        "unset": None,
    }
    assert secret_values(spec, given) == {"t1", "1234", "5", "6"}
    assert secret_values(spec, None) == set()
