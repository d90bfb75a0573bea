# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call flow apps on a PBX of dicts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import Converged, converge
from ansible_collections.tcx.pbx.plugins.module_utils._engine.problems import InvalidInput
from ansible_collections.tcx.pbx.plugins.module_utils._resources.call_flow_apps import CallFlowApps, PurgeFilter
from ansible_collections.tcx.pbx.plugins.module_utils._resources.call_flow_apps_script import (
    Scripts,
    blanked,
    script_hash,
)
from ansible_collections.tcx.pbx.plugins.module_utils._resources.model import Item
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Forbidden, LostAnswer, Refused
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort, Row

KEY = "crm-key-4711"
OLD = f'var key = "{KEY}";\nMyCall.Terminate();\n'
NEW = 'var key = "crm-key-0815";\nMyCall.Terminate();\n'
USERS = ("Receptionists", "Queues", "RingGroups", "Users", "Groups", "OutboundRules", "WebsiteLinks")


class Pbx(FakePort):
    """A PBX that shows scripts only when asked, has settings, and may lack or forbid a set."""

    def __init__(self, **sets: list[Row]) -> None:
        apps = [app(42, "830", "Callback survey"), app(43, "831", "Old menu"), app(44, "832", "Order status")]
        super().__init__(**{"CallFlowApps": apps, "InboundRules": [], **{name: [] for name in USERS}, **sets})
        self.settings: dict[str, Row] = {"CallParkingSettings": {}, "HotelServices": {}}
        self.forbidden: set[str] = set()
        self.selected: dict[str, Any] = {}

    def rows(self, path: str, *, select: Any = (), **options: Any) -> list[Row]:
        if path in self.forbidden:
            raise Forbidden(f"GET {path}: HTTP 403", status=403)
        self.selected[path] = select
        rows = super().rows(path, select=select, **options)
        return [{name: value for name, value in row.items() if name != "ScriptCode"} for row in rows]

    def get(self, path: str, query: dict[str, Any] | None = None) -> Row:
        if path in self.settings:
            self.reads.append(path)
            return self.settings[path]
        row = super().get(path, query)
        return {name: row[name] for name in (query or {})["$select"].split(",") if row.get(name) is not None}


def app(number: int, dn: str, name: str, **more: Any) -> Row:
    settings = {"RoutingType": "DialCode", "CompilationSucceeded": True, "TranscriptionMode": "Inherit"}
    return {"Id": number, "Number": dn, "Name": name, "ScriptCode": OLD, **settings, **more}


def run(
    port: FakePort, *apps: Item, purge_filter: PurgeFilter | None = None, force: bool = False, **options: Any
) -> Converged:
    scripts, warnings = Scripts(), options.pop("warnings", [])
    resource = CallFlowApps(scripts=scripts, force=force, purge_filter=purge_filter, warn=warnings.append)
    return converge(resource, port, scripts.taken_from(apps), **options)


def leads_to(number: str) -> Row:
    return {"To": "RoutePoint", "Number": number, "External": ""}


def test_a_new_app_gets_all_that_is_given():
    port = Pbx()
    done = run(port, {"name": "Hours", "number": "839", "routing_type": "DialCode", "script_code": NEW})
    assert port.calls == [
        ("POST", "CallFlowApps", {"Name": "Hours", "Number": "839", "RoutingType": "DialCode", "ScriptCode": NEW})
    ]
    assert done.labels("create") == ["Hours"]
    assert done.items[0]["id"] == 1001
    assert done.items[0]["script_hash"] == script_hash(NEW)


@pytest.mark.parametrize("key", [{"name": "Old menu"}, {"number": "831"}, {"id": 43}])
def test_name_number_and_id_all_find_the_app(key: Item):
    port = Pbx()
    run(port, {**key, "transcription_mode": "Both"})
    assert port.calls == [("PATCH", "CallFlowApps(43)", {"TranscriptionMode": "Both"})]


def test_a_number_with_another_name_renames():
    port = Pbx()
    done = run(port, {"number": "831", "name": "Menu"})
    assert port.calls == [("PATCH", "CallFlowApps(43)", {"Name": "Menu"})]
    assert done.diff == {
        "before": {"Old menu": {"name": "Old menu", "number": "831"}},
        "after": {"Old menu": {"name": "Menu", "number": "831"}},
    }


