# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The changelog is well-formed and lists the modules of the version that galaxy.yml names."""

from __future__ import annotations

from typing import Any

import yaml

from tests.quality.tooling import assert_content, exported, tool
from tools.checkout import ROOT


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def test_antsibull_accepts_fragments_and_changelog() -> None:
    tree = exported("changelog")
    assert_content(tool("antsibull-changelog"), "lint", cwd=tree)
    assert_content(tool("antsibull-changelog"), "lint-changelog-yaml", "changelogs/changelog.yaml", cwd=tree)


def test_release_notes_are_what_antsibull_makes_of_the_changelog() -> None:
    tree = exported("release-notes")
    assert_content(tool("antsibull-changelog"), "generate", cwd=tree)
    assert (tree / "CHANGELOG.rst").read_text("utf-8") == (ROOT / "CHANGELOG.rst").read_text("utf-8")


def test_new_modules_are_listed() -> None:
    version = str(load("galaxy.yml")["version"])
    release = load("changelogs/changelog.yaml")["releases"][version]
    listed = {entry["name"] for entry in release.get("modules", [])}
    modules = (ROOT / "plugins" / "modules").glob("*.py")
    new = {path.stem for path in modules if is_new(path.read_text("utf-8"), version)}
    assert listed == new, "run make changelog"


def is_new(source: str, version: str) -> bool:
    return f"\nversion_added: {version}\n" in source or f'\nversion_added: "{version}"\n' in source
