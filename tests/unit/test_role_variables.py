# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the variables of roles come to: what is refused before anything is touched, and what is told afterwards."""

from __future__ import annotations

from inspect import signature
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar

from tests.unit.sources import ROOT

REMOVALS = {"a.zip": True, "a.zip.sha256": True, "gone-already.zip": False}
# From ansible-core 2.19 on, only what is trusted is a template.
TRUST = {name: True for name in signature(DataLoader.load_from_file).parameters if name == "trusted_as_template"}


def worked_out(name: str, role: str, values: dict[str, Any]) -> Any:
    """A variable of a role, with these values of others."""
    loader = DataLoader()
    variables = {}
    for folder in ("defaults", "vars"):
        variables |= loader.load_from_file(str(ROOT / "roles" / role / folder / "main.yml"), **TRUST)
    return Templar(loader, variables | values).template(variables[name])


def senseless(role: str, **values: str) -> list[str]:
    """What the rules of a role say to these values of its variables; they are texts, as a survey sends them."""
    found: list[str] = worked_out(f"{role}_senseless", role, values)
    return found


@pytest.mark.parametrize(
    ("role", "values"),
    [
        ("backup_rotate", {"backup_rotate_prefix": "Büro [1] +49", "backup_rotate_keep": "1"}),
        ("backup_rotate", {"backup_rotate_interval_hours": "0.5", "backup_rotate_max_deletions": "0"}),
        ("service_control", {"service_control_services": "nginx", "service_control_maximum_calls": "0"}),
        ("service_control", {"service_control_services": "nginx", "service_control_extensions_share": "1"}),
        ("update_pbx", {"update_pbx_categories": "", "update_pbx_names": "3CX Phone System"}),
        ("update_pbx", {"update_pbx_expected_version": "20.0.8"}),
        ("update_pbx", {"update_pbx_extensions_share": "1", "update_pbx_maximum_calls": "0"}),
    ],
)
def test_values_that_make_sense(role: str, values: dict[str, str]) -> None:
    assert senseless(role, **values) == []


@pytest.mark.parametrize(
    ("role", "values", "said"),
    [
        ("backup_rotate", {"backup_rotate_prefix": ""}, "backup_rotate_prefix has to begin"),
        ("backup_rotate", {"backup_rotate_prefix": "-n"}, "backup_rotate_prefix has to begin"),
        ("backup_rotate", {"backup_rotate_prefix": "a/../b"}, "backup_rotate_prefix has to begin"),
        ("backup_rotate", {"backup_rotate_prefix": "a\\b"}, "backup_rotate_prefix has to begin"),
        ("backup_rotate", {"backup_rotate_keep": "0"}, "backup_rotate_keep has to be 1 or more"),
        ("backup_rotate", {"backup_rotate_max_deletions": "-1"}, "backup_rotate_max_deletions has to be 0"),
        ("backup_rotate", {"backup_rotate_interval_hours": "27"}, "backup_rotate_interval_hours may not be more"),
        ("service_control", {"service_control_services": " , "}, "service_control_services names no service"),
        (
            "service_control",
            {"service_control_extensions_share": "80"},
            "service_control_extensions_share has to be a share",
        ),
        ("service_control", {"service_control_verify_timeout": "0"}, "service_control_verify_timeout has to be more"),
        ("update_pbx", {"update_pbx_categories": ""}, "update_pbx_categories and update_pbx_names name no update"),
        ("update_pbx", {"update_pbx_extensions_share": "80"}, "update_pbx_extensions_share has to be a share"),
        ("update_pbx", {"update_pbx_expected_version": ">=20"}, "update_pbx_expected_version has to be a version"),
        ("update_pbx", {"update_pbx_verify_timeout": "-5"}, "update_pbx_verify_timeout has to be more than 0"),
    ],
)
def test_what_makes_no_sense_is_named(role: str, values: dict[str, str], said: str) -> None:
    [words] = senseless(role, **({"service_control_services": "nginx"} if role == "service_control" else {}) | values)
    assert words.startswith(said)


def test_only_copies_that_were_removed_are_told() -> None:
    planned = {"backup_rotate_surplus": ["/srv/pbx/a.zip"]}
    assert worked_out("backup_rotate_changes", "backup_rotate", planned) == []
    turns = [{"item": f"/srv/pbx/{name}", "changed": changed} for name, changed in REMOVALS.items()]
    changes = worked_out("backup_rotate_changes", "backup_rotate", {"backup_rotate_dropped": {"results": turns}})
    assert [(one["item"], one["action"]) for one in changes] == [("/srv/pbx/a.zip", "deleted")]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ({"installed": [], "available": []}, "There is no update to install."),
        ({"installed": [], "available": ["3CX"]}, "None of the updates that there are is meant: 3CX."),
        # Tags left it out.
        ({"installed": ["3CX"], "available": ["3CX"]}, "To be installed: 3CX. That step was left out of this run."),
    ],
)
def test_why_no_update_was_installed(plan: dict[str, Any], said: str) -> None:
    assert worked_out("update_pbx_idle", "update_pbx", {"update_pbx_plan": plan}) == said


@pytest.mark.parametrize(("installed", "said"), [([], "No update was sent"), (["3CX"], "The updates were sent.")])
def test_the_way_back_is_told_only_if_there_is_something_to_go_back_from(installed: list[str], said: str) -> None:
    values = {"update_pbx_sent": True, "update_pbx_done": {"installed": installed}, "update_pbx_way_back": ""}
    assert worked_out("update_pbx_advice", "update_pbx", values).startswith(said)
