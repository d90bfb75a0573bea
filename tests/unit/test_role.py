# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The role's defaults and its argument specs say the same."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.unit.sources import ROOT

ROLES = sorted(path for path in (ROOT / "roles").iterdir() if path.is_dir())


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def options(role: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = read(role / "meta" / "argument_specs.yml")["argument_specs"]["main"]["options"]
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
        for path in (role / folder).iterdir()
    ]
    unused = [name for name in options(role) if not any(re.search(rf"\b{name}\b", text) for text in texts)]
    assert not unused