@pytest.mark.parametrize("same", [OLD, OLD.replace("\n", "\r\n"), OLD.rstrip("\n"), "\ufeff" + OLD])
def test_a_script_that_only_differs_in_how_lines_end_is_the_same(same: str):
    port = Pbx()
    assert not run(port, {"number": "831", "script_code": same}).changed
    assert port.calls == []


def test_only_the_script_that_is_given_is_read():
    port = Pbx()
    run(port, {"number": "830"}, {"number": "831", "script_code": OLD})
    assert port.reads == ["CallFlowApps", "CallFlowApps(43)"]
    assert "ScriptCode" not in port.selected["CallFlowApps"]


def test_a_changed_script_is_written_and_never_shown():
    port = Pbx()
    done = run(port, {"number": "831", "script_code": NEW})
    assert port.calls == [("PATCH", "CallFlowApps(43)", {"ScriptCode": NEW})]
    hashes = (done.diff["before"]["Old menu"]["script_hash"], done.diff["after"]["Old menu"]["script_hash"])
    assert hashes == (script_hash(OLD), script_hash(NEW))
    assert "crm-key" not in json.dumps([done.items, done.diff, repr(done)])


def test_check_mode_shows_the_same_without_the_script():
    port = Pbx()
    items = ({"number": "831", "script_code": NEW}, {"name": "Hours", "script_code": OLD})
    done = run(port, *items, check_mode=True)
    assert port.calls == []
    assert done.diff == run(Pbx(), *items).diff
    assert "crm-key" not in json.dumps(done.items)


def test_an_empty_script_removes_it():
    port = Pbx()
    run(port, {"number": "831", "script_code": ""})
    assert port.calls == [("PATCH", "CallFlowApps(43)", {"ScriptCode": ""})]


def test_a_result_is_input_that_changes_nothing():
    port = Pbx()
    items = run(port, {"number": "831", "script_code": OLD}).items
    assert items[0]["script_hash"] == script_hash(OLD)
    assert not run(port, *items).changed
    assert port.calls == []


class TestCompiling:
    def pbx(self, words: str = "CS1002: ; expected near 'Terminate'") -> Pbx:
        port = Pbx()
        port.sets["CallFlowApps"][0].update(CompilationSucceeded=False, CompilationResult="an old fault")

        def compile_all(verb: str, path: str) -> None:
            for row in port.sets["CallFlowApps"][1:]:
                row.update(CompilationSucceeded=False, CompilationResult=words)

        port.interfere = compile_all
        return port

    def test_a_script_that_does_not_compile_fails_with_the_words_of_the_compiler(self):
        done = run(self.pbx(), {"number": "831", "script_code": NEW}, {"number": "830", "transcription_mode": "Both"})
        assert done.failed and done.changed
        assert "apps[0] (Old menu) update failed: the PBX has taken the script" in done.message
        assert "cannot compile it: CS1002" in done.message
        assert "; expected near 'Terminate'; mend it and run again" in done.message
        assert [outcome.status for outcome in done.outcomes] == ["failed", "done"]
        assert "Old menu" in done.diff["after"]

    def test_the_words_of_the_compiler_do_not_quote_the_script(self):
        done = run(
            self.pbx(f"CS0029 at: {NEW.splitlines()[0]} ('crm-key-0815')"), {"number": "831", "script_code": NEW}
        )
        assert "crm-key" not in done.message + json.dumps(done.items)
        assert "CS0029 at: [script] ('[script]')" in done.message

    def test_a_later_run_with_the_same_script_does_not_hide_it(self):
        port = self.pbx()
        run(port, {"number": "831", "script_code": NEW})
        with pytest.raises(
            InvalidInput, match=r"apps\[0\] \(831\) script_code: the PBX has this very script and cannot"
        ):
            run(port, {"number": "831", "script_code": NEW})

    def test_a_pbx_that_keeps_the_old_script_is_quoted_too(self):
        port = self.pbx()
        port.update = lambda path, body, if_match=None: port.interfere("PATCH", path)  # type: ignore[method-assign]
        done = run(port, {"number": "831", "script_code": NEW})
        assert "the PBX cannot compile the script: CS1002" in done.message

    def test_the_rejected_source_is_never_read(self):
        port = Pbx()
        run(port, {"number": "831", "script_code": NEW})
        assert not {"RejectedCode", "ScriptCode"} & set(port.selected["CallFlowApps"])

    def test_a_new_script_mends_it(self):
        port = Pbx()
        port.sets["CallFlowApps"][1].update(CompilationSucceeded=False)
        port.interfere = lambda verb, path: port.sets["CallFlowApps"][1].update(CompilationSucceeded=True)
        assert not run(port, {"number": "831", "script_code": NEW}).failed

    def test_a_broken_app_whose_script_is_not_the_matter_can_be_changed(self):
        done = run(self.pbx(), {"number": "830", "transcription_mode": "Both"})
        assert done.changed and not done.failed
        assert done.items[0]["compilation_succeeded"] is False
        assert done.items[0]["compilation_result"] is None

    def test_a_refusal_does_not_quote_the_script(self):
        port = Pbx()

        def refuse(verb: str, path: str) -> None:
            raise Refused(f"PATCH {path}: HTTP 400: bad line: {NEW}", status=400, detail=NEW)

        port.interfere = refuse
        done = run(port, {"number": "831", "script_code": NEW})
        assert "bad line: [script]" in done.message
        assert "crm-key" not in done.message


