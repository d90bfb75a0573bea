# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The engine on a small resource of its own, without HTTP and without Ansible."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Field, Item
from ansible_collections.tcx.pbx.plugins.module_utils._resources.resource import Resource
from ansible_collections.tcx.pbx.plugins.module_utils._resources.steps import BulkDelete
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import (
    Conflict,
    LostAnswer,
    Refused,
    Unreachable,
)
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort


class Lamps(Resource):
    noun, plural, option = "lamp", "lamps", "lamps"
    entity_set = "Lamps"
    fields = (
        Field("name", "Name"),
        Field("colour", "Colour", same=lambda value: value and value.lower()),
        Field("places", "Places", same=frozenset, empty=()),
        Field("serial", "Serial", writable=False),
    )
    defaults = {"colour": "white"}

    def label(self, item: Item) -> str:
        return str(item.get("name") or f"id {item.get('id')}")

    def key_of(self, item: Item) -> str | None:
        return item.get("name")

    def identity_names(self) -> tuple[str, ...]:
        return ("name",)

    def check(self, item: Item, state: str) -> Iterator[tuple[str, str]]:
        if item.get("colour") == "octarine":
            yield "colour", "no such colour; use white or red"

    def resolve(self, item: Item, state: str) -> Iterable[tuple[str, str]]:
        return [("places", "no such place")] if "nowhere" in item.get("places", ()) else []


class BulkLamps(Lamps):
    bulk_delete = BulkDelete("Lamps/Pbx.Gone", lambda ids: {"ids": ids}, most=2)


def lamps() -> FakePort:
    return FakePort(
        Lamps=[
            {"Id": 1, "Name": "hall", "Colour": "Red", "Places": ["a", "b"], "Serial": "s1"},
            {"Id": 2, "Name": "desk", "Colour": "white", "Serial": "s2"},
        ]
    )


def run(port: FakePort, *items: Item, resource: Resource | None = None, **options: Any) -> Converged:
    return converge(resource or Lamps(), port, items, **options)


def both_ways(port_items: tuple[Item, ...], **options: Any) -> tuple[Converged, Converged, FakePort]:
    """The same task in check mode and for real; check mode must not write."""
    looking, acting = lamps(), lamps()
    predicted = run(looking, *port_items, check_mode=True, **options)
    assert looking.calls == []
    return predicted, run(acting, *port_items, **options), acting


def test_what_means_the_same_is_no_change():
    port = lamps()
    done = run(port, {"name": "hall", "colour": "red", "places": ["b", "a"]}, {"name": "desk", "places": []})
    assert not done.changed
    assert port.calls == []
    assert done.diff == {"before": {}, "after": {}}
    assert [item["id"] for item in done.items] == [1, 2]


def test_only_changed_keys_are_sent():
    predicted, done, port = both_ways(({"name": "hall", "colour": "blue", "places": ["a", "b"]},))
    assert port.calls == [("PATCH", "Lamps(1)", {"Colour": "blue"})]
    assert done.labels("update") == predicted.labels("update") == ["hall"]
    assert done.diff == predicted.diff
    assert done.diff["before"]["hall"] == {"name": "hall", "colour": "Red"}
    assert done.diff["after"]["hall"] == {"name": "hall", "colour": "blue"}


def test_omitted_and_null_are_left_alone_and_empty_clears():
    port = lamps()
    run(port, {"name": "hall", "colour": None, "places": []})
    assert port.calls == [("PATCH", "Lamps(1)", {"Places": []})]


def test_a_new_item_gets_defaults_and_never_read_only_values():
    predicted, done, port = both_ways(({"name": "porch", "serial": "mine"},))
    assert port.calls == [("POST", "Lamps", {"Name": "porch", "Colour": "white"})]
    assert done.labels("create") == predicted.labels("create") == ["porch"]
    assert done.diff == predicted.diff
    assert done.items[0]["id"] == 1001


def test_a_result_fed_back_changes_nothing():
    port = lamps()
    done = run(port, {"name": "porch", "colour": "blue"}, {"name": "hall"})
    again = run(port, *done.items)
    assert not again.changed


def test_absent_and_purge():
    predicted, done, port = both_ways(({"name": "hall"}, {"name": "ghost"}), state="absent")
    assert done.labels("delete") == predicted.labels("delete") == ["hall"]
    assert [call[:2] for call in port.calls] == [("DELETE", "Lamps(1)")]
    predicted, done, port = both_ways(({"name": "hall"},), purge=True)
    assert done.labels("delete") == predicted.labels("delete") == ["desk"]
    assert done.diff == predicted.diff


def test_many_removals_go_in_few_calls_and_an_etag_goes_alone():
    rows = [{"Id": number, "Name": f"n{number}"} for number in range(1, 6)]
    port = FakePort(Lamps=rows)

    def gone(body: dict[str, Any]) -> None:
        port.sets["Lamps"] = [row for row in port.sets["Lamps"] if row["Id"] not in body["ids"]]

    port.actions["Lamps/Pbx.Gone"] = gone
    items = [{"name": f"n{number}"} for number in range(1, 6)]
    items[2]["if_match"] = 'W/"7"'
    done = run(port, *items, resource=BulkLamps(), state="absent")
    assert port.calls == [
        ("DELETE", "Lamps(3)", {"if_match": 'W/"7"'}),
        ("POST", "Lamps/Pbx.Gone", {"ids": [1, 2]}),
        ("POST", "Lamps/Pbx.Gone", {"ids": [4, 5]}),
    ]
    assert len(done.labels("delete")) == 5


