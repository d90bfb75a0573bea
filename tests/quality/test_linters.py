# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tree passes its linters. What each tool says is the message of the failure."""

from __future__ import annotations

import pytest

from tests.quality.tooling import PYTHON, assert_content, exported, tool
from tools.checkout import ROOT


def test_ruff() -> None:
    assert_content(tool("ruff"), "check", "--quiet", "--output-format", "concise", ".")


@pytest.mark.parametrize("folder", ["plugins", "extensions"])
def test_types_of_what_users_get(folder: str) -> None:
    # Under their collection name, by which they import each other.
    check_types(f"ansible_collections.tcx.pbx.{folder}", base="collections")


@pytest.mark.parametrize("package", ["tests.simulator", "tests.quality", "tools"])
def test_types_of_what_serves_the_tests(package: str) -> None:
    check_types(package, base=".")


def check_types(package: str, base: str) -> None:
    # A cache each, because two of these may run at the same time.
    cache = ROOT / ".mypy_cache" / package
    assert_content(
        *(PYTHON, "-m", "mypy", "--config-file", ROOT / "pyproject.toml", "--cache-dir", cache),
        *("--no-error-summary", "--package", package),
        cwd=ROOT / base,
        # Tools look into the collection, too.
        environ={"MYPYPATH": str(ROOT / "collections")},
    )


def test_yamllint() -> None:
    assert_content(tool("yamllint"), "--strict", "--format", "parsable", ".", cwd=exported("yamllint"))


def test_ansible_lint() -> None:
    tree = exported("ansible-lint")
    assert_content(
        *(tool("ansible-lint"), "--offline", "--profile", "production", "--strict", "--nocolor"),
        cwd=tree,
        environ={"ANSIBLE_COLLECTIONS_PATH": str(tree.parents[2])},
    )


def test_documentation() -> None:
    assert_content(
        *(tool("antsibull-docs"), "lint-collection-docs", "--plugin-docs", "--check-extra-docs-refs"),
        *("--validate-collection-refs", "self", "--disallow-unknown-collection-refs", "."),
        cwd=exported("antsibull-docs"),
    )


def test_shell_scripts() -> None:
    for script in ("tools/pythons", ".ci/run"):
        assert_content("sh", "-n", ROOT / script)
