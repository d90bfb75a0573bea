# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which lines of a log are new: whatever clocks and numbers do, each is handed over, and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ansible_collections.tcx.pbx.plugins.plugin_utils.events.mark import OVERLAP, Mark
from ansible_collections.tcx.pbx.plugins.plugin_utils.events.records import Line, records_of

NOON = datetime(2027, 1, 31, 12, tzinfo=UTC)
MUCH_LATER = NOON + timedelta(days=9)


class Log:
    """A log that is read as the mark asks for, and what was handed over of it."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.mark = Mark()
        self.told: list[str] = []

    def write(self, text: str, seconds: float, number: int | None) -> None:
        self.lines.append(Line((text, number), NOON + timedelta(seconds=seconds), number, {"text": text}))

    def look(self, now: datetime = MUCH_LATER, at_most: int = 1000) -> list[str]:
        """What is new. at_most: the rulebook stops after so many."""
        since = self.mark.since
        asked = [
            line
            for line in self.lines
            if since is None or line.time >= since or (line.number is not None and line.number > self.mark.last)
        ]
        records = records_of(asked)
        new = [record for record in records if self.mark.is_new(record)][:at_most]
        for record in new:
            self.mark.note(record, now)
        if len(new) < at_most:
            self.mark.settle(records)
        # A restart between any two looks.
        self.mark = Mark.from_record(self.mark.as_record())
        return [str(record.line.shown["text"]) for record in new]


def test_each_line_once() -> None:
    log = Log()
    log.write("a", 0, 1)
    assert log.look() == ["a"]
    assert log.look() == []
    log.write("b", 0, 2)
    log.write("c", 500, 3)
    assert log.look() == ["b", "c"]
    assert log.look() == []


def test_equal_lines_of_one_instant_are_several() -> None:
    log = Log()
    log.write("a", 0, None)
    assert log.look() == ["a"]
    log.write("a", 0, None)
    log.write("a", 0, None)
    assert log.look() == ["a", "a"]
    assert log.look() == []


def test_a_line_that_is_written_late() -> None:
    log = Log()
    log.write("second", 20, None)
    assert log.look() == ["second"]
    log.write("first", 20 - OVERLAP.total_seconds(), None)
    assert log.look() == ["first"]
    log.write("far too late", 19 - OVERLAP.total_seconds(), None)
    assert log.look() == []


def test_a_clock_that_is_set_back() -> None:
    log = Log()
    log.write("a", 0, 1)
    assert log.look() == ["a"]
    log.write("b", -3600, 2)
    assert log.look() == ["b"]
    log.write("c", -3500, 3)
    assert log.look() == ["c"]
    assert log.look() == []


def test_a_line_from_the_future_hides_nothing() -> None:
    log = Log()
    log.write("wrong clock", 86400, None)
    assert log.look(now=NOON) == ["wrong clock"]
    log.write("right clock", 5, None)
    assert log.look(now=NOON + timedelta(seconds=6)) == ["right clock"]
    assert log.look(now=NOON + timedelta(seconds=9)) == []


def test_numbers_that_begin_anew() -> None:
    log = Log()
    for number in range(1, 101):
        log.write(f"line {number}", number, number)
    assert len(log.look()) == 100
    log.lines = []
    assert log.look() == []
    log.write("after the purge", 101, 1)
    assert log.look() == ["after the purge"]
    log.write("again", 102, 2)
    assert log.look() == ["again"]


def test_a_rulebook_that_stops_in_the_middle() -> None:
    log = Log()
    for number in range(1, 8):
        log.write(str(number), number * 100, number)
    assert log.look(at_most=3) == ["1", "2", "3"]
    assert log.look() == ["4", "5", "6", "7"]


def test_only_what_may_be_read_again_is_kept() -> None:
    log = Log()
    for number in range(1, 101):
        log.write(str(number), number * 10, number)
    log.look()
    assert sorted(log.mark.seen.values()) == [NOON + timedelta(seconds=s) for s in (970, 980, 990, 1000)]
