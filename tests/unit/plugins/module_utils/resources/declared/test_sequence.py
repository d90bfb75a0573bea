# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""New items that lead to each other, on a PBX that takes no destination it does not have."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.plugins.module_utils.resources.declared.pbx import Pbx, run

Item = dict[str, Any]


class Strict(Pbx):
    """Refuses what leads to a number that is not there, and makes peers of new queues."""

    def create(self, path: str, body: Item) -> Item:
        self._check(body)
        return super().create(path, body)

    def update(self, path: str, body: Item, *, if_match: str | None = None) -> None:
        self._check(body)
        super().update(path, body, if_match=if_match)

    def _check(self, body: Item) -> None:
        number = (body.get("ForwardNoAnswer") or {}).get("Number")
        known = {row["Number"] for name in ("Peers", "Queues") for row in self.sets[name]}
        if number and number not in known:
            raise Refused(f"{number} is not there", status=400)


def queue(number: str, to: str, **more: Any) -> Item:
    return {"number": number, "name": number, "forward_no_answer": to, **more}


def leads(pbx: Pbx) -> dict[str, str]:
    return {row["Number"]: row["ForwardNoAnswer"]["Number"] for row in pbx.sets["Queues"]}


def verbs(pbx: Pbx) -> list[str]:
    return [verb for verb, _path, _body in pbx.calls]


def made(pbx: Pbx, *items: Item) -> Converged:
    done = run(pbx, "Queues", *items)
    assert not done.failed, done.message
    return done


def test_what_others_lead_to_comes_first():
    pbx = Strict(Queues=[])
    made(pbx, queue("877", "878"), queue("878", "879"), queue("879", "100"))
    assert [body["Number"] for _verb, _path, body in pbx.calls] == ["879", "878", "877"]


def test_what_changes_waits_for_what_it_leads_to_from_then_on():
    pbx = Strict(Queues=[{"Id": 5, "Number": "800"}, {"Id": 6, "Number": "801"}])
    made(pbx, queue("800", "877"), queue("877", "100"), queue("801", "100"))
    assert [(verb, path) for verb, path, _body in pbx.calls] == [
        ("PATCH", "Queues(6)"),
        ("POST", "Queues"),
        ("PATCH", "Queues(5)"),
    ]


def test_a_circle_is_closed_at_the_end():
    pbx = Strict(Queues=[])
    done = made(pbx, queue("877", "878", ring_timeout=9), queue("878", "879"), queue("879", "877"), queue("876", "879"))
    assert leads(pbx) == {"877": "878", "878": "879", "879": "877", "876": "879"}
    assert done.labels("create") == ["877", "878", "879", "876"]
    assert verbs(pbx) == ["POST"] * 4 + ["PATCH"] * 2
    assert pbx.calls[0][2] == {"Number": "877", "Name": "877", "RingTimeout": 9}


def test_an_item_may_lead_to_itself():
    pbx = Strict(Queues=[])
    made(pbx, queue("877", "877"))
    assert leads(pbx) == {"877": "877"}


def test_a_circle_that_breaks_tells_so_and_a_second_run_closes_it():
    pbx = Strict(Queues=[])
    items = [queue("877", "878"), queue("878", "877")]
    pbx.interfere = refusing("PATCH")
    done = run(pbx, "Queues", *items)
    assert done.failed
    assert done.changed
    assert [outcome.status for outcome in done.outcomes] == ["failed", "failed"]
    pbx.interfere = lambda verb, path: None
    again = made(pbx, *items)
    assert again.labels("update") == ["877"]
    assert leads(pbx) == {"877": "878", "878": "877"}


def test_lost_answers_in_a_circle_make_nothing_twice():
    pbx = Strict(Queues=[])
    pbx.interfere = losing_once("POST")
    made(pbx, queue("877", "878"), queue("878", "877"))
    assert leads(pbx) == {"877": "878", "878": "877"}


@pytest.mark.parametrize("count", [2000])
def test_many_that_lead_nowhere_new_keep_their_order(count: int):
    pbx = Strict(Queues=[])
    made(pbx, *(queue(str(1000 + number), "100") for number in range(count)))
    assert [body["Number"] for _verb, _path, body in pbx.calls] == [str(1000 + number) for number in range(count)]


def refusing(verb: str) -> Any:
    def interfere(asked: str, _path: str) -> Exception | None:
        if asked == verb:
            raise Refused("not now", status=400)
        return None

    return interfere


def losing_once(verb: str) -> Any:
    left = [LostAnswer("no answer came")]

    def interfere(asked: str, _path: str) -> Exception | None:
        return left.pop() if asked == verb and left else None

    return interfere
