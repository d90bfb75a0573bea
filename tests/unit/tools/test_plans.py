# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which environments are chosen for which Pythons."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.plans import main_plan, rulebook_plan, second_plan, untested


def pythons(*versions: str) -> dict[str, Path]:
    return {version: Path("bin", f"python{version}") for version in versions}


@pytest.mark.parametrize(
    ("found", "main", "second", "missing"),
    [
        (["3.11", "3.12", "3.13"], "core2.21-py3.13", "core2.19-py3.11", 0),
        (["3.11", "3.12"], "core2.21-py3.12", "core2.19-py3.11", 0),
        (["3.13"], "core2.21-py3.13", "core2.19-py3.13", 1),
        (["3.11"], "core2.19-py3.11", None, 1),
        (["3.14"], "core2.21-py3.14", None, 2),
        (["3.11", "3.14"], "core2.19-py3.11", None, 1),
    ],
)
def test_choice(found: list[str], main: str, second: str | None, missing: int) -> None:
    available = pythons(*found)
    plan = second_plan(available)
    assert main_plan(available).name == main
    assert (plan.name if plan else None) == second
    assert len(untested(available)) == missing


def test_no_python_is_an_error_with_a_remedy() -> None:
    with pytest.raises(LookupError, match="apt install"):
        main_plan({})
    assert second_plan({}) is None


def test_rulebooks_run_like_the_tests_but_apart_from_them() -> None:
    available = pythons("3.11", "3.13")
    plan = rulebook_plan(available)
    assert plan.name == main_plan(available).name
    assert plan.role not in {"main", "second"}
