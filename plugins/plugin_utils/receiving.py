# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading what comes from elsewhere, which may be too much or never end. PRIVATE to the collection."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

AT_ONCE = 65536


class Stream(Protocol):
    def read1(self, size: int, /) -> bytes: ...


def received(
    stream: Stream, most: int, seconds: float = float("inf"), clock: Callable[[], float] = time.monotonic
) -> bytes:
    """All of it. ValueError, which names the option, if that is more than `most` bytes or takes longer."""
    end = clock() + seconds
    content = bytearray()
    while part := stream.read1(AT_ONCE):
        content += part
        if len(content) > most:
            raise ValueError(f"is longer than max_bytes={most}")
        if clock() > end:
            raise ValueError(f"is not complete after {seconds:g} s; a longer timeout gives it more time")
    return bytes(content)
