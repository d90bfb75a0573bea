# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specs that come out of the catalog."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.tcx.pbx.plugins.module_utils._resources.declared.declaration import Declaration
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import connection_of
from ansible_collections.tcx.pbx.plugins.module_utils._task.secrets import secret_values
from ansible_collections.tcx.pbx.plugins.module_utils._task.task import Task
from ansible_collections.tcx.pbx.plugins.module_utils._task.typed import item_options, typed_spec

REACHED = {"url": "https://pbx.example.com", "client_id": "ansible", "client_secret": "secret-of-the-client"}


@pytest.mark.parametrize(
    ("entity_set", "path", "expected"),
    [
        ("Queues", "ring_timeout", {"type": "int"}),
        ("Queues", "priority_queue", {"type": "bool"}),
        ("Queues", "comfort_prompts", {"type": "list", "elements": "str"}),
        ("Holidays", "group", {"type": "str"}),
        ("Holidays", "time_of_start_date", {"type": "str"}),
        ("Users", "auth_password", {"type": "str", "no_log": True}),
        ("Users", "pin_protected", {"type": "bool", "no_log": False}),
        ("Trunks", "auth_password", {"type": "str", "no_log": True}),
        ("Users", "transcription_mode", {"type": "str"}),
        ("Blocklist", "block_type", {"type": "str", "choices": ["Block", "Allow"]}),
        ("PhoneTemplates", "id", {"type": "str"}),
        ("Contacts", "id", {"type": "int"}),
    ],
)
def test_a_field_is_an_option_of_its_type(entity_set: str, path: str, expected: dict[str, Any]):
    assert item_options(entity_set)[path] == expected


def test_structured_values_have_options_of_their_own():
    agents = item_options("Queues")["agents"]
    assert (agents["type"], agents["elements"]) == ("list", "dict")
    assert {"number", "skill_group"} <= set(agents["options"])
    assert "tags" not in agents["options"], "only the PBX decides it"


def test_fields_and_members_of_all_versions_are_taken():
    queues = item_options("Queues")
    assert {"out_of_office_route", "office_route", "agent_availability_mode"} <= set(queues), "20.0.4 and 20.0.10"
    assert set(queues["polling_strategy"]["choices"]) >= {"Hunt", "RingAll", "LongestWaiting"}


def test_a_module_has_the_options_that_its_set_needs():
    assert "update_password" in typed_spec("Users", option="users").options
    assert "update_password" not in typed_spec("Holidays", option="holidays").options
    assert "force" in typed_spec("ServicePrincipals", option="clients").options
    assert "language" not in typed_spec("Groups", option="groups", without=["language"]).options["groups"]["options"]


def test_secrets_of_items_are_known_as_such():
    spec = typed_spec("Users", option="users")
    params = {**REACHED, "users": [{"number": "100", "auth_password": "quiet-word"}]}
    assert secret_values(spec.argument_spec, params) == {"secret-of-the-client", "quiet-word"}


def test_an_operation_gets_items_without_their_aliases():
    got: list[Item] = []

    def operation(task: Task, declaration: Declaration, option: str, items: list[Item]) -> dict[str, Any]:
        got.extend(items)
        return {"changed": False}

    spec = typed_spec("BlackListNumbers", option="numbers", aliases={"caller_id": ["number"]}, operation=operation)
    checked = ArgumentSpecValidator(spec.argument_spec).validate({**REACHED, "numbers": [{"number": "+49"}]})
    assert not checked.error_messages
    spec.operation(Task(checked.validated_parameters, connection_of(checked.validated_parameters)))
    assert got == [{"caller_id": "+49", "description": None, "id": None, "if_match": None}]
