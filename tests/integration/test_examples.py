# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in the documentation work, as they stand there, on the demo PBX."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.controllers import ROOT
from tests.integration.ansible import Ansible, Run
from tests.simulator.testing import Simulator

MODULES = sorted((ROOT / "plugins" / "modules").glob("tcx_*.py"))
FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.yml"))
LOOKUPS = sorted((ROOT / "plugins" / "lookup").glob("*.py"))
PREVIEW = " (preview)"
# What a reader of the examples has in a vault.
VAULT = {"vault_mail_password": "a password out of a vault"}

Task = dict[str, Any]


def examples_of(path: Path) -> list[Task]:
    """The tasks under EXAMPLES of a module, a lookup or of a sidecar file, without importing anything."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".yml":
        examples = yaml.safe_load(text)["EXAMPLES"]
    else:
        examples = next(value for name, value in assignments(text) if name == "EXAMPLES")
    tasks: list[Task] = yaml.safe_load(examples)
    return tasks


def reads_only(path: Path) -> bool:
    """What the documentation says."""
    return "- tcx.pbx.attributes.info" in path.read_text(encoding="utf-8")


def assignments(text: str) -> Iterator[tuple[str, Any]]:
    for node in ast.parse(text).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        ):
            yield node.targets[0].id, node.value.value


def previewed(tasks: list[Task]) -> Iterator[Task]:
    """Each task in check mode and then for real, on the PBX as the examples before it left it."""
    for task in tasks:
        yield {**task, "name": task["name"] + PREVIEW, "check_mode": True}
        yield task


def go(ansible: Ansible, env: dict[str, str], path: Path) -> tuple[list[Task], Run]:
    tasks = examples_of(path)
    assert tasks, f"{path.name} has no examples"
    run = ansible.play(list(previewed(tasks)), "--diff", env=env, settings={"vars": VAULT})
    assert run.rc == 0, run.text
    assert "DEPRECAT" not in run.stdout + run.stderr, run.text
    return tasks, run


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_examples_of_module(path: Path, ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    tasks, run = go(ansible, connection, path)
    changed = []
    for task in tasks:
        foretold, done = run.of(task["name"] + PREVIEW).result, run.of(task["name"]).result
        assert foretold["changed"] == done["changed"], task["name"]
        assert foretold.get("diff") == done.get("diff"), task["name"]
        changed.append(done["changed"])
    assert any(changed) != reads_only(path), "examples that do nothing teach nothing"


@pytest.mark.parametrize("path", FILTERS, ids=lambda path: path.stem)
def test_examples_of_filter(path: Path, ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    tasks, run = go(ansible, connection, path)
    assert [one.task for one in run.results if one.status == "ok"] == [task["name"] for task in previewed(tasks)]


@pytest.mark.parametrize("path", LOOKUPS, ids=lambda path: path.stem)
def test_examples_of_lookup(path: Path, ansible: Ansible, simulator: Simulator, connection: dict[str, str]) -> None:
    tasks, run = go(ansible, connection, path)
    assert all(f"tcx.pbx.{path.stem}" in str(task) for task in tasks)
    assert {one.task for one in run.results if one.status == "ok"} == {task["name"] for task in previewed(tasks)}
