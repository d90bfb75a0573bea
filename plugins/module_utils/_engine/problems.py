# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that cannot be carried out, told before anything is written. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Sequence

from .._resources.model import Problem

SHOWN = 20


class InvalidInput(Exception):
    """One message that names every item, field and remedy; `problems` has them one by one."""

    def __init__(self, option: str, problems: Sequence[Problem]) -> None:
        self.option = option
        self.problems = tuple(problems)
        super().__init__(self._text())

    def _text(self) -> str:
        lines = [describe(self.option, problem) for problem in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"and {len(self.problems) - SHOWN} more problems")
        return "Nothing was changed. " + "; ".join(lines)


def describe(option: str, problem: Problem) -> str:
    """A field without an item is an option of the task."""
    if problem.index is None and problem.field and not problem.label:
        return f"{problem.field}: {problem.message}"
    place = option if problem.index is None else f"{option}[{problem.index}]"
    label = f" ({problem.label})" if problem.label and problem.label != problem.index else ""
    field = f" {problem.field}:" if problem.field else ":"
    return f"{place}{label}{field} {problem.message}"