def test_a_bulk_removal_without_ids_is_never_built():
    with pytest.raises(ValueError, match="never sent"):
        BulkDelete("Lamps/Pbx.Gone", lambda ids: {"ids": ids}).step([])


def test_max_deletions_refuses_before_any_write():
    port = lamps()
    with pytest.raises(InvalidInput, match="would delete 2 lamps, more than max_deletions=1"):
        run(port, purge=True, max_deletions=1)
    assert port.calls == []


def test_every_mistake_is_told_at_once_and_nothing_is_written():
    port = lamps()
    items = [{"name": "ok"}, {"name": "x", "colour": "octarine"}, {"name": "ok"}]
    with pytest.raises(InvalidInput) as caught:
        run(port, *items)
    assert str(caught.value) == (
        "Nothing was changed. lamps[1] (x) colour: no such colour; use white or red; "
        "lamps[2] (ok): is also lamps[0]; keep one of the two"
    )
    assert port.reads == []
    with pytest.raises(InvalidInput, match=r"lamps\[1\] \(b\) places: no such place"):
        run(port, {"name": "a"}, {"name": "b", "places": ["nowhere"]})
    assert port.calls == []


def test_two_of_one_name_is_a_question_that_an_id_answers():
    port = lamps()
    port.sets["Lamps"].append({"Id": 3, "Name": "hall", "Colour": "white"})
    with pytest.raises(InvalidInput, match=r'"hall" \(id 1\), "hall" \(id 3\) match; give the id'):
        run(port, {"name": "hall", "colour": "blue"})
    run(port, {"id": 3, "name": "hall", "colour": "blue"})
    assert port.calls == [("PATCH", "Lamps(3)", {"Colour": "blue"})]


def test_an_id_renames_and_is_never_trusted_alone():
    port = lamps()
    run(port, {"id": 2, "name": "table"})
    assert port.calls == [("PATCH", "Lamps(2)", {"Name": "table"})]
    with pytest.raises(InvalidInput, match='id 2 is "table", but "hall"'):
        run(port, {"id": 2, "name": "hall"})
    # An id of another day: the name still finds it.
    assert not run(port, {"id": 77, "name": "hall"}).changed


def test_a_refused_item_does_not_stop_the_others():
    port = lamps()

    def refuse(verb: str, path: str) -> None:
        if path == "Lamps(1)":
            raise Refused("PATCH Lamps(1): OUT_OF_THE_RANGE")

    port.interfere = refuse
    done = run(port, {"name": "hall", "colour": "blue"}, {"name": "desk", "colour": "blue"})
    assert done.failed
    assert done.changed
    assert [outcome.status for outcome in done.outcomes] == ["failed", "done"]
    assert "1 of 2 changes were made; lamps[0] (hall) update failed: PATCH Lamps(1): OUT_OF_THE_RANGE" in done.message
    assert list(done.diff["after"]) == ["desk"]


def test_nothing_more_is_tried_when_the_pbx_is_gone():
    port = lamps()

    def gone(verb: str, path: str) -> None:
        raise Unreachable("no route to the PBX")

    port.interfere = gone
    done = run(port, {"name": "hall", "colour": "blue"}, {"name": "desk", "colour": "blue"})
    assert [outcome.status for outcome in done.outcomes] == ["failed", "skipped"]
    assert len(port.calls) == 1
    assert not done.changed


@pytest.mark.parametrize("effect", [True, False], ids=["executed", "not executed"])
def test_a_lost_answer_is_looked_at_before_anything_is_repeated(effect: bool):
    port = lamps()
    lost = iter([LostAnswer("no answer")])

    def interfere(verb: str, path: str) -> Exception | None:
        error = next(lost, None)
        if error is not None and not effect:
            raise error
        return error

    port.interfere = interfere
    done = run(port, {"name": "porch"})
    assert not done.failed
    assert [row["Name"] for row in port.sets["Lamps"]].count("porch") == 1
    assert len(port.calls) == (1 if effect else 2)
    assert done.labels("create") == ["porch"]


def test_an_answer_lost_twice_is_unknown_or_known_by_looking():
    port = lamps()

    def never(verb: str, path: str) -> None:
        raise LostAnswer("no answer")

    port.interfere = never
    done = run(port, {"name": "porch"})
    assert [outcome.status for outcome in done.outcomes] == ["unknown"]
    assert done.failed
    assert len(port.calls) == 2


def test_a_change_by_somebody_else_is_planned_once_more():
    port = lamps()
    conflicts = iter([Conflict("412", status=412)])

    def interfere(verb: str, path: str) -> None:
        error = next(conflicts, None)
        if error is not None:
            raise error

    port.interfere = interfere
    done = run(port, {"name": "hall", "colour": "blue"})
    assert not done.failed
    assert len(port.calls) == 2


def test_a_value_that_the_pbx_did_not_take_is_a_failure_that_names_it():
    port = lamps()
    port.update = lambda path, body, if_match=None: None  # type: ignore[method-assign]
    done = run(port, {"name": "hall", "colour": "blue"})
    assert done.failed
    assert "did not take: colour" in done.message


def test_ten_thousand_items_are_matched_without_quadratic_work():
    rows = [{"Id": number, "Name": f"n{number}", "Colour": "white"} for number in range(10_000)]
    port = FakePort(Lamps=rows)
    asked = 0

    class Counting(Lamps):
        def key_of(self, item: Item) -> str | None:
            nonlocal asked
            asked += 1
            return super().key_of(item)

    done = run(port, *({"name": f"n{number}"} for number in range(10_000)), resource=Counting())
    assert not done.changed
    assert asked <= 4 * 10_000
    assert port.reads == ["Lamps"]
