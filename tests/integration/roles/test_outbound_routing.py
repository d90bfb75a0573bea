# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Outbound rules follow one list that holds for many sites."""

from __future__ import annotations

import json
from pathlib import Path

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks
from tests.simulator.testing import Simulator

TABLE = """\
rule;prefix;departments;trunk;strip;prepend
International;00;DEFAULT, Vertrieb;Main;2;+
;;;Spare;2;+
;;;Satellite;2;+
National;0;;Main;1;+49
"""
SITE = {
    "outbound_routing_trunk_names": "Main=Provider B, Spare=Provider A, Satellite=",
    "outbound_routing_department_names": {"Vertrieb": "Sales"},
}


def names(simulator: Simulator) -> list[str]:
    rules = sorted(simulator.rows("OutboundRules"), key=lambda rule: int(rule.get("Priority") or 0))
    return [rule["Name"] for rule in rules]


def trunks(simulator: Simulator, name: str) -> list[str]:
    rule = next(rule for rule in simulator.get("OutboundRules")["value"] if rule["Name"] == name)
    return [route["TrunkName"] for route in rule["Routes"] if route.get("TrunkName")]


def test_a_table_of_all_sites_is_previewed_done_and_done_with(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "rules.csv").write_text(TABLE, encoding="utf-8")
    book = Runbook("outbound_routing", ansible, connection, tmp_path)
    values = {
        **SITE,
        "outbound_routing_file": str(tmp_path / "rules.csv"),
        "outbound_routing_remove": "Legacy fax route",
    }
    before = simulator.state()
    preview = book.run("--check", "--diff", **values)
    assert preview.rc == 0, preview.text
    assert simulator.state() == before
    run = book.run(**values)
    assert run.rc == 0, run.text
    assert changed_tasks(run) == changed_tasks(preview)
    assert trunks(simulator, "International") == ["Provider B", "Provider A"]
    assert "Legacy fax route" not in names(simulator)
    assert names(simulator).index("International") < names(simulator).index("National")
    report = book.report()
    assert report["result"] == "done"
    assert 'rules.csv:4: the route by "Satellite" is left out on this PBX' in report["notes"]
    assert {"item": "Legacy fax route", "action": "deleted"}.items() <= report["changes"][-1].items()
    assert "before" in report["changes"][-1]

    simulator.clear_log()
    again = book.run(**values)
    assert changed_tasks(again) == []
    assert simulator.writes() == []
    assert book.report()["result"] == "nothing to do"


def test_a_list_from_a_survey_is_read_as_json_and_mistakes_have_places(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("outbound_routing", main_ansible, connection, tmp_path)
    bad = json.dumps([{"name": "National"}, {"name": "Abroad", "prefix": 0, "routes": [{"trunk": "Main"}]}])
    run = book.run(outbound_routing_rules=bad)
    assert run.rc == 2
    assert simulator.writes() == []
    prefix, trunk = book.report()["failure"]["msg"].splitlines()[1:]
    assert prefix.startswith("outbound_routing_rules[1], prefix: has to be in quotation marks")
    assert trunk.startswith('outbound_routing_rules[1], routes, route 1, trunk_name: no trunk is called "Main"')


def test_a_purge_is_bounded_and_spares_emergency_rules(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "rules.yml").write_text("- name: National\n", encoding="utf-8")
    book = Runbook("outbound_routing", main_ansible, connection, tmp_path)
    values = {"outbound_routing_file": str(tmp_path / "rules.yml"), "outbound_routing_purge": True}
    assert book.run(**values, outbound_routing_max_deletions=2).rc == 2
    assert "max_deletions=2" in book.report()["failure"]["msg"]
    assert book.run("--skip-tags", "apply", **values).rc == 0
    assert "the rules were left alone" in book.report()["headline"]
    assert book.run(**values).rc == 0
    assert names(simulator) == ["Emergency", "National"]


def test_rules_from_nowhere_are_refused(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], tmp_path: Path
) -> None:
    book = Runbook("outbound_routing", main_ansible, connection, tmp_path)
    assert book.run(outbound_routing_purge=True, outbound_routing_remove="National").rc == 2
    assert "Give either outbound_routing_rules or outbound_routing_file" in book.report()["failure"]["msg"]
    assert book.run(outbound_routing_rules='[{"name": "National"}]', outbound_routing_remove="National").rc == 2
    assert "National: listed, and in outbound_routing_remove" in book.report()["failure"]["msg"]
    assert simulator.writes() == []
