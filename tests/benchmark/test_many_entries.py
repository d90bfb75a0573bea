# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task over ten thousand entries: what it asks of the PBX, what it holds in memory, and how its work grows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._engine.converge import converge
from ansible_collections.tcx.pbx.plugins.module_utils._resources.blocklist import Blocklist
from ansible_collections.tcx.pbx.plugins.module_utils._resources.networks import network
from tests.benchmark.many import ENTRIES, LOADS, entries, networks
from tests.controllers import ROOT
from tests.simulator.testing import Simulator
from tests.unit.fake_port import FakePort

PAGE = 100
PEAK_MIB = 200


@pytest.fixture(params=LOADS)
def big_pbx(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Simulator]]:
    """A module, and a PBX with ten thousand of what the module manages."""
    path = tmp_path / "big.yml"
    # JSON is YAML, and quicker to write.
    path.write_text(json.dumps(LOADS[request.param].seed()), encoding="utf-8")
    with Simulator(seed=str(path)) as pbx:
        yield request.param, pbx


def test_a_run_without_changes_reads_each_page_once(big_pbx: tuple[str, Simulator], collections_path: Path) -> None:
    module, pbx = big_pbx
    pbx.clear_log()
    command = [sys.executable, "-m", "tests.benchmark.no_change", module]
    command += [pbx.url, pbx.client_id, pbx.client_secret, pbx.ca_path or ""]
    paths = os.pathsep.join([str(collections_path), str(ROOT)])
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["changed"], report["items"]) == (False, ENTRIES)
    assert report["api"] == {"requests": ENTRIES // PAGE, "retries": 0, "tokens": 1}
    asked = Counter(pbx.calls())
    assert asked == {"POST /connect/token": 1, f"GET /xapi/v1/{LOADS[module].entity_set}": ENTRIES // PAGE}
    assert report["peak_mib"] < PEAK_MIB


def seconds(count: int) -> float:
    """Processor time of a task that finds nothing to change, with an address that must not be blocked."""
    rows = [
        {
            "Id": number,
            "IPAddrMask": text,
            "BlockType": "Block",
            "Description": f"scanner {number}",
            "AddedBy": "Manual",
        }
        for number, text in enumerate(networks(count))
    ]
    # One entry more than there is, so that the check against lockouts has to be made as well.
    wanted = [*entries(count), {"ip_addr_mask": "203.0.113.0/24"}]
    resource = Blocklist(never_block=[network("192.0.2.1")])
    started = time.process_time()
    done = converge(resource, FakePort(Blocklist=rows), wanted, check_mode=True)
    spent = time.process_time() - started
    assert len(done.changes) == 1
    return spent


def test_the_work_grows_with_the_entries_and_not_with_their_square() -> None:
    few, many = (min(seconds(count) for attempt in range(3)) for count in (1000, 8000))
    assert many / few < 24, "eight times the entries; their square would be 64"
