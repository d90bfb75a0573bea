# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floors of plugins/module_utils: who may import whom, and what every file says of itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from tests.unit.sources import COLLECTION, PLUGINS, ROOT, imports, python_files, tree_of

UTILS = f"{COLLECTION}.module_utils"
# From the wire upwards; a room imports its own floor and those below.
FLOORS = ("_xapi", "_catalog", "_resources", "_engine", "_task")
# What is not Python's own, floor by floor. Anything else would have to be installed on every controller.
OUTSIDE = {"_xapi": {"requests", "urllib3"}, "_task": {"ansible.module_utils"}}
HEADER = (
    "# Copyright: tcx.pbx contributors",
    "# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)",
    "# SPDX-License-Identifier: GPL-3.0-or-later",
)
PRIVATE_FOLDERS = ("module_utils", "plugin_utils")


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def floor_of(name: str) -> str:
    """The floor of a dotted name of ours, "" for any other."""
    return name.removeprefix(f"{UTILS}.").partition(".")[0] if name.startswith(f"{UTILS}.") else ""


def is_ours(name: str) -> bool:
    return name.startswith("ansible_collections.")


def test_every_floor_is_there_and_no_other() -> None:
    folders = {path.name for path in (PLUGINS / "module_utils").iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(FLOORS)
    assert [path.name for path in (PLUGINS / "module_utils").glob("*.py")] == []


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_run_downwards_only(floor: str) -> None:
    allowed = FLOORS[: FLOORS.index(floor) + 1] if floor != "_xapi" else ("_xapi",)
    files = python_files(f"module_utils/{floor}")
    assert files, f"no files on the floor {floor}"
    wrong = [
        f"{relative(path)}:{line}: {name}"
        for path in files
        for line, name in imports(path)
        if is_ours(name) and floor_of(name) not in allowed
    ]
    assert not wrong, f"{floor} may import {', '.join(allowed)} only:\n" + "\n".join(wrong)


@pytest.mark.parametrize("floor", FLOORS)
def test_only_the_outermost_floors_know_the_world(floor: str) -> None:
    """No HTTP above the wire, no Ansible below the tasks, and nothing that has to be installed besides requests."""
    allowed = OUTSIDE.get(floor, set())
    wrong = [
        f"{relative(path)}:{line}: {name}"
        for path in python_files(f"module_utils/{floor}")
        for line, name in imports(path)
        if not is_ours(name)
        and name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == known or name.startswith(f"{known}.") for known in allowed)
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_in_plugins_knows_the_tests() -> None:
    wrong = [
        f"{relative(path)}:{line}: {name}"
        for path in python_files()
        for line, name in imports(path)
        if name.partition(".")[0] in ("tests", "tools") or name.startswith("ansible_collections.tcx.pbx.tests")
    ]
    assert not wrong, "\n".join(wrong)


def test_a_module_is_documentation_a_spec_and_one_call() -> None:
    """main() is one statement; what a module does is in its operation, which needs no AnsibleModule."""
    for path in python_files("modules"):
        functions = {node.name: node for node in tree_of(path).body if isinstance(node, ast.FunctionDef)}
        body = [ast.unparse(node) for node in functions["main"].body]
        assert body == ["run_module(SPEC)"], f"{relative(path)}: main() is {body}"


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_each_file_begins_with_the_header_and_future_annotations(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    # Only what is run as a program may have a shebang line before it.
    start = 1 if lines[0].startswith("#!") else 0
    assert tuple(lines[start : start + 3]) == HEADER
    futures = [node for node in tree_of(path).body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert [alias.name for node in futures for alias in node.names] == ["annotations"]


@pytest.mark.parametrize("folder", PRIVATE_FOLDERS)
def test_private_files_say_that_they_are(folder: str) -> None:
    files = python_files(folder)
    assert files
    silent = [
        relative(path) for path in files if "PRIVATE to the collection" not in (ast.get_docstring(tree_of(path)) or "")
    ]
    assert not silent, f"their docstrings do not say PRIVATE to the collection: {silent}"
