# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is too much, and what never ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from io import BytesIO

import pytest

from ansible_collections.tcx.pbx.plugins.plugin_utils.receiving import AT_ONCE, received


class Drip:
    """A second passes between two bytes."""

    def __init__(self, count: int | None = None) -> None:
        self.now = 0.0
        self.rest: Iterator[int] = itertools.count() if count is None else iter(range(count))

    def read1(self, size: int, /) -> bytes:
        self.now += 1
        return b"" if next(self.rest, None) is None else b"x"

    def clock(self) -> float:
        return self.now


@pytest.mark.parametrize("size", [0, 1, AT_ONCE, 3 * AT_ONCE + 1])
def test_all_of_it_is_received(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    assert received(BytesIO(content[:size]), size) == content[:size]


def test_a_byte_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match=r"is longer than max_bytes=9$"):
        received(BytesIO(b"0123456789"), 9)


def test_what_drips_is_given_up() -> None:
    drip = Drip()
    with pytest.raises(ValueError, match="is not complete after 300 s; a longer timeout gives it more time"):
        received(drip, 1000, 300, drip.clock)
    assert drip.now == 301


def test_what_drips_and_ends_in_time_is_taken() -> None:
    drip = Drip(299)
    assert received(drip, 1000, 300, drip.clock) == b"x" * 299


def test_what_never_ends_is_too_much_at_some_time() -> None:
    drip = Drip()
    with pytest.raises(ValueError, match="max_bytes=50"):
        received(drip, 50, clock=drip.clock)
