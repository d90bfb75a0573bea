# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module is in the action group, has its action plugin and says so; nothing else is there.

Only what talks to no PBX stays out of the group: the options that a group sets would be unknown to it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from tests.quality.tooling import assert_content, tool
from tools.checkout import ROOT

GROUP = "tcx"
WITHOUT_PBX = {"tcx_report", "tcx_window"}


def names_in(folder: str) -> set[str]:
    return {path.stem for path in (ROOT / "plugins" / folder).glob("*.py")} - {"__init__"}


@pytest.fixture(scope="module")
def documented() -> dict[str, Any]:
    """What ansible-doc makes of each module, fragments included."""
    modules = sorted(f"tcx.pbx.{name}" for name in names_in("modules"))
    environ = {"ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections")}
    text = assert_content(tool("ansible-doc"), "--json", "--type", "module", *modules, environ=environ)
    # Warnings of ansible-doc stand before the document.
    found: dict[str, Any] = json.loads(text[text.index("{") :])
    return {name.rpartition(".")[2]: entry["doc"] for name, entry in found.items()}


def test_there_are_modules_and_all_carry_the_prefix() -> None:
    names = names_in("modules")
    assert names
    assert all(name.startswith("tcx_") for name in names)


def test_group_holds_exactly_the_modules() -> None:
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text("utf-8"))["action_groups"]
    assert list(groups) == [GROUP]
    assert sorted(groups[GROUP]) == sorted(names_in("modules") - WITHOUT_PBX)


def test_each_module_has_its_action_plugin_and_each_action_plugin_its_module() -> None:
    assert names_in("action") == names_in("modules")


def test_each_module_documents_its_group(documented: dict[str, Any]) -> None:
    assert set(documented) == names_in("modules")
    without = [
        name
        for name, doc in documented.items()
        if name not in WITHOUT_PBX
        and doc.get("attributes", {}).get("action_group", {}).get("membership") != [f"tcx.pbx.{GROUP}"]
    ]
    assert not without, f"these do not extend the fragment with the action group: {without}"
