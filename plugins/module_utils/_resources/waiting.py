# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looking at a PBX again and again until something holds, not in silence. PRIVATE to the collection."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from .._xapi.errors import (
    AuthFailed,
    Forbidden,
    LostAnswer,
    Malformed,
    NotFound,
    Refused,
    ServerFault,
    Unreachable,
    XapiError,
)
from .port import Port

FIRST_PAUSE, GROWTH = 0.5, 1.5
# What is told is told again after so many seconds, even if it is the same.
TELL_EVERY = 30.0
# What a PBX may answer while it starts, and will not answer later.
PASSING = (Unreachable, ServerFault, Malformed, NotFound, LostAnswer, Refused)
# The call may have been carried out all the same; after any other error it was not.
DOUBTFUL = (LostAnswer, ServerFault, Malformed)
# It may answer so for a moment too, but to ask for many tokens in a row brings the flood limit near.
DOORS = (AuthFailed, Forbidden)
MOST_CLOSED_DOORS = 3

Tell = Callable[[str], None]


class PingPort(Port, Protocol):
    """`ping(retry=False)` fails at once where an ordinary call keeps trying."""

    def ping(self, retry: bool = True) -> str: ...


def version_of(port: PingPort) -> str:
    """The version of the PBX, such as 20.0.10.1234, by a look that fails at once if nobody answers."""
    return port.ping(retry=False) or str(port.get("SystemStatus", {"$select": "Version"}).get("Version") or "")


@dataclass
class Pace:
    """When to look. timeout: seconds in all, for all that is waited for; interval: the longest pause, which the first
    ones are shorter than."""

    timeout: float
    interval: float
    tell: Tell
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _told: tuple[str, float] = field(default=("", 0.0), init=False)
    _start: float | None = field(default=None, init=False)

    @property
    def elapsed(self) -> float:
        """Seconds since the waiting began."""
        return 0.0 if self._start is None else self.clock() - self._start

    def _begin(self) -> None:
        if self._start is None:
            self._start = self.clock()

    def until(self, look: Callable[[], str]) -> str:
        """Looks until `look` answers "", which is returned, or until the time is over: then what it said last."""
        self._begin()
        pause = min(FIRST_PAUSE, self.interval)
        while lacking := look():
            elapsed = self.elapsed
            if elapsed >= self.timeout:
                return lacking
            self._say(lacking, elapsed)
            self.sleep(min(pause, self.timeout - elapsed))
            pause = min(pause * GROWTH, self.interval)
        return ""

    def _say(self, text: str, elapsed: float) -> None:
        said, moment = self._told
        if text != said or elapsed - moment >= TELL_EVERY:
            self._told = (text, elapsed)
            self.tell(f"{text} ({elapsed:.0f} of {self.timeout:g} s)")


class Doors:
    """Bears what passes while a PBX starts, and raises what does not."""

    def __init__(self) -> None:
        self._closed = 0

    def opened(self) -> None:
        self._closed = 0

    def bear(self, error: XapiError) -> str:
        """What to say of an error that may pass; raises any other."""
        if isinstance(error, DOORS):
            self._closed += 1
            if self._closed < MOST_CLOSED_DOORS:
                return f"the API does not let us in: {_brief(error)}"
            raise error
        if isinstance(error, PASSING):
            return f"the API does not answer: {_brief(error)}"
        raise error


def _brief(error: XapiError) -> str:
    """Without the advice, which is for the end."""
    words = [f"HTTP {error.status}"] if error.status else []
    return " ".join([*words, *error.codes]) or error.detail or str(error)