def test_blanking_keeps_what_is_not_of_the_script():
    assert blanked("CS1002 at }\n  in Terminate", "}\nMyCall.Terminate();") == "CS1002 at } in Terminate"
    assert blanked(None, "x") == ""


class TestNumbers:
    @pytest.mark.parametrize("key", [{"name": "Old menu"}, {"id": 43}])
    @pytest.mark.parametrize("state", ["present", "absent"])
    def test_a_number_never_changes(self, key: Item, state: str):
        port = Pbx()
        with pytest.raises(
            InvalidInput, match=r'number: "Old menu" has number 831 on this PBX, and a number never changes'
        ):
            run(port, {**key, "number": "899"}, state=state)
        assert port.calls == []

    def test_a_number_that_now_belongs_to_another_app_is_not_removed(self):
        port = Pbx()
        with pytest.raises(InvalidInput, match=r'number 832 \(id 44\) is "Order status" on this PBX, not "Old menu"'):
            run(port, {"number": "832", "name": "Old menu"}, state="absent")
        assert port.calls == []

    def test_an_id_that_now_belongs_to_another_app_is_not_removed(self):
        with pytest.raises(InvalidInput, match='is "Order status" on this PBX, not "Gone"'):
            run(Pbx(), {"id": 44, "name": "Gone"}, state="absent")


def test_everything_wrong_is_told_at_once_and_before_any_write():
    port = Pbx()
    with pytest.raises(InvalidInput) as caught:
        run(port, {"name": "Fine"}, {"number": "899"}, {"name": "Old menu", "number": "898"})
    assert [(one.index, one.field) for one in caught.value.problems] == [(2, "number"), (1, "name")]
    assert port.calls == []


def test_empty_names_are_told_before_anything_is_read():
    port = Pbx()
    with pytest.raises(InvalidInput, match=r"apps\[0\] \(831\) name: is empty; .*apps\[1\] .* number: is empty"):
        run(port, {"number": "831", "name": ""}, {"name": "X", "number": " "})
    assert port.reads == []


def test_two_apps_of_one_name_need_a_number_or_id():
    port = Pbx(CallFlowApps=[app(42, "830", "Menu"), app(43, "831", "Menu")])
    with pytest.raises(InvalidInput, match=r'"Menu" \(id 42\), "Menu" \(id 43\) match'):
        run(port, {"name": "Menu"}, state="absent")
    assert run(port, {"name": "Menu", "number": "831"}, state="absent").labels("delete") == ["Menu"]
    assert [row["Id"] for row in port.sets["CallFlowApps"]] == [42]


def test_one_app_listed_by_name_and_by_number_is_told():
    with pytest.raises(InvalidInput, match=r"means the same call flow app as apps\[0\]"):
        run(Pbx(), {"name": "Old menu"}, {"number": "831"})


