# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rulebook of the collection in ansible-rulebook: what the PBX notes starts runbooks, on that PBX only."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import yaml

from tests.integration.eda.rulebook import demand_ansible_rulebook, running_rulebook
from tests.integration.eda.source import report
from tests.simulator.testing import Simulator


def wait_for_a_look(pbx: Simulator) -> None:
    end = time.monotonic() + 120
    while not any("EventLogs" in call for call in pbx.calls()):
        assert time.monotonic() < end, pbx.calls()
        time.sleep(0.2)


def test_events_start_runbooks(simulator: Simulator, collections_path: Path, tmp_path: Path) -> None:
    demand_ansible_rulebook()
    simulator.add_client("runbooks", "runbooks-secret")
    known = {"tcx_url": simulator.url, "tcx_client_id": "runbooks", "tcx_client_secret": "runbooks-secret"}
    (tmp_path / "feed.txt").write_text("198.51.100.0/24\n", encoding="utf-8")
    inventory = {
        "all": {
            "hosts": {"pbx1": known, "pbx2": {**known, "tcx_url": "https://127.0.0.1:9"}},
            "vars": {"ansible_connection": "local", "blocklist_sync_feeds": [str(tmp_path / "feed.txt")]},
        }
    }
    environ = {
        "TCX_URL": simulator.url,
        "TCX_CLIENT_ID": simulator.client_id,
        "TCX_CLIENT_SECRET": simulator.client_secret,
        "TCX_CA_PATH": simulator.ca_path or "",
        "TCX_REPORT_DIRECTORY": str(tmp_path / "reports"),
    }
    variables = tmp_path / "vars.yml"
    variables.write_text(yaml.safe_dump({"tcx_events_interval": 5, "tcx_events_host": "pbx1"}), encoding="utf-8")
    given = (collections_path, tmp_path, inventory, environ, "--vars", str(variables))
    with running_rulebook("tcx.pbx.pbx_events", *given) as rulebook:
        wait_for_a_look(simulator)
        report(simulator, "Trunk", "10001", kind="Info")
        report(simulator, "192.0.2.7 was blacklisted", kind="Warning")
        report(simulator, "Service stopped")
        rulebook.says("PLAY RECAP", times=2)
        text = rulebook.text
    assert "pbx2" not in text.partition("PLAY [")[2]
    assert re.findall(r"PLAY \[(.+)\]", text) == ["Block list from feeds", "Health check"]
    kept = sorted((tmp_path / "reports").glob("pbx1.*.report.json"))
    reports = {one["runbook"]: one for one in (json.loads(path.read_text("utf-8")) for path in kept)}
    assert set(reports) == {"blocklist_sync", "health_check"}
    assert "198.51.100.0/24" in {row["IPAddrMask"] for row in simulator.rows("Blocklist")}
    # The source keeps its token, because the playbooks have an API client of their own.
    assert "another program uses the same API client" not in text
    for secret in (simulator.client_secret, "runbooks-secret"):
        assert secret not in text
