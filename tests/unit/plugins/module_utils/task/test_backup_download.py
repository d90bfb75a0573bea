# Copyright: tcx.pbx contributors
# GNU General Public License v3.0-or-later (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup that is fetched, and a copy that need not be fetched again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.tcx.pbx.plugins.module_utils._resources.backups import Backup
from ansible_collections.tcx.pbx.plugins.module_utils._task.backup_download import Copy
from ansible_collections.tcx.pbx.plugins.module_utils._task.options import OptionError
from ansible_collections.tcx.pbx.plugins.module_utils._xapi.errors import Forbidden
from ansible_collections.tcx.pbx.tests.unit.fake_port import FakePort

CONTENT = b"all that a PBX has"
LINK = "/files/open%20sesame/a.zip"
BACKUP = Backup("a.zip", len(CONTENT), "2027-01-31T22:00:05Z")


class Client(FakePort):
    """content: what is behind the link, or what is raised instead."""

    def __init__(self, link: str | None = LINK) -> None:
        row = {"FileName": "a.zip", "Size": BACKUP.size, "CreationTime": BACKUP.created, "DownloadLink": link}
        super().__init__(Backups=[row])
        self.content: bytes | Exception = CONTENT
        self.fetched: list[str] = []

    def download_link(self, link: str, sink: Any) -> None:
        self.fetched.append(link)
        if isinstance(self.content, Exception):
            raise self.content
        sink.restart()
        sink.write(self.content)


def fetch(client: Client, dest: Path, backup: Backup = BACKUP) -> tuple[bool, dict[str, Any]]:
    copy = Copy(str(dest))
    return copy.fetch(client, backup), copy.facts  # type: ignore[arg-type]


def test_it_is_for_its_owner_only_and_has_the_time_of_the_backup(tmp_path: Path) -> None:
    dest = tmp_path / "a.zip"
    fetched, facts = fetch(Client(), dest)
    assert fetched
    assert facts == {"dest": str(dest), "size": len(CONTENT), "checksum": hashlib.sha256(CONTENT).hexdigest()}
    assert dest.read_bytes() == CONTENT
    assert dest.stat().st_mode & 0o777 == 0o600
    assert BACKUP.moment is not None and dest.stat().st_mtime == BACKUP.moment.timestamp()


def test_a_copy_is_not_fetched_again(tmp_path: Path) -> None:
    dest = tmp_path / "a.zip"
    _fetched, before = fetch(Client(), dest)
    client = Client()
    assert fetch(client, dest) == (False, before)
    assert client.fetched == []


def test_a_file_of_another_time_is_no_copy(tmp_path: Path) -> None:
    dest = tmp_path / "a.zip"
    fetch(Client(), dest)
    os.utime(dest, (1, 1))
    dest.chmod(0o644)
    assert fetch(Client(), dest)[0]
    assert dest.stat().st_mode & 0o777 == 0o600, "content that was there already is for its owner only, too"


@pytest.mark.parametrize("backup", [Backup("a.zip", len(CONTENT)), Backup("a.zip", 5, BACKUP.created)])
def test_without_time_or_size_nothing_is_known_to_be_a_copy(backup: Backup, tmp_path: Path) -> None:
    dest = tmp_path / "a.zip"
    fetch(Client(), dest)
    assert not Copy(str(dest)).is_of(backup)
    assert not Copy(str(dest)).is_of(None)


def test_what_is_not_complete_is_not_kept(tmp_path: Path) -> None:
    client, dest = Client(), tmp_path / "a.zip"
    client.content = CONTENT[:-1]
    with pytest.raises(OptionError, match=f"has {len(CONTENT)} bytes on the PBX, but {len(CONTENT) - 1} arrived"):
        fetch(client, dest)
    assert list(tmp_path.iterdir()) == []


def test_no_message_shows_the_link(tmp_path: Path) -> None:
    client = Client()
    client.content = Forbidden("GET /files/open sesame/a.zip: HTTP 403. /files/open%20sesame/a.zip", status=403)
    with pytest.raises(OptionError, match=r"the backup a\.zip could not be downloaded: GET .*HTTP 403") as caught:
        fetch(client, tmp_path / "a.zip")
    assert "sesame" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__
    assert list(tmp_path.iterdir()) == []


def test_a_pbx_without_links_is_told(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"gives no link for the backup a\.zip"):
        fetch(Client(link=None), tmp_path / "a.zip")
