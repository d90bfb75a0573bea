# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DIDs are routed as a spreadsheet says, or every mistake in it is named and nothing is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks, words
from tests.simulator.testing import Simulator

# As a German spreadsheet saves it: one plus is lost, one is kept by an apostrophe, one number is taken for a decimal.
TABLE = """\
\ufeffRufnummer;Leitung;Ziel;Bezeichnung;Bemerkung\r
498955500011;Amt;801,0;Hotline;bisher Verkauf\r
'+498955500016;Amt;Sales;Neu;\r
+493055501021;;101;Alex;\r
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    place = tmp_path / "dids.csv"
    place.write_text(TABLE, encoding="utf-8", newline="")
    return place


def destinations(simulator: Simulator) -> dict[str, str]:
    return {rule["Data"]: rule["OfficeHoursDestination"]["Number"] for rule in simulator.rows("InboundRules")}


def test_a_table_is_previewed_done_and_done_with(
    ansible: Ansible, simulator: Simulator, connection: dict[str, str], table: Path, tmp_path: Path
) -> None:
    book = Runbook("did_routing", ansible, connection, tmp_path)
    values = {"did_routing_file": str(table), "did_routing_trunk_names": "Amt=Provider A"}
    before = simulator.state()
    preview = book.run("--check", "--diff", **values)
    assert preview.rc == 0, preview.text
    assert simulator.state() == before
    assert not book.reports.exists()
    assert "2 routes would change" in preview.stdout

    run = book.run(**values)
    assert run.rc == 0, run.text
    assert changed_tasks(run) == changed_tasks(preview)
    wanted = {"+498955500011": "801", "+498955500016": "800", "+493055501021": "101"}
    assert destinations(simulator).items() >= wanted.items()
    report = book.report()
    assert (report["result"], len(report["changes"])) == ("done", 2)
    assert 'dids.csv:2, column A "Rufnummer": 498955500011 was read as +498955500011' in report["notes"]
    assert 'dids.csv: the column "Bemerkung" has no meaning here and was left out' in report["notes"]

    simulator.clear_log()
    again = book.run(**values)
    assert changed_tasks(again) == []
    assert simulator.writes() == []
    assert book.report()["result"] == "nothing to do"


def test_every_bad_row_is_named_and_nothing_is_touched(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], table: Path, tmp_path: Path
) -> None:
    table.write_text("did,trunk,destination\n4.98956E+11,Provider A,800\n+493055501021,,999\n", encoding="utf-8")
    book = Runbook("did_routing", main_ansible, connection, tmp_path)
    run = book.run(did_routing_file=str(table))
    assert run.rc == 2
    assert simulator.writes() == []
    report = book.report()
    assert report["result"] == "failed"
    assert report["steps"][-1]["status"] == "failed"
    lines = report["failure"]["msg"].splitlines()
    assert lines[0] == "The table of DIDs has to be mended first."
    assert lines[1].startswith('dids.csv:2, column A "did": "4.98956E+11" has lost its digits')
    assert lines[2].startswith('dids.csv:3, column C "destination": no destination is called "999"')
    assert 'DID routing failed at "Read | The table": The table of DIDs has to be mended first.' in words(run)


def test_other_dids_of_the_trunk_go_only_within_the_limit(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], table: Path, tmp_path: Path
) -> None:
    table.write_text("Durchwahl\tdestination\n+493055501020\t820\n", encoding="utf-16")
    book = Runbook("did_routing", main_ansible, connection, tmp_path)
    # As a survey gives them.
    values = {"did_routing_file": str(table), "did_routing_headings": "did=Durchwahl", "did_routing_purge": "true"}
    refused = book.run(**values, did_routing_max_deletions="0")
    assert refused.rc == 2
    assert "max_deletions=0" in book.report()["failure"]["msg"]
    assert "+493055501021" in destinations(simulator)
    assert book.run(**values, did_routing_max_deletions="1").rc == 0
    assert "+493055501021" not in destinations(simulator)
    assert "+498955500011" in destinations(simulator), "a trunk that the table does not name was touched"


def test_missing_dids_are_added_if_that_is_wanted(
    main_ansible: Ansible, simulator: Simulator, connection: dict[str, str], table: Path, tmp_path: Path
) -> None:
    table.write_text("did;trunk;destination\n493055501099;Provider B;801\n", encoding="utf-8")
    book = Runbook("did_routing", main_ansible, connection, tmp_path)
    values = {"did_routing_file": str(table), "did_routing_add_missing_dids": True, "did_routing_add_plus": True}
    assert book.run(**values).rc == 0
    assert destinations(simulator)["+493055501099"] == "801"
