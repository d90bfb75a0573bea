# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups from the outside: made, fetched, rotated, and looked at whether they are young enough."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from tests.integration.ansible import Ansible
from tests.integration.roles.running import Runbook, changed_tasks, words
from tests.simulator.testing import Simulator

# The backups of the demo PBX, which it has made by its own schedule long ago. As a survey gives it: all texts.
WEEKLY = {
    "backup_rotate_create": "false",
    "backup_rotate_pattern": "weekly-*.zip",
    "backup_rotate_keep": "1",
    "backup_rotate_keep_local": "1",
    "backup_rotate_maximum_age_hours": "1000000",
}
OLDEST, NEWEST = "weekly-2026-11-08.zip", "weekly-2026-11-15.zip"


class Rotation(Runbook):
    def __init__(self, ansible: Ansible, connection: dict[str, str], place: Path) -> None:
        super().__init__("backup_rotate", ansible, connection, place)
        self.directory = place / "backups"
        self.copies = self.directory / "pbx"

    def go(self, *args: str, **values: object) -> tuple[int, str]:
        """The directory is meant from where the run is started, which is the place of the test."""
        self.last = self.run(*args, **{"backup_rotate_directory": self.directory.name, **values})
        return self.last.rc, words(self.last)


@pytest.fixture
def rotation(main_ansible: Ansible, connection: dict[str, str], tmp_path: Path) -> Rotation:
    return Rotation(main_ansible, connection, tmp_path)


def names(simulator: Simulator) -> list[str]:
    return sorted(str(one["FileName"]) for one in simulator.rows("Backups"))


def test_a_backup_is_made_and_fetched_once(
    ansible: Ansible, connection: dict[str, str], simulator: Simulator, tmp_path: Path
) -> None:
    rotation = Rotation(ansible, connection, tmp_path)
    named = {"backup_rotate_prefix": "Büro [1]"}
    secret = {"backup_rotate_password": "a sentence for nobody", "backup_rotate_contents": "recordings=true"}
    rc, text = rotation.go(**named, **secret)
    assert rc == 0, text
    [made] = [name for name in names(simulator) if name.startswith("Büro [1]-")]
    copy, checksum = rotation.copies / made, rotation.copies / f"{made}.sha256"
    assert checksum.read_text(encoding="utf-8") == f"{hashlib.sha256(copy.read_bytes()).hexdigest()}  {made}\n"
    assert {path.stat().st_mode & 0o777 for path in (copy, checksum)} == {0o600}
    assert "a sentence for nobody" not in text
    assert rotation.report()["result"] == "done"
    simulator.clear_log()
    rc, text = rotation.go(**named)
    assert (rc, changed_tasks(rotation.last), simulator.writes()) == (0, [], []), text
    assert rotation.report()["result"] == "nothing to do"


def test_a_preview_writes_nothing(rotation: Rotation, simulator: Simulator) -> None:
    rc, text = rotation.go("--check", "--diff")
    assert rc == 0, text
    assert simulator.writes() == []
    assert not rotation.directory.exists() and not rotation.reports.exists()
    assert "would be made" in text


def test_old_ones_go_on_the_pbx_and_on_the_controller(rotation: Rotation, simulator: Simulator) -> None:
    rotation.copies.mkdir(parents=True)
    for name in (OLDEST, f"{OLDEST}.sha256", "of-somebody-else.zip"):
        (rotation.copies / name).write_bytes(b"old")
        os.utime(rotation.copies / name, (0, 0))
    rc, text = rotation.go(**WEEKLY)
    assert rc == 0, text
    assert names(simulator) == [NEWEST]
    assert sorted(path.name for path in rotation.copies.iterdir()) == [
        "of-somebody-else.zip",
        NEWEST,
        f"{NEWEST}.sha256",
    ]
    gone = [change["item"] for change in rotation.report()["changes"] if change["action"] == "deleted"]
    assert gone == [OLDEST, str(rotation.copies / OLDEST)]


def test_a_copy_that_was_altered_is_noticed(rotation: Rotation) -> None:
    assert rotation.go(**WEEKLY)[0] == 0
    copy = rotation.copies / NEWEST
    times = copy.stat()
    with copy.open("r+b") as file:
        file.write(b"\0altered")
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
    rc, text = rotation.go(**WEEKLY)
    assert rc == 2, text
    assert "is not what was fetched" in rotation.report()["failure"]["msg"]


def test_a_backup_that_is_too_old_fails(rotation: Rotation, simulator: Simulator) -> None:
    rc, text = rotation.go(**{**WEEKLY, "backup_rotate_maximum_age_hours": "30", "backup_rotate_download": False})
    assert rc == 2, text
    assert f"The newest backup is {NEWEST}" in text
    [check] = rotation.report()["checks"]
    assert (check["name"], check["status"]) == ("backup_age", "critical")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"backup_rotate_keep": 0}, "backup_rotate_keep has to be 1 or more"),
        (
            {"backup_rotate_pattern": "weekly*", "backup_rotate_max_deletions": 0, "backup_rotate_keep": 1},
            "max_deletions is 0",
        ),
    ],
)
def test_senseless_values_are_refused_before_anything_is_touched(
    values: dict[str, object], said: str, rotation: Rotation, simulator: Simulator
) -> None:
    rc, text = rotation.go(**values)
    assert rc == 2, text
    assert said in text
    assert simulator.writes() == []