class TestRemoving:
    def test_an_unused_app_goes(self):
        port = Pbx()
        done = run(port, {"name": "Old menu"}, {"name": "never there"}, state="absent")
        gone = {"name": "Old menu", "number": "831", "routing_type": "DialCode", "transcription_mode": "Inherit"}
        assert done.diff == {"before": {"Old menu": gone}, "after": {}}
        assert port.calls == [("DELETE", "CallFlowApps(43)", {"if_match": None})]
        assert done.items == ()

    def test_the_etag_of_the_user_travels(self):
        port = Pbx()
        run(port, {"name": "Old menu", "if_match": 'W/"7"'}, state="absent")
        assert port.calls[0][2] == {"if_match": 'W/"7"'}

    def test_nothing_of_the_users_is_read_if_nothing_goes(self):
        port = Pbx()
        run(port, {"name": "never there"}, state="absent")
        assert port.reads == ["CallFlowApps"]

    def test_all_users_are_read_once_for_any_count_of_apps(self):
        port = Pbx()
        run(port, {"number": "831"}, {"number": "832"}, state="absent", check_mode=True)
        assert sorted(port.reads) == sorted(["CallFlowApps", "InboundRules", *USERS, *port.settings])

    def test_users_are_named_and_nothing_is_removed(self):
        rule = {"Id": 1, "RuleName": "Main", "Data": "+49891", "OfficeHoursDestination": leads_to("831")}
        ivr = {"Id": 2, "Number": "820", "Name": "Menu", "Forwards": [{"Input": "3", "ForwardDN": "831"}]}
        port = Pbx(InboundRules=[rule], Receptionists=[ivr])
        with pytest.raises(InvalidInput) as caught:
            run(port, {"number": "832"}, {"number": "831"}, state="absent")
        assert str(caught.value) == (
            'Nothing was changed. apps[1] (Old menu): number 831 is still used by inbound rule "Main +49891" '
            '(office hours), IVR 820 "Menu" (key 3); change these first, or set force: true'
        )
        assert port.calls == []
        assert run(port, {"number": "831"}, state="absent", force=True).labels("delete") == ["Old menu"]

    def test_force_reads_no_users(self):
        port = Pbx()
        run(port, {"number": "831"}, state="absent", force=True)
        assert set(port.reads) == {"CallFlowApps"}

    def test_what_must_not_be_read_is_a_warning(self):
        port, warnings = Pbx(), []
        port.forbidden = {"Users", "Groups"}
        assert run(port, {"number": "831"}, state="absent", warnings=warnings).changed
        assert [text.split()[0] for text in warnings] == ["Users", "Groups"]

    def test_without_the_inbound_rules_nobody_guesses(self):
        port = Pbx()
        port.forbidden = {"InboundRules"}
        with pytest.raises(Forbidden):
            run(port, {"number": "831"}, state="absent")
        assert port.calls == []

    def test_purge_takes_what_its_filter_takes(self):
        done = run(Pbx(), {"number": "830"}, purge=True, purge_filter=PurgeFilter(name="Old *"))
        assert done.labels("delete") == ["Old menu"]
        done = run(Pbx(), {"number": "830"}, purge=True, purge_filter=PurgeFilter(number="83[2-9]"))
        assert done.labels("delete") == ["Order status"]
        assert run(Pbx(), purge=True).labels("delete") == ["Callback survey", "Old menu", "Order status"]

    def test_purge_does_not_take_what_is_used(self):
        port = Pbx(Queues=[{"Id": 9, "Number": "800", "Name": "Sales", "ForwardNoAnswer": leads_to("832")}])
        with pytest.raises(InvalidInput, match=r'apps \(Order status\): number 832 is still used by queue 800 "Sales"'):
            run(port, purge=True)
        assert port.calls == []


class TestMishaps:
    def test_a_creation_whose_answer_is_lost_is_not_done_twice(self):
        port = Pbx()
        port.interfere = lambda verb, path: LostAnswer("no answer")
        done = run(port, {"name": "Hours", "number": "839", "script_code": NEW})
        assert not done.failed
        assert [call[0] for call in port.calls] == ["POST"]

    def test_a_creation_that_was_lost_on_the_way_is_done_once_more(self):
        port = Pbx()

        def lose_first(verb: str, path: str) -> None:
            port.interfere = lambda verb, path: None
            raise LostAnswer("no answer")

        port.interfere = lose_first
        done = run(port, {"name": "Hours", "number": "839"})
        assert not done.failed
        assert [call[0] for call in port.calls] == ["POST", "POST"]

    def test_one_refusal_does_not_stop_the_others(self):
        port = Pbx()

        def refuse(verb: str, path: str) -> None:
            if path == "CallFlowApps(43)":
                raise Refused("PATCH CallFlowApps(43): HTTP 400", status=400)

        port.interfere = refuse
        done = run(port, {"number": "831", "name": "A"}, {"number": "832", "name": "B"})
        assert done.failed and done.changed
        assert [outcome.status for outcome in done.outcomes] == ["failed", "done"]

    def test_what_the_pbx_does_not_take_is_named_without_the_script(self):
        port = Pbx()
        port.update = lambda path, body, if_match=None: None  # type: ignore[method-assign]
        done = run(port, {"number": "831", "script_code": NEW})
        assert "the PBX accepted the call but did not take: script_hash" in done.message
