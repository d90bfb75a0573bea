# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is planned happens in order, once, and not before its moment."""

from __future__ import annotations

from tests.simulator.agenda import Agenda
from tests.simulator.clock import Clock


def test_events_happen_in_the_order_of_their_moments() -> None:
    clock = Clock()
    agenda = Agenda(clock)
    seen: list[str] = []
    agenda.after(20, lambda: seen.append("late"))
    agenda.after(10, lambda: seen.append("early"))
    agenda.after(10, lambda: seen.append("second"))
    agenda.settle()
    assert seen == []
    clock.advance(15)
    agenda.settle()
    agenda.settle()
    assert seen == ["early", "second"]
    clock.advance(15)
    agenda.settle()
    assert seen == ["early", "second", "late"]


def test_an_event_may_plan_another_and_a_reset_forgets_all() -> None:
    clock = Clock()
    agenda = Agenda(clock)
    seen: list[str] = []
    agenda.after(1, lambda: agenda.after(0, lambda: seen.append("next")))
    agenda.after(5, lambda: seen.append("never"))
    clock.advance(2)
    agenda.settle()
    assert seen == ["next"]
    agenda.clear()
    clock.advance(10)
    agenda.settle()
    assert seen == ["next"]
