# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/coverage.md is complete, and says what is the case."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._catalog.catalog import VERSIONS, catalog_for
from tools.coverage.__main__ import TARGET
from tools.coverage.fidelity import fidelity
from tools.coverage.mentions import asked_in
from tools.coverage.operations import every_operation
from tools.coverage.page import WORDS, page, shown_path
from tools.coverage.reach import code_of
from tools.coverage.serving import MODULES, modules_for

COUNTS = dict(zip(VERSIONS, (526, 531, 547, 566, 571, 590, 601), strict=True))
OPERATIONS = {one.text: one for one in every_operation()}


def test_the_committed_page_is_up_to_date() -> None:
    assert TARGET.read_text("utf-8") == page(), "run make coverage"


def test_every_operation_of_every_version_is_there_and_no_other() -> None:
    counts = Counter(version for one in OPERATIONS.values() for version in one.versions)
    assert counts == COUNTS
    for version in VERSIONS:
        assert {one.text for one in OPERATIONS.values() if version in one.versions} == set(
            catalog_for(version).operations()
        )


def test_every_operation_is_served_by_a_module() -> None:
    assert [one.text for one in OPERATIONS.values() if not modules_for(one)] == []


def test_the_simulator_has_a_word_for_every_operation() -> None:
    assert {fidelity(one) for one in OPERATIONS.values()} == set(WORDS)


def test_every_operation_has_a_row() -> None:
    rows = [line.split("|")[1].strip() for line in page().splitlines() if line.startswith(("| `GET", "| `P", "| `D"))]
    assert sorted(rows) == sorted(f"`{one.method} {shown_path(one)}`" for one in OPERATIONS.values())


@pytest.mark.parametrize(
    ("text", "verb", "owner", "place"),
    [
        ("GET /Users", "list", "Users", "Users"),
        ("POST /Users", "create", "Users", "Users"),
        ("GET /Users({Id})", "get", "Users", "Users"),
        ("PATCH /Users({Id})", "update", "Users", "Users"),
        ("DELETE /Users({Id})", "delete", "Users", "Users"),
        ("GET /Users(Number={Number})", "alternate", "Users", "Users"),
        ("GET /Users({Id})/Groups", "navigation", "Users", "Users/Groups"),
        ("POST /Users({Id})/Pbx.Regenerate", "action", "Users", "Users(#)/Pbx.Regenerate"),
        ("POST /Users/Pbx.BatchDelete", "action", "Users", "Users/Pbx.BatchDelete"),
        ("GET /MailSettings", "get", "MailSettings", "MailSettings"),
        ("PATCH /MailSettings", "update", "MailSettings", "MailSettings"),
        ("GET /Defs/Codecs", "navigation", "Defs", "Defs/Codecs"),
        ("GET /GetUpdates()", "function", "GetUpdates", "GetUpdates"),
        ("POST /InstallUpdates", "action", "InstallUpdates", "InstallUpdates"),
    ],
)
def test_what_an_operation_does(text: str, verb: str, owner: str, place: str) -> None:
    one = OPERATIONS[text]
    assert (one.verb, one.owner, one.place) == (verb, owner, place)


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("POST /Blocklist", {"tcx_blocklist", "tcx_object"}),
        ("POST /Blocklist/Pbx.BulkIpsDelete", {"tcx_blocklist", "tcx_object", "tcx_action"}),
        ("GET /Blocklist({Id})", {"tcx_query"}),
        ("POST /Trunks/Pbx.SetRoutes", {"tcx_trunk_routes", "tcx_action"}),
        ("PATCH /MailSettings", {"tcx_settings"}),
        ("GET /CrmTemplates({Name})", {"tcx_object", "tcx_query"}),
        ("POST /Services/Pbx.GarbageCollect", {"tcx_action"}),
        ("GET /Users({Id})/Pbx.GetPhoneSecret()", {"tcx_action"}),
        ("GET /CallCostSettings/Pbx.ExportCallCosts()", {"tcx_action"}),
        ("GET /LicenseStatus", {"tcx_info", "tcx_query"}),
    ],
)
def test_who_serves_an_operation(text: str, modules: set[str]) -> None:
    assert set(modules_for(OPERATIONS[text])) == modules


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("port.rows('Trunks', select=('Users',))", {("list", "Trunks")}),
        ("port.get('SystemStatus')", {("get", "SystemStatus")}),
        ("port.get(key('Users', 1))", {("get", "Users")}),
        ("port.update(path_of('Users', 1), body)", {("update", "Users")}),
        ("port.create('Users', body)", {("create", "Users")}),
        ("port.delete(key('Users', 1))", {("delete", "Users")}),
        ("port.action(f\"{key('Backups', name)}/Pbx.Restore\")", {("action", "Backups(#)/Pbx.Restore")}),
        ("MOVE = 'OutboundRules/Pbx.MoveUpDown'", {("action", "OutboundRules/Pbx.MoveUpDown")}),
        ("RULES = 'OutboundRules/Pbx.GetEmergencyOutboundRules()'",
         {("function", "OutboundRules/Pbx.GetEmergencyOutboundRules")}),
        ("Source('queue', 'Queues', ('Users', 'Groups'))", {("list", "Queues")}),
        ("row['Groups'], {'Users': 1}, value == 'Trunks', row.get('DidNumbers')", set()),
    ],
)  # fmt: skip
def test_what_code_asks_for(code: str, asked: set[tuple[str, str]]) -> None:
    assert set(asked_in(ast.parse(code))) == asked


def test_code_is_followed_through_imports_name_by_name() -> None:
    code = {
        name
        for statement in code_of(MODULES / "tcx_backup.py")
        for name in ast.unparse(statement).partition("=")[0].partition("(")[0].split()
    }
    assert {"SPEC", "BACKUP_SETTINGS"} <= code, "what is used, in other files too"
    assert "UPDATE_SETTINGS" not in code, "not what stands beside it"
