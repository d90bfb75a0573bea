# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls without a model: an answer that the contract allows, made of the PBX's own people and things.

An action without a result is accepted and does nothing. /_sim/coverage calls all of these canned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.simulator.areas import canned_answers, files
from tests.simulator.invent.inventor import Inventor

if TYPE_CHECKING:
    from tests.simulator.facts.catalog import Operation
    from tests.simulator.pbx import Pbx

OPEN_RESULT = "IActionResult"


class Canned:
    """Answers for what the contract has and no model knows."""

    def __init__(self, pbx: Pbx) -> None:
        self.pbx = pbx

    def answer(self, operation: Operation, arguments: dict[str, Any]) -> Any:
        """The value of a call; None where the contract has no result."""
        kind = operation.result
        if kind is None:
            return None
        fixed = canned_answers.ANSWERS.get(operation.name)
        if fixed is not None:
            return fixed(self.pbx)
        if kind.name == OPEN_RESULT:
            return files.text(f"{operation.name}.txt", "text/plain", operation.name) if operation.download else {}
        inventor = Inventor(self.pbx)
        return inventor.rows(kind.name, arguments) if kind.collection else inventor.one(kind, operation.name)
