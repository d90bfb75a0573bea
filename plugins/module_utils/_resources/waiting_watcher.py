# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for several conditions together. PRIVATE to the collection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .._xapi.errors import XapiError
from .model import Item
from .waiting import Doors, PingPort
from .waiting_conditions import Condition, Look, Verdict

NEVER_READ = "never read"


class Watcher:
    """Judges conditions look by look, and keeps the last reading of each. holds: whether all do.

    api: what is to be said of the API: that it answers, or why not.
    """

    def __init__(self, port: PingPort, conditions: Sequence[Condition]) -> None:
        self._port = port
        self._conditions = conditions
        self._doors = Doors()
        self._verdicts: dict[str, Verdict] = {}
        self.api = Verdict(False, NEVER_READ)

    def look_once(self) -> None:
        """Raises XapiError if the PBX cannot be read."""
        look = Look(self._port)
        verdicts = {one.name: one.judge(look) for one in self._conditions}
        self._verdicts = verdicts
        self.api = Verdict(True, f"it answers, version {look.version or 'unknown'}")
        self._doors.opened()

    def look(self) -> str:
        """ "" if all holds, else what is lacking. Raises an XapiError that does not pass."""
        try:
            self.look_once()
        except XapiError as exc:
            self.api = Verdict(False, self._doors.bear(exc))
            # What was read before may be true no longer.
            self._verdicts = {name: Verdict(False, one.reading) for name, one in self._verdicts.items()}
        return "; ".join(self.lacking)

    @property
    def lacking(self) -> list[str]:
        """One sentence for each condition that does not hold. While the API is away, that is the only one to tell."""
        if not self.api.holds:
            return [self.api.reading]
        return [f"{one.wanted}: {self._of(one).reading}" for one in self._conditions if not self._of(one).holds]

    @property
    def holds(self) -> bool:
        return not self.lacking

    @property
    def unknown(self) -> list[tuple[str, str]]:
        """(option, what is wrong with a name in it), of the last look."""
        return [(one.name, words) for one in self._conditions for words in self._of(one).unknown]

    @property
    def report(self) -> list[Item]:
        return list(self._report())

    def _report(self) -> Iterator[Item]:
        yield {"condition": "api", "wanted": "the API answers", "reading": self.api.reading, "holds": self.api.holds}
        for one in self._conditions:
            verdict = self._of(one)
            yield {"condition": one.name, "wanted": one.wanted, "reading": verdict.reading, "holds": verdict.holds}

    def _of(self, condition: Condition) -> Verdict:
        return self._verdicts.get(condition.name, Verdict(False, NEVER_READ))
