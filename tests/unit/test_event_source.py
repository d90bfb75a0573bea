# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said of the event source is so: in its documentation, in the guide, and in the rulebooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.tcx.pbx.plugins.plugin_utils.events.arguments import (
    ENVIRONMENT,
    LOGS,
    OWN,
    STARTS,
    arguments_of,
)
from tests.unit.sources import ROOT

EDA = ROOT / "extensions" / "eda"
SOURCE = "tcx.pbx.tcx_events"
GUIDE = (ROOT / "docs" / "eda.md").read_text(encoding="utf-8")
RULEBOOKS = sorted((EDA / "rulebooks").glob("*.yml"))
GIVEN = {"url": "https://pbx.example.com", "access_token": "a"}


def constant(name: str) -> Any:
    """The YAML in a constant of the source, which is not imported for it."""
    tree = ast.parse((EDA / "plugins" / "event_source" / "tcx_events.py").read_text(encoding="utf-8"))
    (value,) = (
        node.value for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    )
    return yaml.safe_load(ast.literal_eval(value))


OPTIONS = constant("DOCUMENTATION")["options"]


def shown() -> Iterator[dict[str, Any]]:
    """The arguments of each source that is shown to people, or runs."""
    blocks = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)]
    rulebooks = [*blocks, *(yaml.safe_load(path.read_text(encoding="utf-8")) for path in RULEBOOKS)]
    sources = [one for book in rulebooks if isinstance(book, list) for ruleset in book for one in ruleset["sources"]]
    yield from (one[SOURCE] for one in [*sources, *constant("EXAMPLES")])


def test_every_argument_is_documented_and_no_other() -> None:
    assert set(OPTIONS) == {*ENVIRONMENT, *OWN}
    for name, variable in ENVIRONMENT.items():
        assert f"E({variable})" in " ".join(OPTIONS[name]["description"])


def test_documented_defaults_and_choices_are_those_that_count() -> None:
    found = arguments_of(GIVEN, {"HOME": "/home/runner"})
    said = {name: option["default"] for name, option in OPTIONS.items() if "default" in option}
    assert said == {
        "validate_certs": found.connection.validate_certs,
        "timeout": found.connection.timeout,
        "logs": list(found.logs),
        "interval": found.interval,
        "start": found.start,
        "activity": found.activity,
    }
    assert (tuple(OPTIONS["logs"]["choices"]), tuple(OPTIONS["start"]["choices"])) == (LOGS, STARTS)


def test_the_guide_explains_every_argument() -> None:
    table = GUIDE.partition("## Arguments")[2].partition("\n## ")[0]
    assert set(OPTIONS) <= set(re.findall(r"`(\w+)`", table))


def test_shown_arguments_exist() -> None:
    every = list(shown())
    assert len(every) == 3
    assert all(set(arguments) <= set(OPTIONS) for arguments in every)


@pytest.mark.parametrize("path", RULEBOOKS, ids=lambda path: path.name)
def test_rulebooks_start_playbooks_that_are_there(path: Path) -> None:
    names = re.findall(r"^\s+name: (tcx\.pbx\.\w+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert names
    for name in names:
        assert (ROOT / "playbooks" / f"{name.rpartition('.')[2]}.yml").is_file(), name
