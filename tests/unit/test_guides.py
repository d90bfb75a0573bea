# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""README and guides: what they show exists, and nothing that exists is missing in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ModuleArgumentSpecValidator

from tests.unit.sources import COLLECTION, PLUGINS, ROOT

GUIDES = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES]
HERE = "https://github.com/tcx-pbx/tcx.pbx/blob/main/"
BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
ROLES = sorted(path.name for path in (ROOT / "roles").iterdir() if path.is_dir())


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def examples() -> Iterator[tuple[Path, Any]]:
    """Each block of YAML on a page."""
    for path in PAGES:
        for block in BLOCK.findall(text_of(path)):
            yield path, yaml.safe_load(block)


def tasks(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(module, its options) for each of our tasks, at every depth."""
    if isinstance(value, list):
        for inner in value:
            yield from tasks(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name.startswith("tcx.pbx.tcx_"):
                yield name.removeprefix("tcx.pbx."), inner or {}
            elif name != "sources":
                # Those of a rulebook are no tasks; tests/unit/test_event_source.py looks at them.
                yield from tasks(inner)


def role_options(role: str) -> set[str]:
    """Of all entry points."""
    specs = yaml.safe_load(text_of(ROOT / "roles" / role / "meta" / "argument_specs.yml"))["argument_specs"]
    return {name for entry in specs.values() for name in entry.get("options") or {}}


def role_results(role: str) -> set[str]:
    """What the role sets by itself, for the tasks after it."""
    files = [path for folder in ("tasks", "vars") for path in (ROOT / "roles" / role / folder).glob("*.yml")]
    return {
        name for path in files for name in re.findall(rf"^ *(?:register: )?({role}_\w+)", text_of(path), re.MULTILINE)
    }


def plugin_names() -> set[str]:
    """What else may begin with the name of a role."""
    return {path.stem for folder in PLUGINS.iterdir() for path in folder.glob("*.yml")}


def variables(text: str, role: str) -> set[str]:
    """What is written like a variable of the role."""
    return set(re.findall(rf"\b{role}_[a-z_]+\b", text)) - plugin_names()


def templated(value: Any) -> bool:
    return isinstance(value, str) and "{{" in value


def test_shown_tasks_have_options_that_exist() -> None:
    seen = 0
    for path, block in examples():
        for name, options in tasks(block):
            seen += 1
            spec = import_module(f"{COLLECTION}.modules.{name}").SPEC
            plain = {option: value for option, value in options.items() if not templated(value)}
            dynamic = {option for option in options if templated(options[option])}
            needed = {
                option: {**known, "required": known.get("required", False) and option not in dynamic | {"url"}}
                # A copy, since validation writes into the defaults of suboptions.
                for option, known in deepcopy(spec.argument_spec).items()
            }
            assert dynamic <= set(needed), f"{path.name}: {name} has no {sorted(dynamic - set(needed))}"
            checked = ModuleArgumentSpecValidator(needed).validate(plain)
            assert not checked.error_messages, f"{path.name}: {name}: {checked.error_messages}"
    assert seen >= 10


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_variables_of_roles_exist(path: Path, role: str) -> None:
    assert variables(text_of(path), role) <= role_options(role) | role_results(role)


def test_every_variable_of_the_window_is_explained() -> None:
    told = variables(text_of(ROOT / "docs" / "maintenance_window.md"), "maintenance_window")
    assert role_options("maintenance_window") <= told


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_are_absolute_and_lead_to_files_that_are_there(path: Path) -> None:
    for link in LINK.findall(text_of(path)):
        assert link.startswith("https://"), f"{link}: Galaxy shows the page elsewhere, so links have to be absolute"
        if link.startswith(HERE):
            file, _hash, heading = link.removeprefix(HERE).partition("#")
            assert (ROOT / file).is_file(), link
            assert not heading or heading in anchors(text_of(ROOT / file)), link


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("folder", ["modules", "filter"])
def test_readme_lists_all_plugins(folder: str) -> None:
    suffix = "py" if folder == "modules" else "yml"
    there = {path.stem for path in (PLUGINS / folder).glob(f"*.{suffix}") if path.stat().st_size}
    listed = set(re.findall(r"^\| `(\w+)` \|", text_of(ROOT / "README.md"), re.MULTILINE))
    assert there <= listed
    assert all(f"`{name}`" in text_of(ROOT / "README.md") for name in there)


def test_readme_lists_no_plugin_that_is_not_there() -> None:
    folders = ("modules", "filter", "lookup", "callback")
    there = {path.stem for folder in folders for path in (PLUGINS / folder).iterdir()}
    listed = set(re.findall(r"^\| `(\w+)` \|", text_of(ROOT / "README.md"), re.MULTILINE))
    assert listed <= there


def test_readme_lists_all_roles_playbooks_and_guides() -> None:
    text = text_of(ROOT / "README.md")
    for role in (ROOT / "roles").iterdir():
        assert f"role `{role.name}`" in text
    for playbook in (ROOT / "playbooks").glob("*.yml"):
        assert f"playbook `tcx.pbx.{playbook.stem}`" in text
    for guide in GUIDES:
        assert f"{HERE}docs/{guide.name}" in text


def test_every_connection_variable_is_told() -> None:
    connection = import_module(f"{COLLECTION}.module_utils._task.connection").CONNECTION_OPTIONS
    names = {option["fallback"][1][0] for option in connection.values() if "fallback" in option}
    assert names <= set(re.findall(r"TCX_\w+", text_of(ROOT / "docs" / "getting_started.md")))
