# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role: its defaults and its argument specs say the same, and it has all its parts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.tcx.pbx.plugins.module_utils._task.connection import CONNECTION_OPTIONS
from tests.unit.sources import ROOT

ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def entry_points(role: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(role / "meta" / "argument_specs.yml")["argument_specs"]
    return found


def options(role: Path) -> dict[str, dict[str, Any]]:
    """Of all entry points; one that several of them have is the same in each."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entry_points(role).values():
        for name, option in (entry.get("options") or {}).items():
            assert found.setdefault(name, option) == option, f"{name} differs between the entry points"
    return found


def test_there_are_roles() -> None:
    assert ROLES


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_defaults_are_those_of_the_argument_specs(role: Path) -> None:
    specified = {name: option["default"] for name, option in options(role).items() if "default" in option}
    assert read(role / "defaults" / "main.yml") == specified


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_options_without_a_default_stand_in_the_defaults_as_a_comment(role: Path) -> None:
    """Whoever reads the defaults sees everything that can be set."""
    text = (role / "defaults" / "main.yml").read_text(encoding="utf-8")
    mentioned = set(re.findall(r"^# (\w+): ", text, re.MULTILINE)) & set(options(role))
    assert mentioned == {
        name for name, option in options(role).items() if "default" not in option and not option.get("required")
    }


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_variables_carry_the_name_of_the_role(role: Path) -> None:
    assert all(name.startswith(f"{role.name}_") for name in options(role))


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_option_is_used(role: Path) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("tasks", "templates", "vars")
        for path in sorted((role / folder).rglob("*"))
        if path.is_file()
    ]
    unused = [name for name in options(role) if not any(re.search(rf"\b{name}\b", text) for text in texts)]
    assert not unused


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_option_is_described(role: Path) -> None:
    silent = [name for name, option in options(role).items() if not option.get("description") or "type" not in option]
    assert not silent


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_each_entry_point_has_its_tasks_and_says_what_it_is_for(role: Path) -> None:
    for name, entry in entry_points(role).items():
        assert (role / "tasks" / f"{name}.yml").is_file()
        assert entry.get("short_description") and entry.get("description") and entry.get("author")


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_step_with_a_tag_runs_only_if_the_tag_is_chosen(role: Path) -> None:
    """Tags are handed down: a step within a block that always runs would run whatever tags are chosen."""
    blocks = [task for task in read(role / "tasks" / "main.yml") if "block" in task]
    always = [step for block in blocks if "always" in block.get("tags", []) for step in block["block"]]
    assert [step["name"] for step in always if set(step.get("tags", [])) - {"always"}] == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_meta_tells_what_galaxy_wants_to_know(role: Path) -> None:
    meta = read(role / "meta" / "main.yml")
    assert meta["dependencies"] == []
    assert {"author", "description", "license", "min_ansible_version", "platforms"} <= set(meta["galaxy_info"])


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_no_variable_of_a_role_is_none(role: Path) -> None:
    """ansible-core 2.18 makes an empty text of it, which is no dictionary, so that a report would be refused."""
    texts = [path.read_text(encoding="utf-8") for path in (role / "vars").glob("*.yml")]
    assert not [found for text in texts for found in re.findall(r"(?:else|or|default\() ?none\b.*", text)]


# What only other roles include.
WITHOUT_PLAYBOOK = {"report"}
# A bad update is to reach one PBX only: its playbook takes one after the other, unless told otherwise, and ends early.
ONE_BY_ONE = {"update_pbx": {"default('100%')": "default('1')", "default(100)": "default(0)"}}


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role.name not in WITHOUT_PLAYBOOK], ids=lambda role: role.name
)
def test_a_playbook_runs_the_role_with_the_whole_connection(role: Path) -> None:
    """On the hosts that tcx_hosts names, in the batches of tcx_batches, with every option of the connection.

    All playbooks take the same variables for that; those of maintenance_window.yml stand for all.
    """
    [play] = read(ROOT / "playbooks" / f"{role.name}.yml")
    [model] = read(ROOT / "playbooks" / "maintenance_window.yml")
    for keyword in ("hosts", "gather_facts", "serial", "max_fail_percentage", "module_defaults"):
        wanted = model[keyword]
        for usual, its_own in ONE_BY_ONE.get(role.name, {}).items():
            wanted = wanted.replace(usual, its_own) if isinstance(wanted, str) else wanted
        assert play[keyword] == wanted, keyword
    assert f"tcx.pbx.{role.name}" in str(play["tasks"])


def test_an_inventory_may_set_every_option_of_the_connection() -> None:
    """And what a variable lacks is told: with default(omit), the environment would stand in for it."""
    [play] = read(ROOT / "playbooks" / "maintenance_window.yml")
    assert play["module_defaults"]["group/tcx.pbx.tcx"] == {
        option: f"{{{{ tcx_{option} if query('ansible.builtin.varnames', '^tcx_{option}$') else omit }}}}"
        for option in CONNECTION_OPTIONS
    }
