# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No number goes while calls are led to it, unless that is forced. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .model import Change, Problem, Record
from .port import Port
from .usage import Use, Uses, uses_of

USERS_SHOWN = 10


class InUse:
    """Of the items of one set. force: they go whoever uses them. warn: takes what could not be looked at."""

    def __init__(self, entity_set: str, *, force: bool, warn: Callable[[str], None]) -> None:
        self._entity_set = entity_set
        self._force = force
        self._warn = warn
        self._uses = Uses()

    def inspect(self, port: Port, changes: Sequence[Change]) -> None:
        """Who uses the numbers that go; nothing is read unless one goes."""
        numbers = {str(record.item["number"]) for record in _going(changes)}
        if not numbers or self._force:
            return
        self._uses = uses_of(port, numbers)
        for path, reason in self._uses.unread.items():
            self._warn(f"{path} could not be read, so whether it uses a removed number is not known: {reason}")

    def problems(self, changes: Sequence[Change]) -> Iterator[Problem]:
        """What goes in the same task does not count as a user."""
        gone = {record.id for record in _going(changes)}
        for change in changes:
            if change.kind != "delete" or change.record is None:
                continue
            number = str(change.record.item["number"])
            uses = [use for use in self._uses.by_number.get(number, []) if not self._is_of(use, gone)]
            if uses:
                message = f"number {number} is still used by {_listed(uses)}; change these first, or set force: true"
                yield Problem(change.index, change.label, "", message)

    def _is_of(self, use: Use, ids: set[int | str]) -> bool:
        return use.path == self._entity_set and use.key in ids


def _going(changes: Sequence[Change]) -> list[Record]:
    return [change.record for change in changes if change.kind == "delete" and change.record is not None]


def _listed(uses: Sequence[Use]) -> str:
    shown = [str(use) for use in uses[:USERS_SHOWN]]
    if len(uses) > USERS_SHOWN:
        shown.append(f"{len(uses) - USERS_SHOWN} more")
    return ", ".join(shown)
