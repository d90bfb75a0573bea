# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many PBXs in one process: each is one of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.process import ROOT
from tests.simulator.testing import Fleet, RunningPbx


@pytest.fixture(scope="module")
def pbxs() -> Iterator[dict[str, RunningPbx]]:
    members = {
        "alder": {"version": "20.0.4", "client_id": "robot", "client_secret": "alder-secret"},
        "birch": {"seed": "empty"},
        "cedar": {"switches": {"etag": "on"}},
    }
    with Fleet(members) as fleet:
        yield fleet


def test_each_has_its_own_address_client_and_version(pbxs: dict[str, RunningPbx]) -> None:
    assert len({pbx.url for pbx in pbxs.values()}) == 3
    assert {name: (pbx.client_id, pbx.version) for name, pbx in pbxs.items()} == {
        "alder": ("robot", "20.0.4"),
        "birch": ("simulator", "20.0.10"),
        "cedar": ("simulator", "20.0.10"),
    }
    for pbx in pbxs.values():
        answer = pbx.request("GET", "Defs", token=pbx.token())
        assert answer.headers["X-3CX-Version"].startswith(f"{pbx.version}.")


def test_each_has_its_own_state_log_faults_and_switches(pbxs: dict[str, RunningPbx]) -> None:
    for pbx in pbxs.values():
        pbx.reset()
    pbxs["birch"].create("Blocklist", IPAddrMask="198.51.100.99")
    pbxs["birch"].fault({"status": 503}, times=None)
    assert [len(pbxs[name].rows("Users")) > 0 for name in pbxs] == [True, False, True]
    assert "198.51.100.99/32" not in [row["IPAddrMask"] for row in pbxs["alder"].rows("Blocklist")]
    assert "@odata.etag" in pbxs["cedar"].get("Trunks")["value"][0]
    assert "@odata.etag" not in pbxs["alder"].get("Trunks")["value"][0]
    assert pbxs["alder"].token()
    assert [pbx.calls() for pbx in pbxs.values()] == [["POST /connect/token"], [], []]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[]", "must hold an object"),
        ("{}", "must hold an object"),
        ('{"alder": "20.0.4"}', "alder: must be a list of texts"),
        ('{"alder": ["--switch", "nope=1"]}', "unknown switch 'nope'"),
        ("{", "error:"),
    ],
)
def test_a_listing_that_makes_no_sense_ends_with_a_reason(content: str, reason: str, tmp_path: Path) -> None:
    listing = tmp_path / "fleet.json"
    listing.write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.simulator.fleet", str(listing)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
