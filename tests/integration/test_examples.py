# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples in the documentation work, as they stand there, on the demo PBX."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.controllers import ROOT, Controller, controllers, running
from tests.integration.ansible import OWN_ACTIONS, Ansible, Run
from tests.integration.conftest import connection_of
from tests.simulator.testing import Simulator

MODULES = sorted((ROOT / "plugins" / "modules").glob("tcx_*.py"))
FILTERS = sorted((ROOT / "plugins" / "filter").glob("*.yml"))
LOOKUPS = sorted((ROOT / "plugins" / "lookup").glob("*.py"))
PATHS = [*MODULES, *FILTERS, *LOOKUPS]
PREVIEW = " (preview)"
FRESH = "A fresh PBX"
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


Examples = Callable[[Controller], Run]


@pytest.fixture(scope="session")
def examples(
    running_simulator: Simulator, collections_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Examples:
    """Runs the examples, once with each ansible-core.

    Those of each file have a fresh PBX, and a host of their own, which keeps what they register to themselves.
    """

    @cache
    def played(controller: Controller) -> Run:
        ansible = Ansible(controller, collections_path, tmp_path_factory.mktemp("examples"))
        hosts = {host_of(path): {**ansible.local(), "simulator": running_simulator.address} for path in PATHS}
        env = {**connection_of(running_simulator), **OWN_ACTIONS}
        # What modules do does not depend on ansible-core; what is looked up and filtered may.
        mine = PATHS if controller.name == running().name else [*FILTERS, *LOOKUPS]
        plays = [play_of(path) for path in mine]
        return ansible.playbook(plays, "--diff", env=env, inventory={"all": {"hosts": hosts}}, timeout=900)

    return played


def host_of(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


def play_of(path: Path) -> dict[str, Any]:
    tasks = [{"name": FRESH, "fresh_pbx": {}}, *previewed(examples_of(path))]
    return {"hosts": host_of(path), "gather_facts": False, "vars": VAULT, "ignore_errors": True, "tasks": tasks}


def done(path: Path, run: Run) -> dict[str, dict[str, Any]]:
    """The results of the tasks that were not skipped, by name."""
    mine = [one for one in run.results if one.host == host_of(path) and one.task != FRESH]
    assert not [one for one in mine if one.status not in ("ok", "skipped")], run.text
    return {one.task: one.result for one in mine if one.status == "ok"}


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(one, id=one.name, marks=pytest.mark.xdist_group(f"examples {one.name}")) for one in controllers()
    ],
)
def run(request: pytest.FixtureRequest, examples: Examples) -> Run:
    return examples(request.param)


def test_nothing_is_deprecated(run: Run) -> None:
    assert "DEPRECAT" not in run.stdout + run.stderr, run.text


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
@pytest.mark.xdist_group(f"examples {running().name}")
def test_examples_of_module(path: Path, examples: Examples) -> None:
    run = examples(running())
    results = done(path, run)
    tasks = examples_of(path)
    assert tasks, f"{path.name} has no examples"
    for task in tasks:
        foretold, made = results[task["name"] + PREVIEW], results[task["name"]]
        assert foretold["changed"] == made["changed"], task["name"]
        assert foretold.get("diff") == made.get("diff"), task["name"]
    changed = any(results[task["name"]]["changed"] for task in tasks)
    assert changed != reads_only(path), "examples that do nothing teach nothing"


@pytest.mark.parametrize("path", [*FILTERS, *LOOKUPS], ids=lambda path: path.stem)
def test_examples_of_filter_or_lookup(path: Path, run: Run) -> None:
    tasks = examples_of(path)
    assert tasks, f"{path.name} has no examples"
    assert set(done(path, run)) == {task["name"] for task in previewed(tasks)}
    assert all(f"tcx.pbx.{path.stem}" in str(task) for task in tasks if path in LOOKUPS)
