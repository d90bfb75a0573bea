# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The calls that carry out changes. PRIVATE to the collection.

A step is one call, or calls that belong together: it succeeds or fails as a whole, for all of its changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .._xapi.errors import XapiError
from .model import Change
from .port import Port


class PartlyDone(Exception):
    """A call of a step failed after others had taken effect: the PBX is different now. error: what failed."""

    def __init__(self, error: XapiError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True)
class Step:
    """`run` carries out all of `changes`."""

    changes: tuple[Change, ...]
    run: Callable[[Port], Any]


def together(changes: Sequence[Change], steps: Sequence[Step]) -> Step:
    """Steps that make sense only one after another."""

    def run(port: Port) -> None:
        for place, step in enumerate(steps):
            try:
                step.run(port)
            except XapiError as exc:
                if place == 0:
                    raise
                raise PartlyDone(exc) from exc

    return Step(tuple(changes), run)


@dataclass(frozen=True)
class BulkDelete:
    """An action that removes many by id. body: ids to the action's parameters. most: ids in one call.

    repeatable: whether the wire may send it again by itself; if not, a lost answer is looked at first.
    """

    action: str
    body: Callable[[list[Any]], dict[str, Any]]
    most: int = 500
    repeatable: bool = True

    def step(self, changes: Sequence[Change]) -> Step:
        ids = [change.record.id for change in changes if change.record is not None]
        if not ids:
            raise ValueError("a bulk deletion without ids may mean all; it is never sent")
        return Step(tuple(changes), lambda port: port.action(self.action, self.body(ids), repeatable=self.repeatable))


def chunks(changes: Sequence[Change], most: int) -> Iterator[Sequence[Change]]:
    for start in range(0, len(changes), most):
        yield changes[start : start + most]


def of_kind(changes: Iterable[Change], kind: str) -> list[Change]:
    return [change for change in changes if change.kind == kind]
